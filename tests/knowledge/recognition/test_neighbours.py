"""The quick ways to the closest examples, against plain slow ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.recognition.lexical import COLUMNS, Sparse, counts, rarity_of, weighted
from knowledge.recognition.neighbours import (
    CLOSEST,
    MeaningNeighbours,
    Scores,
    WordNeighbours,
    closest,
    main_axes,
    starts_of,
)

LABELS = 5
RANDOM = np.random.default_rng(7)


def slowly(similarities: Scores, labels: list[int]) -> list[list[float]]:
    """Sorted whole, one text and one label after the other."""
    return [
        [_mean([s for s, of in zip(row, labels, strict=True) if of == label]) for label in range(LABELS)]
        for row in similarities.tolist()
    ]


def _mean(of_label: list[float]) -> float:
    best = sorted(of_label)[-CLOSEST:]
    return sum(best) / len(best) if best else 0.0


@given(st.lists(st.integers(0, LABELS - 1), min_size=1, max_size=40).map(sorted), st.integers(1, 3), st.integers(0, 99))
def test_the_mean_of_the_closest_of_each_label(labels: list[int], texts: int, seed: int) -> None:
    similarities = np.random.default_rng(seed).normal(size=(texts, len(labels))).astype(np.float32)
    starts = starts_of(np.array(labels, dtype=np.int32), LABELS)
    assert closest(similarities.copy(), starts) == pytest.approx(np.array(slowly(similarities, labels)), abs=1e-6)


def test_similarity_by_meaning_is_the_cosine_on_the_main_axes() -> None:
    vectors = RANDOM.normal(size=(60, 16)).astype(np.float32)
    labels = RANDOM.integers(0, LABELS, 60).astype(np.int32)  # in no order
    neighbours = MeaningNeighbours.of(vectors, labels, LABELS, main_axes(vectors))
    order = np.argsort(labels, kind="stable")
    asked = RANDOM.normal(size=(4, 16)).astype(np.float32)
    cosines = [
        [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for b in vectors[order]] for a in asked
    ]  # all 16 axes are main ones
    expected = slowly(np.array(cosines, dtype=np.float32), [int(label) for label in labels[order]])
    assert neighbours.closeness(asked) == pytest.approx(np.array(expected), abs=1e-4)


def test_an_example_is_closest_to_itself_in_words() -> None:
    texts = ["zu teuer für uns", "viel zu teuer", "kein budget", "budget ist weg", "keine zeit für uns"]
    labels = np.array([0, 0, 1, 1, 2], dtype=np.int32)
    counted = [counts(text) for text in texts]
    rows = [weighted(each, rarity_of(counted)).by_words for each in counted]
    neighbours = WordNeighbours.of(rows, labels, LABELS)
    expected = slowly(np.array([[dot(a, b) for b in rows] for a in rows], dtype=np.float32), labels.tolist())
    assert neighbours.closeness(rows) == pytest.approx(np.array(expected), abs=2e-3)  # weights have three digits
    assert neighbours.closeness(rows).argmax(axis=1).tolist() == labels.tolist()


def test_a_text_without_words_is_close_to_nothing() -> None:
    counted = [counts("zu teuer"), counts("zu spät")]
    rarity = rarity_of(counted)
    rows = [weighted(each, rarity).by_words for each in counted]
    neighbours = WordNeighbours.of(rows, np.array([0, 1], dtype=np.int32), LABELS)
    assert neighbours.closeness([weighted(counts("🙂"), rarity).by_words]).tolist() == [[0.0] * LABELS]


def dot(one: Sparse, other: Sparse) -> float:
    """Both rows written out in full."""
    full = np.zeros((2, COLUMNS))
    for row, sparse in zip(full, (one, other), strict=True):
        np.add.at(row, sparse.columns, sparse.values)
    return float(full[0] @ full[1])
