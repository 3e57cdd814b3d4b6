"""The report of a week or a month of a team: which figures it shows, and what they are held against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dialogs.reports.facts import TeamFacts
from dialogs.reports.periods import Period, began_early
from dialogs.reports.summary import COMPARED
from knowledge.figures.activity import Orders, conversations, orders
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.costs import acquisition_cost
from knowledge.figures.cycle import sales_cycle
from knowledge.figures.definitions import Figure
from knowledge.figures.follow_ups import kept
from knowledge.figures.funnel import Funnel, funnel
from knowledge.figures.leads import Leads, lead_quality
from knowledge.figures.lifetime_value import lifetime_value
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Span
from knowledge.figures.objections import InPhase, Recurring, objections_by_phase, recurring_objections
from knowledge.figures.share import Comparison, Share
from knowledge.figures.signals import missed_signals
from knowledge.figures.stalls import stalls
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened in a period."""

    conversations: Figure[int]
    orders: Orders


@dataclass(frozen=True, slots=True)
class PeriodInsight:
    """What only a team of four and more sellers is shown."""

    closing: Figure[Share]
    closing_before: Figure[Share]
    stalls: tuple[Figure[Share], ...]
    objections: tuple[Recurring, ...]
    by_phase: tuple[InPhase, ...]
    losses: tuple[Figure[Share], ...]
    missed_signals: Figure[Share]
    follow_ups: Figure[Share]
    funnel: Funnel
    cycle: Figure[object]
    costs: tuple[Figure[Money | None], ...]
    costs_by_channel: tuple[Figure[Money | None], ...]
    lifetime: tuple[Figure[Money], ...]
    leads: tuple[Leads, ...]

    @property
    def comparison(self) -> Comparison:
        """The closing rate beside that of the period before."""
        return Comparison(self.closing.value, self.closing_before.value)


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A week or a month of a team as it stood at `asked_at`."""

    team: str
    period: Period
    asked_at: datetime
    today: date
    shows_sellers: bool
    now: Activity
    before: Activity
    insight: PeriodInsight | None
    began_early: datetime | None = None
    """Since when it counts, where it is asked for before its first day (`began_early`)."""

    @property
    def is_running(self) -> bool:
        """Whether the period is not over yet."""
        return self.period.first <= self.today <= self.period.last

    @property
    def is_over(self) -> bool:
        """Whether its last summary was due: what happens now counts for the next one."""
        return self.period.last < self.today


def report_of(facts: TeamFacts, period: Period) -> PeriodReport:
    """The report of a period. One that is running is held against the whole one before."""
    return PeriodReport(
        team=facts.team.name,
        period=period,
        asked_at=facts.asked_at,
        today=facts.today,
        shows_sellers=facts.team.shows_sellers,
        now=_activity(facts, period),
        before=_activity(facts, period.before),
        insight=None if facts.only_sums else _insight(facts, period),
        began_early=began_early(period, facts.days, facts.asked_at),
    )


def figures_of(report: PeriodReport) -> Sequence[Figure[object]]:
    """All figures of the report, in the order of its pages."""
    shown: list[Figure[object]] = [
        report.now.conversations, report.now.orders.count, *report.now.orders.turnover,
    ]  # fmt: skip
    insight = report.insight
    if insight is None:
        return shown
    shown += [insight.closing, replace(insight.closing_before, about=COMPARED)]
    shown += [*insight.stalls, insight.follow_ups, *insight.funnel.steps, insight.funnel.overall]
    shown += [one.share for one in insight.by_phase]
    shown += [*insight.losses, insight.missed_signals, insight.cycle, *insight.costs, *insight.costs_by_channel]
    shown += insight.lifetime
    for leads in insight.leads:
        shown += [leads.share, leads.conversion]
    return shown


def _activity(facts: TeamFacts, period: Period) -> Activity:
    return Activity(conversations(facts.matters, period.span), orders(facts.matters, period.span))


def _insight(facts: TeamFacts, period: Period) -> PeriodInsight:
    matters, span = facts.matters, period.span
    with_earlier = [*facts.earlier, *matters]
    as_of = max(period.first, min(period.last, facts.today))
    return PeriodInsight(
        closing=closing_rate(matters, span),
        closing_before=closing_rate(matters, period.before.span),
        stalls=stalls(matters, Span(span.first, as_of)),
        objections=recurring_objections(matters, span),
        by_phase=objections_by_phase(matters, span),
        losses=loss_reasons(matters, span),
        missed_signals=missed_signals(matters, span),
        follow_ups=kept(facts.follow_ups, span),
        funnel=funnel(matters, span),
        cycle=sales_cycle(matters, span),
        costs=acquisition_cost(facts.costs, with_earlier, period.months),
        costs_by_channel=tuple(
            figure
            for channel in AcquisitionId
            for figure in acquisition_cost(facts.costs, with_earlier, period.months, channel)
        ),
        lifetime=lifetime_value(matters, as_of, facts.observed_since),
        leads=lead_quality(matters, span),
    )
