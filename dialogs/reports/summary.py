"""The daily summary (Tagesbericht) of a team: which figures it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.reports.facts import TeamFacts
from knowledge.figures.activity import Orders, conversations, orders
from knowledge.figures.closing_rate import closing_rate, same_weekdays_before
from knowledge.figures.definitions import Figure
from knowledge.figures.follow_ups import Due, due
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Span
from knowledge.figures.objections import Recurring, recurring_objections
from knowledge.figures.share import Comparison, Share
from knowledge.figures.stalls import stalls
from knowledge.figures.suggestion import Suggestion, findings, suggestion

FOUR_WEEKS: Final = timedelta(weeks=4)
"""A day has too few cases for a suggestion: it follows from the last four weeks beside the four before them."""


COMPARED: Final = "compared"
"""What the closing rate is about that another one is held against."""


@dataclass(frozen=True, slots=True)
class Insight:
    """What only a team of four and more sellers is shown."""

    closing: Figure[Share]
    closing_before: Figure[Share]
    """Of the same weekdays of the four weeks before."""
    stalls: tuple[Figure[Share], ...]
    objections: tuple[Recurring, ...]
    losses: tuple[Figure[Share], ...]
    due: Due
    suggestion: Suggestion | None

    @property
    def comparison(self) -> Comparison:
        """The closing rate of the day beside the one that it is held against."""
        return Comparison(self.closing.value, self.closing_before.value)

    @property
    def stall(self) -> Figure[Share] | None:
        """Where conversations stall most surely."""
        return next((one for one in self.stalls if one.value.hits), None)


@dataclass(frozen=True, slots=True)
class DailySummary:
    """A reporting day of a team, from `start` (inclusive) to `end` (exclusive), as it stood at `asked_at`.

    `zone` is the team's.
    """

    team: str
    day: date
    start: datetime
    end: datetime
    asked_at: datetime
    zone: str
    previous_day: date
    next_day: date
    sellers: int
    conversations: Figure[int]
    orders: Orders
    insight: Insight | None

    @property
    def is_quiet(self) -> bool:
        """A day on which nothing happened."""
        return not self.conversations.value

    @property
    def is_running(self) -> bool:
        """Whether the day is not over yet."""
        return self.asked_at < self.end

    @property
    def is_seen_again(self) -> bool:
        """Whether it is read after it was due: with what has changed since, and without the follow-ups moved since."""
        return self.asked_at > self.end

    @property
    def begins(self) -> datetime:
        """The start on the team's clock."""
        return self.start.astimezone(ZoneInfo(self.zone))

    @property
    def read_on(self) -> date:
        """The day that is today for its reader: of one that is running the team's date, on a day off before `day`."""
        return self.asked_at.astimezone(ZoneInfo(self.zone)).date() if self.is_running else self.day


def summary_of(facts: TeamFacts, day: date) -> DailySummary:
    """The summary of a reporting day."""
    span = Span(day, day)
    start, end = facts.days.span(day)
    next_day = facts.days.after(day)
    return DailySummary(
        team=facts.team.name,
        day=day,
        start=start,
        end=end,
        asked_at=facts.asked_at,
        zone=facts.days.zone,
        previous_day=facts.days.before(day),
        next_day=next_day,
        sellers=facts.sellers,
        conversations=conversations(facts.matters, span),
        orders=orders(facts.matters, span),
        insight=None if facts.only_sums else _insight(facts, span, next_day),
    )


def _insight(facts: TeamFacts, span: Span, next_day: date) -> Insight:
    matters = facts.matters
    return Insight(
        closing=closing_rate(matters, span),
        closing_before=same_weekdays_before(matters, span),
        stalls=stalls(matters, span),
        objections=recurring_objections(matters, span),
        losses=loss_reasons(matters, span),
        due=due(facts.follow_ups, span.last, next_day),
        suggestion=suggested(facts, span.last, next_day),
    )


def suggested(facts: TeamFacts, day: date, next_day: date) -> Suggestion | None:
    """What follows from the four weeks up to this day."""
    weeks, before = _four_weeks(day), _four_weeks(day - FOUR_WEEKS)
    return suggestion(findings(facts.matters, facts.follow_ups, weeks, before, next_day))


def figures_of(summary: DailySummary) -> Sequence[Figure[object]]:
    """The figures on the screen, in its order."""
    shown: list[Figure[object]] = [summary.conversations, summary.orders.count, *summary.orders.turnover]
    if summary.insight is not None:
        insight = summary.insight
        shown += [insight.closing, replace(insight.closing_before, about=COMPARED), *insight.stalls, *insight.losses]
    return shown


def _four_weeks(last: date) -> Span:
    return Span(last - FOUR_WEEKS + timedelta(days=1), last)
