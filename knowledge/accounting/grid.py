"""A table as it stands in a file: cells with their places, before anybody knows what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

Place = tuple[int, int]
"""(row, column), both from 0."""


class Cell(NamedTuple):
    """A cell that is not empty: a text without blanks at its ends, or an exact number.

    `unit` is what the number's format writes beside it ('€', 'h', '%'). `fault` is the key of the sentence that says
    why the value can't be used (a formula's error, a date), and the value is what stands there.
    A tuple, because a table may have half a million of them.
    """

    row: int
    column: int
    value: str | Fraction
    unit: str = ""
    fault: str = ""

    @property
    def place(self) -> str:
        """The name of the cell, `C7`."""
        return cell_name(self.row, self.column)

    @property
    def text(self) -> str:
        """The text, or nothing where a number stands."""
        return self.value if isinstance(self.value, str) and not self.fault else ""


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook, or a CSV file. `spans` lead from each covered cell of a merged range to its first one."""

    name: str
    cells: Mapping[Place, Cell]
    spans: Mapping[Place, Place] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of each row, from left to right; rows without any are empty."""
        rows: list[list[Cell]] = [[] for _ in range(1 + max((row for row, _ in self.cells), default=-1))]
        for place in sorted(self.cells):
            rows[place[0]].append(self.cells[place])
        return tuple(tuple(row) for row in rows)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell, if it is not empty."""
        return self.cells.get((row, column))

    def text_at(self, row: int, column: int) -> str:
        """The text that is seen there, in merged ranges that of the first cell; nothing where a number stands."""
        cell = self.cells.get(self.spans.get((row, column), (row, column)))
        return cell.text if cell else ""


def cell_name(row: int, column: int) -> str:
    """`C7` for row 6 and column 2, both from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
