"""The stand-in, served while a block runs."""

from __future__ import annotations

from asyncio import Transport
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.application import application
from bot.playground.bot_api import HANG_UP
from bot.playground.chats import Person
from bot.playground.clock import Clock, server_clock
from bot.playground.limits import Limits
from bot.playground.standin import MANAGER, SELLER, Standin
from bot.serving import serve


class DroppableConnection(H11Protocol):
    """Offers applications the extension to drop the connection, as a broken line would."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # asyncio says BaseTransport
        super().connection_made(transport)
        inner = self.app

        async def with_extension(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[HANG_UP] = {"drop": transport.abort}
            await inner(scope, receive, send)

        self.app = with_extension


@asynccontextmanager
async def running_standin(
    token: str = "1:TEST",  # noqa: S107 - a token of nothing
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    people: Sequence[Person] = (SELLER, MANAGER),
    file: Path | None = None,
    limits: Limits | None = Limits(),  # noqa: B008 - frozen
    clock: Clock = server_clock,
    demo: Callable[[], Awaitable[str]] | None = None,
    **settings: Any,
) -> AsyncIterator[Standin]:
    """A stand-in that is reached at its `url` while the block runs. Other settings are those of `Standin`."""
    standin = Standin(token, people=people, file=file, limits=limits, clock=clock, **settings)
    try:
        app = application(standin, listen=host, demo=demo)
        async with serve(app, host, port, before_stop=standin.release, connection=DroppableConnection) as url:
            standin.url = url
            await standin.start()
            yield standin
    finally:
        await standin.stop()
