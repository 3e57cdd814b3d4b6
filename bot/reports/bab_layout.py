"""Where everything stands in the workbook of a BAB, known before the first cell is written: tabs name each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Final

from bot.reports.pages import Look, Page, cell
from knowledge.accounting.bab import Bab
from knowledge.accounting.exact import as_decimal
from knowledge.accounting.readable import Words
from knowledge.accounting.sheet import Base, BaseKind, CentreRole
from knowledge.language import writing
from knowledge.language.languages import Language

TITLE_ROW: Final = 0
UNIT_ROW: Final = 1
GROUP_ROW: Final = 3
HEAD_ROW: Final = 4
FIRST_ROW: Final = 5
LABELS: Final = 0
TOTAL: Final = 1


@dataclass(frozen=True)
class BabLayout:
    """Rows and columns of the first tab, from 0; a row that this sheet does not need is None."""

    bab: Bab
    words: Words

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The heading of each centre: its name, with its id where the name is not the only one."""
        times = Counter(centre.name for centre in self.bab.sheet.centres)
        return {
            centre.id: centre.name if times[centre.name] == 1 else f"{centre.name} ({centre.id})"
            for centre in self.bab.sheet.centres
        }

    @cached_property
    def key(self) -> int | None:
        """The column of the keys."""
        return TOTAL + 1 if any(row.key for row in self.bab.sheet.cost_types) else None

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The column of each centre."""
        first = TOTAL + 1 if self.key is None else self.key + 1
        return {centre.id: column for column, centre in enumerate(self.bab.sheet.centres, first)}

    @property
    def first(self) -> int:
        """The first column of a centre."""
        return min(self.columns.values())

    @property
    def last(self) -> int:
        """The last column."""
        return max(self.columns.values())

    @cached_property
    def cost_types(self) -> range:
        """The rows of the cost types."""
        return range(FIRST_ROW, FIRST_ROW + len(self.bab.sheet.cost_types))

    @cached_property
    def carried(self) -> int | None:
        """The row of overheads that came without cost types."""
        return self.cost_types.stop if self.bab.sheet.primary or not self.cost_types else None

    @cached_property
    def primary(self) -> int:
        """The row of the primary overheads."""
        return self.cost_types.stop + (self.carried is not None)

    @cached_property
    def allocations(self) -> Mapping[str, int]:
        """The row of each centre that is allocated."""
        givers = (delivery.giver for delivery in self.bab.allocated.deliveries)
        return {giver: row for row, giver in enumerate(givers, self.primary + 1)}

    @property
    def after(self) -> int:
        """The row of the overheads after allocation; without one that of the primary overheads."""
        return self.primary + len(self.allocations) + 1 if self.allocations else self.primary

    @cached_property
    def below(self) -> Mapping[str, int]:
        """The rows below, by what stands there, in their order: with empty rows before each part."""
        rows: dict[str, int] = {}
        row = self.after + 2
        for part in self._parts():
            for name in part:
                rows[name] = row
                row += 1
            row += bool(part)
        return rows

    def _parts(self) -> tuple[list[str], ...]:
        sheet, bab = self.bab.sheet, self.bab
        direct = any(base.direct_costs is not None for base in sheet.bases.values())
        stock = bool(sheet.stock_increase or sheet.stock_decrease)
        costs = ["direct_costs"] if direct else []
        if sheet.special_direct_costs_production:
            costs.append("special_direct_costs_production")
        cost = ["cost_of_production"] if bab.manufacturing_cost else []
        if stock:
            cost += ["stock_increase", "stock_decrease"]
        if stock and bab.manufacturing_cost:
            cost.append("cost_of_sales")
        rates = ["base", "rate"] if sheet.bases else []
        normal = ["normal_rate", "charged", "coverage"] if bab.coverage else []
        if normal and bab.coverage and bab.coverage.bases != self._actual_bases:
            normal.insert(1, "normal_cost")
        return costs, cost, rates, normal

    @property
    def _actual_bases(self) -> Mapping[str, Fraction]:
        return {rate.centre: rate.base for rate in self.bab.rates}

    @cached_property
    def amount(self) -> Look:
        """How amounts are written: with cents only where there are some."""
        sheet = self.bab.sheet
        given = [amount for row in sheet.cost_types for amount in (row.total, *row.amounts.values())]
        given += [*sheet.primary.values(), *(base.size for base in sheet.bases.values())]
        given += [*self.bab.allocated.after.values()]
        return WHOLE if all(amount.denominator == 1 for amount in given) else CENTS

    def hours(self, base: Base) -> Look:
        """How hours are written; those of people by another word than those of machines."""
        word = self.words("workbook.labour_hours" if base.kind is BaseKind.LABOUR_HOURS else "workbook.machine_hours")
        return {"num_format": f'#,##0 "{word}"' if base.size.denominator == 1 else f'#,##0.00 "{word}"'}

    @property
    def unit(self) -> str:
        """The unit of all amounts: `1.000 EUR`."""
        unit, currency = self.bab.sheet.unit, self.bab.sheet.currency
        if unit.isdigit():
            number = writing.number(Decimal(unit), self.words.language) if unit != "1" else ""
            return " ".join(part for part in (number, currency) if part)
        return unit or currency

    def role_groups(self) -> list[tuple[str, int, int]]:
        """(words, first column, last column) of neighbours with one role, but where the heading says the same."""
        groups: list[tuple[CentreRole, int, int]] = []
        for centre in self.bab.sheet.centres:
            column = self.columns[centre.id]
            if groups and groups[-1][0] is centre.role:
                groups[-1] = (centre.role, groups[-1][1], column)
            else:
                groups.append((centre.role, column, column))
        return [
            (words, first, last)
            for role, first, last in groups
            if (words := self.words(f"workbook.role.{role}")) and (first < last or words not in self.names.values())
        ]

    def own(self, row: int, centre: str) -> str:
        """A centre's cell, as formulas of the first tab name it."""
        return cell(row, self.columns[centre])

    def of(self, page: Page, row: int, centre: str) -> str:
        """A centre's cell, as other tabs name it."""
        return page.ref(row, self.columns[centre])


WHOLE: Final[Look] = {"num_format": '#,##0;-#,##0;"–"'}
CENTS: Final[Look] = {"num_format": '#,##0.00;-#,##0.00;"–"'}


def ratio(shares: Sequence[Fraction], language: Language) -> str:
    """A key: `0,3 : 0,7`; what has many places as whole numbers, so that it can be read in one way only."""
    decimals = [as_decimal(share) for share in shares]
    if all(decimal is not None and decimal == round(decimal, 2) for decimal in decimals):
        mark = "," if language is Language.DE else "."
        return " : ".join(f"{decimal.normalize():f}".replace(".", mark) for decimal in decimals if decimal is not None)
    factor = lcm(*(share.denominator for share in shares))
    return " : ".join(str(int(share * factor)) for share in shares)
