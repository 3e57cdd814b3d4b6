"""The tab of the allocation: what each centre delivers, what that costs, and the price of a unit.

In the step and direct methods a cost is the sum above the centre's row. In the simultaneous method costs depend on each
other: there the prices are solved by a matrix formula, so that they stay live, and the costs follow from them.
"""

from fractions import Fraction

from bot.reports.allocation_layout import (
    BEYOND,
    CLOSED,
    COST,
    DIVISOR,
    FIRST_QUANTITY,
    GIVER,
    HEAD_ROW,
    OUTPUT,
    OWN_USE,
    PRICE,
    UNIT,
    AllocationLayout,
)
from bot.reports.bab_layout import BabLayout
from bot.reports.pages import HEAD, HEAD_LEFT, NOTE, RATE, TITLE, Look, Page, cell, cells
from knowledge.accounting.allocation import Delivery
from knowledge.accounting.exact import total
from knowledge.accounting.sheet import NOTHING

QUANTITY: Look = {"num_format": '#,##0.##;-#,##0.##;"–"'}
WHOLE_QUANTITY: Look = {"num_format": '#,##0;-#,##0;"–"'}
PRICE_LOOK: Look = {"num_format": "#,##0.0000"}


class AllocationPage:
    """Writes one tab."""

    def __init__(self, page: Page, layout: BabLayout, there: AllocationLayout, bab_page: Page) -> None:
        self._page = page
        self._at = layout
        self._there = there
        self._bab_page = bab_page
        self._say = layout.words

    def write(self) -> None:
        """Quantities, costs, prices, and the equations where there are some."""
        page, there = self._page, self._there
        page.text(0, 0, self._say("workbook.allocation_title"), TITLE)
        page.text(1, 0, self._say(f"workbook.method.{self._at.bab.sheet.method}"), NOTE)
        page.text(HEAD_ROW, GIVER, self._say("workbook.centre"), HEAD_LEFT)
        for column, key in (
            (UNIT, "workbook.quantity_unit"),
            (COST, "workbook.cost"),
            (OUTPUT, "workbook.output"),
            (OWN_USE, "workbook.own_use"),
            (CLOSED, "workbook.closed"),
            (DIVISOR, "workbook.divisor"),
            (PRICE, "workbook.price"),
            (BEYOND, "workbook.beyond"),
        ):
            page.text(HEAD_ROW, column, self._say(key), HEAD)
        for centre, column in there.columns.items():
            page.text(HEAD_ROW, column, self._at.names[centre], HEAD)
        for delivery in there.deliveries:
            self._delivery(delivery)
        if there.is_simultaneous and there.priced:
            self._equations()
        page.sheet.set_column(GIVER, GIVER, 30)
        page.sheet.set_column(UNIT, there.last_column, 12)
        page.sheet.set_column(PRICE, PRICE, 17)
        for column, is_used in (
            (OWN_USE, any(delivery.own_use for delivery in there.deliveries)),
            (CLOSED, any(delivery.closed for delivery in there.deliveries)),
            (BEYOND, any(delivery.beyond for delivery in there.deliveries)),
        ):
            if not is_used and not there.is_simultaneous:  # the equations stand below
                page.sheet.set_column(column, column, None, None, {"hidden": True})
        page.sheet.set_row(HEAD_ROW, 42)
        page.sheet.freeze_panes(HEAD_ROW + 1, GIVER + 1)
        page.sheet.repeat_rows(HEAD_ROW)
        page.sheet.repeat_columns(GIVER)

    def _delivery(self, delivery: Delivery) -> None:
        page, there, allocated = self._page, self._there, self._at.bab.allocated
        giver, row = delivery.giver, there.rows[delivery.giver]
        allocation = next(entry for entry in self._at.bab.sheet.allocations if entry.giver == giver)
        page.text(row, GIVER, self._at.names[giver])
        page.text(row, UNIT, allocation.unit, {"align": "right"})
        page.formula(row, COST, self._cost(giver), allocated.costs[giver], self._at.amount)
        for centre, quantity in allocation.to.items():
            page.number(row, there.columns[centre], quantity, _quantity_look(quantity))
        listed = cells(row, FIRST_QUANTITY, row, there.last_column)
        if allocation.output is None:
            page.formula(row, OUTPUT, f"SUM({listed})", delivery.output, _quantity_look(delivery.output))
        else:
            page.number(row, OUTPUT, allocation.output, _quantity_look(allocation.output))
        own = cell(row, there.columns[giver])
        page.formula(row, OWN_USE, f"N({own})", delivery.own_use, _quantity_look(delivery.own_use))
        closed = "+".join(cell(row, there.columns[centre]) for centre in delivery.closed) or "0"
        value = total(delivery.closed.values())
        page.formula(row, CLOSED, closed, value, _quantity_look(value))
        formula = f"{cell(row, OUTPUT)}-{cell(row, OWN_USE)}-{cell(row, CLOSED)}"
        page.formula(row, DIVISOR, formula, delivery.divisor, _quantity_look(delivery.divisor))
        page.formula(
            row, BEYOND, f"{cell(row, OUTPUT)}-SUM({listed})", delivery.beyond, _quantity_look(delivery.beyond)
        )
        if giver in allocated.prices:
            page.formula(row, PRICE, self._price(giver), allocated.prices[giver], RATE, PRICE_LOOK)

    def _cost(self, giver: str) -> str:
        """Primary overheads and what the others deliver: the sum of the centre's column without its own row."""
        at, page = self._at, self._bab_page
        column, own = at.columns[giver], at.allocations[giver]
        above = f"SUM({page.range_ref(at.primary, column, own - 1, column)})"
        last = at.after - 1
        if not self._there.is_simultaneous or own == last:
            return above
        return f"{above}+SUM({page.range_ref(own + 1, column, last, column)})"

    def _price(self, giver: str) -> str:
        there, row = self._there, self._there.rows[giver]
        if there.is_simultaneous:
            return cell(there.equation(giver), there.solution)
        return f"{cell(row, COST)}/{cell(row, DIVISOR)}"

    def _equations(self) -> None:
        """divisor × price − Σ quantity received × price of the giver = primary overheads, solved at once."""
        page, there, allocated = self._page, self._there, self._at.bab.allocated
        page.text(there.equations - 1, GIVER, self._say("workbook.equations"), NOTE)
        page.text(there.equations, GIVER, self._say("workbook.centre"), HEAD_LEFT)
        for giver in there.priced:
            page.text(there.equations, there.coefficient(giver), self._at.names[giver], HEAD)
        page.text(there.equations, there.right_side, self._say("workbook.primary"), HEAD)
        page.text(there.equations, there.solution, self._say("workbook.price"), HEAD)
        deliveries = {delivery.giver: delivery for delivery in there.deliveries}
        for receiver in there.priced:
            row = there.equation(receiver)
            page.text(row, GIVER, self._at.names[receiver])
            for giver in there.priced:
                if giver == receiver:
                    formula, value = cell(there.rows[giver], DIVISOR), deliveries[giver].divisor
                else:
                    formula = f"-{cell(there.rows[giver], there.columns[receiver])}"
                    value = -deliveries[giver].open_.get(receiver, NOTHING)
                page.formula(row, there.coefficient(giver), formula, value, _quantity_look(value))
            source = self._at.of(self._bab_page, self._at.primary, receiver)
            primary = self._at.bab.distribution.primary[receiver]
            page.formula(row, there.right_side, source, primary, self._at.amount)
        first, last = there.equations + 1, there.equations + len(there.priced)
        matrix = cells(first, UNIT, last, there.right_side - 1)
        right_side = cells(first, there.right_side, last, there.right_side)
        prices = [allocated.prices[giver] for giver in there.priced]
        page.column_of_array(first, there.solution, f"MMULT(MINVERSE({matrix}),{right_side})", prices, PRICE_LOOK)


def _quantity_look(quantity: Fraction) -> Look:
    """Places only where there are some."""
    return WHOLE_QUANTITY if quantity.denominator == 1 else QUANTITY
