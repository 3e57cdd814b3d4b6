"""A trained model of one language: scores of all labels for a text, as probabilities that add up to 1.

Four views of a text are added up: its words and pieces of words, its sentence vector (both linear), how close the
closest examples of each label are in meaning, and how close in words. The last column is 'none'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.lexical import Counted, weighted
from knowledge.recognition.matches import Label
from knowledge.recognition.meaning import Vectors
from knowledge.recognition.neighbours import Halves, Scores, WordNeighbours
from knowledge.taxonomy import ObjectionId, SignalId

LABELS: Final[tuple[Label | None, ...]] = (*ObjectionId, *SignalId, None)
"""The columns of all scores; None is 'neither'."""


@dataclass(frozen=True, slots=True)
class Views:
    """What the views say about texts, before they are weighed against each other (each texts × labels)."""

    linear: Scores
    by_meaning: Scores
    by_words: Scores

    def probabilities(self, mixing: NDArray[Any]) -> Scores:
        """Added up with the weights of calibration, and made probabilities."""
        total = mixing[0] * self.linear + mixing[1] * self.by_meaning + mixing[2] * self.by_words
        total[..., -1] += mixing[3]
        powers = np.exp(total - total.max(axis=-1, keepdims=True))
        result: Scores = powers / powers.sum(axis=-1, keepdims=True)
        return result


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt from the examples of one language."""

    rarity: Scores
    lexical: Halves
    """columns × labels"""
    meaning: Scores
    """dimensions of a sentence vector × labels; without an engine it has no rows"""
    bias: Scores
    neighbours: WordNeighbours
    mixing: Scores
    """Calibration: weights of the linear views, of the neighbours by meaning and by words, and the bias of 'none'."""

    def views(self, counted: Sequence[Counted], vectors: Vectors, by_meaning: Scores) -> Views:
        """What this language's views say; `by_meaning` is told by the examples of all languages."""
        rows = [weighted(each, self.rarity) for each in counted]
        linear = np.stack([row.values @ self.lexical[row.columns].astype(np.float32) for row in rows]) + self.bias
        by_words = self.neighbours.closeness([row.by_words for row in rows])
        return Views(linear + vectors @ self.meaning if len(self.meaning) else linear, by_meaning, by_words)
