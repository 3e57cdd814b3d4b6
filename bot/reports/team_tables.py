"""Tables that a pivot takes as they are: one row of headings, real days and numbers, a filter, the head in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from bot.reports.pages import HEAD, HEAD_LEFT, Book, Look, Page
from knowledge.language.languages import Language

Value = str | int | Decimal | date | None

MOST_DIGITS: Final = 15
"""A spreadsheet keeps so many; an amount of ours has at most fourteen."""


class Kind(Enum):
    """What a column holds."""

    WORDS = "words"
    COUNT = "count"
    AMOUNT = "amount"
    SHARE = "share"
    DAY = "day"


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
    looks = [book.look(look_of(column.kind, language)) for column in table.columns]
    for place, column in enumerate(table.columns):
        is_left = column.kind in (Kind.WORDS, Kind.DAY)
        page.text(0, place, column.heading, HEAD_LEFT if is_left else HEAD)
        page.sheet.set_column(place, place, column.width)
    for row, values in enumerate(table.rows, 1):
        for place, value in enumerate(values):
            _write(page, row, place, value, looks[place])
    page.sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(0)
    return page


def look_of(kind: Kind, language: Language) -> Look:
    """How a column's cells look."""
    match kind:
        case Kind.COUNT:
            return {"num_format": "#,##0"}
        case Kind.AMOUNT:
            return {"num_format": "#,##0.00"}
        case Kind.SHARE:
            return {"num_format": "0%"}
        case Kind.DAY:
            return {"num_format": "dd.mm.yyyy" if language is Language.DE else "yyyy-mm-dd", "align": "left"}
        case Kind.WORDS:
            return {}


def _write(page: Page, row: int, place: int, value: Value, look: Any) -> None:
    match value:
        case None:
            page.sheet.write_blank(row, place, None, look)
        case str():
            page.text(row, place, value)
        case date():
            page.sheet.write_datetime(row, place, value, look)
        case _:
            page.sheet.write_number(row, place, float(value), look)
