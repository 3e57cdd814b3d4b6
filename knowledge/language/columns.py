"""Reads the numbers of a table's column: '1.234,56', '1,234.56', "1'234.56", '12 TEUR', '(500)', '500-', '8,04 %'.

Files have no language. What can be read in two ways ('1.234') is decided by the other numbers of its column.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from knowledge.language.digits import Digits
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.quantities import LARGEST, LONGEST_TEXT, Parts, parts_of

MOST_PLACES = 20
"""Spreadsheets write all the places that they have."""


class Convention(Enum):
    """The decimal mark of a column."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class ColumnNumber:
    """A number as it stands there: a multiplier (`exponent`, 3 for TEUR) is named, not put in."""

    value: Decimal
    exponent: int = 0
    currency: str | None = None
    words: tuple[str, ...] = ()
    by_column: bool = False
    """Could be read in two ways; the column decided."""


class TwoWays(ReadingError):
    """A number that can be read in two ways, in a column that does not decide: both, smaller first."""

    def __init__(self, text: str, first: Decimal, second: Decimal) -> None:
        super().__init__("reading.number", text=text)
        self.first, self.second = sorted((first, second))


def convention_of(texts: Iterable[str]) -> Convention | None:
    """What the numbers that can be read in one way only say; None where none says anything, or they disagree."""
    seen = set()
    for text in texts:
        if simple := _SIMPLE.fullmatch(text):
            if simple["mark"]:
                seen.add(Convention.COMMA if simple["mark"] == "," else Convention.POINT)
            continue
        try:
            point, comma = _parts(text).readings
        except ReadingError:
            continue
        if (point is None) != (comma is None):
            seen.add(Convention.COMMA if point is None else Convention.POINT)
    return next(iter(seen)) if len(seen) == 1 else None


def read_in_column(text: str, convention: Convention | None) -> ColumnNumber:
    """The number in `text`; its words are lower case, in their order.

    Raises ReadingError `reading.number` and `reading.number_too_large`, and TwoWays.
    """
    if _SIMPLE.fullmatch(text):
        return ColumnNumber(Decimal(text.replace(",", ".")))
    parts = _parts(text)
    digits, by_column = _chosen(parts, convention, text)
    before, after, sign = _signs(parts)
    value = digits.value * (parts.sign if sign is None else sign)
    if (parts.even and digits.places) or (sign is not None and parts.sign < 0):
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    if abs(value) >= LARGEST:
        raise ReadingError("reading.number_too_large", text=text[:LONGEST_TEXT])
    return ColumnNumber(value, parts.exponent, parts.currency, (*before, *after), by_column)


def _parts(text: str) -> Parts:
    return parts_of(text, Language.DE, MOST_PLACES)  # only the words that both languages have are multipliers


def _chosen(parts: Parts, convention: Convention | None, text: str) -> tuple[Digits, bool]:
    """The reading, and whether the column decided."""
    point, comma = parts.readings
    only = comma if point is None else point if comma is None else None
    if only:
        return only, False
    if not (point and comma):
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    if point.value == comma.value:
        return point, False
    if convention is None:
        raise TwoWays(text[:LONGEST_TEXT], point.value, comma.value)
    return (point if convention is Convention.POINT else comma), True


def _signs(parts: Parts) -> tuple[tuple[str, ...], tuple[str, ...], int | None]:
    """The words, and the sign as bookkeepers write it: '(500)' and '500-' are below 0; None where it is not so."""
    before, after = parts.before, parts.after
    if before[:1] == ("(",) and after[-1:] == (")",):
        return before[1:], after[:-1], -1
    if after[:1] == ("-",):
        return before, after[1:], -1
    if after[-1:] == ("-",):
        return before, after[:-1], -1
    return before, after, None


_SIMPLE: Final = re.compile(r"-?[0-9]{1,11}(?:(?P<mark>[.,])[0-9]{1,2})?")
"""What can be read in one way only: nearly all cells, and ten times faster."""
