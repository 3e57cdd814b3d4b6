"""Pages of a workbook: every formula is written together with its exact result, so that a phone shows it at once.

Text is always written as text: what begins with `=`, `+`, `-` or `@` never becomes a formula.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from bot.reports.colours import INK, NOTE_TEXT, PALE, RULE, TEXT
from knowledge.accounting.exact import as_decimal

Look = Mapping[str, Any]
"""How cells look, in the words of xlsxwriter's formats."""

FONT: Final = {"font_name": "Arial", "font_size": 10, "font_color": TEXT, "valign": "vcenter"}

# fmt: off
TITLE: Final[Look] = {"bold": True, "font_size": 14, "font_color": INK}
NOTE: Final[Look] = {"font_color": NOTE_TEXT}
PROSE: Final[Look] = {"text_wrap": True, "valign": "top"}
GROUP: Final[Look] = {"font_size": 9, "font_color": NOTE_TEXT, "align": "center", "bottom": 1, "bottom_color": RULE}
HEAD: Final[Look] = {
    "bold": True, "font_color": INK, "bg_color": PALE, "bottom": 1, "bottom_color": INK, "text_wrap": True,
    "align": "right",
}
HEAD_LEFT: Final[Look] = {**HEAD, "align": "left"}
SUM: Final[Look] = {"bold": True, "top": 1, "top_color": INK, "bg_color": PALE}
QUIET: Final[Look] = {"font_color": "#3C5A7D"}
RATE: Final[Look] = {"bold": True, "font_color": INK, "bottom": 6, "bottom_color": INK}
INPUT: Final[Look] = {"bg_color": "#FFF8E1", "font_color": "#1A4FA3"}
# fmt: on

SHARE: Final = {"num_format": "0.00%"}
DIGITS: Final = 15


class Book:
    """A workbook that is being made; the same content gives the same bytes."""

    def __init__(self, title: str) -> None:
        self._file = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, options)
        self._book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def page(self, name: str) -> "Page":
        """A new tab, printed on A4 landscape, as wide as the paper."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        sheet.hide_gridlines(2)
        return Page(self, sheet, name)

    def look(self, *looks: Look) -> Any:
        """A format with all of this; a later word wins."""
        together: dict[str, Any] = dict(FONT)
        for look in looks:
            together |= look
        key = tuple(sorted(together.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(together)
        return self._formats[key]

    def chart(self, kind: str) -> Any:
        """A chart of this kind, to be filled and put on a tab."""
        return self._book.add_chart({"type": kind})

    def finished(self) -> bytes:
        """The file."""
        self._book.close()
        return self._file.getvalue()


class Page:
    """One tab. Rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:
        self._book = book
        self.sheet = sheet
        self.name = name

    def text(self, row: int, column: int, text: str, *looks: Look) -> None:
        """Text, whatever it begins with."""
        guard: Look = {"quote_prefix": True} if text[:1] in LIKE_FORMULAS else {}
        self.sheet.write_string(row, column, text, self._book.look(*looks, guard))

    def number(self, row: int, column: int, value: Fraction, *looks: Look) -> None:
        """An exact number: one that does not end as a decimal is written as a division."""
        if _is_short(value):
            self.sheet.write_number(row, column, float(value), self._book.look(*looks))
        else:
            self.formula(row, column, constant(value), value, *looks)

    def formula(self, row: int, column: int, formula: str, value: Fraction | str, *looks: Look) -> None:
        """A live formula (without its `=`) and what it gives."""
        result = value if isinstance(value, str) else float(value)
        self.sheet.write_formula(row, column, f"={formula}", self._book.look(*looks), result)

    def column_of_array(self, row: int, column: int, formula: str, values: Sequence[Fraction], *looks: Look) -> None:
        """A formula that fills several cells downwards."""
        look = self._book.look(*looks)
        last = row + len(values) - 1
        self.sheet.write_array_formula(row, column, last, column, f"{{={formula}}}", look, float(values[0]))
        for place, value in enumerate(values[1:], row + 1):
            self.sheet.write_number(place, column, float(value), look)

    def blank(self, row: int, columns: range, *looks: Look) -> None:
        """Empty cells that look like their row."""
        for column in columns:
            self.sheet.write_blank(row, column, None, self._book.look(*looks))

    def merged(self, row: int, first: int, last: int, text: str, *looks: Look) -> None:
        """Text over several columns."""
        if first == last:
            self.text(row, first, text, *looks)
        else:
            self.sheet.merge_range(row, first, row, last, "", self._book.look(*looks))
            self.text(row, first, text, *looks)

    def ref(self, row: int, column: int) -> str:
        """The cell as other tabs name it: `'BAB'!$C$7`."""
        return f"{self._quoted}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def range_ref(self, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
        """The range as other tabs name it."""
        return f"{self._quoted}!{xl_range_abs(first_row, first_column, last_row, last_column)}"

    @property
    def _quoted(self) -> str:
        name = self.name.replace("'", "''")
        return f"'{name}'"


def cell(row: int, column: int) -> str:
    """The cell as formulas of its own tab name it."""
    return str(xl_rowcol_to_cell(row, column))


def cells(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """The range as formulas of its own tab name it."""
    return str(xl_range(first_row, first_column, last_row, last_column))


def constant(value: Fraction) -> str:
    """A number for a formula, exact as long as spreadsheets can be."""
    if _is_short(value) and (decimal := as_decimal(value)) is not None:
        return f"{decimal.normalize():f}"
    if max(abs(value.numerator), value.denominator) < 10**DIGITS:
        return f"{value.numerator}/{value.denominator}"
    return f"{float(value):.{DIGITS}g}".replace("e", "E")


def _is_short(value: Fraction) -> bool:
    """Whether it is a decimal of so few digits that a spreadsheet keeps all of them."""
    if value.denominator in _CENTS:
        return abs(value.numerator) < 10**13
    decimal = as_decimal(value)
    return decimal is not None and len(decimal.normalize().as_tuple().digits) <= DIGITS


_CENTS: Final = frozenset((1, 2, 4, 5, 10, 20, 25, 50, 100))
LIKE_FORMULAS: Final = ("=", "+", "-", "@", "\t")
"""What spreadsheets take for the beginning of a formula."""
