"""The webhook: only who knows the secret is heard, and 200 means that the update is stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import intake
from bot.intake import MAX_BODY, SECRET_HEADER
from bot.playground.serving import running_standin
from tests.bot.process import free_port, run_bot, running
from tests.bot.world import HOOK, PEOPLE, SABINE, SECRET, TOKEN, World, hooked, until, update_of, world_of

WITH_SECRET = {SECRET_HEADER: SECRET}


@pytest.fixture
async def world(database: Path) -> AsyncIterator[World]:
    """The bot behind a webhook."""
    async with world_of(database, webhook_pause=0.05) as world, hooked(world):
        yield world


@pytest.fixture
async def caller(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody on the internet."""
    async with aiohttp.ClientSession(world.hook.removesuffix(HOOK)) as session:
        yield session


async def status(caller: aiohttp.ClientSession, body: Any, headers: dict[str, str] = WITH_SECRET) -> int:
    """What a POST to the webhook gives."""
    async with caller.post(HOOK, data=body, headers=headers) as response:
        assert await response.read() == b""
        return response.status


async def test_a_message_comes_in_and_is_answered(world: World) -> None:
    world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")
    await world.settled()
    assert world.states("inbox") == {"done": 1}


async def test_without_the_secret_nothing_is_heard(world: World, caller: aiohttp.ClientSession) -> None:
    body = json.dumps(update_of(1, "Er parkt im Hof"))
    for given in ("", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "geheim-für-alle"):
        assert await status(caller, body, {SECRET_HEADER: given}) == 403, given
    assert await status(caller, body, {}) == 403
    assert world.states("inbox") == {}


async def test_the_secret_is_asked_for_before_the_body_is_read(caller: aiohttp.ClientSession) -> None:
    assert await status(caller, b"x" * (MAX_BODY + 1), {}) == 403


async def test_only_the_path_that_was_announced_is_there(world: World, caller: aiohttp.ClientSession) -> None:
    async with caller.post("/", data=b"{}", headers=WITH_SECRET) as elsewhere, caller.get(HOOK) as looking:
        assert (elsewhere.status, looking.status) == (404, 405)


async def test_200_comes_after_the_commit(world: World, caller: aiohttp.ClientSession) -> None:
    assert await status(caller, json.dumps(update_of(1, "Er parkt im Hof"))) == 200
    assert world.rows("SELECT update_id FROM inbox") == [(1,)]


@pytest.mark.parametrize("body", [b"", b"no JSON", b"[1]", b"null", b"{}", b'{"update_id": "x"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(world: World, caller: aiohttp.ClientSession, body: bytes) -> None:
    assert await status(caller, body) == 400
    assert world.states("inbox") == {}


async def test_what_is_too_large_is_refused_announced_or_in_chunks(caller: aiohttp.ClientSession) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 50_000 + 1):
            yield b" " * 50_000

    assert await status(caller, b" " * (MAX_BODY + 1)) == 413
    assert await status(caller, chunks()) == 413


async def test_while_storage_fails_the_server_tries_again_and_the_update_is_handled_once(world: World) -> None:
    with world.broken("inbox"):
        world.say("Er parkt im Hof")
        await until(lambda: world.standin.webhook.last_error)
    assert world.standin.webhook.last_error is not None
    assert "503" in world.standin.webhook.last_error[1]
    await world.sees("Er parkt im Hof")
    await world.settled()
    assert world.states("inbox") == {"done": 1}
    assert len(world.calls(who=SABINE)) == 1


async def test_a_press_that_is_delivered_twice_is_answered_once(world: World, caller: aiohttp.ClientSession) -> None:
    await world.opens_card()
    await world.standin.webhook.change(None)  # this one is carried by hand
    callback_id = world.press("Weiter")
    (update,) = world.standin.updates
    world.standin.updates.confirm(update.update_id)
    with world.writer_blocked():
        deliveries = [asyncio.create_task(status(caller, update.body)) for _ in range(2)]
        await world.answered(callback_id)
    assert [await delivery for delivery in deliveries] == [200, 200]
    assert await status(caller, update.body) == 200
    await world.settled()
    assert len(world.calls("answerCallbackQuery")) == 1
    assert world.steps() == ["start", "advance"]


async def test_with_too_many_updates_open_the_server_is_asked_to_come_again(
    world: World, caller: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_OPEN", 0)
    with world.broken("inbox", "UPDATE"):  # no turn can end
        assert await status(caller, json.dumps(update_of(1, "Er parkt im Hof"))) == 200
        assert await status(caller, json.dumps(update_of(2, "Sie parkt im Hof"))) == 503
        assert world.states("inbox") == {"open": 1}
    await world.settled()
    assert await status(caller, json.dumps(update_of(2, "Sie parkt im Hof"))) == 200
    await world.settled()
    assert world.notes() == ["Er parkt im Hof", "Sie parkt im Hof"]


async def test_the_real_process_announces_itself_and_listens(tmp_path: Path) -> None:
    port = free_port()
    async with running_standin(TOKEN, people=PEOPLE, webhook_pause=0.05) as standin:
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": standin.url,
            "WEBHOOK_URL": f"http://127.0.0.1:{port}{HOOK}",
            "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "WEBHOOK_SECRET": SECRET,
        }
        async with running(tmp_path, **settings) as process:
            await process.logs("webhook")
            (announced,) = standin.calls.of("setWebhook")
            assert announced.parameters["url"] == settings["WEBHOOK_URL"]
            assert announced.parameters["secret_token"] == SECRET
            kinds = json.loads(announced.parameters["allowed_updates"])
            assert kinds == ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
            standin.say(SABINE, "/start")
            refusal = await standin.next_message(SABINE)
            assert "Vertriebsteam" in refusal["text"]
            process.terminate()
            assert await process.code() == 0


async def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    async with running_standin(TOKEN) as standin:
        ended = await run_bot(
            tmp_path,
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=standin.url,
            WEBHOOK_URL="https://bot.example.org/hook",
            WEBHOOK_LISTEN=standin.url.removeprefix("http://"),
            WEBHOOK_SECRET=SECRET,
        )
    assert ended.code == 1
    assert ended.complaint == "can't start: Address already in use"
    assert standin.calls.of("setWebhook") == []


async def test_an_address_that_the_server_refuses_is_told_in_one_line(tmp_path: Path) -> None:
    async with running_standin(TOKEN) as standin:
        ended = await run_bot(
            tmp_path,
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=standin.url,
            WEBHOOK_URL="ftp://bot.example.org/hook",
            WEBHOOK_LISTEN=f"127.0.0.1:{free_port()}",
            WEBHOOK_SECRET=SECRET,
        )
    assert ended.code == 1
    assert ended.complaint.startswith("the Bot API server refuses WEBHOOK_URL: ")
