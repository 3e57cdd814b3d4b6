"""Keys (Verteilungsschlüssel) as they stand in one cell of a table: '3:2:1', '50 % / 30 % / 20 %'."""

import re
from collections.abc import Collection, Iterator
from fractions import Fraction

from knowledge.accounting.grid import Cell
from knowledge.accounting.sheet import NOTHING
from knowledge.language.columns import convention_of, read_in_column
from knowledge.language.errors import ReadingError


def key_of(cell: Cell, columns: Collection[int]) -> dict[int, Fraction] | None:
    """The share of each column; None unless the cell has one, from 0 up, for each of them."""
    shares = list(_shares(cell))
    usable = [share for share in shares if share is not None and share >= 0]
    if len(shares) != len(columns) or len(usable) != len(shares):
        return None
    return dict(zip(columns, usable, strict=True))


def _shares(cell: Cell) -> Iterator[Fraction | None]:
    """The shares of a key such as '3:2:1'; None for what is no number."""
    if isinstance(cell.value, Fraction):
        yield cell.value
        return
    marks = r"[:;|/]" if re.search(r"[:;|/]", cell.value) else r",\s+|\s[-–]\s|\s+"
    parts = [part.strip() for part in re.split(marks, cell.value)]
    convention = convention_of(parts)
    for part in parts:
        try:
            number = read_in_column(part.removesuffix("%").strip(), convention)
        except ReadingError:
            yield NOTHING if part and not any(map(str.isalnum, part)) else None
        else:
            yield None if number.words or number.currency else Fraction(number.value)
