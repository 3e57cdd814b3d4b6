"""Polling: an update is stored before Telegram is told that it was received, and nothing but the operator stops it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import event

from bot import intake
from bot.app import build
from bot.clock import monotonic
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.serving import serve
from bot.storage.engine import sqlite_url
from tests.bot.process import free_port, run_bot, running
from tests.bot.world import MARKUS, PEOPLE, SABINE, TOKEN, World, until, update_of


async def test_the_updates_of_one_poll_are_stored_in_one_commit_before_they_are_confirmed(resting_world: World) -> None:
    world = resting_world
    await world.start(polling=False)
    for number in range(5):
        world.say(f"Notiz {number}")
    stores = False
    unconfirmed = []

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal stores
        stores = stores or statement.startswith("INSERT INTO inbox")

    def count(_connection: Any) -> None:
        nonlocal stores
        if stores:
            unconfirmed.append(len(world.standin.updates))
        stores = False

    event.listen(world.bot.storage.engine, "after_cursor_execute", look)
    event.listen(world.bot.storage.engine, "commit", count)
    world.poll()
    await world.settled()
    assert unconfirmed == [5], "one commit, and the server still held all five"
    assert world.states("inbox") == {"done": 5}
    await world.stop()


async def test_a_second_delivery_changes_nothing(world: World) -> None:
    update = update_of(1, "Er parkt im Hof")
    await world.bot.intake.accept([update])
    await world.bot.intake.accept([update, update])
    await world.sees("Er parkt im Hof")
    await world.settled()
    assert world.states("inbox") == {"done": 1}
    assert len(world.calls(who=SABINE)) == 1


async def test_the_updates_of_a_lost_answer_are_fetched_again(world: World) -> None:
    world.standin.faults.lose_reply("getUpdates")
    world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")
    await world.settled()
    assert world.states("inbox") == {"done": 1}


async def test_a_chat_keeps_its_order_and_chats_do_not_wait_for_each_other(world: World) -> None:
    for number in range(4):
        world.say(f"Notiz {number}", SABINE)
    world.say("Notiz 9", MARKUS)
    await world.settled()
    assert world.notes(SABINE) == [f"Notiz {number}" for number in range(4)]
    assert [words.splitlines()[-1] for words in world.screens(SABINE)] == [f"Notiz {number}" for number in range(4)]
    assert world.notes(MARKUS) == ["Notiz 9"]


async def test_what_storage_could_not_take_is_not_confirmed_and_comes_again(world: World) -> None:
    with world.broken("inbox"):
        world.say("Er parkt im Hof")
        await asyncio.wait_for(_asked_twice(world.standin), 10)
        assert len(world.standin.updates) == 1
    await world.sees("Er parkt im Hof")
    await world.settled()
    assert world.states("inbox") == {"done": 1}


async def _asked_twice(standin: Standin) -> None:
    before = len(standin.calls.of("getUpdates"))
    await standin.until(lambda: len(standin.calls.of("getUpdates")) >= before + 2, 10)


async def test_the_servers_troubles_are_waited_for(world: World) -> None:
    world.standin.faults.refuse("getUpdates", 502, "Bad Gateway")
    world.standin.faults.refuse("getUpdates", 429, retry_after=1)
    world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")


@pytest.mark.parametrize("strange", [{"callback_query": {}}, {"callback_query": "?"}, {"message": {"date": 10**18}}])
async def test_an_update_of_no_known_form_does_not_hold_up_the_others(world: World, strange: dict[str, Any]) -> None:
    await world.bot.intake.accept([{"update_id": 1, **strange}, update_of(2, "Er parkt im Hof")])
    await world.sees("Er parkt im Hof")
    await world.settled()
    assert world.states("inbox").get("open") is None


async def test_half_a_character_can_be_stored(world: World) -> None:
    await world.bot.intake.accept([update_of(1, "Er p\ud83d"), update_of(2, "Er parkt im Hof")])
    await world.sees("Er parkt im Hof", after=0)
    assert world.rows("SELECT count(*) FROM inbox") == [(2,)]


async def test_a_server_that_is_not_there_yet_is_waited_for(database: Path) -> None:
    port = free_port()
    async with running_standin(TOKEN, people=PEOPLE, limits=None) as origin:
        world = World(origin, database)
        origin.url = f"http://127.0.0.1:{port}"
        world.join(SABINE, "Sabine")
        starting = asyncio.create_task(world.start())
        await until(lambda: getattr(world, "bot", None) is not None)
        async with _relay_to(origin, port):
            await asyncio.wait_for(starting, 10)
            world.say("Er parkt im Hof")
            await world.sees("Er parkt im Hof")
            await world.stop()


def _relay_to(standin: Standin, port: int) -> Any:
    """The same stand-in, reached at another port as well."""
    from bot.playground.application import application

    return serve(application(standin), "127.0.0.1", port, before_stop=standin.release)


SOON = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from bot import intake
intake.CONFLICT_PAUSE = 0.05
import run_bot
run_bot.main()
"""
"""The real process, which does not wait two seconds after each conflict."""


