"""A trained model of one language: scores of all labels for a text, as probabilities that add up to 1.

Four views of a text are added up: its words and pieces of words, its sentence vector (both linear), how close the
closest examples of each label are in meaning, and how close in words. The last column is 'none'.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.lexical import counts, weighted
from knowledge.recognition.matches import Label
from knowledge.recognition.meaning import Vectors
from knowledge.recognition.neighbours import Scores, WordNeighbours
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
    lexical: Scores
    """columns × labels"""
    meaning: Scores
    """dimensions of a sentence vector × labels; without an engine it has no rows"""
    bias: Scores
    neighbours: WordNeighbours
    mixing: Scores
    """Calibration: weights of the linear views, of the neighbours by meaning and by words, and the bias of 'none'."""

    def views(self, texts: list[str], vectors: Vectors, by_meaning: Scores) -> Views:
        """What this language's views say; `by_meaning` is told by the examples of all languages."""
        counted = [counts(text) for text in texts]
        rows = [weighted(blocks, self.rarity) for blocks in counted]
        linear = np.stack([row.values @ self.lexical[row.columns] for row in rows]) + self.bias
        by_words = np.stack([self.neighbours.closeness(weighted(blocks[1:], self.rarity)) for blocks in counted])
        return Views(linear + vectors @ self.meaning if len(self.meaning) else linear, by_meaning, by_words)
