"""What reaches the bot by long polling: kinds, offsets, waiting, and one poller at a time."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.playground.standin import Standin
from tests.bot.playground.conftest import SABINE, CallApi, HandSetClock, refusal


async def texts(call: CallApi, **parameters: Any) -> list[str]:
    updates = (await call("getUpdates", **parameters))["result"]
    return [update["message"]["text"] for update in updates]


async def test_a_text_comes_with_its_commands(call: CallApi, standin: Standin, clock: HandSetClock) -> None:
    standin.say(SABINE, "🏟 /gespraech Muster GmbH")
    [update] = (await call("getUpdates"))["result"]
    assert update["update_id"] > clock.now
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 3, "length": 10}]
    assert update["message"]["from"] == {
        "id": SABINE,
        "is_bot": False,
        "first_name": "Sabine",
        "language_code": "de",
    }


async def test_files_of_people_come_with_an_id_to_fetch_them(call: CallApi, standin: Standin) -> None:
    standin.send_file(SABINE, b"a;b", "bab.csv", caption="MGK /bab")
    standin.send_file(SABINE, b"OggS", "note.ogg", kind="voice", duration=7)
    sheet, voice = (await call("getUpdates"))["result"]
    assert sheet["message"]["document"]["mime_type"] == "text/csv"
    assert sheet["message"]["caption_entities"][0]["type"] == "bot_command"
    assert voice["message"]["voice"]["duration"] == 7
    assert (await call("getFile", file_id=voice["message"]["voice"]["file_id"]))["ok"]


async def test_an_edited_text_comes_as_an_edited_message(call: CallApi, standin: Standin) -> None:
    message = standin.say(SABINE, "12500")
    standin.change_text(SABINE, message["message_id"], "12.500")
    _, update = (await call("getUpdates"))["result"]
    assert update["edited_message"]["text"] == "12.500"
    assert update["edited_message"]["message_id"] == message["message_id"]


async def test_blocking_and_coming_back_is_told(call: CallApi, standin: Standin) -> None:
    standin.set_blocked(SABINE, True)
    standin.set_blocked(SABINE, False)
    changes = [update["my_chat_member"] for update in (await call("getUpdates"))["result"]]
    seen = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert seen == [("member", "kicked"), ("kicked", "member")]


async def test_of_a_group_the_bot_sees_commands_and_its_name_only(call: CallApi, standin: Standin) -> None:
    group = standin.make_group(SABINE, "Team Süd")
    for text in ("Hallo", "/hilfe", "/hilfe@roter_faden_bot", "/hilfe@other_bot", "Frag @Roter_Faden_Bot"):
        standin.say(SABINE, text, chat_id=group)
    added, *updates = (await call("getUpdates"))["result"]
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert [update["message"]["text"] for update in updates] == [
        "/hilfe",
        "/hilfe@roter_faden_bot",
        "Frag @Roter_Faden_Bot",
    ]
    assert updates[0]["message"]["chat"]["type"] == "group"
    assert (await call("sendMessage", chat_id=group, text="Nur privat."))["ok"]


async def test_an_offset_confirms_all_before_it(call: CallApi, standin: Standin) -> None:
    for text in "abc":
        standin.say(SABINE, text)
    first = (await call("getUpdates", limit=1))["result"][0]["update_id"]
    assert await texts(call) == ["a", "b", "c"], "nothing is confirmed by fetching it"
    assert await texts(call, offset=first + 1) == ["b", "c"]
    assert await texts(call, offset=first) == ["b", "c"], "what is confirmed does not come back"


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(call: CallApi, standin: Standin) -> None:
    for text in "abcd":
        standin.say(SABINE, text)
    assert await texts(call, offset=-2) == ["c", "d"]
    assert await texts(call) == ["c", "d"]
    assert await texts(call, offset=-9) == ["c", "d"]


async def test_a_limit_takes_the_oldest(call: CallApi, standin: Standin) -> None:
    for number in range(103):
        standin.say(SABINE, str(number))
    assert await texts(call, limit=2) == ["0", "1"]
    assert len(await texts(call)) == 100
    assert len(await texts(call, limit=1000)) == 100


async def test_a_long_poll_waits_for_the_first_update(call: CallApi, standin: Standin) -> None:
    poll = asyncio.create_task(texts(call, timeout=30))
    await standin.until(lambda: standin.updates.is_polled)
    standin.say(SABINE, "da")
    assert await poll == ["da"]


async def test_an_empty_long_poll_ends_after_its_time(call: CallApi) -> None:
    assert await texts(call, timeout=1) == []


async def test_a_second_poller_ends_the_first(call: CallApi, standin: Standin) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await standin.until(lambda: standin.updates.is_polled)
    assert (await call("getUpdates"))["ok"]
    answer = await first
    assert answer["error_code"] == 409
    assert refusal(answer) == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_only_allowed_kinds_are_made_and_the_choice_stays(call: CallApi, standin: Standin) -> None:
    await call("getUpdates", allowed_updates=["message"])
    standin.set_blocked(SABINE, True)
    standin.set_blocked(SABINE, False)
    standin.say(SABINE, "a")
    assert await texts(call) == ["a"]
    await call("getUpdates", allowed_updates=[])
    standin.set_blocked(SABINE, True)
    assert len((await call("getUpdates"))["result"]) == 2


async def test_what_nobody_fetched_in_a_day_is_dropped(call: CallApi, standin: Standin, clock: HandSetClock) -> None:
    card = (await call("sendMessage", chat_id=SABINE, text="Karte"))["result"]["message_id"]
    standin.press(SABINE, card, "x")
    standin.say(SABINE, "a")
    clock.pass_by(151)
    assert await texts(call) == ["a"], "a press is worth nothing after two and a half minutes"
    clock.pass_by(86_400)
    assert await texts(call) == []
