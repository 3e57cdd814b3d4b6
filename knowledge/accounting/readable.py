"""What people read of cost accounting: sentences of their language, and exact figures rounded to the places shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from knowledge.accounting.exact import fixed
from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.messages import Messages, Param


@dataclass(frozen=True)
class Words:
    """The sentences of one language."""

    messages: Messages
    language: Language

    def __call__(self, key: str, **params: Param) -> str:
        return self.messages.text(key, self.language, **params)


def amount(value: Fraction, language: Language) -> str:
    """`63.000` or `8.041,50`: two places, half up, or none where the amount is whole."""
    return writing.number(Decimal(fixed(value)), language, 0 if value.denominator == 1 else 2)


def percent(rate: Fraction, language: Language, places: int | None = None) -> str:
    """A fraction of 1 as `8 %`; with `places` (two at most) exactly so many, without them as many as it takes."""
    return writing.percent(Decimal(fixed(rate, 4)), language, places)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines for a typewriter's letters: the first column to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()
