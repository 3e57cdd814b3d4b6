"""The figures of a team over any span, for the workbook; each is that of the reports."""

from collections.abc import Sequence
from datetime import date, timedelta

from dialogs.reports.facts import TeamFacts
from knowledge.figures.activity import conversations, orders
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.costs import Month, acquisition_cost
from knowledge.figures.cycle import sales_cycle
from knowledge.figures.definitions import Figure
from knowledge.figures.follow_ups import kept
from knowledge.figures.funnel import funnel
from knowledge.figures.leads import lead_quality
from knowledge.figures.lifetime_value import lifetime_value
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Span
from knowledge.figures.objections import objections_by_phase
from knowledge.figures.signals import missed_signals
from knowledge.figures.stalls import stalls
from knowledge.taxonomy import AcquisitionId


def figures_of_span(facts: TeamFacts, span: Span) -> Sequence[Figure[object]]:
    """All figures; of a team under four sellers conversations, orders and their amount alone."""
    matters = facts.matters
    made = orders(matters, span)
    figures: list[Figure[object]] = [conversations(matters, span), made.count, *made.turnover]
    if facts.only_sums:
        return figures
    until = as_of(facts, span)
    own = funnel(matters, span)
    months, with_earlier = months_of(span), [*facts.earlier, *matters]
    figures += [closing_rate(matters, span), *own.steps, own.overall, *stalls(matters, Span(span.first, until))]
    figures += [kept(facts.follow_ups, span), sales_cycle(matters, span), *loss_reasons(matters, span)]
    figures += [one.share for one in objections_by_phase(matters, span)]
    figures += [missed_signals(matters, span), *acquisition_cost(facts.costs, with_earlier, months)]
    for channel in AcquisitionId:
        figures += acquisition_cost(facts.costs, with_earlier, months, channel)
    figures += lifetime_value(matters, until, facts.observed_since)
    for leads in lead_quality(matters, span):
        figures += [leads.share, leads.conversion]
    return figures


def as_of(facts: TeamFacts, span: Span) -> date:
    """The last day of the span that has begun."""
    return max(span.first, min(span.last, facts.today))


def months_of(span: Span) -> list[Month]:
    """The months that the span lies in: costs are entered by month."""
    months, day = [], span.first.replace(day=1)
    while day <= span.last:
        months.append(Month.of(day))
        day = (day + timedelta(days=31)).replace(day=1)
    return months
