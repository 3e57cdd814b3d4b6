"""Invites from the command line, while the bot runs or not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import now
from bot.settings import Settings
from bot.storage import facts
from bot.storage.engine import open_engine
from bot.storage.migration import migrate
from bot.storage.people import SqlPeople, create_team, team_by_name
from bot.turns import new_code
from dialogs.ports.people import Role
from dialogs.team.members import INVITE_HOLDS
from dialogs.turn import Links

MAX_TEAM_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class NewInvite:
    """A code to pass on; no link before the bot was online once. `expires_at` is UTC."""

    code: str
    link: str | None
    expires_at: datetime


def create_invite(settings: Settings, role: Role, team_name: str) -> NewInvite:
    """An invite for a team, which is made with the default settings where there is none. Raises ValueError."""
    name = " ".join(team_name.split())
    if not name or len(name) > MAX_TEAM_NAME:
        raise ValueError(f"the team's name needs 1 to {MAX_TEAM_NAME} characters, such as 'Team Süd'")
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    migrate(engine)
    at, code = now(), new_code()
    with engine.begin() as connection:
        team = team_by_name(connection, name) or create_team(
            connection,
            name,
            settings.default_language,
            settings.default_timezone,
            settings.holiday_region,
            settings.summary_time,
            at,
        )
        SqlPeople(connection).create_invite(team.id, role, code, at, at + INVITE_HOLDS)
        username = facts.read_fact(connection, facts.USERNAME)
    engine.dispose()
    return NewInvite(code, Links(username).invite(code), at + INVITE_HOLDS)
