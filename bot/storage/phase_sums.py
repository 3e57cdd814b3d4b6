"""How many steps were taken in each phase: counted by the database, without who, when and in which conversation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from bot.storage.schema import conversation, step
from dialogs.ports.people import TeamId
from knowledge.taxonomy import PhaseId

_PHASE: Final = func.coalesce(step.c.source, step.c.target).label("phase")
STEPS_BY_PHASE: Final = (
    select(_PHASE, func.count().label("steps"))
    .join(conversation, conversation.c.id == step.c.conversation_id)
    .where(
        conversation.c.team_id == bindparam("team"),
        conversation.c.touched_at >= bindparam("since"),
        step.c.at >= bindparam("since"),
        step.c.at < bindparam("until"),
    )
    .group_by(_PHASE)
)


def steps_by_phase(connection: Connection, team: TeamId, since: datetime, until: datetime) -> Mapping[PhaseId, int]:
    """All steps that were made from `since` to before `until`, also those that were undone, by the phase they left."""
    rows = connection.execute(STEPS_BY_PHASE, {"team": team, "since": since, "until": until})
    known = {str(phase) for phase in PhaseId}  # a newer version of the bot may know more of them
    return {PhaseId(row.phase): row.steps for row in rows if row.phase in known}
