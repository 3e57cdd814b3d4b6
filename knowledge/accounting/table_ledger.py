"""Running sums of a table's columns: what a 'Summe' has to be, and what a centre bears when it is allocated."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final

from knowledge.accounting.exact import total
from knowledge.accounting.sheet import NOTHING

NEARLY: Final = Fraction(1, 10**12)
"""Spreadsheets compute with fifteen digits; a difference of a cent in ten thousand millions is more than this."""


class Ledger:
    """The sum of each column, of all rows and since the last sum; a column with a wrong cell has none."""

    def __init__(self, columns: Collection[int]) -> None:
        self._all = dict.fromkeys(columns, NOTHING)
        self._since = dict.fromkeys(columns, NOTHING)
        self._new: dict[int, list[Fraction]] = {column: [] for column in columns}
        self._seen: dict[int, list[Fraction]] = {column: [] for column in columns}
        self._unknown: set[int] = set()
        self.is_empty = True

    def __getitem__(self, column: int) -> Fraction | None:
        if column in self._unknown:
            return None
        self._add_up(column)
        return self._all[column]

    def add(self, amounts: Mapping[int, Fraction]) -> None:
        """A row. What is new is added up when somebody asks, because fractions are slow one by one."""
        self.is_empty = False
        for column, amount in amounts.items():
            self._new[column].append(amount)

    def spoil(self, columns: Collection[int]) -> None:
        """A row with wrong cells: the sums of their columns are not known."""
        self.is_empty = False
        self._unknown.update(columns)

    def differences(self, sums: Mapping[int, Fraction]) -> dict[int, Fraction]:
        """What the columns of a sum row should be, where they are not; nothing where it is a sum since the last one."""
        known = {column: value for column, value in sums.items() if column not in self._unknown}
        for column in known:
            self._add_up(column)
        if all(self._is(value, self._since, column) for column, value in known.items()):
            return {}
        return {column: self._all[column] for column, value in known.items() if not self._is(value, self._all, column)}

    def close(self) -> None:
        """A sum row: the next subtotal begins."""
        for column in self._new:
            self._add_up(column)
        self._since = dict.fromkeys(self._since, NOTHING)

    def is_balanced(self, column: int) -> bool:
        """Whether nothing is left in a column."""
        self._add_up(column)
        return column in self._unknown or self._is(NOTHING, self._all, column)

    def _add_up(self, column: int) -> None:
        if new := self._new[column]:
            added = total(new)
            self._all[column] += added
            self._since[column] += added
            self._seen[column] += new
            new.clear()

    def _is(self, value: Fraction, sums: Mapping[int, Fraction], column: int) -> bool:
        """A small rest of large amounts is only as exact as these."""
        if value == sums[column]:
            return True
        return nearly(value, sums[column], max(map(abs, self._seen[column]), default=NOTHING))


def nearly(one: Fraction, other: Fraction, largest: Fraction = NOTHING) -> bool:
    """Whether two numbers are the same, but for the last of a spreadsheet's digits.

    `largest` is the largest of the amounts that they come from.
    """
    return one == other or abs(one - other) <= NEARLY * max(Fraction(1), abs(one), abs(other), largest)
