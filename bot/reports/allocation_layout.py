"""Where the allocation's quantities, costs and prices stand in their tab."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from bot.reports.bab_layout import BabLayout
from bot.reports.pages import Page
from knowledge.accounting.sheet import Method

HEAD_ROW: Final = 2
GIVER, UNIT, COST, OUTPUT, OWN_USE, CLOSED, DIVISOR, PRICE, BEYOND, FIRST_QUANTITY = range(10)


class AllocationLayout:
    """One row a delivery, one column a receiver; below them the equations of the simultaneous method."""

    def __init__(self, layout: BabLayout, page: Page) -> None:
        self._at = layout
        self.page = page
        self.deliveries = layout.bab.allocated.deliveries
        self.is_simultaneous = layout.bab.sheet.method is Method.SIMULTANEOUS

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each giver."""
        return {delivery.giver: row for row, delivery in enumerate(self.deliveries, HEAD_ROW + 1)}

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The column of each receiver's quantity."""
        return {centre.id: column for column, centre in enumerate(self._at.bab.sheet.centres, FIRST_QUANTITY)}

    def quantity(self, giver: str, receiver: str) -> str:
        """The cell of a quantity, as other tabs name it."""
        return self.page.ref(self.rows[giver], self.columns[receiver])

    def whole(self, column: int) -> str:
        """A column of all deliveries, as other tabs name it."""
        return self.page.range_ref(min(self.rows.values()), column, max(self.rows.values()), column)

    @property
    def last_column(self) -> int:
        """The last receiver's column."""
        return FIRST_QUANTITY + len(self.columns) - 1

    @cached_property
    def priced(self) -> tuple[str, ...]:
        """The givers that have a price."""
        return tuple(delivery.giver for delivery in self.deliveries if delivery.giver in self._at.bab.allocated.prices)

    @cached_property
    def equations(self) -> int:
        """The row of the equations' heading."""
        return HEAD_ROW + len(self.deliveries) + 3

    def equation(self, giver: str) -> int:
        """The row of a giver's equation."""
        return self.equations + 1 + self.priced.index(giver)

    def coefficient(self, giver: str) -> int:
        """The column of a price's coefficients."""
        return UNIT + self.priced.index(giver)

    @property
    def right_side(self) -> int:
        """The column of the primary costs."""
        return UNIT + len(self.priced)

    @property
    def solution(self) -> int:
        """The column of the solved prices."""
        return self.right_side + 1
