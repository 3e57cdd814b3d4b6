"""An ASGI application as part of a larger program: served on a task of the running event loop, on any port.

Uvicorn without its signal handlers: whoever embeds it decides when to stop.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

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


@asynccontextmanager
async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    before_stop: Callable[[], None] | None = None,
    connection: type[H11Protocol] = H11Protocol,
) -> AsyncIterator[str]:
    """Serves the app while the block runs; gives its address, `http://host:port`. Port 0 takes a free one.

    `before_stop` is called at the end, before open connections are waited for: long answers end themselves there.
    OSError where the port is taken.
    """
    listening = listening_socket(host, port)
    config = uvicorn.Config(
        app,
        http=connection,
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
