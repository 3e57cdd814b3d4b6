"""Delivery by webhook: with the secret, in order within a chat, again until it is taken."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from starlette.types import Receive, Scope, Send

from bot.playground.bot_api import answer_bytes, chunks_of
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.serving import serve
from tests.bot.playground.conftest import MARKUS, SABINE, CallApi, refusal


class Receiver:
    """The bot's end of a webhook: keeps what comes, and answers with the next status (200 without one)."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.secrets: list[str] = []
        self.statuses: list[int] = []
        self.before_answer: Callable[[str], Awaitable[None]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = json.loads(b"".join([chunk async for chunk in chunks_of(receive)]))
        text = body["message"]["text"]
        self.texts.append(text)
        self.secrets.append(dict(scope["headers"]).get(b"x-telegram-bot-api-secret-token", b"").decode())
        if self.before_answer is not None:
            await self.before_answer(text)
        await answer_bytes(send, self.statuses.pop(0) if self.statuses else 200, b"")


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    app = Receiver()
    async with serve(app, "127.0.0.1", 0) as url:
        yield app, f"{url}/hook"


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with running_standin(webhook_pause=0.01) as running:
        yield running


async def test_updates_are_delivered_with_the_secret_and_then_gone(
    call: CallApi, standin: Standin, receiver: tuple[Receiver, str]
) -> None:
    app, url = receiver
    standin.say(SABINE, "früher")
    answer = await call("setWebhook", url=url, secret_token="geheim_1", allowed_updates=["message"])
    assert answer == {"ok": True, "result": True, "description": "Webhook was set"}
    assert (await call("setWebhook", url=url, secret_token="geheim_1"))["description"] == "Webhook is already set"
    standin.say(SABINE, "jetzt")
    await standin.until(lambda: len(standin.updates) == 0)
    assert app.texts == ["früher", "jetzt"]
    assert app.secrets == ["geheim_1", "geheim_1"]
    info = (await call("getWebhookInfo"))["result"]
    assert info == {
        "url": url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
        "allowed_updates": ["message"],
    }


async def test_a_failed_delivery_is_repeated_and_nothing_overtakes_it(
    call: CallApi, standin: Standin, receiver: tuple[Receiver, str]
) -> None:
    app, url = receiver
    app.statuses = [500, 503]
    for text in "abc":
        standin.say(SABINE, text)
    await call("setWebhook", url=url)
    await standin.until(lambda: len(standin.updates) == 0)
    assert app.texts == ["a", "a", "a", "b", "c"]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_slow_chat_holds_up_nobody_else(
    call: CallApi, standin: Standin, receiver: tuple[Receiver, str]
) -> None:
    app, url = receiver

    async def wait_for_markus(text: str) -> None:
        if text == "Sabine 1":
            await standin.until(lambda: "Markus" in app.texts)

    app.before_answer = wait_for_markus
    standin.say(SABINE, "Sabine 1")
    standin.say(SABINE, "Sabine 2")
    standin.say(MARKUS, "Markus")
    await call("setWebhook", url=url)
    await standin.until(lambda: len(standin.updates) == 0)
    assert app.texts == ["Sabine 1", "Markus", "Sabine 2"]


async def test_while_a_webhook_is_set_nobody_polls(call: CallApi, receiver: tuple[Receiver, str]) -> None:
    _, url = receiver
    await call("setWebhook", url=url)
    answer = await call("getUpdates")
    assert answer["error_code"] == 409
    assert refusal(answer) == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert (await call("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await call("deleteWebhook"))["description"] == "Webhook is already deleted"
    assert (await call("getUpdates"))["ok"]


async def test_pending_updates_can_be_dropped(call: CallApi, standin: Standin) -> None:
    standin.say(SABINE, "a")
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


async def test_a_webhook_needs_an_address_and_a_plain_secret(call: CallApi) -> None:
    assert refusal(await call("setWebhook", url="nowhere")) == (
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
    odd = await call("setWebhook", url="http://127.0.0.1:1/", secret_token="ä b")
    assert refusal(odd) == "Bad Request: secret token contains unallowed characters"


async def test_nobody_at_the_address_is_told(call: CallApi, standin: Standin) -> None:
    standin.say(SABINE, "a")
    await call("setWebhook", url="http://127.0.0.1:1/hook")
    await standin.until(lambda: standin.webhook.last_error)
    info = (await call("getWebhookInfo"))["result"]
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)
