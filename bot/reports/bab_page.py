"""The first tab: the completed BAB, every sum, allocation, base and rate as a live formula."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from bot.reports.allocation_layout import COST, PRICE, AllocationLayout
from bot.reports.bab_layout import FIRST_ROW, GROUP_ROW, HEAD_ROW, LABELS, TITLE_ROW, TOTAL, UNIT_ROW, BabLayout, ratio
from bot.reports.pages import (
    DIGITS,
    GROUP,
    HEAD,
    HEAD_LEFT,
    NOTE,
    QUIET,
    RATE,
    SHARE,
    SUM,
    TITLE,
    Look,
    Page,
    cell,
    cells,
    constant,
)
from knowledge.accounting.coverage import Coverage
from knowledge.accounting.exact import total
from knowledge.accounting.sheet import NOTHING, Base, BaseKind, CostType

COLUMN: Final = 13
"""The width of a column of amounts, in digits."""


class BabPage:
    """Writes one tab; the allocation's quantities and prices stand in another."""

    def __init__(self, page: Page, layout: BabLayout, allocation: AllocationLayout) -> None:
        self._page = page
        self._at = layout
        self._allocation = allocation
        self._bab = layout.bab
        self._sheet = layout.bab.sheet
        self._say = layout.words

    def write(self) -> None:
        """All rows, then widths, frozen panes, and the heading that is printed on every page."""
        self._heading()
        for row, cost_type in zip(self._at.cost_types, self._sheet.cost_types, strict=True):
            self._cost_type(row, cost_type)
        if self._at.carried is not None:
            self._carried(self._at.carried)
        self._sums(self._at.primary, FIRST_ROW, self._say("workbook.primary"), self._bab.distribution.primary)
        for giver in self._at.allocations:
            self._allocation_row(giver)
        if self._at.allocations:
            self._sums(self._at.after, self._at.primary, self._say("workbook.after"), self._bab.allocated.after)
        self._manufacturing()
        if "rate" in self._at.below:
            self._rates()
        if coverage := self._bab.coverage:
            self._coverage(coverage)
        self._print_set_up()

    def _heading(self) -> None:
        page, at = self._page, self._at
        page.text(TITLE_ROW, LABELS, self._say("workbook.title"), TITLE)
        lines = [self._say("workbook.period", period=self._sheet.period)] if self._sheet.period else []
        lines += [self._say("workbook.unit", unit=at.unit)] if at.unit else []
        for row, line in enumerate(lines, UNIT_ROW):
            page.text(row, LABELS, line, NOTE)
        for words, first, last in at.role_groups():
            page.merged(GROUP_ROW, first, last, words, GROUP)
        page.text(HEAD_ROW, LABELS, self._say("workbook.cost_type"), HEAD_LEFT)
        page.text(HEAD_ROW, TOTAL, self._say("workbook.total"), HEAD)
        if at.key is not None:
            page.text(HEAD_ROW, at.key, self._say("workbook.key"), HEAD)
        for centre, column in at.columns.items():
            page.text(HEAD_ROW, column, at.names[centre], HEAD)

    def _cost_type(self, row: int, cost_type: CostType) -> None:
        """By vouchers the total is a sum; by a key the amounts are shares of the total."""
        page, at = self._page, self._at
        page.text(row, LABELS, cost_type.name)
        if not cost_type.key:
            for centre, amount in cost_type.amounts.items():
                page.number(row, at.columns[centre], amount, at.amount)
            page.formula(row, TOTAL, f"SUM({self._row(row)})", cost_type.total, at.amount)
            return
        page.number(row, TOTAL, cost_type.total, at.amount)
        shares = total(cost_type.key.values())
        if at.key is not None:
            key = [cost_type.key.get(centre, NOTHING) for centre in at.columns]
            page.text(row, at.key, ratio(key, self._say.language), NOTE, {"align": "right"})
        for centre, share in cost_type.key.items():
            part = share / shares if shares else NOTHING
            formula = f"{cell(row, TOTAL)}*{_times(part)}"
            page.formula(row, at.columns[centre], formula, cost_type.total * part, at.amount)

    def _carried(self, row: int) -> None:
        self._page.text(row, LABELS, self._say("workbook.carried"))
        for centre, amount in self._sheet.primary.items():
            self._page.number(row, self._at.columns[centre], amount, self._at.amount)
        value = total(self._sheet.primary.values())
        self._page.formula(row, TOTAL, f"SUM({self._row(row)})", value, self._at.amount)

    def _sums(self, row: int, first: int, label: str, values: Mapping[str, Fraction]) -> None:
        """A sum of every column from `first` on."""
        page, at = self._page, self._at
        page.blank(row, range(at.last + 1), SUM)
        page.text(row, LABELS, label, SUM)
        columns = [(TOTAL, total(values.values())), *((at.columns[centre], value) for centre, value in values.items())]
        for column, value in columns:
            page.formula(row, column, f"SUM({cells(first, column, row - 1, column)})", value, SUM, at.amount)

    def _allocation_row(self, giver: str) -> None:
        """The closed centre negative, the receivers positive: price × quantity; what is left goes outside."""
        page, at, allocated, there = self._page, self._at, self._bab.allocated, self._allocation
        row = at.allocations[giver]
        delivery = next(delivery for delivery in there.deliveries if delivery.giver == giver)
        unit = next(allocation.unit for allocation in self._sheet.allocations if allocation.giver == giver)
        label = self._say("workbook.allocation", centre=at.names[giver])
        page.text(row, LABELS, f"{label} ({unit})" if unit else label, QUIET)
        price = allocated.prices.get(giver)
        passed_on = allocated.costs[giver] if price is not None or delivery.is_empty else NOTHING
        source = there.page.ref(there.rows[giver], COST)
        page.formula(row, at.columns[giver], f"-{source}" if passed_on else "0", -passed_on, QUIET, at.amount)
        received = NOTHING
        for centre, quantity in delivery.open_.items() if price is not None else ():
            amount = quantity * (price or NOTHING)
            received += amount
            formula = f"{there.page.ref(there.rows[giver], PRICE)}*{there.quantity(giver, centre)}"
            page.formula(row, at.columns[centre], formula, amount, QUIET, at.amount)
        page.formula(row, TOTAL, f"SUM({self._row(row)})", received - passed_on, QUIET, at.amount)

    def _manufacturing(self) -> None:
        """Direct costs, special direct costs, manufacturing cost of production and of sales."""
        page, at, below = self._page, self._at, self._at.below
        if "direct_costs" in below:
            row = below["direct_costs"]
            page.text(row, LABELS, self._say("workbook.direct_costs"))
            for centre, base in self._sheet.bases.items():
                if base.direct or base.direct_costs is not None:
                    page.number(row, at.columns[centre], base.direct, at.amount)
        for name, value in (
            ("special_direct_costs_production", self._sheet.special_direct_costs_production),
            ("stock_increase", self._sheet.stock_increase),
            ("stock_decrease", self._sheet.stock_decrease),
        ):
            if name in below:
                page.text(below[name], LABELS, self._say(f"workbook.{name}"))
                page.number(below[name], TOTAL, value, at.amount)
        if cost := self._bab.manufacturing_cost:
            self._total_line("cost_of_production", self._cost_of_production(at.after), cost.of_production)
            if "cost_of_sales" in below:
                self._total_line("cost_of_sales", self._of_sales("cost_of_production"), cost.of_sales)

    def _total_line(self, name: str, formula: str, value: Fraction) -> None:
        row = self._at.below[name]
        self._page.text(row, LABELS, self._say(f"workbook.{name}"), SUM)
        self._page.formula(row, TOTAL, formula, value, SUM, self._at.amount)

    def _cost_of_production(self, overheads: int) -> str:
        """Direct costs and overheads of material and production, special direct costs; overheads from this row."""
        at, below = self._at, self._at.below
        terms = []
        for centre in self._sheet.manufacturing_centres:
            if self._sheet.bases[centre.id].direct:
                terms.append(at.own(below["direct_costs" if "direct_costs" in below else "base"], centre.id))
            charged = overheads == at.after or centre.id in self._sheet.normal_rates
            terms.append(at.own(overheads if charged else at.after, centre.id))
        if "special_direct_costs_production" in below:
            terms.append(cell(below["special_direct_costs_production"], TOTAL))
        return "+".join(terms)

    def _of_sales(self, cost: str) -> str:
        below = self._at.below
        return "".join(
            (
                cell(below[cost], TOTAL),
                f"-{cell(below['stock_increase'], TOTAL)}" if "stock_increase" in below else "",
                f"+{cell(below['stock_decrease'], TOTAL)}" if "stock_decrease" in below else "",
            )
        )

    def _rates(self) -> None:
        """Bases, and overheads ÷ base."""
        page, at, below = self._page, self._at, self._at.below
        page.text(below["base"], LABELS, self._say("workbook.base"))
        page.blank(below["rate"], range(at.last + 1), RATE)
        page.text(below["rate"], LABELS, self._say("workbook.rate"), RATE)
        for centre, base in self._sheet.bases.items():
            self._base(below["base"], centre, base)
        for rate in self._bab.rates:
            formula = f"{at.own(at.after, rate.centre)}/{at.own(below['base'], rate.centre)}"
            look = self._price() if rate.per else SHARE
            page.formula(below["rate"], at.columns[rate.centre], formula, rate.exact, RATE, look)

    def _base(self, row: int, centre: str, base: Base) -> None:
        page, at, below = self._page, self._at, self._at.below
        column = at.columns[centre]
        if base.kind.is_manufacturing_cost:
            cost = self._bab.manufacturing_cost
            if cost is None:
                return
            of_sales = base.kind is BaseKind.MANUFACTURING_COST_OF_SALES
            name = "cost_of_sales" if of_sales and "cost_of_sales" in below else "cost_of_production"
            value = cost.of_sales if of_sales else cost.of_production
            page.formula(row, column, cell(below[name], TOTAL), value, at.amount)
        elif base.kind.is_hours:
            page.number(row, column, base.size, at.hours(base))
        elif "direct_costs" in below and base.direct_costs is None:
            page.formula(row, column, at.own(below["direct_costs"], centre), base.size, at.amount)
        else:
            page.number(row, column, base.size, at.amount)

    def _coverage(self, coverage: Coverage) -> None:
        """Normal rate × base, against the actual overheads."""
        page, at, below = self._page, self._at, self._at.below
        for name in ("normal_rate", "charged", "coverage"):
            page.text(below[name], LABELS, self._say(f"workbook.{name}"), *((SUM,) if name == "coverage" else ()))
        if "normal_cost" in below and coverage.manufacturing_cost:
            page.text(below["normal_cost"], LABELS, self._say("workbook.normal_cost"))
            formula, value = self._cost_of_production(below["charged"]), coverage.manufacturing_cost.of_production
            page.formula(below["normal_cost"], TOTAL, formula, value, at.amount)
        for centre, covered in coverage.centres.items():
            column, base = at.columns[centre], self._sheet.bases[centre]
            rate = self._sheet.normal_rates[centre]
            page.number(below["normal_rate"], column, rate, self._price() if base.kind.is_hours else SHARE)
            formula = f"{cell(below['normal_rate'], column)}*{self._normal_base(base, cell(below['base'], column))}"
            page.formula(below["charged"], column, formula, covered.normal, at.amount)
            formula = f"{cell(below['charged'], column)}-{cell(at.after, column)}"
            page.formula(below["coverage"], column, formula, covered.difference, SUM, at.amount)
        for name, value in (("charged", coverage.total.normal), ("coverage", coverage.total.difference)):
            looks = (SUM, at.amount) if name == "coverage" else (at.amount,)
            page.formula(below[name], TOTAL, f"SUM({self._row(below[name])})", value, *looks)

    def _normal_base(self, base: Base, actual: str) -> str:
        """On the normal basis, what is taken on manufacturing cost is taken on that at normal rates."""
        if not base.kind.is_manufacturing_cost or "normal_cost" not in self._at.below:
            return actual
        if base.kind is BaseKind.MANUFACTURING_COST_OF_SALES:
            return f"({self._of_sales('normal_cost')})"
        return cell(self._at.below["normal_cost"], TOTAL)

    def _price(self) -> Look:
        currency = self._sheet.currency if self._sheet.currency.isalpha() else ""
        return {"num_format": f'#,##0.00 "{currency}/h"'}

    def _row(self, row: int) -> str:
        """The centres' cells of a row."""
        return cells(row, self._at.first, row, self._at.last)

    def _print_set_up(self) -> None:
        sheet, at = self._page.sheet, self._at
        labels = [row.name for row in self._sheet.cost_types] + [self._say("workbook.cost_of_production")]
        sheet.set_column(LABELS, LABELS, min(max(max(map(len, labels)) + 2, 30), 48))
        sheet.set_column(TOTAL, TOTAL, 13)
        if at.key is not None:
            sheet.set_column(at.key, at.key, 16)
        sheet.set_column(at.first, at.last, COLUMN)
        for words, first, last in at.role_groups():
            if first == last:  # not merged: what is longer than its column would be cut
                sheet.set_column(first, first, max(COLUMN, len(words) - 1))
        longest = max(len(name) for name in at.names.values())
        sheet.set_row(HEAD_ROW, 30 if longest > 12 else 20)
        sheet.freeze_panes(HEAD_ROW + 1, TOTAL + 1)
        sheet.repeat_rows(GROUP_ROW, HEAD_ROW)
        sheet.repeat_columns(LABELS)
        sheet.print_area(0, 0, max([at.after, *at.below.values()]), at.last)


def _times(part: Fraction) -> str:
    """A share for a product: `3/10`."""
    return constant(part) if part.denominator > 10**DIGITS else f"{part.numerator}/{part.denominator}"
