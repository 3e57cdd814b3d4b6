"""One lane a chat: who works on it and until when, and how many messages it has seen. Core statements only.

A process works on a chat only while it holds its lane. On PostgreSQL several processes share the chats; a lane whose
holder is gone is free when its lease has ended.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Insert, Select, bindparam, func, or_, select, union, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.schema import inbox, lane, outbox
from bot.storage.upsert import Inserting, made_once

LEASE: Final = timedelta(seconds=10)
"""So long a chat waits for a process that is gone; holders renew it every second."""


class LaneLost(Exception):
    """Another process works on this chat now; what this one was about to store must not be stored."""


_MESSAGE = (
    update(lane)
    .where(lane.c.chat_id == bindparam("chat"), lane.c.owner == bindparam("me"))
    .values(messages=lane.c.messages + bindparam("more"))
    .returning(lane.c.messages)
)
_IN_TALK = _MESSAGE.values(talked_at=bindparam("talked"))


def present(connection: Connection, now: datetime) -> datetime:
    """The time by which leases go: PostgreSQL's own, since the clocks of those who share it may differ."""
    if connection.dialect.name != "postgresql":
        return now
    at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return at


def claim(connection: Connection, chat_ids: Iterable[int], owner: str, now: datetime) -> set[int]:
    """Takes the lanes of these chats where nobody else holds them; gives those that `owner` holds now."""
    wanted = [
        {"chat_id": chat_id, "owner": owner, "lease_until": now + LEASE, "messages": 0, "now": now}
        for chat_id in sorted(set(chat_ids))
    ]
    return set(connection.execute(_claim(connection), wanted).scalars()) if wanted else set()


@made_once
def _claim(insert: Inserting) -> ReturningInsert[int]:
    taken = insert(lane)
    new = taken.excluded
    return taken.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={"owner": new.owner, "lease_until": new.lease_until},
        where=or_(lane.c.owner.is_(None), lane.c.owner == new.owner, lane.c.lease_until < bindparam("now")),
    ).returning(lane.c.chat_id)


def claim_free(connection: Connection, owner: str, now: datetime, limit: int) -> list[int]:
    """Takes free lanes on which something waits, at most `limit`; those locked by others are passed by."""
    busy = union(
        select(inbox.c.chat_id).where(inbox.c.state == "open"),
        select(outbox.c.chat_id).where(outbox.c.state == "open"),
    ).subquery()
    free = (
        select(lane.c.chat_id)
        .where(
            lane.c.chat_id.in_(select(busy.c.chat_id)),
            or_(lane.c.owner.is_(None), lane.c.lease_until < now),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    chat_ids = list(connection.execute(free).scalars())
    if chat_ids:
        values = {"owner": owner, "lease_until": now + LEASE}
        connection.execute(update(lane).where(lane.c.chat_id.in_(chat_ids)).values(values))
    return chat_ids


def renew(connection: Connection, owner: str, now: datetime) -> list[int]:
    """Prolongs the lease of every lane held, and gives these; one that a turn is writing to waits for the next time."""
    wanted = _locked(owner).with_for_update(skip_locked=True)
    prolonged = update(lane).where(lane.c.chat_id.in_(wanted)).values(lease_until=now + LEASE)
    return list(connection.execute(prolonged.returning(lane.c.chat_id)).scalars())


def release(
    connection: Connection, owner: str, chat_ids: Sequence[int] | None = None, taken_before: datetime | None = None
) -> list[int]:
    """Gives lanes back, these or all; with `taken_before` only those that were not claimed or renewed since.

    Of these lanes those that somebody is writing to are passed by. Gives the lanes that are free now.
    """
    wanted = _locked(owner)
    if chat_ids is not None:
        wanted = wanted.where(lane.c.chat_id.in_(chat_ids)).with_for_update(skip_locked=True)
    if taken_before is not None:
        wanted = wanted.where(lane.c.lease_until < taken_before + LEASE)
    freed = update(lane).where(lane.c.chat_id.in_(wanted)).values(owner=None, lease_until=None)
    return list(connection.execute(freed.returning(lane.c.chat_id)).scalars())


def _locked(owner: str) -> Select[tuple[int]]:
    """The lanes held, locked in the order in which `claim` does it: two processes never wait for each other."""
    return select(lane.c.chat_id).where(lane.c.owner == owner).order_by(lane.c.chat_id).with_for_update()


def take_over(connection: Connection, owner: str, now: datetime) -> None:
    """Takes every lane, whoever held it: for a database that only one process works on."""
    connection.execute(update(lane).values(owner=owner, lease_until=now + LEASE))


def count_messages(
    connection: Connection, chat_id: int, owner: str, more: int, talked_at: datetime | None = None
) -> int:
    """Adds to the chat's messages and gives the sum. Locks the lane; raises LaneLost where `owner` lost it.

    `talked_at` is kept where a conversation is being used.
    """
    values = {"chat": chat_id, "me": owner, "more": more}
    statement = _MESSAGE
    if talked_at is not None:
        statement, values = _IN_TALK, {**values, "talked": talked_at}
    row = connection.execute(statement, values).scalar_one_or_none()
    if row is None:
        raise LaneLost(f"the lane of chat {chat_id} belongs to another process")
    return int(row)


def add_message(connection: Connection, chat_id: int) -> int:
    """Counts one more message in a chat, whoever holds it; the lane is made where there is none."""
    return int(connection.execute(_add_and_tell(connection), {"chat_id": chat_id}).scalar_one())


def add_messages(connection: Connection, chat_ids: Iterable[int]) -> None:
    """Counts one more message in each of these chats; in one order, so that two processes never wait for each other."""
    added = [{"chat_id": chat_id} for chat_id in sorted(chat_ids)]
    if added:
        connection.execute(_add(connection), added)


@made_once
def _add(insert: Inserting) -> Insert:
    new = insert(lane).values(chat_id=bindparam("chat_id"), messages=1)
    return new.on_conflict_do_update(index_elements=["chat_id"], set_={"messages": lane.c.messages + 1})


@made_once
def _add_and_tell(insert: Inserting) -> ReturningInsert[int]:
    new = insert(lane).values(chat_id=bindparam("chat_id"), messages=1)
    counted = new.on_conflict_do_update(index_elements=["chat_id"], set_={"messages": lane.c.messages + 1})
    return counted.returning(lane.c.messages)


def held(connection: Connection, owner: str) -> list[int]:
    """The chats whose lanes `owner` holds."""
    return list(connection.execute(select(lane.c.chat_id).where(lane.c.owner == owner)).scalars())
