"""In which stage of the funnel a customer is: it follows from the conversations, and can be set by hand."""

from collections.abc import Sequence

from dialogs.conversation.talk import Talk
from dialogs.customers.teller import Teller
from dialogs.ports.customers import Customer
from knowledge.figures.funnel import STAGE_OF_PHASE
from knowledge.taxonomy import FunnelStage, OutcomeId, PhaseId


def stage_of(turn: Teller, customer: Customer, talks: Sequence[Talk]) -> FunnelStage:
    """The one that was set, else what the conversations (the one used last first) say."""
    return customer.stage or stage_by_talks(turn, talks)


def stage_by_talks(turn: Teller, talks: Sequence[Talk]) -> FunnelStage:
    """Retention from the first order on; else where the last conversation stands, or stood when it ended."""
    if any(talk.outcome is OutcomeId.WON for talk in talks):
        return FunnelStage.RETENTION
    last = next((talk for talk in talks if talk.outcome is not OutcomeId.CANCELLED), None)
    return FunnelStage.AWARENESS if last is None else STAGE_OF_PHASE[_talked_in(turn, last)]


def _talked_in(turn: Teller, talk: Talk) -> PhaseId:
    if talk.phase is not PhaseId.FOLLOW_UP:
        return talk.phase
    moves = turn.store.conversations.moves(talk.id)
    sources = (step.source for step in reversed(moves) if step.to is PhaseId.FOLLOW_UP and step.source is not None)
    return next((source for source in sources if source in STAGE_OF_PHASE), PhaseId.RELATIONSHIP)
