"""Costing of one cost object: forward to its price, backward to what it may cost, or the profit between both.

Forward (Vorwärtskalkulation): costs → price. Backward (Rückwärts-, retrograde Kalkulation): price → the largest direct
material, in trade the largest list price of the supplier. Difference (Differenzkalkulation): costs and price stand,
the profit and its rate on full cost are what is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from knowledge.accounting import manufacture, purchase, selling
from knowledge.accounting.calculation import Calculation, Line
from knowledge.accounting.faults import Caution, Fault, Findings, Impossible
from knowledge.accounting.manufacture import Manufacture
from knowledge.accounting.price_floor import PriceFloor
from knowledge.accounting.purchase import Purchase
from knowledge.accounting.scheme import Direction, LineId, Rounding, Scheme
from knowledge.accounting.selling import Price, Terms
from knowledge.accounting.working import Figure, Working

ZERO: Final = Fraction(0)
NO_TERMS: Final = Terms()


@dataclass(frozen=True, slots=True)
class FullCost:
    """Full cost that is known as a whole, special direct costs of sales included."""

    amount: Fraction


@dataclass(frozen=True, slots=True)
class Costing:
    """What is known of a cost object. Amounts in one currency, rates as fractions of 1.

    Of the cost side, backward leaves unread what it seeks: `direct_material`, in trade `Purchase.list_price`, and a
    full cost that is given. Backward and difference need a price; without one `calculate` raises Impossible.
    """

    cost: Manufacture | Purchase | FullCost
    direction: Direction = Direction.FORWARD
    terms: Terms = NO_TERMS
    special_direct_costs_sales: Fraction = ZERO
    special_direct_costs_sales_in_profit_base: bool = True
    price: Price | None = None
    variable_cost: Fraction | None = None
    rounding: Rounding = Rounding.EXACT

    @property
    def scheme(self) -> Scheme:
        """Which of the two schemes the cost side is in."""
        return Scheme.TRADE if isinstance(self.cost, Purchase) else Scheme.INDUSTRY


@dataclass(frozen=True)
class Costed:
    """A costing that was worked out: its lines in the order of the scheme, its steps in the order of working."""

    costing: Costing
    lines: tuple[Line, ...]
    working: Working

    def __getitem__(self, line: str) -> Fraction:
        return self._amounts[line]

    def __contains__(self, line: str) -> bool:
        return line in self._amounts

    @property
    def profit_base(self) -> Fraction:
        """What the profit is a share of: full cost, or full cost without special direct costs of sales."""
        if self.costing.special_direct_costs_sales_in_profit_base:
            return self[LineId.FULL_COST]
        return self[LineId.FULL_COST] - self[LineId.SPECIAL_DIRECT_COSTS_SALES]

    @property
    def profit_rate(self) -> Fraction | None:
        """Profit over its base, exact, from the (rounded) lines; None where the base is 0."""
        return self[LineId.PROFIT] / self.profit_base if self.profit_base else None

    @property
    def price_floor(self) -> PriceFloor:
        """How low the price may go, in the long and in the short term."""
        return PriceFloor(self[LineId.FULL_COST], self.costing.variable_cost)

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What must not be overlooked."""
        return tuple(self._cautions())

    @cached_property
    def _amounts(self) -> dict[str, Fraction]:
        return {line.id: line.amount for line in self.lines}

    def _cautions(self) -> Iterator[Caution]:
        variable_cost = self.costing.variable_cost
        if self[LineId.PROFIT] < 0:
            yield Caution(LineId.PROFIT, "costing.warning.loss")
        sought = _sought(self.costing)
        if self.costing.direction is Direction.BACKWARD and self[sought] < 0:
            yield Caution(sought, "costing.warning.below_zero")
        if variable_cost is not None and self[LineId.CASH_PRICE] < variable_cost:
            yield Caution(LineId.CASH_PRICE, "costing.warning.below_variable_cost")
        if variable_cost is not None and self[LineId.FULL_COST] < variable_cost:
            yield Caution("variable_cost", "costing.warning.variable_above_full_cost")
        if not self.profit_base:
            yield Caution(LineId.FULL_COST, "costing.warning.no_profit_base")


