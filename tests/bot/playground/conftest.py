"""A stand-in on a free port, a clock that is set by hand, and the plainest possible client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.playground.serving import running_standin
from bot.playground.standin import Standin

SABINE = 1001
MARKUS = 1002
TOKEN = "1:TEST"

Answer = dict[str, Any]
CallApi = Callable[..., Coroutine[Any, Any, Answer]]


class HandSetClock:
    """Stands still until a test moves it."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
async def standin(clock: HandSetClock) -> AsyncIterator[Standin]:
    """Sabine has started the bot, Markus has not; nothing waits for the bot."""
    async with running_standin(TOKEN, clock=clock, limits=None) as running:
        running.say(SABINE, "/start")
        running.updates.clear()
        yield running


@pytest.fixture
async def http(standin: Standin) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=standin.url) as session:
        yield session


@pytest.fixture
def call(http: aiohttp.ClientSession) -> CallApi:
    """Calls a method with a JSON body and checks that the HTTP status is the error code."""

    async def call_api(method: str, **parameters: Any) -> Answer:
        async with http.post(f"/bot{TOKEN}/{method}", json=parameters) as response:
            answer: Answer = await response.json()
        assert response.status == (200 if answer["ok"] else answer["error_code"])
        return answer

    return call_api


def refusal(answer: Answer) -> str:
    """The description of a refused call."""
    assert not answer["ok"]
    return str(answer["description"])
