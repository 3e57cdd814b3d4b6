"""How well recognition does: on utterances that the writers of the examples have not seen, and by cross-validation.

python -m tests.knowledge.recognition.report [--cross-validation] [--confusions]
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from knowledge.language.languages import Language
from knowledge.recognition.matches import Recogniser
from knowledge.recognition.meaning import SentenceEngine, Vectors, open_engine
from knowledge.recognition.models import BUILT_IN, load
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.training import train
from knowledge.recognition.utterances import Utterance, read_utterances
from knowledge.taxonomy import ObjectionId, SignalId
from tests.knowledge.recognition.unseen import Unseen, messy, not_among, unseen

NONE = "none"
FOLDS = 5


@dataclass(frozen=True)
class Judged:
    """One line with what was made of it."""

    line: Unseen
    found: tuple[str, ...]
    answered: frozenset[str]

    @property
    def wanted(self) -> str:
        """Its one label."""
        return next(iter(self.line.labels), NONE)

    @property
    def first(self) -> str:
        """The best reading."""
        return self.found[0] if self.found else NONE


@dataclass(frozen=True)
class Result:
    """Shares from 0 to 1; of objections, a rejection counts as wrong."""

    top1: float
    top3: float
    hard_top1: float
    signals: float
    none_taken: float
    macro_f1: float
    answered: float
    """How many objections and signals were answered at once."""
    answered_rightly: float

    def __str__(self) -> str:
        return (
            f"top-1 {self.top1:.1%}  top-3 {self.top3:.1%}  hard {self.hard_top1:.1%}  signals {self.signals:.1%}  "
            f"none taken {self.none_taken:.1%}  macro-F1 {self.macro_f1:.1%}  "
            f"answered at once {self.answered:.1%}, of these rightly {self.answered_rightly:.1%}"
        )


def judge(recogniser: Recogniser, lines: Sequence[Unseen], language: Language | None) -> list[Judged]:
    """Every line with its readings."""
    judged = []
    for line in lines:
        found = recogniser.recognise(line.text, language)
        judged.append(
            Judged(line, tuple(str(m.id) for m in found.matches), frozenset(str(m.id) for m in found.answers))
        )
    return judged


def result_of(judged: Sequence[Judged]) -> Result:
    """The figures of lines with one meaning each."""
    objections = [j for j in judged if j.wanted in set(ObjectionId)]
    told = [j for j in judged if j.wanted != NONE]
    answered = [j for j in judged if j.answered]
    return Result(
        top1=_share(objections, lambda j: j.first == j.wanted),
        top3=_share(objections, lambda j: j.wanted in j.found[:3]),
        hard_top1=_share([j for j in objections if j.line.is_hard], lambda j: j.first == j.wanted),
        signals=_share([j for j in judged if j.wanted in set(SignalId)], lambda j: j.first == j.wanted),
        none_taken=_share([j for j in judged if j.wanted == NONE], lambda j: bool(j.found)),
        macro_f1=statistics.fmean(_f1(judged, label) for label in {j.wanted for j in judged}),
        answered=_share(told, lambda j: bool(j.answered)),
        answered_rightly=_share(answered, lambda j: j.wanted in j.answered),
    )


def confusions(judged: Sequence[Judged]) -> list[tuple[tuple[str, str], int]]:
    """What was taken for what, the most frequent first."""
    return Counter((j.wanted, j.first) for j in judged if j.first != j.wanted).most_common()


@dataclass
class Remembering:
    """Sentence vectors, each text encoded once: the folds have most of them in common."""

    engine: SentenceEngine
    known: dict[str, Vectors] = field(default_factory=dict)
    name: str = "remembering"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known.update(zip(new, self.engine.vectors(new), strict=True))
        return np.stack([self.known[text] for text in texts])


def cross_validated(examples: Sequence[Utterance]) -> Mapping[Language, Result]:
    """Each fifth of the examples recognised by a model of the other four, the language told."""
    engine = open_engine()
    remembering: SentenceEngine | None = Remembering(engine) if engine else None
    judged: dict[Language, list[Judged]] = {language: [] for language in Language}
    for fold in range(FOLDS):
        rest = [example for place, example in enumerate(examples) if place % FOLDS != fold]
        recogniser = TrainedRecogniser(*train(rest, remembering), remembering)
        for language, of_language in judged.items():
            lines = [
                Unseen(example.text, frozenset({str(example.label)} if example.label else ()))
                for example in examples[fold::FOLDS]
                if example.language is language
            ]
            of_language += judge(recogniser, lines, language)
    return {language: result_of(of_language) for language, of_language in judged.items()}


def _share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> float:
    return sum(map(holds, judged)) / len(judged) if judged else 0.0


def _f1(judged: Sequence[Judged], label: str) -> float:
    right = sum(j.wanted == j.first == label for j in judged)
    said = sum(j.first == label for j in judged) + sum(j.wanted == label for j in judged)
    return 2 * right / said


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross-validation", action="store_true")
    parser.add_argument("--confusions", action="store_true")
    asked = parser.parse_args()
    recogniser = load(None, BUILT_IN)
    examples = read_utterances()
    for language in Language:
        lines = unseen(language)
        judged = judge(recogniser, lines, language)
        say(f"{language} unseen, {len(judged)} lines: {result_of(judged)}")
        new = not_among(examples, lines, language)
        say(f"{language} unseen, {len(new)} that are no examples: {result_of(judge(recogniser, new, language))}")
        guessed = judge(recogniser, lines, None)
        say(f"{language} unseen, language not told: {result_of(guessed)}")
        _print_messy(recogniser, language)
        if asked.confusions:
            for (wanted, first), count in confusions(judged):
                say(f"    {count} × {wanted} taken for {first}")
    if asked.cross_validation:
        for language, result in cross_validated(examples).items():
            count = sum(example.language is language for example in examples)
            say(f"{language} cross-validated, {count} examples: {result}")
    _print_speed(recogniser)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _print_messy(recogniser: Recogniser, language: Language) -> None:
    judged = judge(recogniser, messy(language), None)
    two = [j for j in judged if len(j.line.labels) == 2]
    one = [j for j in judged if len(j.line.labels) == 1]
    none = [j for j in judged if not j.line.labels]
    say(
        f"{language} messy: two meanings both answered {_share(two, lambda j: j.answered == j.line.labels):.0%}, "
        f"both in the first three {_share(two, lambda j: j.line.labels <= set(j.found[:3])):.0%}; "
        f"one meaning {_share(one, lambda j: j.first == j.wanted):.0%}; "
        f"overcome but taken {_share(none, lambda j: bool(j.found)):.0%}"
    )


def _print_speed(recogniser: Recogniser) -> None:
    lines = [line.text for language in Language for line in unseen(language)]
    seconds = []
    for text in lines:
        begun = time.perf_counter()
        recogniser.recognise(text)
        seconds.append(time.perf_counter() - begun)
    seconds.sort()
    say(f"speed: p50 {seconds[len(seconds) // 2] * 1e3:.1f} ms, p99 {seconds[len(seconds) * 99 // 100] * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
