"""Week by week what a team did, up to a day: the numbers behind the picture and the workbook's chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from dialogs.reports.facts import TeamFacts
from dialogs.reports.periods import Period, PeriodKind
from knowledge.figures.activity import conversations, orders
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.matters import WEEK, Matter, Span
from knowledge.figures.share import Share

WEEKS: Final = 8
"""So many weeks stand beside each other on a phone, and show a direction."""


@dataclass(frozen=True, slots=True)
class WeekOfTeam:
    """A week from Monday to Sunday. `amount` is the turnover in the team's currency alone."""

    span: Span
    conversations: int
    orders: int
    amount: Decimal
    closing: Share


def first_of_trend(last: date, weeks: int = WEEKS) -> date:
    """The Monday on which the trend up to this day begins."""
    return Period.around(PeriodKind.WEEK, last).first - (weeks - 1) * WEEK


def trend(facts: TeamFacts, first: date, last: date) -> list[WeekOfTeam]:
    """The weeks from the one of the first day to the one of the last, the oldest first."""
    weeks = []
    period = Period.around(PeriodKind.WEEK, first)
    while period.first <= last:
        weeks.append(_week(facts.matters, period.span, facts.team.currency))
        period = period.after
    return weeks


def other_currencies(facts: TeamFacts, span: Span) -> list[str]:
    """The currencies of orders in the span that are not the team's own, and stand in no sum of the trend."""
    sums = orders(facts.matters, span).turnover
    return [str(figure.about) for figure in sums if figure.about != facts.team.currency]


def _week(matters: Sequence[Matter], span: Span, currency: str) -> WeekOfTeam:
    made = orders(matters, span)
    own = (figure.value.amount for figure in made.turnover if figure.about == currency)
    return WeekOfTeam(
        span=span,
        conversations=conversations(matters, span).value,
        orders=made.count.value,
        amount=next(own, Decimal(0)),
        closing=closing_rate(matters, span).value,
    )
