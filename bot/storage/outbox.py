"""The durable outbox and the named screens. Core statements only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Insert, bindparam, delete, insert, select, update

from bot.storage.schema import outbox, screen
from bot.storage.upsert import Inserting, made_once

OPEN: Final = "open"


class Kind(StrEnum):
    """What is to be done with a row."""

    SEND = "send"
    EDIT = "edit"
    RETIRE = "retire"
    FILE = "file"


class Ended(StrEnum):
    """How a row ended; superseded counts as sent."""

    SENT = "sent"
    SUPERSEDED = "superseded"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message, an edit or a file that waits to be sent."""

    id: int
    chat_id: int
    kind: Kind
    screen: str
    payload: Mapping[str, Any]
    pushed: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a screen stands: the message, and a digest of what is drawn there."""

    message_id: int | None
    drawn: str | None


_ADD = insert(outbox).values(
    chat_id=bindparam("chat_id"), kind=bindparam("kind"), screen=bindparam("screen"), payload=bindparam("payload"),
    pushed=bindparam("pushed"), created_at=bindparam("created_at"), state=OPEN, tries=0,
).returning(outbox.c.id)  # fmt: skip
_ADD_ALL = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_END = (
    update(outbox)
    .where(outbox.c.id == bindparam("key"), outbox.c.state == OPEN)
    .values(state=bindparam("new_state"), payload=None, ended_at=bindparam("now"), reason=bindparam("why"))
)
_ASIDE = (
    update(outbox)
    .where(outbox.c.id == bindparam("key"), outbox.c.state == OPEN)
    .values(state=Ended.ASIDE, ended_at=bindparam("now"), reason=bindparam("why"))
)
_OPEN_ROWS = (
    select(
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.kind,
        outbox.c.screen,
        outbox.c.payload,
        outbox.c.pushed,
        outbox.c.tries,
    )
    .where(outbox.c.state == OPEN)
    .order_by(outbox.c.id)
)
_STANDING = select(screen.c.message_id, screen.c.drawn).where(
    screen.c.chat_id == bindparam("chat"), screen.c.name == bindparam("screen")
)
_DRAWN = (
    update(screen)
    .where(
        screen.c.chat_id == bindparam("chat"),
        screen.c.name == bindparam("screen"),
        screen.c.message_id == bindparam("message"),
    )
    .values(drawn=bindparam("shows"))
)


def add(
    connection: Connection,
    chat_id: int,
    kind: Kind,
    screen_name: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    pushed: bool = False,
) -> Parcel:
    """Stores one row to send."""
    values = {"chat_id": chat_id, "kind": kind, "screen": screen_name, "payload": payload}
    key = connection.execute(_ADD, {**values, "pushed": pushed, "created_at": now}).scalar_one()
    return Parcel(key, chat_id, kind, screen_name, payload, pushed)


def push_all(connection: Connection, messages: Sequence[tuple[int, Mapping[str, Any]]], now: datetime) -> list[Parcel]:
    """Stores (chat, payload) of messages that nobody waits for: as many as a team has members, in one statement."""
    if not messages:
        return []
    rows = [
        {"chat_id": chat_id, "kind": Kind.SEND, "screen": "", "payload": payload, "pushed": True, "created_at": now,
         "state": OPEN, "tries": 0}
        for chat_id, payload in messages
    ]  # fmt: skip
    keys = connection.execute(_ADD_ALL, rows).scalars()
    return [
        Parcel(key, chat_id, Kind.SEND, "", payload, pushed=True)
        for key, (chat_id, payload) in zip(keys, messages, strict=True)
    ]


def end(connection: Connection, key: int, how: Ended, now: datetime, reason: str | None = None) -> bool:
    """Marks a row as sent, superseded or put aside; only what was put aside keeps its text for the operator.

    False where it has ended already: another process sent it, too.
    """
    values = {"key": key, "now": now, "why": reason[:200] if reason else None}
    if how is Ended.ASIDE:
        return connection.execute(_ASIDE, values).rowcount == 1
    return connection.execute(_END, {**values, "new_state": how}).rowcount == 1


def count_try(connection: Connection, key: int, tries: int) -> None:
    """Notes how often a file was made in vain."""
    connection.execute(update(outbox).where(outbox.c.id == key).values(tries=tries))


def waiting(connection: Connection, chat_ids: Sequence[int] | None = None) -> list[Parcel]:
    """Rows to send, in their order; of these chats or of all."""
    statement = _OPEN_ROWS if chat_ids is None else _OPEN_ROWS.where(outbox.c.chat_id.in_(chat_ids))
    return [
        Parcel(row.id, row.chat_id, Kind(row.kind), row.screen, row.payload, row.pushed, row.tries)
        for row in connection.execute(statement)
    ]


def put_chat_aside(connection: Connection, chat_id: int, newest: int, now: datetime, reason: str) -> None:
    """Gives up what waits, up to the row `newest`, for a chat that can't be written to."""
    connection.execute(
        update(outbox)
        .where(outbox.c.chat_id == chat_id, outbox.c.state == OPEN, outbox.c.id <= newest)
        .values(state=Ended.ASIDE, ended_at=now, reason=reason[:200])
    )


def standing(connection: Connection, chat_id: int, name: str) -> Standing:
    """Where a screen stands; nothing where it was never sent."""
    row = connection.execute(_STANDING, {"chat": chat_id, "screen": name}).one_or_none()
    return Standing(row.message_id, row.drawn) if row else Standing(None, None)


def set_place(connection: Connection, chat_id: int, name: str, count: int) -> None:
    """The screen is about to be sent as the message with this count."""
    connection.execute(_put_place(connection), {"chat_id": chat_id, "name": name, "place": count})


def set_standing(connection: Connection, chat_id: int, name: str, message_id: int, drawn: str) -> None:
    """The screen is this message now and shows this."""
    _stand(connection, chat_id, name, message_id, drawn)


def set_drawn(connection: Connection, chat_id: int, name: str, message_id: int, drawn: str) -> None:
    """This message shows this now; nothing happens where another message is the screen."""
    connection.execute(_DRAWN, {"chat": chat_id, "screen": name, "message": message_id, "shows": drawn})


def correct_standing(connection: Connection, chat_id: int, name: str, message_id: int) -> None:
    """A press shows which message the screen is; what stands there is not known where it is another one."""
    if standing(connection, chat_id, name).message_id != message_id:
        _stand(connection, chat_id, name, message_id, None)


def forget_standing(connection: Connection, chat_id: int, name: str) -> None:
    """The screen's message is gone."""
    connection.execute(delete(screen).where(screen.c.chat_id == chat_id, screen.c.name == name))


def _stand(connection: Connection, chat_id: int, name: str, message_id: int, drawn: str | None) -> None:
    values = {"chat_id": chat_id, "name": name, "message_id": message_id, "drawn": drawn, "place": 0}
    connection.execute(_put_standing(connection), values)


@made_once
def _put_place(insert: Inserting) -> Insert:
    new = insert(screen)
    return new.on_conflict_do_update(index_elements=["chat_id", "name"], set_={"place": new.excluded.place})


@made_once
def _put_standing(insert: Inserting) -> Insert:
    new = insert(screen)
    changed = {"message_id": new.excluded.message_id, "drawn": new.excluded.drawn}
    return new.on_conflict_do_update(index_elements=["chat_id", "name"], set_=changed)
