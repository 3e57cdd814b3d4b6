"""The manager's summary on the command line, while the bot runs or not; it changes nothing."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, make_url

from bot.clock import now
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migration import is_current
from bot.storage.people import team_by_name
from bot.storage.team_facts import read_facts, reporting_days
from dialogs.ports.people import Team
from dialogs.reports.summary import DailySummary, summary_of
from dialogs.reports.summary_json import summary_as_json
from dialogs.reports.summary_view import plain_text, summary_view
from dialogs.reports.words import Words
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Messages


class NoSummary(ValueError):
    """There is none to show; the text says why in one line."""


def summary_answer(settings: Settings, team_name: str, day: date | None, *, as_json: bool) -> str:
    """The summary that ends on this day, or the one now running, in the team's language. Raises NoSummary."""
    drawn, team = _read(settings, team_name, day)
    catalogue = Catalogue.load(overlay=settings.knowledge_dir)
    words = Words.of(Messages.load(CONTENT_DIR), catalogue, team.language)
    text = plain_text(summary_view(words, drawn))
    return json.dumps(summary_as_json(drawn, text), ensure_ascii=False) if as_json else text


def _read(settings: Settings, team_name: str, day: date | None) -> tuple[DailySummary, Team]:
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise NoSummary("there is no database yet: start the bot, or invite somebody")
    engine = open_engine(settings.database)
    try:
        with engine.connect().execution_options(reading=True) as connection:
            if not is_current(connection):
                raise NoSummary("the database is of another version: run `python run_bot.py migrate`")
            team = team_by_name(connection, " ".join(team_name.split()))
            if team is None:
                raise NoSummary(f"there is no team {team_name!r}")
            return _draw(connection, team, day, now()), team
    finally:
        engine.dispose()


def _draw(connection: Connection, team: Team, day: date | None, moment: datetime) -> DailySummary:
    days = reporting_days(connection, team)
    # Whole seconds and after all that has happened, as when a manager asks in the chat.
    asked_at = datetime.fromtimestamp(int(moment.timestamp()) + 1, UTC)
    running = days.reporting_day(asked_at)
    wanted = day or running
    if wanted > running:
        raise NoSummary(f"the summary of {wanted} has not begun: the one now running ends on {running}")
    if day is not None and days.after(days.before(day)) != day:
        raise NoSummary(
            f"no summary ends on {day}: it is no working day of {team.name}; the next one is {days.after(day)}"
        )
    return summary_of(read_facts(connection, team, days, asked_at, wanted), wanted)
