"""What it costs to win a customer (CAC, Kundengewinnungskosten), by months and channel."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Self

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Ending, Matter, won
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar, 1 to 12. Raises ValueError for another number."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date(self.year, self.number, 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class CostEntry:
    """What was spent in a month to win customers in one way."""

    month: Month
    channel: AcquisitionId
    amount: Money


def acquisition_cost(
    costs: Iterable[CostEntry],
    matters: Iterable[Matter],
    months: Collection[Month],
    channel: AcquisitionId | None = None,
) -> tuple[Figure[Money | None], ...]:
    """Costs of these months ÷ customers won in them, in one channel or in all; a figure a currency, by its code.

    `matters` reach back to the first order of each customer, since only that one wins a customer. No figure where no
    costs were entered: that is unknown, not nothing. The value is None where costs stand against no customer; else
    in cents, half up, since it is shown and goes into no further sum.
    """
    sums: dict[str, Money] = {}
    for cost in costs:
        if cost.month in months and channel in (None, cost.channel):
            amount = cost.amount
            sums[amount.currency] = sums.get(amount.currency, Money(Decimal(0), amount.currency)) + amount
    customers = sum(
        Month.of(ending.day) in months and channel in (None, matter.acquisition)
        for matter, ending in _customers_won(matters)
    )
    return tuple(
        Figure(
            FigureId.ACQUISITION_COST,
            _each(sums[currency], customers),
            {"costs": sums[currency], "customers": customers},
            channel,
        )
        for currency in sorted(sums)
    )


def _customers_won(matters: Iterable[Matter]) -> list[tuple[Matter, Ending]]:
    """The first order of each customer who was none before; its channel is the one that won them."""
    first: dict[int, tuple[Matter, Ending]] = {}
    for matter, ending in sorted(won(matters), key=lambda order: (order[1].day, order[0].id)):
        first.setdefault(matter.customer, (matter, ending))
    return [
        (matter, ending)
        for matter, ending in first.values()
        if matter.acquisition is not AcquisitionId.EXISTING_CUSTOMER
    ]


def _each(costs: Money, customers: int) -> Money | None:
    if not customers:
        return None
    with localcontext(prec=60):  # so that only the rounding to cents cuts
        return Money(costs.amount / customers, costs.currency).rounded()
