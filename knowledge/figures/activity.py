"""What happened: conversations, orders and their amounts. Different currencies are never added."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Span, won
from knowledge.language.money import Money


@dataclass(frozen=True, slots=True)
class Orders:
    """How many orders, and their amounts, a figure a currency, by the currency's code."""

    count: Figure[int]
    turnover: tuple[Figure[Money], ...]


def conversations(matters: Iterable[Matter], span: Span) -> Figure[int]:
    """Conversations opened in the span or taken further in it (phase, objection, signal, outcome); none cancelled."""
    busy = [matter for matter in matters if matter.took_place and _moved_in(matter, span)]
    opened = sum(matter.opened in span for matter in busy)
    numbers = {"opened": opened, "continued": len(busy) - opened}
    return Figure(FigureId.CONVERSATIONS, len(busy), numbers)


def orders(matters: Iterable[Matter], span: Span) -> Orders:
    """The orders on the days of the span. An order without an amount is an order, and adds nothing."""
    amounts = [ending.amount for _, ending in won(matters, span)]
    sums: dict[str, Money] = {}
    times: Counter[str] = Counter()
    for amount in amounts:
        if amount is not None:
            sums[amount.currency] = sums.get(amount.currency, Money(Decimal(0), amount.currency)) + amount
            times[amount.currency] += 1
    numbers = {"with_amount": times.total(), "without_amount": len(amounts) - times.total()}
    turnover = tuple(
        Figure(FigureId.TURNOVER, sums[currency], {"orders": times[currency], "total": sums[currency]}, currency)
        for currency in sorted(sums)
    )
    return Orders(Figure(FigureId.ORDERS, len(amounts), numbers), turnover)


def _moved_in(matter: Matter, span: Span) -> bool:
    return (
        matter.opened in span
        or matter.ended_in(span)
        or any(stay.since in span for stay in matter.stays)
        or any(raised.day in span for raised in matter.objections)
        or any(seen.day in span for seen in matter.signals)
    )
