"""The numbers of a table: exact, in the sheet's unit, each fault with its cell.

A column is read as a whole, because '1.234' means what the other numbers of its column show. The unit stands above the
table, in a heading or behind numbers; a cell that contradicts it is a fault, a multiplier ('12 TEUR' among EUR) is put
in.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from knowledge.accounting.faults import Caution, FaultParam, Findings, shown
from knowledge.accounting.grid import Cell, Grid, Place
from knowledge.accounting.table_columns import Unit
from knowledge.accounting.table_heading import Heading
from knowledge.language.columns import ColumnNumber, Convention, TwoWays, convention_of, read_in_column
from knowledge.language.errors import ReadingError
from knowledge.language.quantities import unit_in


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what stands beside it: words in lower case, the power of ten and the currency."""

    value: Fraction
    words: tuple[str, ...] = ()
    exponent: int = 0
    currency: str | None = None
    is_written: bool = False
    """Its unit was written behind it, not only set as a format."""

    @property
    def is_percent(self) -> bool:
        """Whether a per cent sign stands behind it."""
        return self.words == ("%",)


class Values:
    """Reads cells of one table. What is wrong goes into the findings, and its cell is remembered."""

    def __init__(self, grid: Grid, heading: Heading, findings: Findings) -> None:
        self._grid = grid
        self._heading = heading
        self._findings = findings
        self._conventions: dict[int, Convention | None] = {}
        self._cautions: dict[str, Caution] = {}
        self._wrong: set[Place] = set()

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """The numbers that were decided by their columns."""
        return tuple(self._cautions.values())

    @cached_property
    def unit(self) -> Unit:
        """The unit of all amounts: as a heading says, else the one that stands behind numbers."""
        if self._heading.units_differ_at:
            self._findings.add(self._heading.units_differ_at, "sheets.fault.two_units")
        exponent, currency = self._heading.unit or (None, None)
        for number in self._with_units():
            exponent = number.exponent if exponent is None else exponent
            currency = currency or number.currency
        return exponent or 0, currency

    def amount(self, cell: Cell | None) -> Fraction | None:
        """Money in the sheet's unit; None for nothing and for what is wrong."""
        number = self.number(cell)
        if cell is None or number is None:
            return None
        if number.is_percent:
            self.refuse(cell, "sheets.fault.percent", here=_here(cell))
            return None
        if number.words:
            self.refuse(cell, "sheets.fault.number", here=_here(cell))
            return None
        return self.in_unit(cell, number)

    def in_unit(self, cell: Cell, number: Number) -> Fraction | None:
        """The number as an amount in the sheet's unit."""
        exponent, currency = self.unit
        if number.currency and currency and number.currency != currency:
            self.refuse(cell, "sheets.fault.currency", here=_here(cell), expected=currency)
            return None
        if number.exponent == exponent or not number.is_written:
            return number.value
        if not number.exponent:
            self.refuse(cell, "sheets.fault.other_unit", here=_here(cell))
            return None
        return number.value * Fraction(10) ** (number.exponent - exponent)

    def size(self, cell: Cell | None, read: Callable[[Cell | None], Fraction | None]) -> Fraction | None:
        """What `read` gives, from 0 up."""
        value = read(cell)
        if cell is not None and value is not None and value < 0:
            self.refuse(cell, "accounting.fault.negative", here=_here(cell))
            return None
        return value

    def share(self, cell: Cell | None, is_percent: bool) -> Fraction | None:
        """A rate as a fraction of 1: with a per cent sign behind it or, where the row is in per cent, without."""
        number = self.number(cell)
        if cell is None or number is None:
            return None
        if number.is_percent or (is_percent and not number.words):
            return number.value / 100
        self.refuse(cell, "sheets.fault.no_percent", here=_here(cell))
        return None

    def number(self, cell: Cell | None) -> Number | None:
        """The number with its words, before its unit is looked at; per cent as they stand there ('25 %' is 25)."""
        if cell is None or is_nothing(cell):
            return None
        if cell.fault:
            self.refuse(cell, cell.fault, here=_here(cell))
            return None
        if isinstance(cell.value, Fraction):
            return _formatted(cell, cell.value)
        try:
            read = read_in_column(cell.value, self._convention(cell.column))
        except TwoWays as error:
            first, second = Fraction(error.first), Fraction(error.second)
            self.refuse(cell, "sheets.fault.two_ways", here=_here(cell), first=first, second=second)
            return None
        except ReadingError as error:
            too_large = error.key == "reading.number_too_large"
            self.refuse(cell, "sheets.fault.too_large" if too_large else "sheets.fault.number", here=_here(cell))
            return None
        if read.by_column:
            params: dict[str, FaultParam] = {"here": _here(cell), "value": Fraction(read.value)}
            self._cautions[cell.place] = Caution(cell.place, "sheets.warning.decided_by_column", params)
        return _written(read)

    def refuse(self, cell: Cell, key: str, **params: FaultParam) -> None:
        """Notes a fault of this cell."""
        self._findings.add(cell.place, key, **params)
        self._wrong.add((cell.row, cell.column))

    def any_wrong(self, cells: Iterable[Cell | None]) -> bool:
        """Whether one of these cells can't be used."""
        wrong = self._wrong
        return bool(wrong) and any(cell is not None and (cell.row, cell.column) in wrong for cell in cells)

    @property
    def has_wrong(self) -> bool:
        """Whether any cell so far can't be used."""
        return bool(self._wrong)

    def _convention(self, column: int) -> Convention | None:
        if column not in self._conventions:
            self._conventions[column] = convention_of(self._texts[column])
        return self._conventions[column]

    @cached_property
    def _texts(self) -> dict[int, list[str]]:
        """The texts below the heading, by column."""
        texts: dict[int, list[str]] = defaultdict(list)
        for cells in self._grid.rows[self._heading.bottom + 1 :]:
            for cell in cells:
                if cell.text:
                    texts[cell.column].append(cell.text)
        return texts

    def _with_units(self) -> Iterator[Number]:
        """The numbers that have a currency or a multiplier, in the total's column and in those of the centres."""
        columns = {self._heading.total, *(centre.index for centre in self._heading.centres)}
        for cells in self._grid.rows[self._heading.bottom + 1 :]:
            for cell in cells:
                if cell.column not in columns or cell.fault:
                    continue
                if isinstance(cell.value, Fraction):
                    number = _formatted(cell, cell.value) if cell.unit else None
                else:
                    number = _with_unit(cell.value)
                if number and (number.currency or number.exponent):
                    yield number


