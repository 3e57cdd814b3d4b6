"""Tables that a pivot takes as they are: one row of headings, real days and numbers, a filter, the head in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from bot.reports.pages import HEAD, HEAD_LEFT, PROSE, Book, Look, Page
from knowledge.language.languages import Language


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction of 1 in a column of other numbers."""

    share: Decimal


Value = str | int | Decimal | Rate | date | None

TOP: Final[Look] = {"valign": "top"}
"""Beside sentences of several lines everything begins in the first one."""


class Kind(Enum):
    """What a column holds."""

    WORDS = "words"
    PROSE = "prose"
    """Sentences, which go on in the next line of their cell."""
    COUNT = "count"
    AMOUNT = "amount"
    SHARE = "share"
    DAY = "day"


LINE: Final = 13.5
"""The height of a line, in points."""
NUMBERS: Final = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.SHARE})


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands below it, and how wide it is, in digits."""

    heading: str
    kind: Kind
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """A tab with its rows."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


def write_table(book: Book, table: Table, language: Language) -> Page:
    """A tab that holds the table and nothing above or left of it."""
    page = book.page(table.name)
    looks = [book.look(_look(column.kind, language)) for column in table.columns]
    rate, count = (book.look(_look(kind, language)) for kind in (Kind.SHARE, Kind.COUNT))
    for place, column in enumerate(table.columns):
        page.text(0, place, column.heading, HEAD if column.kind in NUMBERS else {**HEAD_LEFT, "indent": 1})
        page.sheet.set_column(place, place, column.width)
    for row, values in enumerate(table.rows, 1):
        for place, value in enumerate(values):
            if isinstance(value, str):  # as text, whatever it begins with
                page.text(row, place, value, _look(table.columns[place].kind, language))
            else:
                look = rate if isinstance(value, Rate) else count if isinstance(value, int) else looks[place]
                _write(page.sheet, row, place, value, look)
        lines = max(map(_lines, values, table.columns))
        if lines > 1:
            page.sheet.set_row(row, LINE * lines)
    page.sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(0)
    return page


def _look(kind: Kind, language: Language) -> Look:
    """How a column's cells look."""
    match kind:
        case Kind.COUNT:
            return {**TOP, "num_format": "#,##0"}
        case Kind.AMOUNT:
            return {**TOP, "num_format": "#,##0.00"}
        case Kind.SHARE:
            return {**TOP, "num_format": "0%"}
        case Kind.DAY:
            day = "dd.mm.yyyy" if language is Language.DE else "yyyy-mm-dd"
            return {**TOP, "num_format": day, "align": "left", "indent": 1}
        case Kind.WORDS:
            return {**TOP, "align": "left", "indent": 1}
        case Kind.PROSE:
            return {**PROSE, "align": "left", "indent": 1}


def _lines(value: Value, column: Column) -> int:
    """How many lines a sentence takes in its column, rather one too many."""
    if column.kind is not Kind.PROSE or not isinstance(value, str):
        return 1
    return -(-len(value) // int(column.width * 0.9))


def _write(sheet: Any, row: int, place: int, value: Value, look: Any) -> None:
    match value:
        case None:
            sheet.write_blank(row, place, None, look)
        case Rate():
            sheet.write_number(row, place, float(value.share), look)
        case date():
            sheet.write_datetime(row, place, value, look)
        case int() | Decimal():
            sheet.write_number(row, place, float(value), look)
