"""The sales cycle (Verkaufszyklus): how long it takes from the first contact to the order."""

from collections.abc import Iterable
from decimal import Decimal

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Span, won


def sales_cycle(matters: Iterable[Matter], span: Span) -> Figure[Decimal | None]:
    """Median of the days from first contact to order, of the orders in the span; None without one.

    The median, because one order that took two years would pull an average to where no order is. With an even number
    of orders it lies in the middle of the two middle ones, which are `lower` and `upper`.
    """
    days = sorted((ending.day - matter.contacted).days for matter, ending in won(matters, span))
    if not days:
        return Figure(FigureId.SALES_CYCLE, None, {"orders": 0, "lower": 0, "upper": 0})
    lower, upper = days[(len(days) - 1) // 2], days[len(days) // 2]
    numbers = {"orders": len(days), "lower": lower, "upper": upper}
    return Figure(FigureId.SALES_CYCLE, Decimal(lower + upper) / 2, numbers)
