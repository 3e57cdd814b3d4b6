"""Workbooks (.xlsx): each visible sheet as a grid of exact values.

Formulas count with the value that was saved with them; nothing is computed here. openpyxl opens the workbook (sheets,
texts, styles), the cells are read in `bot.sheets.sheet_xml`.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, Final

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import range_boundaries

from bot.sheets.archive import look_into
from bot.sheets.limits import MOST_COLUMNS, MOST_ROWS
from bot.sheets.sheet_xml import SheetReader, Style, TooMany
from knowledge.accounting.faults import Fault, Unreadable
from knowledge.accounting.grid import Grid, Place

LARGEST_MERGED: Final = 10_000
"""Cells of a merged range that may be part of a heading."""


def grids(content: bytes, name: str) -> Iterator[Grid]:
    """The visible sheets in their order. Raises Unreadable."""
    look_into(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know
            yield from list(_grids(content))
    except TooMany as error:
        raise Unreadable(Fault(name, f"sheets.file.too_many_{error.what}", {"most": error.most})) from error
    except Exception as error:  # openpyxl has no errors of its own: a broken part may raise any
        raise Unreadable(Fault(name, "sheets.file.no_workbook")) from error


def _grids(content: bytes) -> Iterator[Grid]:
    book: Any = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    style = _styles(book)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        reader = SheetReader(sheet._shared_strings, style, book.epoch)
        with sheet._get_source() as source:
            reader.read(source)
        yield Grid(sheet.title, reader.cells, dict(_spans(reader.merged)))
    book.close()


def _styles(book: Any) -> Callable[[int], Style]:
    """What the style of a number says, by its id."""

    @cache
    def style(style_id: int) -> Style:
        number_format = book._cell_styles[style_id].numFmtId
        own = number_format - BUILTIN_FORMATS_MAX_SIZE
        written = BUILTIN_FORMATS.get(number_format, "General") if own < 0 else book._number_formats[own]
        return Style(
            _unit(written),
            is_date=style_id in book._date_formats,
            is_span=style_id in book._timedelta_formats,
        )

    return style


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
