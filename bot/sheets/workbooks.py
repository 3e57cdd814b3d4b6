"""Workbooks (.xlsx): each visible sheet as a grid of exact values.

Formulas count with the value that was saved with them; nothing is computed here. Numbers are what a person sees: the
fifteen digits that spreadsheets show, and for results of formulas the simple fraction that has these digits (1/3).
"""

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any, Final

import openpyxl
from openpyxl.cell.read_only import EmptyCell
from openpyxl.utils.cell import range_boundaries

from bot.sheets.archive import look_into, merged_ranges
from bot.sheets.limits import MOST_COLUMNS, MOST_ROWS
from knowledge.accounting.faults import AccountingError, Fault, Unreadable
from knowledge.accounting.grid import Cell, Grid, Place

DIGITS: Final = 15
"""Significant digits that spreadsheets compute with and show."""

LARGEST_MERGED: Final = 10_000
"""Cells of a merged range that may be part of a heading."""


def grids(content: bytes, name: str) -> Iterator[Grid]:
    """The visible sheets in their order. Raises Unreadable."""
    look_into(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know
            yield from list(_grids(content, name))
    except AccountingError:
        raise
    except Exception as error:  # openpyxl has no errors of its own: a broken part may raise any
        raise Unreadable(Fault(name, "sheets.file.no_workbook")) from error


def _grids(content: bytes, name: str) -> Iterator[Grid]:
    formulas, results = _open(content, data_only=False), None
    merged = merged_ranges(content)
    for sheet in formulas.worksheets:
        if sheet.sheet_state != "visible":
            continue
        cells = {place: cell for place, cell in _cells(sheet, name) if cell.value is not None}
        computed = {place for place, cell in cells.items() if cell.data_type == "f"}
        if computed:
            results = results or _open(content, data_only=True)
            cells |= dict.fromkeys(computed)
            cells |= {place: cell for place, cell in _cells(results[sheet.title], name) if place in computed}
        read = {place: _cell(place, cell, place in computed) for place, cell in cells.items()}
        known = {place: cell for place, cell in read.items() if cell is not None}
        # openpyxl tells of merged cells only where it reads all at once, and then it unfolds even the largest.
        yield Grid(sheet.title, known, dict(_spans(merged.get(sheet._worksheet_path, ()))))
    for book in filter(None, (formulas, results)):
        book.close()


def _open(content: bytes, *, data_only: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _cells(sheet: Any, name: str) -> Iterator[tuple[Place, Any]]:
    """The cells that are there. Raises Unreadable where there are too many rows or columns."""
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
        for cell in row:
            if isinstance(cell, EmptyCell):
                continue
            if cell.value is not None and cell.row > MOST_ROWS:
                raise Unreadable(Fault(name, "sheets.file.too_many_rows", {"most": MOST_ROWS}))
            if cell.value is not None and cell.column > MOST_COLUMNS:
                raise Unreadable(Fault(name, "sheets.file.too_many_columns", {"most": MOST_COLUMNS}))
            yield (cell.row - 1, cell.column - 1), cell


def _spans(ranges: Iterable[str]) -> Iterator[tuple[Place, Place]]:
    """From each covered cell to the first one of its range; only as far as a table may go."""
    for written in ranges:
        left, top, right, bottom = range_boundaries(written)
        if left is None or top is None or right is None or bottom is None:
            continue
        rows, columns = range(top, min(bottom, MOST_ROWS) + 1), range(left, min(right, MOST_COLUMNS) + 1)
        if len(rows) * len(columns) > LARGEST_MERGED:
            continue
        for row, column in product(rows, columns):
            if (row, column) != (top, left):
                yield (row - 1, column - 1), (top - 1, left - 1)


def _cell(place: Place, cell: Any, is_computed: bool) -> Cell | None:
    """What a cell holds; None where a formula gives an empty text."""
    row, column = place
    value, kind = (None, "n") if cell is None else (cell.value, cell.data_type)
    if value is None:
        return None if kind == "str" else Cell(row, column, "–", fault="sheets.cell.no_value", is_computed=True)
    if kind == "e":
        return Cell(row, column, str(value), fault="sheets.cell.error")
    if isinstance(value, bool):
        return Cell(row, column, str(value).upper(), fault="sheets.cell.truth")
    if isinstance(value, date | time | timedelta):
        return Cell(row, column, str(value), fault="sheets.cell.date")
    if isinstance(value, int | float):
        number = _exact(value, is_computed)
        if number is None:
            return Cell(row, column, str(value), fault="sheets.fault.too_large")
        return Cell(row, column, number, unit=_unit(cell.number_format), is_computed=is_computed)
    text = " ".join(str(value).split())
    return Cell(row, column, text, is_computed=is_computed) if text else None


@lru_cache(maxsize=10_000)
def _exact(value: float, is_computed: bool) -> Fraction | None:
    """The number that is shown; None from 10¹⁵ on, where not all digits are known."""
    if not abs(value) < 10**DIGITS:
        return None
    shown = Decimal(f"{value:.{DIGITS}g}")
    if not is_computed or len(shown.normalize().as_tuple().digits) < DIGITS - 1:
        return Fraction(shown)
    # A result like 9.33333333333333 is 28/3, if so few fractions are as simple that this one can't be by chance.
    step = Fraction(10) ** (shown.adjusted() - DIGITS + 1)
    simple = Fraction(shown).limit_denominator(max(int((Fraction(1, 1000) / step) ** Fraction(1, 2)), 1))
    return simple if abs(simple - Fraction(shown)) <= step else Fraction(shown)


@lru_cache(maxsize=1_000)
def _unit(number_format: str) -> str:
    """What a number's format writes beside it: '€', 'CHF', 'h', '%'; nothing where it shows thousands only."""
    section = number_format.split(";")[0]
    if _IN_THOUSANDS.search(section):
        return ""
    if section.rstrip().endswith("%"):
        return "%"
    parts = (match[1] or match[2] or match[3] for match in _LITERAL.finditer(section))
    return " ".join("".join(part or " " for part in parts).split()).strip("-() ")


_LITERAL: Final = re.compile(r'"([^"]*)"|\[\$([^\]\-]*)[^\]]*\]|([€$£])|\\.')
_IN_THOUSANDS: Final = re.compile(r"[0#],+(?![0#,])")
