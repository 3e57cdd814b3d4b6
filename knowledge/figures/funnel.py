"""The funnel (Trichter): which stage a conversation is in, and what share goes on from stage to stage.

Phases belong to stages by what the customer does there: in the relationship phase becomes aware, in the analysis
shows interest, in presentation and negotiation decides, in closing acts. Retention begins with the order. A
conversation without one left the funnel in the stage it stood in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Span
from knowledge.figures.share import Share
from knowledge.taxonomy import FunnelStage, OutcomeId, PhaseId

STAGE_OF_PHASE: Final[Mapping[PhaseId, FunnelStage]] = {
    PhaseId.RELATIONSHIP: FunnelStage.AWARENESS,
    PhaseId.ANALYSIS: FunnelStage.INTEREST,
    PhaseId.PRESENTATION: FunnelStage.DECISION,
    PhaseId.NEGOTIATION: FunnelStage.DECISION,
    PhaseId.CLOSING: FunnelStage.ACTION,
}
"""Follow-up has no stage of its own: with an order it is retention, without one the funnel was left."""

_STAGES: Final = tuple(FunnelStage)


@dataclass(frozen=True, slots=True)
class StageCount:
    """So many conversations came at least to this stage, so many are open and stand there now."""

    stage: FunnelStage
    reached: int
    standing: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Stages from the widest to the narrowest; `steps` say what share of each goes on, `overall` what share buys."""

    stages: tuple[StageCount, ...]
    steps: tuple[Figure[Share], ...]
    overall: Figure[Share]


def stage(matter: Matter) -> FunnelStage:
    """Where the conversation stands, or stood when it ended without an order."""
    return FunnelStage.RETENTION if matter.outcome is OutcomeId.WON else STAGE_OF_PHASE[matter.phase]


def _furthest_stage(matter: Matter) -> FunnelStage:
    """The furthest stage that it came to; going back for a gap does not take it away."""
    reached = [stage(matter), *(STAGE_OF_PHASE[stay.phase] for stay in matter.stays)]
    return max(reached, key=_STAGES.index)


def funnel(matters: Iterable[Matter], span: Span) -> Funnel:
    """The funnel of the conversations opened in the span, as it stands now; cancelled ones never were in it.

    A stage that was jumped over counts as reached, so the funnel never widens. Conversations still open count as
    not having bought: a young span's conversion grows with time, and its numbers say how many are open.
    """
    cohort = [matter for matter in matters if matter.opened in span and matter.took_place]
    furthest = [_STAGES.index(_furthest_stage(matter)) for matter in cohort]
    open_in = [stage(matter) for matter in cohort if matter.ending is None]
    stages = tuple(
        StageCount(at, sum(place <= reached for reached in furthest), open_in.count(at))
        for place, at in enumerate(_STAGES)
    )
    steps = tuple(
        Figure(
            FigureId.STAGE_CONVERSION,
            Share(further.reached, here.reached),
            {"reached": here.reached, "further": further.reached},
            here.stage,
        )
        for here, further in pairwise(stages)
    )
    orders = stages[-1].reached
    numbers = {"opened": len(cohort), "won": orders, "still_open": len(open_in)}
    return Funnel(stages, steps, Figure(FigureId.CONVERSION, Share(orders, len(cohort)), numbers))
