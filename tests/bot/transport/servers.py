"""Servers that a transport meets, and what tests ask of both."""

import asyncio
import contextlib
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.transport import AiohttpRequest

TOKEN = "123456:SECRET-of-the-bot"
Transport = type[AiohttpRequest] | type[HTTPXRequest]
Session = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

both = pytest.mark.parametrize("transport", [AiohttpRequest, HTTPXRequest])


class BotApi:
    """An HTTP server that keeps what it was sent and answers what it was told."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[web.Request] = []
        self.fields: list[dict[str, Any]] = []
        self.status = 200
        self.answer: bytes | None = None
        self.headers: dict[str, str] = {}
        self.reached = asyncio.Event()
        self.open = asyncio.Event()  # answers wait for it
        self.open.set()

    async def handle(self, request: web.Request) -> web.Response:
        form = await request.post()
        fields: dict[str, Any] = {}
        for name, value in form.items():
            if isinstance(value, web.FileField):
                with value.file:
                    fields[name] = (value.filename, value.file.read(), value.content_type)
            else:
                fields[name] = value
        self.calls.append(request)
        self.fields.append(fields)
        self.reached.set()
        await self.open.wait()
        message = b'{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"}}}'
        return web.Response(status=self.status, body=self.answer or message, headers=self.headers)


@contextlib.asynccontextmanager
async def raw_server(session: Session) -> AsyncIterator[str]:
    """A server that does with each connection what ``session`` says, then closes it; gives its URL."""

    async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await session(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(run, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def bot_on(url: str, request: BaseRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=request)


def method_url(url: str, method: str = "sendMessage") -> str:
    return f"{url}/bot{TOKEN}/{method}"


def everything_told(error: BaseException | None) -> str:
    """Texts, reprs and tracebacks of an error and of all that led to it."""
    told: list[str] = []
    while error is not None:
        told += [str(error), repr(error), repr(error.args), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    return "\n".join(told)
