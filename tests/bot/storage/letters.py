"""Updates and lanes as the intake stores them."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.storage import inbox, lanes
from bot.storage.inbox import Arrival, Letter
from tests.chat import MONDAY_MORNING

SABINE = 1001
MARKUS = 1002
ONE_SECOND = timedelta(seconds=1)


def arrival(update_id: int, chat_id: int = SABINE, *, at: datetime = MONDAY_MORNING, raw: str = "{}") -> Arrival:
    """A message to the bot."""
    return Arrival(7, update_id, chat_id, "message", at, at, raw)


def arrived(engine: Engine, update_id: int, chat_id: int = SABINE, *, owner: str, kind: str = "message") -> Letter:
    """An update that was stored, its chat's lane held by `owner`."""
    came_in = Arrival(7, update_id, chat_id, kind, MONDAY_MORNING, MONDAY_MORNING, "{}")
    with engine.begin() as connection:
        lanes.claim(connection, [chat_id], owner, MONDAY_MORNING)
        (letter,) = inbox.put(connection, [came_in])
    return letter
