"""Workbooks and CSV files as controllers make them, from tables that can be read in a test."""

import io
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from openpyxl import Workbook

from bot.sheets.reading import read_bab
from knowledge.accounting.bab import Bab
from knowledge.accounting.faults import AccountingError
from knowledge.language.languages import Language
from tests.conftest import built_in

_, MESSAGES = built_in()


def table(text: str) -> list[list[str]]:
    """The cells of a table in text, parted by `|`; a line of nothing is an empty row."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def workbook(
    text: str,
    *,
    change: Callable[[Workbook], None] | None = None,
    as_text: Sequence[str] = (),
    name: str = "BAB",
) -> bytes:
    """An .xlsx: what is a number in machine notation is written as one, but for the cells in `as_text`."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row, cells in enumerate(table(text), 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) and cell.coordinate not in as_text:
                cell.value = float(value) if "." in value else int(value)
            elif value:
                cell.value = value
    if change:
        change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(text: str, mark: str = ";", encoding: str = "utf-8") -> bytes:
    """A .csv of the table."""
    return "\r\n".join(mark.join(cells) for cells in table(text)).encode(encoding)


def read(content: bytes, name: str = "bab.xlsx") -> Bab:
    """The completed sheet."""
    return read_bab(content, name).compute()


def fault_line(content: bytes, name: str = "bab.xlsx") -> str:
    """The German line that a wrong file is refused with; nothing where it is taken."""
    try:
        read(content, name)
    except AccountingError as error:
        return error.line(MESSAGES, Language.DE)
    return ""


def rates(bab: Bab) -> dict[str, str]:
    """The rates as fractions."""
    return {rate.centre: str(rate.exact) for rate in bab.rates}


def warnings(bab: Bab) -> list[str]:
    """The German sentences of all cautions."""
    return [caution.sentence(MESSAGES, Language.DE) for caution in bab.cautions]


def after(bab: Bab) -> dict[str, Fraction]:
    """What the centres bear in the end."""
    return dict(bab.allocated.after)


MODEL = """
Kostenart              | Summe | Gebäude | Fuhrpark | Fertigung I | Fertigung II | Material | VwVt
Hilfslöhne             | 125   | 10      | 5        | 15          | 20           | 12       | 63
Gehälter               | 20    | 10      | 2        | 2           | 2            | 2        | 2
Sozialleistungen       | 30    | 4       | 8        | 7           | 8            | 2        | 1
Instandhaltung         | 62    | 4       | 8        | 10          | 12           | 24       | 4
Kalkulatorische Zinsen |       |         |          |             |              |          |
Summe                  | 237   | 28      | 23       | 34          | 42           | 40       | 70
Umlage Gebäude (m²)    |       | -28     | 4        | 8           | 6            | 8        | 2
Umlage Fuhrpark (km)   |       |         | -27      | -           | 5            | 15       | 7
Summe                  | 237   | 0       | 0        | 42          | 53           | 63       | 79
Zuschlagsgrundlage     |       |         |          | 100         | 200          | 525      |
Zuschlagssatz          |       |         |          | 0.42        | 0.265        | 0.12     | 0.0804
"""
"""The model calculation of an article on the multi-step BAB."""

MODEL_RATES = {"Fertigung I": "21/50", "Fertigung II": "53/200", "Material": "3/25", "VwVt": "79/983"}
