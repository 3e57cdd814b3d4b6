"""An ASGI application as part of a larger program: served on a task of the running event loop, on any port.

Uvicorn without its signal handlers: whoever embeds it decides when to stop.
"""

from __future__ import annotations

import asyncio
import socket
from asyncio import Transport
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.application import application
from bot.playground.bot_api import HANG_UP
from bot.playground.chats import Person
from bot.playground.clock import Clock, server_clock
from bot.playground.limits import Limits
from bot.playground.standin import MANAGER, SELLER, Standin

STOP_WITHIN = 5
"""Seconds that open answers get at the end."""


KEEP_ALIVE = 75
"""Seconds an idle connection stays open; bots keep theirs between two long polls."""


class PlainServer(uvicorn.Server):
    """Leaves the signals of the process alone, and ends at once: uvicorn looks for its end ten times a second and
    rests a tenth of a second before it looks at connections, which every test would pay for.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self.should_exit = True
        self._stopping.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def main_loop(self) -> None:
        tick = 0
        while not await self.on_tick(tick):
            tick += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """No new connections; open answers may end, within `STOP_WITHIN`."""
        for listener in self.servers:
            listener.close()
        for listening in sockets or []:
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                while self.server_state.connections or self.server_state.tasks:
                    await asyncio.sleep(0.002)
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()


class DroppableConnection(H11Protocol):
    """Offers applications the extension to drop the connection, as a broken line would."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner = self.app

        async def with_extension(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[HANG_UP] = {"drop": transport.abort}
            await inner(scope, receive, send)

        self.app = with_extension


@asynccontextmanager
async def serve(
    app: ASGIApp, host: str, port: int, *, before_stop: Callable[[], None] | None = None
) -> AsyncIterator[str]:
    """Serves the app while the block runs; gives its address, `http://host:port`. Port 0 takes a free one.

    `before_stop` is called at the end, before open connections are waited for: long answers end themselves there.
    OSError where the port is taken.
    """
    listening = listening_socket(host, port)
    config = uvicorn.Config(
        app,
        http=DroppableConnection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
    )
    server = PlainServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]), name="uvicorn")
    try:
        while not server.started:
            if serving.done():
                await serving
                raise RuntimeError("the server ended before it began")
            await asyncio.sleep(0.005)
        bound = listening.getsockname()[1]
        yield f"http://{f'[{host}]' if ':' in host else host}:{bound}"
    finally:
        if before_stop is not None:
            before_stop()
        server.stop()
        await serving
        listening.close()


def listening_socket(host: str, port: int) -> socket.socket:
    """A TCP socket bound to the address.

    The protocol is named, because asyncio switches Nagle's algorithm off only for sockets that say they are TCP;
    with it every answer of two segments would wait 40 ms for the other side's delayed acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


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
        async with serve(app, host, port, before_stop=standin.release) as url:
            standin.url = url
            await standin.start()
            yield standin
    finally:
        await standin.stop()
