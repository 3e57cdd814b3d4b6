"""The stand-in's file: after a restart, clean or by a kill, everything goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground.clock import server_clock
from bot.playground.journal import Counter, Journal
from bot.playground.limits import Limits
from bot.playground.refusals import Refused
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from tests.bot.playground.conftest import SABINE, TOKEN
from tests.bot.world import World, world_of


async def test_chats_ids_updates_files_and_menus_go_on(tmp_path: Path) -> None:
    file = tmp_path / "standin.sqlite"
    async with running_standin(file=file) as first:
        first.say(SABINE, "eins")
        document = first.send_file(SABINE, b"a;b", "bab.csv")["document"]
        first.profile.set_commands([{"command": "start", "description": "los"}], "default", "")
        first.set_blocked(1002, True)
        edited = first.say(SABINE, "zwei")
        first.change_text(SABINE, edited["message_id"], "drei")
        pending = [update.body for update in first.updates]
        cursor = first.feed.cursor
    async with running_standin(file=file) as second:
        assert [message.get("text") for message in second.messages(SABINE)] == ["eins", None, "drei"]
        assert [update.body for update in second.updates] == pending
        assert second.commands(SABINE) == [{"command": "start", "description": "los"}]
        assert second.chats.person(1002).blocked
        stored = second.files.by_id(document["file_id"])
        assert stored is not None
        assert stored.data == b"a;b"
        assert second.say(SABINE, "vier")["message_id"] == edited["message_id"] + 1
        [(number, event)] = second.feed.since(cursor)
        assert (number, event["message"]["text"]) == (cursor + 1, "vier")


def test_a_killed_counter_never_gives_an_id_twice(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "a.sqlite")
    given = [Counter(journal, "message", 1)() for _ in range(1)]
    counter = Counter(journal, "message", 1)  # as after a kill: nothing was given back
    given += [counter() for _ in range(1500)]
    counter.settle()
    journal.flush()
    given += [Counter(journal, "message", 1)()]
    assert len(set(given)) == len(given)
    assert given == sorted(given)
    assert given[-1] == given[-2] + 1, "a clean end skips nothing"
    journal.close()


async def test_a_killed_process_kept_what_people_wrote(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.playground.server", "--file", str(tmp_path / "a.sqlite")]

    async def started(http: aiohttp.ClientSession) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220 - nothing else runs meanwhile
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    async def updates(http: aiohttp.ClientSession, url: str) -> list[dict[str, Any]]:
        async with http.get(f"{url}/bot{TOKEN}/getUpdates") as response:
            result: list[dict[str, Any]] = (await response.json())["result"]
        return result

    async with aiohttp.ClientSession() as http:
        process, url = await started(http)
        try:
            async with http.post(f"{url}/api/chats/{SABINE}/text", json={"text": "vor dem Ende"}) as response:
                said = await response.json()
        finally:
            process.kill()
            process.communicate()
        process, url = await started(http)
        try:
            [update] = await updates(http, url)
            assert update["message"]["text"] == "vor dem Ende"
            async with http.post(f"{url}/api/chats/{SABINE}/text", json={"text": "danach"}) as response:
                assert (await response.json())["message_id"] > said["message_id"]
            _, second = await updates(http, url)
            assert second["update_id"] > update["update_id"]
        finally:
            process.terminate()
            process.communicate()
        assert process.returncode == 0


async def test_a_bot_still_answers_where_only_the_file_of_the_stand_in_was_removed(
    database: Path, tmp_path: Path
) -> None:
    async with world_of(database, file=tmp_path / "telegram.sqlite") as before:
        await before.start()
        before.say("/hilfe")
        before.say("/gespraech Muster GmbH")
        known = (await before.sees("Muster GmbH"))["message_id"]
        await before.settled()
        await before.stop()
    gone = tmp_path / "fresh.sqlite"  # as if the file had been removed
    async with running_standin(TOKEN, file=gone, limits=None, clock=lambda: server_clock() + 60) as standin:
        standin.chats.people[SABINE].started = True
        after = World(standin, database)
        await after.start()
        after.say("/gespraech Schäfer AG")
        card = await after.sees("Schäfer AG")
        assert card["message_id"] > known
        await after.settled()
        assert after.states("inbox") == {"done": 3}
        await after.stop()


async def test_the_webhook_and_the_allowed_kinds_survive(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    async with running_standin(file=file) as first, aiohttp.ClientSession(base_url=first.url) as http:
        hook = {"url": "http://127.0.0.1:1/h", "secret_token": "s", "allowed_updates": ["message"]}
        await http.post(f"/bot{TOKEN}/setWebhook", json=hook)
    async with running_standin(file=file) as second:
        assert second.webhook.info()["url"] == hook["url"]
        assert second.updates.allowed == ["message"]


def test_limits_are_per_process(tmp_path: Path) -> None:
    standin = Standin(TOKEN, limits=Limits(chat_burst=1))
    standin.flood.admit(SABINE)
    with pytest.raises(Refused, match="retry after 1"):
        standin.flood.admit(SABINE)
