"""Examples → model. One linear classifier on words and meaning, neighbours beside it, calibrated on a held-out fifth.

scikit-learn is needed here only; answering needs numpy alone.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.lexical import COLUMNS, Sparse, counts, rarity_of, weighted
from knowledge.recognition.meaning import SentenceEngine, Vectors
from knowledge.recognition.model import LABELS, Model, Scores, mixed, nearest, softmax
from knowledge.recognition.utterances import Utterance

VERSION: Final = "2"
"""Changes with everything here that makes another model of the same examples."""

MEANING_WEIGHT: Final = np.float32(0.6)
"""Length of the sentence vector beside the lexical blocks of length 1 (chosen by measurement: 2.0 drowns the words)."""

PENALTY: Final = 0.5
HELD_OUT: Final = 5
"""Every fifth example of a label calibrates and does not train the trial model."""


def train(utterances: Sequence[Utterance], engine: SentenceEngine | None) -> Model:
    """A model of the examples of one language. The same examples in the same order give the same model."""
    order = sorted(range(len(utterances)), key=lambda place: LABELS.index(utterances[place].label))
    texts = [utterances[place].text for place in order]
    labels = np.array([LABELS.index(utterances[place].label) for place in order], dtype=np.int32)
    vectors = engine.vectors(texts) if engine else np.zeros((len(texts), 0), dtype=np.float32)
    counted = [counts(text) for text in texts]
    rarity = rarity_of(counted)
    rows = [weighted(blocks, rarity) for blocks in counted]
    mixing = _calibrated(rows, vectors, labels)
    return _fitted(rows, vectors, labels, rarity, mixing)


def _fitted(
    rows: Sequence[Sparse], vectors: Vectors, labels: NDArray[np.int32], rarity: Scores, mixing: Scores
) -> Model:
    from sklearn.svm import LinearSVC

    classifier = LinearSVC(C=PENALTY, random_state=0).fit(_matrix(rows, vectors), labels)
    weights = np.zeros((COLUMNS + vectors.shape[1], len(LABELS)), dtype=np.float32)
    weights[:, classifier.classes_] = classifier.coef_.T
    bias = np.full(len(LABELS), -10.0, dtype=np.float32)  # a label without examples never wins
    bias[classifier.classes_] = classifier.intercept_
    starts = np.searchsorted(labels, np.arange(len(LABELS))).astype(np.int32)
    return Model(
        rarity=rarity,
        lexical=weights[:COLUMNS],
        meaning=weights[COLUMNS:] * MEANING_WEIGHT,
        bias=bias,
        examples=vectors,
        starts=starts,
        mixing=mixing,
    )


def _matrix(rows: Sequence[Sparse], vectors: Vectors) -> Any:
    from scipy.sparse import csr_matrix, hstack

    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    lexical = csr_matrix((values, columns, ends), shape=(len(rows), COLUMNS))
    return hstack([lexical, csr_matrix(vectors * MEANING_WEIGHT)]).tocsr()


def _calibrated(rows: Sequence[Sparse], vectors: Vectors, labels: NDArray[np.int32]) -> Scores:
    """Weights under which the probabilities of examples that a trial model has not seen fit best (log loss)."""
    from scipy.optimize import minimize

    places = range(len(labels))
    kept = [place for place in places if place % HELD_OUT != HELD_OUT - 1]
    tested = [place for place in places if place % HELD_OUT == HELD_OUT - 1]
    unused = np.ones(3, dtype=np.float32)
    trial = _fitted([rows[place] for place in kept], vectors[kept], labels[kept], unused[:0], unused)
    linear = np.stack([_linear(trial, rows[place], vectors[place]) for place in tested])
    neighbours = np.stack([nearest(trial.examples @ vectors[place], trial.starts) for place in tested])
    truth = labels[tested]

    def loss(mixing: NDArray[np.float64]) -> float:
        chances = softmax(mixed(linear, neighbours, mixing))
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).mean())

    best = minimize(loss, np.array([3.0, 8.0, 0.0]), method="Nelder-Mead", options={"maxiter": 300})
    return np.asarray(best.x, dtype=np.float32)


def _linear(model: Model, row: Sparse, vector: Vectors) -> Scores:
    scores: Scores = row.values @ model.lexical[row.columns] + vector @ model.meaning + model.bias
    return scores
