"""Examples → models. A linear classifier on words and meaning, neighbours beside it, calibrated on a held-out fifth.

scikit-learn is needed here only; answering needs numpy alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.language.messages import Language
from knowledge.recognition.lexical import COLUMNS, Sparse, counts, rarity_of, weighted
from knowledge.recognition.meaning import SentenceEngine, Vectors
from knowledge.recognition.model import LABELS, Model, Views
from knowledge.recognition.neighbours import MeaningNeighbours, Places, Scores, WordNeighbours
from knowledge.recognition.utterances import Utterance

VERSION: Final = "3"
"""Changes with everything here that makes another model of the same examples."""

MEANING_WEIGHT: Final = np.float32(0.6)
"""Length of the sentence vector beside the lexical blocks of length 1 (chosen by measurement: 2.0 drowns the words)."""

PENALTY: Final = 0.7
HELD_OUT: Final = 5
"""Every fifth example of a label calibrates and does not train the trial model."""

_WEIGHTS_TO_BEGIN_WITH: Final = (4.0, 8.0, 8.0, 0.0)


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of one language, sorted by label."""

    texts: Sequence[str]
    labels: Places
    vectors: Vectors
    blocks: Sequence[Sequence[Any]]

    @classmethod
    def of(cls, utterances: Sequence[Utterance], engine: SentenceEngine | None) -> "Examples":
        """Counted and encoded once."""
        ordered = sorted(utterances, key=lambda utterance: LABELS.index(utterance.label))
        texts = [utterance.text for utterance in ordered]
        labels = np.array([LABELS.index(utterance.label) for utterance in ordered], dtype=np.int32)
        vectors = engine.vectors(texts) if engine else np.zeros((len(texts), 0), dtype=np.float32)
        return cls(texts, labels, vectors, [counts(text) for text in texts])

    def part(self, places: Sequence[int]) -> "Examples":
        """Some of them, in their order."""
        chosen = list(places)
        return Examples(
            [self.texts[place] for place in chosen],
            self.labels[chosen],
            self.vectors[chosen],
            [self.blocks[place] for place in chosen],
        )


def train(
    utterances: Sequence[Utterance], engine: SentenceEngine | None
) -> tuple[Mapping[Language, Model], MeaningNeighbours | None]:
    """A model for each language that has examples, and the neighbours by meaning, which languages share.

    The same examples in the same order give the same models.
    """
    by_language = {
        language: Examples.of(mine, engine)
        for language in Language
        if (mine := [utterance for utterance in utterances if utterance.language is language])
    }
    everybody = list(by_language.values())
    neighbours = _neighbours(everybody) if engine else None
    models = {
        language: _fitted(examples, _calibrated(examples, [other for other in everybody if other is not examples]))
        for language, examples in by_language.items()
    }
    return models, neighbours


def _neighbours(examples: Sequence[Examples]) -> MeaningNeighbours:
    vectors = np.concatenate([of_language.vectors for of_language in examples])
    labels = np.concatenate([of_language.labels for of_language in examples])
    return MeaningNeighbours.of(vectors, labels, len(LABELS))


def _fitted(examples: Examples, mixing: Scores) -> Model:
    from sklearn.svm import LinearSVC

    rarity = rarity_of(examples.blocks)
    rows = [weighted(blocks, rarity) for blocks in examples.blocks]
    classifier = LinearSVC(C=PENALTY, random_state=0).fit(_matrix(rows, examples.vectors), examples.labels)
    weights = np.zeros((COLUMNS + examples.vectors.shape[1], len(LABELS)), dtype=np.float32)
    weights[:, classifier.classes_] = classifier.coef_.T
    bias = np.full(len(LABELS), -10.0, dtype=np.float32)  # a label without examples never wins
    bias[classifier.classes_] = classifier.intercept_
    by_words = [weighted(blocks[1:], rarity) for blocks in examples.blocks]
    return Model(
        rarity=rarity,
        lexical=weights[:COLUMNS],
        meaning=weights[COLUMNS:] * MEANING_WEIGHT,
        bias=bias,
        neighbours=WordNeighbours.of(by_words, examples.labels, len(LABELS)),
        mixing=mixing,
    )


def _matrix(rows: Sequence[Sparse], vectors: Vectors) -> Any:
    from scipy.sparse import csr_matrix, hstack

    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    lexical = csr_matrix((values, columns, ends), shape=(len(rows), COLUMNS))
    return hstack([lexical, csr_matrix(vectors * MEANING_WEIGHT)]).tocsr()


def _calibrated(examples: Examples, others: Sequence[Examples]) -> Scores:
    """Weights under which the probabilities of examples that a trial model has not seen fit best (log loss)."""
    from scipy.optimize import minimize

    places = range(len(examples.labels))
    kept = examples.part([place for place in places if place % HELD_OUT != HELD_OUT - 1])
    tested = examples.part([place for place in places if place % HELD_OUT == HELD_OUT - 1])
    trial = _fitted(kept, np.ones(4, dtype=np.float32))
    has_meaning = bool(examples.vectors.shape[1])
    views = trial.views(
        list(tested.texts),
        tested.vectors,
        _neighbours([kept, *others]).closeness(tested.vectors) if has_meaning else _no_meaning(len(tested.labels)),
    )
    return _best_mixing(views, tested.labels, minimize)


def _best_mixing(views: Views, truth: Places, minimize: Any) -> Scores:
    def loss(mixing: NDArray[np.float64]) -> float:
        chances = views.probabilities(mixing)
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).mean())

    best = minimize(loss, np.array(_WEIGHTS_TO_BEGIN_WITH), method="Nelder-Mead", options={"maxiter": 400})
    return np.asarray(best.x, dtype=np.float32)


def _no_meaning(texts: int) -> Scores:
    return np.zeros((texts, len(LABELS)), dtype=np.float32)
