"""How close a text is to the closest examples of each label: by meaning, and by the words that it shares with them.

A linear classifier averages over all examples of a label; an idiom is recognised by the one or two that are like it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.lexical import COLUMNS, Sparse

CLOSEST: Final = 3
"""So many examples of a label are looked at; their mean counts."""

_DIMENSIONS: Final = 128
"""Of the sentence vectors' 512; the others tell neighbours no better and cost four times the time."""

Scores = NDArray[np.float32]
Places = NDArray[np.int32]
Halves = NDArray[np.float16]
"""Weights to three digits: half the memory, and as good."""


@dataclass(frozen=True, slots=True)
class MeaningNeighbours:
    """The sentence vectors of the examples of all languages, sorted by label, on their main axes."""

    axes: Scores
    """dimensions of a sentence vector × 128"""
    examples: Scores
    starts: Places
    """Where each label begins."""

    @classmethod
    def of(cls, vectors: Scores, labels: Places, how_many: int, axes: Scores) -> Self:
        """From examples in any order; `how_many` labels there are."""
        order = np.argsort(labels, kind="stable")
        return cls(axes, _of_length_one(vectors[order] @ axes), starts_of(labels[order], how_many))

    def closeness(self, vectors: Scores) -> Scores:
        """Texts × labels."""
        similarities = _of_length_one(vectors @ self.axes) @ self.examples.T
        return closest(similarities, self.starts)


@dataclass(frozen=True, slots=True)
class WordNeighbours:
    """The words of the examples of one language, by column: in which examples it occurs, and how heavily."""

    begins: Places
    """Where each column's entries begin; one more than there are columns."""
    places: Places
    weights: Halves
    starts: Places
    """Where each label begins among the examples."""
    examples: int

    @classmethod
    def of(cls, rows: Sequence[Sparse], labels: Places, how_many: int) -> Self:
        """From examples sorted by label."""
        columns = np.concatenate([row.columns for row in rows])
        places = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row.columns) for row in rows])
        weights = np.concatenate([row.values for row in rows])
        order = np.argsort(columns, kind="stable")
        begins = np.searchsorted(columns[order], np.arange(COLUMNS + 1)).astype(np.int32)
        return cls(begins, places[order], weights[order].astype(np.float16), starts_of(labels, how_many), len(rows))

    def closeness(self, rows: Sequence[Sparse]) -> Scores:
        """Texts × labels."""
        similarities = np.stack([self._similarities(row) for row in rows])
        return closest(similarities, self.starts)

    def _similarities(self, row: Sparse) -> Scores:
        entries = [slice(self.begins[column], self.begins[column + 1]) for column in row.columns]
        if not entries:
            return np.zeros(self.examples, dtype=np.float32)
        places = np.concatenate([self.places[entry] for entry in entries])
        weights = np.concatenate([self.weights[entry] for entry in entries]).astype(np.float32)
        weights *= np.repeat(row.values, [entry.stop - entry.start for entry in entries])
        return np.bincount(places, weights, self.examples).astype(np.float32)


def main_axes(vectors: Scores) -> Scores:
    """The directions in which the vectors differ most; three thousand of them tell."""
    _, _, directions = np.linalg.svd(vectors[:: max(1, len(vectors) // 3000)], full_matrices=False)
    return np.ascontiguousarray(directions[:_DIMENSIONS].T, dtype=np.float32)


def starts_of(labels: Places, how_many: int) -> Places:
    """Where each label begins in a sorted list of labels."""
    return np.searchsorted(labels, np.arange(how_many)).astype(np.int32)


def closest(similarities: Scores, starts: Places) -> Scores:
    """Texts × examples → texts × labels: for each label the mean similarity of its closest examples; labels without
    examples get zero. The similarities are put into another order."""
    ends = np.append(starts[1:], similarities.shape[1])
    firsts = np.maximum(ends - CLOSEST, starts)
    for start, first, end in zip(starts, firsts, ends, strict=True):
        if start < first:
            similarities[:, start:end].partition(first - start)
    places = firsts[:, np.newaxis] + np.arange(CLOSEST)
    held = places < ends[:, np.newaxis]
    best = similarities[:, np.where(held, places, 0)] * held
    result: Scores = best.sum(axis=2) / np.maximum(held.sum(axis=1), 1).astype(np.float32)
    return result


def _of_length_one(rows: Scores) -> Scores:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Scores = rows / np.maximum(lengths, 1e-9)
    return result
