"""The price room: what is left when the customer asks for less, and how far down the floors are.

The difference costing of the planned cost with the new list price; nothing else of the costing changes.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from knowledge.accounting.costing import Costed, Costing, FullCost, calculate
from knowledge.accounting.faults import Fault, Impossible
from knowledge.accounting.scheme import Direction, LineId
from knowledge.accounting.selling import Price


class Light(StrEnum):
    """What a seller sees who does not see costs."""

    GREEN = "green"  # at least half of the planned profit is left
    YELLOW = "yellow"  # not below the long-term floor
    RED = "red"  # below the long-term floor


@dataclass(frozen=True, slots=True)
class Floor:
    """A price floor as the seller meets it: `list_price` is where nothing but the `cost` is left.

    `distance` is how far the new list price stands above it; below 0 where it is beneath.
    """

    cost: Fraction
    list_price: Fraction
    distance: Fraction


@dataclass(frozen=True, slots=True)
class PriceRoom:
    """What a new list price (net) leaves. Amounts exact, unless the costing is rounded.

    `profit_rate` is a fraction of full cost; `costed` holds every line and its working.
    """

    list_price: Fraction
    profit: Fraction
    profit_rate: Fraction | None
    long_term: Floor
    short_term: Floor | None
    light: Light
    costed: Costed


def price_room(costing: Costing, new_list_price: Fraction, cash_discount_rate: Fraction | None = None) -> PriceRoom:
    """What is left of the costing at `new_list_price`, net, and at another cash discount than the planned one if given.

    Raises Impossible for a price below 0, and where the costing itself has no result.
    """
    if new_list_price < 0:
        raise Impossible(Fault("list_price", "costing.fault.price_below_zero"))
    planned = calculate(costing)
    terms = costing.terms
    if cash_discount_rate is not None:
        terms = replace(terms, cash_discount_rate=cash_discount_rate)
    costed = calculate(
        replace(
            costing,
            cost=FullCost(planned[LineId.FULL_COST]),
            direction=Direction.DIFFERENCE,
            price=Price(new_list_price),
            terms=terms,
        )
    )
    profit, list_price = costed[LineId.PROFIT], costed[LineId.LIST_PRICE]

    def floor(cost: Fraction) -> Floor:
        lowest = terms.list_price_for(cost)
        return Floor(cost, lowest, list_price - lowest)

    floors = costed.price_floor
    return PriceRoom(
        list_price=list_price,
        profit=profit,
        profit_rate=costed.profit_rate,
        long_term=floor(floors.long_term),
        short_term=None if floors.short_term is None else floor(floors.short_term),
        light=light(profit, planned[LineId.PROFIT]),
        costed=costed,
    )


def light(profit: Fraction, planned_profit: Fraction) -> Light:
    """Green at half of the planned profit or more, yellow down to the long-term floor, red below it."""
    if profit < 0:
        return Light.RED
    return Light.GREEN if 2 * profit >= planned_profit else Light.YELLOW
