"""What the server's answer means: each refusal becomes the error that python-telegram-bot names so."""

import logging

import pytest
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.transport import AiohttpRequest
from tests.bot.transport.servers import BotApi, Transport, bot_on, both, method_url


@both
@pytest.mark.parametrize(
    ("status", "answer", "error", "told"),
    [
        (400, b'{"ok":false,"description":"message is not modified"}', BadRequest, "not modified"),
        (401, b'{"ok":false,"description":"Unauthorized"}', InvalidToken, "Unauthorized"),
        (403, b'{"ok":false,"description":"bot was blocked by the user"}', Forbidden, "blocked"),
        (404, b'{"ok":false,"description":"Not Found"}', InvalidToken, "Not Found"),
        (409, b'{"ok":false,"description":"other getUpdates request"}', Conflict, "getUpdates"),
        (413, b"<html>too large</html>", NetworkError, "413"),
        (429, b'{"ok":false,"description":"x","parameters":{"retry_after":3}}', RetryAfter, "Retry in"),
        (500, b'{"ok":false,"description":"Internal"}', NetworkError, "Internal"),
        (502, b"<html>Bad Gateway</html>", NetworkError, "Bad Gateway"),
    ],
)
async def test_each_refusal_becomes_its_error(
    api: BotApi,
    transport: Transport,
    status: int,
    answer: bytes,
    error: type[TelegramError],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else PTB warns about the type of retry_after
    api.status, api.answer = status, answer
    async with transport() as request:
        with pytest.raises(TelegramError, match=told) as caught:
            await bot_on(api.url, request).send_message(7, "Hallo")
    assert type(caught.value) is error


@both
async def test_a_redirect_is_not_followed_for_the_token_stands_in_the_url(api: BotApi, transport: Transport) -> None:
    api.status, api.headers = 302, {"Location": f"{api.url}/elsewhere"}
    async with transport() as request:
        with pytest.raises(NetworkError):
            await bot_on(api.url, request).send_message(7, "Hallo")
    assert len(api.calls) == 1


async def test_an_unreadable_answer_is_refused_and_not_logged(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "telegram.request")
    api.answer = b'{"ok":true,"result":{"text":"Frau Muster will den Preis'
    async with AiohttpRequest() as request:
        with pytest.raises(TelegramError, match="Invalid server response"):
            await request.post(method_url(api.url))
    assert "Muster" not in caplog.text
