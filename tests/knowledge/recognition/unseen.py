"""Utterances that nobody who wrote the examples has seen, with their labels.

`unseen_*.tsv`: label, plain or hard, text. `messy_*.tsv`: one or two labels, text as it is really typed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.language.languages import Language
from knowledge.recognition.text import folded
from knowledge.recognition.utterances import Utterance

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Unseen:
    """A line of the test sets; `labels` is empty for what is neither objection nor signal."""

    text: str
    labels: frozenset[str]
    is_hard: bool = False


def unseen(language: Language) -> list[Unseen]:
    """One meaning each, half of them hard on purpose."""
    return [Unseen(text, _labels(label), kind == "hard") for label, kind, text in _lines(f"unseen_{language}.tsv")]


def messy(language: Language) -> list[Unseen]:
    """As people really type: dictated, shortened, two objections in one line, an objection overcome."""
    return [Unseen(text, _labels(labels)) for labels, text in _lines(f"messy_{language}.tsv")]


def not_among(examples: Iterable[Utterance], lines: Sequence[Unseen], language: Language) -> list[Unseen]:
    """Without those that somebody has written among the examples too: short ones happen to be the same."""
    taught = {folded(example.text) for example in examples if example.language is language}
    return [line for line in lines if folded(line.text) not in taught]


def _labels(field: str) -> frozenset[str]:
    return frozenset() if field == "none" else frozenset(field.split(","))


def _lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line.split("\t")
