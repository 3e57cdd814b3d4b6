"""The playground's team on the first start: a seller and a manager who have joined, and an open door for strangers."""

from typing import Final

from sqlalchemy import Connection

from bot.clock import now
from bot.playground.standin import MANAGER, SELLER
from bot.settings import Settings
from bot.storage.people import SqlPeople, create_team, team_by_name
from bot.storage.work import Storage
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Invite, Role
from knowledge.language.messages import Language

TEAM_NAME: Final = "Team Süd"


async def found_team(storage: Storage, settings: Settings) -> None:
    """Makes the team and lets the two people in; on later starts nothing happens."""

    def found(connection: Connection) -> None:
        if team_by_name(connection, TEAM_NAME) is not None:
            return
        team = create_team(
            connection,
            TEAM_NAME,
            settings.default_language,
            settings.default_timezone,
            settings.holiday_region,
            settings.summary_time,
            now(),
        )
        for person, role in ((SELLER, Role.SELLER), (MANAGER, Role.MANAGER)):
            SqlPeople(connection).join(
                Invite(0, team, role), PersonId(person.id), person.id, person.first_name, Language.DE, now()
            )

    await storage.write(found)
