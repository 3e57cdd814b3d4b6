"""What made selling hard, counted by theme and month for the team.

A row knows neither who nor when nor which words. That a person has said something about a month stands with the person,
and is written with the sentence; the count is written with the tap that follows, in another transaction.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, Insert, bindparam, func, select, update

from bot.storage.schema import hardship, person
from bot.storage.upsert import Inserting, made_once
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import TeamId
from knowledge.taxonomy import HardshipTheme

_COUNTS: Final = (
    select(hardship.c.theme, func.count().label("n"))
    .where(hardship.c.team_id == bindparam("team"), hardship.c.month == bindparam("month"))
    .group_by(hardship.c.theme)
)


class SqlHardships:
    """`dialogs.ports.Hardships` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told_about(self, person_id: PersonId) -> str:
        month = select(person.c.hardship_month).where(person.c.id == person_id)
        return self._connection.execute(month).scalar_one_or_none() or ""

    def tell(self, person_id: PersonId, month: str) -> None:
        self._connection.execute(update(person).where(person.c.id == person_id).values(hardship_month=month))

    def count(self, team_id: TeamId, token: str, month: str, theme: HardshipTheme) -> None:
        values = {"token": token, "team_id": team_id, "month": month, "theme": theme}
        self._connection.execute(_put(self._connection), values)

    def counts(self, team_id: TeamId, month: str) -> Mapping[HardshipTheme, int]:
        rows = self._connection.execute(_COUNTS, {"team": team_id, "month": month})
        known = {str(theme) for theme in HardshipTheme}  # a newer version of the bot may know more of them
        return {HardshipTheme(row.theme): row.n for row in rows if row.theme in known}


@made_once
def _put(insert: Inserting) -> Insert:
    new = insert(hardship)
    return new.on_conflict_do_update(
        index_elements=["token"],
        set_={"theme": new.excluded.theme},
        where=(hardship.c.team_id == new.excluded.team_id) & (hardship.c.month == new.excluded.month),
    )
