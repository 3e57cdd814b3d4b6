"""What a customer is worth over the whole relationship (CLV, Kundenwert): turnover, not profit."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Final

from knowledge.figures.definitions import Figure, FigureId, Number
from knowledge.figures.matters import Matter, Span, won
from knowledge.language.money import Money

ASSUMED_YEARS: Final = Decimal(3)
"""How long a customer stays, where the team has said nothing. Nobody has counted it, and the figure says so."""

_YEAR: Final = timedelta(days=365)


def lifetime_value(
    matters: Iterable[Matter], until: date, observed_since: date, years: Decimal | None = None
) -> tuple[Figure[Money], ...]:
    """Average order value × orders a year × years of retention, a figure a currency, by its code.

    From the orders with an amount in the 365 days up to `until`: (turnover ÷ orders) × (orders ÷ customers) × years.
    `years` is what the team reckons with, else three; assumed either way. Where observation began less than a year
    ago, the orders a year are assumed as well: at least as many as were seen. In cents, half up.
    """
    year = Span(until - _YEAR + timedelta(days=1), until)
    assumed = frozenset({"years"} if observed_since <= year.first else {"years", "orders"})
    years = ASSUMED_YEARS if years is None else years
    by_currency: dict[str, list[tuple[Matter, Money]]] = {}
    for matter, ending in won(matters, year):
        if ending.amount is not None:
            by_currency.setdefault(ending.amount.currency, []).append((matter, ending.amount))
    return tuple(_value(by_currency[currency], currency, years, assumed) for currency in sorted(by_currency))


def _value(orders: list[tuple[Matter, Money]], currency: str, years: Decimal, assumed: frozenset[str]) -> Figure[Money]:
    turnover = sum((amount for _, amount in orders), Money(Decimal(0), currency))
    customers = len({matter.customer for matter, _ in orders})
    with localcontext(prec=60):  # so that only the rounding to cents cuts
        # The number of orders cancels out; both factors are shown, because both can be worked on.
        value = Money(turnover.amount * years / customers, currency).rounded()
    numbers: dict[str, Number] = {
        "turnover": turnover, "orders": len(orders), "customers": customers, "years": years,
    }  # fmt: skip
    return Figure(FigureId.LIFETIME_VALUE, value, numbers, currency, assumed)
