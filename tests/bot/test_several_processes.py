"""Two bots on one PostgreSQL database: whoever an update reaches, each chat is served by one, and in its order."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import app
from bot.app import build
from bot.clock import now
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.storage import inbox, lanes, outbox
from bot.storage.outbox import Kind
from bot.translation import arrival
from tests.bot.storage.databases import ONLY_POSTGRES, Database, fresh_database
from tests.bot.world import PEOPLE, SABINE, TOKEN, update_of
from tests.conftest import join

pytestmark = ONLY_POSTGRES


@pytest.fixture
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


def said(standin: Standin) -> list[str]:
    """The last lines of what Sabine was sent."""
    return [message["text"].splitlines()[-1] for message in standin.messages(SABINE) if message["from"]["is_bot"]]


async def test_a_chat_keeps_its_order_whichever_process_its_updates_reach(standin: Standin, database: Database) -> None:
    bots = [build(TOKEN, standin.url, database.url, 1000) for _ in range(2)]
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
    monkeypatch.setattr(app, "SHARED_EVERY", 3600)
    bot = build(TOKEN, standin.url, database.url, 1000)
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
