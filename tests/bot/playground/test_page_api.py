"""What the chat page talks to, and who may talk to it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground.application import host_check
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from tests.bot.playground.conftest import MARKUS, SABINE, CallApi, HandSetClock


async def asked(http: aiohttp.ClientSession, verb: str, path: str, **body: Any) -> Any:
    async with http.request(verb, path, **body) as response:
        assert response.status == 200, await response.text()
        return await response.json()


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[int, dict[str, Any]]]:
    number = 0
    async for line in response.content:
        if line.startswith(b"id: "):
            number = int(line[4:])
        elif line.startswith(b"data: "):
            yield number, json.loads(line[6:])


async def test_people_are_listed_added_and_changed(http: aiohttp.ClientSession, standin: Standin) -> None:
    page = await asked(http, "GET", "/api/people")
    assert page["bot"] == {"id": 1, "username": "roter_faden_bot", "first_name": "Roter Faden"}
    assert [person["first_name"] for person in page["people"]] == ["Sabine", "Markus"]
    assert page["demo"] is False
    stranger = await asked(http, "POST", "/api/people", json={"first_name": "Ben", "language_code": "en"})
    assert stranger == {"id": 1003, "first_name": "Ben", "language_code": "en", "blocked": False}
    changed = await asked(http, "PATCH", "/api/people/1003", json={"language_code": "de", "blocked": True})
    assert changed == {**stranger, "language_code": "de", "blocked": True}
    assert standin.chats.person(1003).blocked


async def test_what_a_person_writes_reaches_chat_and_bot(
    http: aiohttp.ClientSession, call: CallApi, standin: Standin
) -> None:
    said = await asked(http, "POST", f"/api/chats/{SABINE}/text", json={"text": "/start CODE"})
    assert said["outgoing"] is True
    assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    await call("sendMessage", chat_id=SABINE, text="Willkommen")
    await call("setMyCommands", commands=[{"command": "hilfe", "description": "was ich kann"}])
    chat = await asked(http, "GET", f"/api/chats/{SABINE}")
    assert [message.get("outgoing") for message in chat["messages"]] == [True, True, None]
    assert chat["commands"] == [{"command": "hilfe", "description": "was ich kann"}]
    assert chat["cursor"] == standin.feed.cursor
    [update] = (await call("getUpdates"))["result"]
    assert "outgoing" not in update["message"], "the bot gets what Telegram would give it"


async def test_a_press_is_answered_on_the_stream(http: aiohttp.ClientSession, call: CallApi, standin: Standin) -> None:
    card = (await call("sendMessage", chat_id=SABINE, text="Karte"))["result"]
    cursor = standin.feed.cursor
    async with http.get("/api/events", params={"cursor": str(cursor)}) as stream:
        assert stream.content_type == "text/event-stream"
        press = {"message_id": card["message_id"], "data": "x"}
        pressed = await asked(http, "POST", f"/api/chats/{SABINE}/press", json=press)
        await call("answerCallbackQuery", callback_query_id=pressed["callback_id"], text="Notiert")
        await call("editMessageText", chat_id=SABINE, message_id=card["message_id"], text="Neu")
        await call("deleteMessage", chat_id=SABINE, message_id=card["message_id"])
        await call("sendChatAction", chat_id=SABINE, action="typing")
        await call("sendMessage", chat_id=77, text="a")
        seen = []
        async for number, event in events(stream):
            seen.append(event)
            assert number > cursor
            if event["type"] == "refusal":
                break
    kinds = [event["type"] for event in seen]
    assert kinds[0] == "answer"
    assert kinds[-3:] == ["delete", "action", "refusal"]
    assert seen[0] == {
        "type": "answer",
        "user": SABINE,
        "callback_id": pressed["callback_id"],
        "text": "Notiert",
        "show_alert": False,
        "url": "",
    }
    refusals = (await asked(http, "GET", "/api/refusals"))["refusals"]
    assert refusals[0]["description"] == "Bad Request: chat not found"
    assert refusals[0]["parameters"] == {"chat_id": 77, "text": "a"}


async def test_the_stream_replays_what_a_page_missed(
    http: aiohttp.ClientSession, call: CallApi, standin: Standin
) -> None:
    cursor = standin.feed.cursor
    message = (await call("sendMessage", chat_id=SABINE, text="alt"))["result"]
    await call("editMessageText", chat_id=SABINE, message_id=message["message_id"], text="neu")
    async with http.get("/api/events", headers={"Last-Event-ID": str(cursor)}) as stream:
        missed = []
        async for number, event in events(stream):
            missed.append((number - cursor, event["type"], event["message"]["text"]))
            if len(missed) == 2:
                break
    assert missed == [(1, "message", "neu"), (2, "edit", "neu")]


async def test_a_cursor_from_another_file_starts_afresh(http: aiohttp.ClientSession, standin: Standin) -> None:
    async with http.get("/api/events", params={"cursor": "999999"}) as stream:
        async for number, event in events(stream):
            assert (number, event) == (standin.feed.cursor, {"type": "reset"})
            break


async def test_files_go_up_and_down(http: aiohttp.ClientSession, call: CallApi) -> None:
    form = aiohttp.FormData({"caption": "BAB", "kind": "document"})
    form.add_field("file", b"<script>", filename="bab.html", content_type="text/html")
    message = await asked(http, "POST", f"/api/chats/{SABINE}/file", data=form)
    assert (message["document"]["file_name"], message["caption"]) == ("bab.html", "BAB")
    async with http.get(f"/file/{message['document']['file_id']}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Disposition"].startswith("attachment"), "never runs as our page"
    [update] = (await call("getUpdates"))["result"]
    assert update["message"]["document"]["file_name"] == "bab.html"


async def test_what_cannot_be_done_is_said(http: aiohttp.ClientSession, standin: Standin) -> None:
    standin.set_blocked(MARKUS, True)
    wrong: list[tuple[str, str, Any, int]] = [
        ("POST", f"/api/chats/{MARKUS}/text", {"text": "a"}, 400),
        ("POST", f"/api/chats/{SABINE}/text", {"text": " "}, 400),
        ("POST", f"/api/chats/{SABINE}/text", {"text": "x" * 4097}, 400),
        ("POST", f"/api/chats/{SABINE}/text", [], 400),
        ("POST", f"/api/chats/{SABINE}/press", {"message_id": 4711, "data": "x"}, 400),
        ("POST", "/api/chats/77/text", {"text": "a"}, 404),
        ("GET", "/api/chats/77", None, 404),
        ("GET", "/file/unknown", None, 404),
        ("POST", "/api/demo", None, 404),
        ("POST", "/api/people", {"first_name": ""}, 400),
        ("PATCH", f"/api/people/{SABINE}", {"language_code": "german"}, 400),
    ]
    for verb, path, body, status in wrong:
        async with http.request(verb, path, json=body) as response:
            assert response.status == status, (path, body)
            assert (await response.json())["error"]


async def test_the_demo_hook_runs_on_request(clock: HandSetClock) -> None:
    async def demo() -> str:
        return "Drei Wochen sind da."

    async with running_standin(demo=demo, clock=clock) as running, aiohttp.ClientSession(running.url) as http:
        assert (await asked(http, "GET", "/api/people"))["demo"] is True
        assert await asked(http, "POST", "/api/demo") == {"ok": True, "text": "Drei Wochen sind da."}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/people", {"Host": "evil.example"}),
        ("/", {"Host": "127.0.0.1.evil.example"}),
        ("/api/people", {"Origin": "https://evil.example"}),
        ("/api/people", {"Origin": "null"}),
        ("/bot1:TEST/getMe", {"Origin": "https://evil.example"}),
    ],
)
async def test_foreign_pages_are_turned_away(http: aiohttp.ClientSession, path: str, headers: dict[str, str]) -> None:
    async with http.get(path, headers=headers) as response:
        assert response.status == 403


def test_a_host_is_ours_by_loopback_by_the_address_or_as_a_plain_address() -> None:
    local = host_check("127.0.0.1")
    assert all(map(local, ("127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST")))
    assert not any(map(local, ("", "192.168.1.5:8080", "evil.example", "localhost.evil.example", "[", "a b")))
    lan = host_check("192.168.1.5")
    assert lan("192.168.1.5:8080")
    assert not lan("192.168.1.6:8080")
    everywhere = host_check("0.0.0.0")  # noqa: S104 - compared, not bound
    assert everywhere("192.168.1.6:8080")
    assert not everywhere("evil.example:8080")
