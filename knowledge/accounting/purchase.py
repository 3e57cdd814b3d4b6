"""From the supplier's list price to the full cost of what is bought (Bezugskalkulation), and back.

    purchase list price − trade discount   = target purchase price (Zieleinkaufspreis)
    − cash discount                        = cash purchase price (Bareinkaufspreis)
    + delivery costs                       = purchase cost (Bezugspreis, Einstandspreis)
    + handling costs (+ special direct costs of sales) = full cost (Selbstkosten)

The Handelskalkulation of the commercial schools; in Switzerland special direct costs are Verkaufssonderkosten.
"""

from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.calculation import Calculation
from knowledge.accounting.scheme import LineId
from knowledge.accounting.working import share

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Purchase:
    """The cost side of what is bought."""

    list_price: Fraction = ZERO
    trade_discount_rate: Fraction = ZERO
    cash_discount_rate: Fraction = ZERO
    delivery_costs: Fraction = ZERO
    handling_rate: Fraction = ZERO


def add_up(calculation: Calculation, bought: Purchase, special_direct_costs_sales: Fraction) -> None:
    """Forward: the supplier's list price → full cost; all rates vom Hundert."""
    to = calculation
    trade_discount = share(bought.trade_discount_rate, "purchase.trade_discount_rate")
    cash_discount = share(bought.cash_discount_rate, "purchase.cash_discount_rate")
    to.given(LineId.PURCHASE_LIST_PRICE, bought.list_price)
    to.of_hundred(LineId.PURCHASE_TRADE_DISCOUNT, trade_discount, to[LineId.PURCHASE_LIST_PRICE])
    less = [to[LineId.PURCHASE_TRADE_DISCOUNT]]
    to.total(LineId.TARGET_PURCHASE_PRICE, to[LineId.PURCHASE_LIST_PRICE], less=less)
    to.of_hundred(LineId.PURCHASE_CASH_DISCOUNT, cash_discount, to[LineId.TARGET_PURCHASE_PRICE])
    less = [to[LineId.PURCHASE_CASH_DISCOUNT]]
    to.total(LineId.CASH_PURCHASE_PRICE, to[LineId.TARGET_PURCHASE_PRICE], less=less)
    to.given(LineId.DELIVERY_COSTS, bought.delivery_costs)
    to.total(LineId.PURCHASE_COST, to[LineId.CASH_PURCHASE_PRICE], to[LineId.DELIVERY_COSTS])
    to.of_hundred(LineId.HANDLING_COSTS, share(bought.handling_rate, "handling_rate"), to[LineId.PURCHASE_COST])
    to.given(LineId.SPECIAL_DIRECT_COSTS_SALES, special_direct_costs_sales)
    costs = (LineId.PURCHASE_COST, LineId.HANDLING_COSTS, LineId.SPECIAL_DIRECT_COSTS_SALES)
    to.total(LineId.FULL_COST, *(to[line] for line in costs))


def work_back(calculation: Calculation, bought: Purchase) -> None:
    """Backward: full cost → the largest list price of the supplier.

    Handling costs come out auf Hundert, the supplier's discounts go on im Hundert.
    """
    to = calculation
    trade_discount = share(bought.trade_discount_rate, "purchase.trade_discount_rate")
    cash_discount = share(bought.cash_discount_rate, "purchase.cash_discount_rate")
    special = to[LineId.SPECIAL_DIRECT_COSTS_SALES]
    rate = share(bought.handling_rate, "handling_rate")
    to.on_hundred(LineId.HANDLING_COSTS, rate, to[LineId.FULL_COST], less=special)
    to.total(LineId.PURCHASE_COST, to[LineId.FULL_COST], less=[special, to[LineId.HANDLING_COSTS]])
    to.given(LineId.DELIVERY_COSTS, bought.delivery_costs)
    to.total(LineId.CASH_PURCHASE_PRICE, to[LineId.PURCHASE_COST], less=[to[LineId.DELIVERY_COSTS]])
    to.in_hundred(LineId.PURCHASE_CASH_DISCOUNT, cash_discount, to[LineId.CASH_PURCHASE_PRICE])
    to.total(LineId.TARGET_PURCHASE_PRICE, to[LineId.CASH_PURCHASE_PRICE], to[LineId.PURCHASE_CASH_DISCOUNT])
    to.in_hundred(LineId.PURCHASE_TRADE_DISCOUNT, trade_discount, to[LineId.TARGET_PURCHASE_PRICE])
    to.total(LineId.PURCHASE_LIST_PRICE, to[LineId.TARGET_PURCHASE_PRICE], to[LineId.PURCHASE_TRADE_DISCOUNT])
