"""Examples → models. A linear classifier on words and meaning, neighbours beside it, calibrated on a held-out fifth.

scikit-learn is needed here only; answering needs numpy alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.language.languages import Language
from knowledge.recognition.languages import LanguageDetector
from knowledge.recognition.lexical import COLUMNS, Counted, Sparse, counts, rarity_of, weighted
from knowledge.recognition.meaning import SentenceEngine, Vectors
from knowledge.recognition.model import LABELS, Model, Views
from knowledge.recognition.neighbours import MeaningNeighbours, Places, Scores, WordNeighbours, main_axes
from knowledge.recognition.utterances import Utterance

VERSION: Final = "4"
"""Changes with everything here that makes another model of the same examples."""

MEANING_WEIGHT: Final = np.float32(0.6)
"""Length of the sentence vector beside the lexical blocks of length 1 (chosen by measurement: 2.0 drowns the words)."""

PENALTY: Final = 0.7
TOLERANCE: Final = 0.05
"""Of the solver. Scores differ by less than 0.01 from those at a thousandth of it, for a quarter less time."""

HELD_OUT: Final = 5
"""Every fifth example of a label calibrates and does not train the trial model."""

_WEIGHTS_TO_BEGIN_WITH: Final = (4.0, 8.0, 8.0, 0.0)
_NEVER: Final = -10.0
"""Score of a label without examples."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of one language, sorted by label."""

    labels: Places
    vectors: Vectors
    counted: Sequence[Counted]

    @classmethod
    def of(cls, utterances: Sequence[Utterance], engine: SentenceEngine | None) -> "Examples":
        """Counted and encoded once."""
        ordered = sorted(utterances, key=lambda utterance: LABELS.index(utterance.label))
        texts = [utterance.text for utterance in ordered]
        labels = np.array([LABELS.index(utterance.label) for utterance in ordered], dtype=np.int32)
        vectors = engine.vectors(texts) if engine else np.zeros((len(texts), 0), dtype=np.float32)
        return cls(labels, vectors, [counts(text) for text in texts])

    def part(self, places: Sequence[int]) -> "Examples":
        """Some of them, in their order."""
        chosen = list(places)
        return Examples(self.labels[chosen], self.vectors[chosen], [self.counted[place] for place in chosen])


def train(
    utterances: Sequence[Utterance], engine: SentenceEngine | None
) -> tuple[Mapping[Language, Model], MeaningNeighbours | None, LanguageDetector]:
    """A model for each language that has examples; the neighbours by meaning, which languages share; who tells them
    apart.

    The same examples in the same order give the same models.
    """
    by_language = {
        language: Examples.of(mine, engine)
        for language in Language
        if (mine := [utterance for utterance in utterances if utterance.language is language])
    }
    everybody = list(by_language.values())
    axes = main_axes(np.concatenate([examples.vectors for examples in everybody])) if engine else None
    models = {}
    for language, examples in by_language.items():
        others = [other for other in everybody if other is not examples]
        models[language] = _fitted(examples, _calibrated(examples, others, axes))
    detector = LanguageDetector.learnt_from({language: each.counted for language, each in by_language.items()})
    return models, None if axes is None else _neighbours(everybody, axes), detector


def _neighbours(examples: Sequence[Examples], axes: Scores) -> MeaningNeighbours:
    vectors = np.concatenate([of_language.vectors for of_language in examples])
    labels = np.concatenate([of_language.labels for of_language in examples])
    return MeaningNeighbours.of(vectors, labels, len(LABELS), axes)


def _fitted(examples: Examples, mixing: Scores) -> Model:
    from sklearn.svm import LinearSVC

    rarity = rarity_of(examples.counted)
    rows = [weighted(counted, rarity) for counted in examples.counted]
    classifier = LinearSVC(C=PENALTY, tol=TOLERANCE, random_state=0)
    classifier.fit(_matrix(rows, examples.vectors), examples.labels)
    weights = np.zeros((COLUMNS + examples.vectors.shape[1], len(LABELS)), dtype=np.float32)
    weights[:, classifier.classes_] = classifier.coef_.T
    bias = np.full(len(LABELS), _NEVER, dtype=np.float32)
    bias[classifier.classes_] = classifier.intercept_
    return Model(
        rarity=rarity,
        lexical=weights[:COLUMNS].astype(np.float16),
        meaning=weights[COLUMNS:] * MEANING_WEIGHT,
        bias=bias,
        neighbours=WordNeighbours.of([row.by_words for row in rows], examples.labels, len(LABELS)),
        mixing=mixing,
    )


def _matrix(rows: Sequence[Sparse], vectors: Vectors) -> Any:
    from scipy.sparse import csr_matrix, hstack

    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    lexical = csr_matrix((values, columns, ends), shape=(len(rows), COLUMNS))
    return hstack([lexical, csr_matrix(vectors * MEANING_WEIGHT)]).tocsr()


def _calibrated(examples: Examples, others: Sequence[Examples], axes: Scores | None) -> Scores:
    """Weights under which the probabilities of examples that a trial model has not seen fit best (log loss)."""
    from scipy.optimize import minimize

    places = range(len(examples.labels))
    kept = examples.part([place for place in places if place % HELD_OUT != HELD_OUT - 1])
    tested = examples.part([place for place in places if place % HELD_OUT == HELD_OUT - 1])
    trial = _fitted(kept, np.ones(4, dtype=np.float32))
    if axes is None:
        by_meaning = np.zeros((len(tested.labels), len(LABELS)), dtype=np.float32)
    else:
        by_meaning = _neighbours([kept, *others], axes).closeness(tested.vectors)
    return _best_mixing(trial.views(tested.counted, tested.vectors, by_meaning), tested.labels, minimize)


def _best_mixing(views: Views, truth: Places, minimize: Any) -> Scores:
    def loss(mixing: NDArray[np.float64]) -> float:
        chances = views.probabilities(mixing)
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).mean())

    best = minimize(loss, np.array(_WEIGHTS_TO_BEGIN_WITH), method="Nelder-Mead", options={"maxiter": 400})
    return np.asarray(best.x, dtype=np.float32)
