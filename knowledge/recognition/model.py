"""A trained model of one language: scores of all labels for a text, as probabilities that add up to 1.

Three views of a text are added up: pieces of words (linear), the sentence vector (linear), and how close the closest
examples of each label are (neighbours). The last column is 'none'.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.lexical import Sparse, counts, weighted
from knowledge.recognition.matches import Label
from knowledge.recognition.meaning import Vectors
from knowledge.taxonomy import ObjectionId, SignalId

LABELS: Final[tuple[Label | None, ...]] = (*ObjectionId, *SignalId, None)
"""The columns of all scores; None is 'neither'."""

NEIGHBOURS: Final = 3

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays of one language. `examples` are sorted by label; `starts` says where each label begins.

    Without sentence vectors `meaning` and `examples` have no rows.
    """

    rarity: Scores
    lexical: Scores
    """columns × labels"""
    meaning: Scores
    """dimensions × labels"""
    bias: Scores
    examples: Vectors
    starts: NDArray[np.int32]
    mixing: Scores
    """Calibration: weight of the linear part, weight of the neighbours, bias of 'none'."""

    def row(self, text: str) -> Sparse:
        """The text as the lexical part sees it."""
        return weighted(counts(text), self.rarity)

    def probabilities(self, row: Sparse, vector: Vectors | None) -> Scores:
        """How probable each label of LABELS is."""
        linear = row.values @ self.lexical[row.columns] + self.bias
        neighbours = np.zeros(len(LABELS), dtype=np.float32)
        if vector is not None and len(self.examples):
            linear = linear + vector @ self.meaning
            neighbours = nearest(self.examples @ vector, self.starts)
        return softmax(mixed(linear, neighbours, self.mixing))


def nearest(similarities: Scores, starts: NDArray[np.int32]) -> Scores:
    """For each label the mean similarity of its closest examples; labels without examples get zero."""
    ends = [*starts[1:], len(similarities)]
    parts = [similarities[start:end] for start, end in zip(starts, ends, strict=True)]
    return np.array([_closest(part) if len(part) else 0.0 for part in parts], dtype=np.float32)


def _closest(similarities: Scores) -> float:
    first = max(0, len(similarities) - NEIGHBOURS)
    return float(np.partition(similarities, first)[first:].mean())


def mixed(linear: Scores, neighbours: Scores, mixing: NDArray[Any]) -> Scores:
    """The views added up, before they are made probabilities."""
    total: Scores = mixing[0] * linear + mixing[1] * neighbours
    total[..., -1] += mixing[2]
    return total


def softmax(scores: Scores) -> Scores:
    """Scores → probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Scores = powers / powers.sum(axis=-1, keepdims=True)
    return result
