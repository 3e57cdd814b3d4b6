"""Lead quality: how many prospects are hot, warm or cold, and what share of each buys."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Span
from knowledge.figures.share import Share
from knowledge.taxonomy import LeadQuality, OutcomeId


@dataclass(frozen=True, slots=True)
class Leads:
    """Prospects of one quality: their share of all that were judged, and the share of them that has bought."""

    quality: LeadQuality
    share: Figure[Share]
    conversion: Figure[Share]


def lead_quality(matters: Iterable[Matter], span: Span) -> tuple[Leads, ...]:
    """Hot, warm, cold, in this order, of the conversations opened in the span; cancelled and unjudged ones left out.

    As in the funnel, conversations still open count as not having bought.
    """
    judged = [matter for matter in matters if matter.opened in span and matter.took_place and matter.quality]
    return tuple(_leads(quality, judged) for quality in LeadQuality)


def _leads(quality: LeadQuality, judged: list[Matter]) -> Leads:
    leads = [matter for matter in judged if matter.quality is quality]
    orders = sum(matter.outcome is OutcomeId.WON for matter in leads)
    share, conversion = Share(len(leads), len(judged)), Share(orders, len(leads))
    return Leads(
        quality,
        Figure(FigureId.LEAD_QUALITY, share, {"leads": len(leads), "graded": len(judged)}, quality),
        Figure(FigureId.LEAD_CONVERSION, conversion, {"leads": len(leads), "won": orders}, quality),
    )