async def test_a_second_poller_is_told_to_stop_in_one_line(tmp_path: Path) -> None:
    async with (
        running_standin(TOKEN, people=PEOPLE) as standin,
        running(tmp_path, "-c", SOON, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=standin.url) as process,
        aiohttp.ClientSession(standin.url) as rival,
    ):
        await process.logs("polling")
        polls = asyncio.create_task(_polls_for_ever(rival))
        code = await process.code()
        polls.cancel()
    assert code == 1
    said = [line for line in process.lines if not line.startswith("{")]
    assert said == ["another process fetches this bot's updates: stop it, or give this one a token of its own"]
    assert json.loads(process.lines[-3])["event"] == "another_poller"


async def test_of_two_pollers_the_newcomer_stops(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy started by mistake must not end the bot that works."""
    began = monotonic()
    monkeypatch.setattr(intake, "CONFLICT_PAUSE", 0.02)
    monkeypatch.setattr(intake, "monotonic", lambda: began + 2 * intake.SETTLED_AFTER)
    newcomer = build(TOKEN, world.standin.url, sqlite_url(tmp_path / "copy.sqlite"), 1000)
    await newcomer.start()
    with pytest.raises(intake.AnotherPoller):
        await asyncio.wait_for(newcomer.intake.poll(), 10)
    await newcomer.stop()
    world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")


async def _polls_for_ever(client: aiohttp.ClientSession) -> None:
    while True:
        async with client.post(f"/bot{TOKEN}/getUpdates", json={"timeout": 20}) as answer:
            await answer.read()


async def test_a_wrong_token_is_told_in_one_line(tmp_path: Path) -> None:
    async with running_standin(TOKEN) as standin:
        ended = await run_bot(tmp_path, TELEGRAM_BOT_TOKEN="1:WRONG", TELEGRAM_API_URL=standin.url)
    assert ended.code == 1
    assert ended.complaint == "the Bot API server refuses TELEGRAM_BOT_TOKEN"
    assert "WRONG" not in ended.err
    assert "Unclosed" not in ended.err


async def test_a_flaky_server_at_the_start_is_no_reason_to_give_up(tmp_path: Path) -> None:
    async with running_standin(TOKEN, people=PEOPLE) as standin:
        for method in ("getMe", "deleteWebhook", "setMyCommands"):
            standin.faults.refuse(method, 500, "Internal Server Error")
            standin.faults.lose_reply(method)
        async with running(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=standin.url) as process:
            standin.say(SABINE, "/start")
            await standin.next_message(SABINE, within=20)
            process.terminate()
            assert await process.code() == 0, process.text


async def test_a_bot_that_never_came_online_can_be_stopped(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    async with running(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url) as process:
        await process.logs("bot_api_not_reached")
        process.terminate()
        assert await process.code() == 0, process.text
    assert process.log[-1]["event"] == "stopped"
    assert len(process.log) == len(process.lines), "nothing but the log is on stderr"
