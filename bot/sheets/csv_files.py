"""CSV as spreadsheets export it: `;`, `,` or tab; UTF-8 with or without BOM, UTF-16, Windows-1252; quoted breaks."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.sheets.limits import MOST_COLUMNS, MOST_ROWS
from knowledge.accounting.faults import Fault, Unreadable
from knowledge.accounting.grid import Cell, Grid

LONGEST_FIELD: Final = 10_000


def grids(content: bytes, name: str) -> Iterator[Grid]:
    """The one table of the file."""
    text = _text(content, name)
    mark, body = _separator(text)
    cells = {}
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark)
    try:
        for row, fields in enumerate(reader):
            last = max((place for place, field in enumerate(fields) if field.strip()), default=-1)
            if last >= 0 and row >= MOST_ROWS:
                raise Unreadable(Fault(name, "sheets.file.too_many_rows", {"most": MOST_ROWS}))
            if last >= MOST_COLUMNS:
                raise Unreadable(Fault(name, "sheets.file.too_many_columns", {"most": MOST_COLUMNS}))
            for column, field in enumerate(fields):
                if value := " ".join(field.split())[:LONGEST_FIELD]:
                    cells[row, column] = Cell(row, column, value)
    except csv.Error as error:
        raise Unreadable(Fault(name, "sheets.file.no_csv", {"line": reader.line_num})) from error
    yield Grid(name, cells)


def _text(content: bytes, name: str) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in set(text)):
            break
        return text
    raise Unreadable(Fault(name, "sheets.file.no_text"))


def _separator(text: str) -> tuple[str, str]:
    """The sign between fields, and the text; Excel may name it in a first line, `sep=;`.

    Else the one that the most lines have outside of quotes; of several, the one that is never a decimal mark first.
    """
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines: Counter[str] = Counter()
    for line in text.splitlines()[:SAMPLE]:
        outside = "".join(line.split('"')[::2])
        lines.update(mark for mark in _MARKS if mark in outside)
    most = max(lines.values(), default=0)
    return next((mark for mark in _MARKS if lines[mark] * 2 > most), ","), text


SAMPLE: Final = 200
_MARKS: Final = (";", "\t", ",")
