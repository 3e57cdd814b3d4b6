"""What helped against which objection, counted for the team.

A row knows neither who nor when nor in which conversation. Its token is random and stands in the buttons of one help
screen only; messages and updates that carried it are emptied once they are done with.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, Insert, Integer, bindparam, cast, delete, func, select

from bot.storage.schema import helped
from bot.storage.upsert import Inserting, made_once
from dialogs.ports.people import TeamId
from knowledge.ranking import Tally
from knowledge.taxonomy import ObjectionId, TechniqueId

_TALLIES: Final = (
    select(helped.c.technique, func.sum(cast(helped.c.helped, Integer)).label("helped"), func.count().label("votes"))
    .where(helped.c.team_id == bindparam("team"), helped.c.objection == bindparam("objection"))
    .group_by(helped.c.technique)
)


class SqlWhatHelped:
    """`dialogs.ports.WhatHelped` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tallies(self, team_id: TeamId, objection: ObjectionId) -> Mapping[TechniqueId, Tally]:
        rows = self._connection.execute(_TALLIES, {"team": team_id, "objection": objection})
        known = {str(technique) for technique in TechniqueId}  # a newer version of the bot may know more of them
        return {TechniqueId(row.technique): Tally(row.helped, row.votes) for row in rows if row.technique in known}

    def did(self, team_id: TeamId, token: str, objection: ObjectionId, technique: TechniqueId) -> None:
        said_before = (helped.c.token == token, helped.c.objection == objection, helped.c.helped)
        self._connection.execute(delete(helped).where(*said_before, helped.c.technique != technique))
        self._put(team_id, token, objection, [technique], helped=True)

    def did_not(self, team_id: TeamId, token: str, objection: ObjectionId, techniques: Sequence[TechniqueId]) -> None:
        self._put(team_id, token, objection, techniques, helped=False)

    def _put(
        self, team_id: TeamId, token: str, objection: ObjectionId, techniques: Sequence[TechniqueId], *, helped: bool
    ) -> None:
        rows = [
            {"token": token, "objection": objection, "technique": technique, "team_id": team_id, "helped": helped}
            for technique in techniques
        ]
        if rows:
            self._connection.execute(_put_vote(self._connection), rows)


@made_once
def _put_vote(insert: Inserting) -> Insert:
    new = insert(helped)
    return new.on_conflict_do_update(
        index_elements=["token", "objection", "technique"], set_={"helped": new.excluded.helped}
    )
