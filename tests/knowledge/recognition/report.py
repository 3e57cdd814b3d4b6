"""How well recognition does: on utterances that the writers of the examples have not seen, and by cross-validation.

python -m tests.knowledge.recognition.report [--cross-validation] [--confusions]
"""

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.language.messages import Language
from knowledge.recognition.languages import LanguageDetector
from knowledge.recognition.matches import Recogniser
from knowledge.recognition.meaning import open_engine
from knowledge.recognition.models import BUILT_IN, load
from knowledge.recognition.recogniser import TrainedRecogniser
from knowledge.recognition.training import train
from knowledge.recognition.utterances import Utterance, read_utterances
from knowledge.taxonomy import ObjectionId, SignalId
from tests.knowledge.recognition.unseen import Unseen, messy, unseen

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


def cross_validated(examples: Sequence[Utterance], language: Language) -> Result:
    """Each fifth of the examples recognised by a model of the other four."""
    engine = open_engine()
    judged: list[Judged] = []
    for fold in range(FOLDS):
        rest = [example for place, example in enumerate(examples) if place % FOLDS != fold]
        texts = [example.text for example in rest]
        detector = LanguageDetector.learnt_from({each: texts for each in Language})  # not asked: the language is told
        recogniser = TrainedRecogniser(*train(rest, engine), detector, engine)
        lines = [
            Unseen(example.text, frozenset({str(example.label)} if example.label else ()))
            for place, example in enumerate(examples)
            if place % FOLDS == fold
        ]
        judged += judge(recogniser, lines, language)
    return result_of(judged)


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
    by_language: Mapping[Language, list[Utterance]] = {
        language: [u for u in read_utterances() if u.language is language] for language in Language
    }
    for language in Language:
        judged = judge(recogniser, unseen(language), language)
        print(f"{language} unseen, {len(judged)} lines: {result_of(judged)}")
        guessed = judge(recogniser, unseen(language), None)
        print(f"{language} unseen, language not told: {result_of(guessed)}")
        _print_messy(recogniser, language)
        if asked.confusions:
            for (wanted, first), count in confusions(judged):
                print(f"    {count} × {wanted} taken for {first}")
        if asked.cross_validation:
            examples = by_language[language]
            print(f"{language} cross-validated, {len(examples)} examples: {cross_validated(examples, language)}")
    _print_speed(recogniser)


def _print_messy(recogniser: Recogniser, language: Language) -> None:
    judged = judge(recogniser, messy(language), None)
    two = [j for j in judged if len(j.line.labels) == 2]
    one = [j for j in judged if len(j.line.labels) == 1]
    none = [j for j in judged if not j.line.labels]
    print(
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
    print(f"speed: p50 {seconds[len(seconds) // 2] * 1e3:.1f} ms, p99 {seconds[len(seconds) * 99 // 100] * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