def is_nothing(cell: Cell) -> bool:
    """Whether a dash stands there, as in '-', '—' or './.': nothing."""
    return isinstance(cell.value, str) and not cell.fault and _DASHES.fullmatch(cell.value) is not None


def _here(cell: Cell) -> str:
    if isinstance(cell.value, str):
        return shown(cell.value)
    return f"{float(cell.value):.15g}{cell.unit and ' ' + cell.unit}"


def _written(read: ColumnNumber) -> Number:
    is_written = read.currency is not None or read.exponent != 0
    return Number(Fraction(read.value), read.words, read.exponent, read.currency, is_written)


def _with_unit(text: str) -> Number | None:
    """A number with a unit behind it; how its separators are read does not matter yet."""
    if not (_DIGIT.search(text) and _UNIT_SIGN.search(text)):
        return None
    try:
        return _written(read_in_column(text, Convention.COMMA))
    except ReadingError:
        return None


def _formatted(cell: Cell, value: Fraction) -> Number:
    """A number whose format writes a unit beside it. A currency there says nothing of thousands."""
    if not cell.unit:
        return Number(value)
    if cell.unit == "%":
        return Number(value * 100, ("%",))
    try:
        unit = unit_in(cell.unit)
    except ReadingError:
        unit = None
    if unit is None:
        return Number(value, tuple(cell.unit.casefold().split()))
    return Number(value, (), unit[0], unit[1], is_written=unit[0] != 0)


_DIGIT: Final = re.compile(r"[0-9]")
_UNIT_SIGN: Final = re.compile(r"[^\W\d_]|[€$£]")
_DASHES: Final = re.compile(r"[-–—−‐‑‒./]+")
