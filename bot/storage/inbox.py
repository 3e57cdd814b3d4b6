"""The durable inbox: raw updates, stored before Telegram is told that they were received. Core statements only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.schema import inbox
from bot.storage.upsert import Inserting, made_once

OPEN: Final = "open"
DONE: Final = "done"
ASIDE: Final = "aside"

PRESS: Final = "callback_query"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came in. `at` is the turn's time, `raw` the JSON text."""

    bot_id: int
    update_id: int
    chat_id: int
    kind: str
    at: datetime
    received_at: datetime
    raw: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A stored update that waits for its turn. `live`: it came in while this process ran, a press can be answered."""

    id: int
    update_id: int
    chat_id: int
    kind: str
    at: datetime
    raw: str
    tries: int = 0
    live: bool = False


_COLUMNS = ("bot_id", "update_id", "chat_id", "kind", "at", "received_at", "raw")
_END = (
    update(inbox)
    .where(inbox.c.id == bindparam("key"), inbox.c.state == OPEN)
    .values(state=bindparam("new_state"), raw=bindparam("new_raw"), reason=bindparam("new_reason"))
)
_TRIED = update(inbox).where(inbox.c.id == bindparam("key")).values(tries=bindparam("count"))
_WAITING = (
    select(inbox.c.id, inbox.c.update_id, inbox.c.chat_id, inbox.c.kind, inbox.c.at, inbox.c.raw, inbox.c.tries)
    .where(inbox.c.state == OPEN)
    .order_by(inbox.c.id)
)


def put(connection: Connection, arrivals: Sequence[Arrival]) -> list[Letter]:
    """Stores updates in the order of arrival; what is known already is left out. Gives the new ones."""
    if not arrivals:
        return []
    rows = [{name: getattr(arrival, name) for name in _COLUMNS} | {"state": OPEN, "tries": 0} for arrival in arrivals]
    by_key = {(arrival.bot_id, arrival.update_id): arrival for arrival in reversed(arrivals)}
    stored = connection.execute(_put(connection), rows)
    new = sorted((row.id, by_key[row.bot_id, row.update_id]) for row in stored)
    return [
        Letter(key, arrival.update_id, arrival.chat_id, arrival.kind, arrival.at, arrival.raw, live=True)
        for key, arrival in new
    ]


@made_once
def _put(insert: Inserting) -> ReturningInsert[int, int, int]:
    statement = insert(inbox).on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
    return statement.returning(inbox.c.id, inbox.c.bot_id, inbox.c.update_id)


def mark_done(connection: Connection, key: int) -> bool:
    """Ends an update and empties it. False where it has ended already: then nothing else may be changed either."""
    values = {"key": key, "new_state": DONE, "new_raw": None, "new_reason": None}
    return connection.execute(_END, values).rowcount == 1


def put_aside(connection: Connection, key: int, raw: str, reason: str) -> bool:
    """Gives an update up and keeps it for the operator."""
    values = {"key": key, "new_state": ASIDE, "new_raw": raw, "new_reason": reason[:200]}
    return connection.execute(_END, values).rowcount == 1


def count_try(connection: Connection, key: int, tries: int) -> None:
    """Notes how often an update was tried in vain."""
    connection.execute(_TRIED, {"key": key, "count": tries})


def waiting(connection: Connection, chat_ids: Sequence[int] | None = None) -> list[Letter]:
    """What has not ended, in the order of arrival; of these chats or of all."""
    statement = _WAITING if chat_ids is None else _WAITING.where(inbox.c.chat_id.in_(chat_ids))
    return [Letter(*row) for row in connection.execute(statement)]
