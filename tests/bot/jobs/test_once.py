"""Exactly once: restarts at the minute, two processes at the same time, looks that fail half-way."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from bot.jobs import pushes as jobs
from bot.storage import outbox
from bot.storage.engine import open_engine
from bot.storage.work import Storage, open_storage
from tests.bot.jobs.watch import Watch, at
from tests.bot.storage.databases import ONLY_POSTGRES, Database
from tests.chat import Chat
from tests.conftest import join

TUESDAY = "2026-11-17"
SELLERS = range(2001, 2031)


async def nobody(_: set[int]) -> None:
    """Nobody sends: what was written down waits."""


def waiting_for(watch: Watch) -> list[int]:
    with watch.engine.connect() as connection:
        return sorted(parcel.chat_id for parcel in outbox.waiting(connection) if parcel.pushed)


async def test_a_restart_at_the_minute_changes_nothing(watch: Watch, chat: Chat, database: Database) -> None:
    """Killed after the commit and before the sending: the message waits, and it is no second one."""
    watch.books(at("10:00"), customer="Schäfer GmbH")
    await jobs.look(watch.storage, nobody, at("09:45"))
    again = open_storage(open_engine(database.url))
    await jobs.look(again, nobody, at("09:45") + timedelta(seconds=1))
    again.close()
    assert waiting_for(watch) == [chat.person_id]


async def test_where_the_message_cannot_be_stored_nothing_is_settled(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH")

    def refuse(_c: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if "INSERT INTO outbox" in statement:
            raise OSError("no room")

    event.listen(watch.engine, "before_cursor_execute", refuse)
    with pytest.raises(OSError, match="no room"):
        await jobs.look(watch.storage, nobody, at("09:45"))
    event.remove(watch.engine, "before_cursor_execute", refuse)
    assert watch.settled() == 0
    assert len(await watch.look(at("09:46"))) == 1


async def test_what_was_settled_long_ago_is_cleared_away(watch: Watch, chat: Chat) -> None:
    from bot.storage.housekeeping import tidy

    watch.books(at("10:00"), customer="Schäfer GmbH")
    await watch.look(at("09:45"))
    for day, left in ((at("09:45", "2027-01-14"), 1), (at("09:46", "2027-01-15"), 0)):
        with watch.engine.begin() as connection:
            tidy(connection, day)
        assert watch.settled() == left


@pytest.fixture
def other(database: Database) -> Iterator[Storage]:
    """Another process on the same database."""
    storage = open_storage(open_engine(database.url))
    yield storage
    storage.close()


@ONLY_POSTGRES
async def test_two_processes_that_look_at_the_same_time_push_everything_once(
    watch: Watch, chat: Chat, other: Storage
) -> None:
    for seller in SELLERS:
        join(watch.engine, seller, f"Seller {seller}")
        watch.books(at("10:00", TUESDAY), seller, customer="Schäfer GmbH")
    for moment in (at("07:30", TUESDAY), at("09:45", TUESDAY)):
        looks = (jobs.look(storage, nobody, moment) for storage in (watch.storage, other, watch.storage, other))
        told = await asyncio.gather(*looks)
        assert sum(told) == len(SELLERS)
    assert waiting_for(watch) == sorted([*SELLERS, *SELLERS])


@ONLY_POSTGRES
async def test_processes_that_know_different_parts_settle_each_part_once(
    watch: Watch, chat: Chat, other: Storage
) -> None:
    """One has told the first appointment when the other is about to tell both: it tells the second alone."""
    watch.books(at("10:00"), customer="Schäfer GmbH")
    candidates = await watch.storage.read(lambda connection: jobs.find(connection, at("09:50")))
    early = await watch.storage.read(
        lambda connection: jobs.plan(connection, at("09:50"), candidates, [chat.person_id])
    )
    watch.books(at("10:05"), customer="Otto KG")
    late = await other.read(lambda connection: jobs.plan(connection, at("09:50"), candidates, [chat.person_id]))
    assert await watch.storage.write(lambda connection: jobs.tell(connection, early, at("09:50")))
    assert await other.write(lambda connection: jobs.tell(connection, late, at("09:50")))
    texts = [text for _, text in await watch.look(at("09:51"))]
    assert [text.splitlines()[0] for text in texts] == ["10:00 Webcall: Schäfer GmbH", "10:05 Webcall: Otto KG"]
