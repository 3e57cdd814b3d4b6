"""Trouble on order, in process and over HTTP, and the log of calls."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.playground.standin import Standin
from tests.bot.playground.conftest import MARKUS, SABINE, TOKEN, CallApi


async def test_the_next_calls_are_refused_and_do_nothing(call: CallApi, standin: Standin) -> None:
    standin.faults.refuse("sendMessage", 429, times=1, retry_after=3)
    standin.faults.refuse("sendMessage", 500, times=1)
    before = len(standin.messages(SABINE))
    first = await call("sendMessage", chat_id=SABINE, text="a")
    assert (first["error_code"], first["parameters"]) == (429, {"retry_after": 3})
    second = await call("sendMessage", chat_id=SABINE, text="a")
    assert second["description"] == "Internal Server Error"
    assert len(standin.messages(SABINE)) == before
    assert (await call("sendMessage", chat_id=SABINE, text="a"))["ok"]


async def test_a_fault_can_concern_one_chat(call: CallApi, standin: Standin) -> None:
    standin.say(MARKUS, "/start")
    standin.faults.refuse("*", 403, "user is deactivated", chat_id=MARKUS)
    assert (await call("sendMessage", chat_id=SABINE, text="a"))["ok"]
    answer = await call("sendMessage", chat_id=MARKUS, text="a")
    assert answer["description"] == "Forbidden: user is deactivated"


async def test_a_lost_reply_is_a_call_that_was_carried_out(
    call: CallApi, standin: Standin, http: aiohttp.ClientSession
) -> None:
    standin.faults.lose_reply("sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": SABINE, "text": "doppelt"})
    assert (await call("sendMessage", chat_id=SABINE, text="doppelt"))["ok"]
    texts = [message["text"] for message in standin.messages(SABINE)]
    assert texts == ["/start", "doppelt", "doppelt"]
    assert [logged.reply_lost for logged in standin.calls.of("sendMessage")] == [True, False]


async def test_a_delayed_call_is_carried_out_though_the_caller_gave_up(
    standin: Standin, http: aiohttp.ClientSession
) -> None:
    standin.faults.delay("sendMessage", 0.2)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": SABINE, "text": "spät"})
    message = await standin.next_message(SABINE)
    assert message["text"] == "spät"


async def test_faults_are_ordered_and_cleared_over_http(call: CallApi, http: aiohttp.ClientSession) -> None:
    wish = {"method": "getMe", "times": 5, "refuse": {"error_code": 502, "description": "Bad Gateway"}}
    async with http.post("/faults", json=wish) as response:
        assert response.status == 200
    assert (await call("getMe"))["error_code"] == 502
    async with http.delete("/faults") as response:
        assert response.status == 200
    assert (await call("getMe"))["ok"]
    async with http.post("/faults", json={"method": "getMe"}) as response:
        assert response.status == 400


async def test_the_log_tells_what_was_asked_and_answered(
    call: CallApi, standin: Standin, http: aiohttp.ClientSession
) -> None:
    await call("sendMessage", chat_id=SABINE, text="a" * 500)
    await call("sendMessage", chat_id=77, text="b")
    sent, refused = standin.calls.of("sendMessage")
    assert sent.ok
    assert sent.result["text"] == "a" * 500
    assert (refused.chat_id, refused.error_code) == (77, 400)
    async with http.get("/api/calls", params={"method": "sendMessage", "limit": "1"}) as response:
        [newest] = (await response.json())["calls"]
    assert newest["description"] == "Bad Request: chat not found"
