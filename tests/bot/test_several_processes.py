"""Two bots on one PostgreSQL database: whoever an update reaches, each chat is served by one, and in its order."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot import leases, sharing
from bot.app import Bot, build
from bot.clock import monotonic, now
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.storage import inbox, lanes, outbox
from bot.storage.outbox import Kind
from bot.translation import arrival
from tests.bot.storage.databases import BOTH, Database, fresh_database
from tests.bot.world import PEOPLE, SABINE, TOKEN, until, update_of
from tests.conftest import built_in, join
from tests.soak.several import Plan, soak_on


@pytest.fixture(params=BOTH[1:])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    with fresh_database(request, tmp_path) as database:
        yield database


@pytest.fixture(params=BOTH[1:])
def database(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    with fresh_database(request, tmp_path, empty_database) as database:
        join(database.engine, SABINE, "Sabine")
        yield database


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with running_standin(TOKEN, people=PEOPLE, limits=None) as standin:
        for person in standin.chats.people.values():
            person.started = True
        yield standin


def bot_on(standin: Standin, database: Database) -> Bot:
    """One that is not online yet."""
    catalogue, messages = built_in()
    return build(TOKEN, standin.url, database.url, 1000, catalogue=catalogue, messages=messages)


def said(standin: Standin) -> list[str]:
    """The last lines of what Sabine was sent."""
    return [message["text"].splitlines()[-1] for message in standin.messages(SABINE) if message["from"]["is_bot"]]


async def test_a_chat_keeps_its_order_whichever_process_its_updates_reach(standin: Standin, database: Database) -> None:
    bots = [bot_on(standin, database) for _ in range(2)]
    for bot in bots:
        await bot.start()
    texts = [f"Notiz {number}" for number in range(5)]
    for number, text in enumerate(texts):
        await bots[number % 2].intake.accept([update_of(number + 1, text)])
    await standin.until(lambda: len(said(standin)) == len(texts), 15)
    for bot in bots:
        await bot.stop()
    assert said(standin) == texts


async def test_what_a_dead_process_left_in_a_chat_comes_before_what_is_new(
    standin: Standin, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease has ended, and somebody writes before anybody looked."""
    monkeypatch.setattr(sharing, "SHARED_EVERY", 3600)
    bot = bot_on(standin, database)
    await bot.start()
    long_ago = now() - 2 * lanes.LEASE
    left = update_of(1, "Notiz 1")
    with database.engine.begin() as connection:
        lanes.claim(connection, [SABINE], "a process that is gone", long_ago)
        inbox.put(connection, [arrival(bot.api.id, left, json.dumps(left), long_ago)])
        outbox.add(connection, SABINE, Kind.SEND, "", {"text": "davor", "keyboard": []}, long_ago)
    await bot.intake.accept([update_of(2, "Notiz 2")])
    await standin.until(lambda: "Notiz 2" in said(standin), 15)
    await bot.stop()
    assert said(standin) == ["davor", "Notiz 1", "Notiz 2"]


@pytest.fixture
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens in these tests does not happen because somebody came by."""
    monkeypatch.setattr(sharing, "SHARED_EVERY", 3600)


def scalar(database: Database, question: str) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(sql(question)).scalar_one())


@pytest.mark.usefixtures("nobody_looks")
async def test_the_process_that_works_on_a_chat_hears_at_once_what_another_one_was_given(
    standin: Standin, database: Database
) -> None:
    bots = [bot_on(standin, database) for _ in range(2)]
    for bot in bots:
        await bot.start()
    listeners = "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN lane' AND datname = current_database()"
    await until(lambda: scalar(database, listeners) == 2)
    await bots[0].intake.accept([update_of(1, "Notiz 1")])
    await standin.until(lambda: said(standin) == ["Notiz 1"], 15)
    await bots[1].intake.accept([update_of(2, "Notiz 2")])
    await standin.until(lambda: said(standin) == ["Notiz 1", "Notiz 2"], 15)
    for bot in bots:
        await bot.stop()


@pytest.mark.usefixtures("nobody_looks")
async def test_a_process_that_could_not_renew_its_lease_sends_nothing_until_it_has_asked(
    standin: Standin, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one may have taken over by then, and sent the same."""
    bot = bot_on(standin, database)
    await bot.start()
    await bot.intake.accept([update_of(1, "Notiz 1")])
    await standin.until(lambda: said(standin) == ["Notiz 1"], 15)
    monkeypatch.setattr(leases, "monotonic", lambda: monotonic() + lanes.LEASE.total_seconds())
    left = await bot.storage.write(
        lambda connection: outbox.add(connection, SABINE, Kind.SEND, "", {"text": "danach", "keyboard": []}, now())
    )
    bot.delivery.hand_over([left])
    await until(lambda: not bot.delivery.busy(SABINE))
    assert (said(standin), scalar(database, "SELECT count(*) FROM outbox WHERE state = 'open'")) == (["Notiz 1"], 1)
    monkeypatch.setattr(leases, "monotonic", monotonic)
    await bot.sharing.wake({SABINE})
    await standin.until(lambda: said(standin) == ["Notiz 1", "danach"], 15)
    await bot.stop()


async def test_while_the_server_has_no_room_a_turn_waits_and_its_tries_do_not_count(
    standin: Standin, database: Database
) -> None:
    """Else what came in meanwhile would be put aside after four tries."""
    with database.engine.begin() as connection:
        for statement in (
            "CREATE SEQUENCE tried",
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " PERFORM nextval('tried'); RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$",
            "CREATE TRIGGER no_room BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION no_room()",
        ):
            connection.execute(sql(statement))
    bot = bot_on(standin, database)
    await bot.start()
    await bot.intake.accept([update_of(1, "Notiz 1")])
    await until(lambda: scalar(database, "SELECT last_value FROM tried") >= 2)
    with database.engine.begin() as connection:
        connection.execute(sql("DROP TRIGGER no_room ON note"))
    await standin.until(lambda: said(standin) == ["Notiz 1"], 15)
    assert scalar(database, "SELECT tries FROM inbox") == 0
    await bot.stop()


async def test_real_processes_share_the_work_and_one_may_leave(bare: Database, tmp_path: Path) -> None:
    """The short form of `python -m tests.soak`."""
    plan = Plan(ends=1, lasts=3, processes=2, chats=6, seed=11, politely=1, longest_life=8, trouble=False)
    findings = await soak_on(bare.url, plan, tmp_path, print)
    assert findings.faults == []
    assert findings.counts["updates done"] == findings.counts["updates accepted"] >= 12
    assert findings.counts["ended by themselves"] == 0