def calculate(costing: Costing) -> Costed:
    """The costing line by line.

    Raises Impossible where a price is missing, or where rates leave nothing to reckon from (see `check`).
    """
    check(costing)
    work = Calculation(costing.rounding)
    match costing.direction:
        case Direction.FORWARD:
            _add_cost(work, costing)
            selling.add_profit(work, costing.terms, _outside_profit_base(costing, work))
            selling.add_discounts(work, costing.terms)
        case Direction.BACKWARD:
            selling.take_discounts_off(work, costing.terms, _price(costing))
            _work_back(work, costing)
        case Direction.DIFFERENCE:
            _add_cost(work, costing)
            selling.take_discounts_off(work, costing.terms, _price(costing))
            work.total(LineId.PROFIT, work[LineId.CASH_PRICE], less=[work[LineId.FULL_COST]])
    return Costed(costing, work.lines(), work.working())


def check(costing: Costing) -> None:
    """Raises Impossible with everything that leaves the costing without a result, each at its field of the contract.

    Im Hundert, shares that eat up the whole leave nothing to reckon from.
    """
    findings, terms = Findings(), costing.terms
    with findings.noting():
        if costing.direction is not Direction.FORWARD:
            _price(costing)
    if terms.cash_discount_rate + terms.commission_rate >= 1:
        together = terms.cash_discount_rate + terms.commission_rate
        findings.add("cash_discount_rate", "costing.fault.discount_and_commission", percent=together * 100)
    if terms.trade_discount_rate >= 1:
        findings.add("trade_discount_rate", "costing.fault.whole", percent=terms.trade_discount_rate * 100)
    if terms.profit_rate <= -1:
        findings.add("profit_rate", "costing.fault.whole_loss", percent=terms.profit_rate * 100)
    if isinstance(costing.cost, Purchase):
        for name in ("trade_discount_rate", "cash_discount_rate"):
            if (rate := getattr(costing.cost, name)) >= 1:
                findings.add(f"purchase.{name}", "costing.fault.whole", percent=rate * 100)
    findings.refuse(Impossible)


def _price(costing: Costing) -> Price:
    """The price that stands; Impossible where there is none."""
    if costing.price is None:
        raise Impossible(Fault("list_price", "costing.fault.no_price"))
    return costing.price


def _add_cost(work: Calculation, costing: Costing) -> None:
    special = costing.special_direct_costs_sales
    match costing.cost:
        case Manufacture() as made:
            manufacture.add_up(work, made, special)
        case Purchase() as bought:
            purchase.add_up(work, bought, special)
        case FullCost(amount):
            if _shows_special(costing):
                work.given(LineId.SPECIAL_DIRECT_COSTS_SALES, special)
            work.given(LineId.FULL_COST, amount)


def _work_back(work: Calculation, costing: Costing) -> None:
    if _shows_special(costing):
        work.given(LineId.SPECIAL_DIRECT_COSTS_SALES, costing.special_direct_costs_sales)
    selling.take_profit_off(work, costing.terms, _outside_profit_base(costing, work))
    match costing.cost:
        case Manufacture() as made:
            manufacture.work_back(work, made)
        case Purchase() as bought:
            purchase.work_back(work, bought)


def _shows_special(costing: Costing) -> bool:
    """Whether special direct costs of sales are a line; a full cost that is known as a whole contains them."""
    if not isinstance(costing.cost, FullCost):
        return True
    return bool(costing.special_direct_costs_sales) or not costing.special_direct_costs_sales_in_profit_base


def _outside_profit_base(costing: Costing, work: Calculation) -> Figure | None:
    return None if costing.special_direct_costs_sales_in_profit_base else work[LineId.SPECIAL_DIRECT_COSTS_SALES]


def _sought(costing: Costing) -> LineId:
    """The line that a backward costing ends at."""
    match costing.cost:
        case Manufacture():
            return LineId.DIRECT_MATERIAL
        case Purchase():
            return LineId.PURCHASE_LIST_PRICE
        case FullCost():
            return LineId.FULL_COST
