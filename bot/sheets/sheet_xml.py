"""The cells of one sheet of a workbook, straight from its XML: formulas with their saved values, in a single pass.

openpyxl makes several objects a cell and would have to read a sheet with formulas twice; this reads half a million
cells in a few seconds. What a cell is made of: ECMA-376 part 1, 18.3.1.4.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import IO, Final
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

from bot.sheets.limits import MOST_COLUMNS, MOST_ROWS
from bot.sheets.numbers import exact, exact_from_text
from knowledge.accounting.grid import Cell, Place

MOST_MERGED: Final = 1_000


class TooMany(Exception):
    """There are more rows or columns than a table may have (`what`: 'rows' or 'columns')."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(what)
        self.what, self.most = what, most


class Style:
    """What a cell's format says: the unit that it writes beside a number, and whether the number is a date."""

    __slots__ = ("is_date", "is_span", "unit")

    def __init__(self, unit: str = "", *, is_date: bool = False, is_span: bool = False) -> None:
        self.unit, self.is_date, self.is_span = unit, is_date, is_span


class SheetReader:
    """Reads the part of one sheet; afterwards `cells` holds what is not empty, `merged` the ranges ('A1:C1')."""

    def __init__(self, texts: Sequence[str], style: Callable[[int], Style], epoch: datetime) -> None:
        self._texts = texts
        self._style = style
        self._epoch = epoch
        self.cells: dict[Place, Cell] = {}
        self.merged: list[str] = []
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._kind = "n"
        self._style_id = 0
        self._is_computed = False
        self._written: list[str] | None = None
        """The pieces of the value that is being read; None between values."""
        self._value = ""
        self._is_reading_aloud = False

    def read(self, source: IO[bytes]) -> None:
        """Raises TooMany; ExpatError, ValueError, LookupError, or OverflowError for what is no sheet."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ParseFile(source)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _CELL:
            self._begin_cell(attributes)
        elif tag == _VALUE or (tag == _TEXT and not self._is_reading_aloud):
            self._written = []
        elif tag == _FORMULA:
            self._is_computed = True
        elif tag == _ROW:
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif tag == _READING_AID:
            self._is_reading_aloud = True
        elif tag == _MERGED and len(self.merged) < MOST_MERGED:
            self.merged.append(attributes["ref"])

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_index_from_string(letters) - 1
            self._column = column
            self._row = int(reference[len(letters) :]) - 1
        self._kind = attributes.get("t", "n")
        self._style_id = int(attributes.get("s", 0))
        self._is_computed = False
        self._value = ""

    def _text(self, text: str) -> None:
        if self._written is not None:
            self._written.append(text)

    def _end(self, tag: str) -> None:
        if tag == _CELL:
            if self._value or self._is_computed:
                self._keep()
        elif tag in (_VALUE, _TEXT):
            if self._written is not None:
                self._value += "".join(self._written)
                self._written = None
        elif tag == _READING_AID:
            self._is_reading_aloud = False

    def _keep(self) -> None:
        row, column = self._row, self._column
        if row >= MOST_ROWS:
            raise TooMany("rows", MOST_ROWS)
        if column >= MOST_COLUMNS:
            raise TooMany("columns", MOST_COLUMNS)
        cell = self._cell(row, column)
        if cell is not None:
            self.cells[row, column] = cell

    def _cell(self, row: int, column: int) -> Cell | None:
        """What the cell holds; None where a formula gives an empty text."""
        value = self._value
        if not value:
            empty = self._kind == "str"
            return None if empty else Cell(row, column, "–", fault="sheets.cell.no_value")
        match self._kind:
            case "n":
                return self._number(row, column, value)
            case "s" | "str" | "inlineStr":
                text = " ".join((self._texts[int(value)] if self._kind == "s" else value).split())
                return Cell(row, column, text) if text else None
            case "b":
                return Cell(row, column, str(bool(int(value))).upper(), fault="sheets.cell.truth")
            case "d":
                return Cell(row, column, value, fault="sheets.cell.date")
            case _:
                return Cell(row, column, value, fault="sheets.cell.error")

    def _number(self, row: int, column: int, text: str) -> Cell:
        style = self._style(self._style_id)
        if style.is_date:
            return self._date(row, column, float(text), is_span=style.is_span)
        number: Fraction | None = exact_from_text(text, is_computed=self._is_computed)
        if number is None:
            number = exact(float(text), is_computed=self._is_computed)
        if number is None:
            return Cell(row, column, text, fault="sheets.fault.too_large")
        return Cell(row, column, number, style.unit)

    def _date(self, row: int, column: int, number: float, *, is_span: bool) -> Cell:
        try:
            words = str(from_excel(number, self._epoch, timedelta=is_span))
        except (OverflowError, ValueError):  # no day has this number
            return Cell(row, column, "#VALUE!", fault="sheets.cell.error")
        return Cell(row, column, words, fault="sheets.cell.date")


_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_CELL: Final = _MAIN + "c"
_ROW: Final = _MAIN + "row"
_VALUE: Final = _MAIN + "v"
_TEXT: Final = _MAIN + "t"
_FORMULA: Final = _MAIN + "f"
_MERGED: Final = _MAIN + "mergeCell"
_READING_AID: Final = _MAIN + "rPh"
"""How a Japanese text is read aloud; it is not part of the text."""
