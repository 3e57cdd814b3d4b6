"""A seller's own figures of a month (meine Zahlen), beside those of the month before. Seen by the seller alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dialogs.reports.periods import Period
from dialogs.reports.summary import COMPARED
from knowledge.figures.activity import Orders, conversations, orders
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.cycle import sales_cycle
from knowledge.figures.definitions import Figure
from knowledge.figures.funnel import Funnel, funnel
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Matter, Span
from knowledge.figures.objections import Recurring, recurring_objections
from knowledge.figures.share import Comparison, Share
from knowledge.ranking import Tally
from knowledge.taxonomy import ObjectionId, TechniqueId

Helped = Mapping[ObjectionId, Mapping[TechniqueId, Tally]]
"""What the team's sellers said to have helped, without who: sums by objection and technique."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What the seller did in a span."""

    span: Span
    conversations: Figure[int]
    orders: Orders


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """A month of a seller as it stood at `asked_at`.

    A month that is running is held against the one before up to the same day: half a month beside a whole one would
    say that every month goes badly until its last day.
    """

    period: Period
    asked_at: datetime
    today: date
    now: Activity
    before: Activity
    closing: Figure[Share]
    closing_before: Figure[Share]
    cycle: Figure[object]
    funnel: Funnel
    objections: tuple[Recurring, ...]
    losses: tuple[Figure[Share], ...]
    helped: Helped
    began_early: datetime | None = None
    """Since when the month counts, where it is asked for before its first day (`began_early`)."""

    @property
    def is_running(self) -> bool:
        """Whether the month is not over yet."""
        return self.period.first <= self.today <= self.period.last

    @property
    def comparison(self) -> Comparison:
        """The closing rate beside that of the month before."""
        return Comparison(self.closing.value, self.closing_before.value)


def own_numbers(
    matters: Sequence[Matter],
    period: Period,
    asked_at: datetime,
    today: date,
    helped: Helped,
    began_early: datetime | None = None,
) -> OwnNumbers:
    """The figures of these conversations, all of one seller."""
    before = span_before(period, today)
    return OwnNumbers(
        period=period,
        asked_at=asked_at,
        today=today,
        now=_activity(matters, period.span),
        before=_activity(matters, before),
        closing=closing_rate(matters, period.span),
        closing_before=closing_rate(matters, before),
        cycle=sales_cycle(matters, period.span),
        funnel=funnel(matters, period.span),
        objections=recurring_objections(matters, period.span),
        losses=loss_reasons(matters, period.span),
        helped=helped,
        began_early=began_early,
    )


def span_before(period: Period, today: date) -> Span:
    """The days that a month is held against: as many of the one before as have passed of this one, or all."""
    whole = period.before.span
    if today >= period.last:
        return whole
    return Span(whole.first, max(whole.first, min(whole.last, whole.first + (today - period.first))))


def best_help(helped: Mapping[TechniqueId, Tally]) -> tuple[TechniqueId, Tally] | None:
    """The technique that helped most often of those with enough votes; None where nobody knows enough."""
    known = [(technique, tally) for technique, tally in helped.items() if tally.says_something and tally.helped]
    return max(known, key=lambda one: (one[1].helped / one[1].votes, one[1].votes), default=None)


def figures_of(numbers: OwnNumbers) -> Sequence[Figure[object]]:
    """All of them, in the order of the screens."""
    shown: list[Figure[object]] = [
        numbers.now.conversations, numbers.now.orders.count, *numbers.now.orders.turnover, numbers.closing,
        replace(numbers.closing_before, about=COMPARED), numbers.cycle, *numbers.funnel.steps, numbers.funnel.overall,
        *numbers.losses,
    ]  # fmt: skip
    return shown


def _activity(matters: Sequence[Matter], span: Span) -> Activity:
    return Activity(span, conversations(matters, span), orders(matters, span))
