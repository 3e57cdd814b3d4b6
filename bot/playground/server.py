"""The stand-in as a process of its own: `python -m bot.playground.server --port 8081 --token 1:TEST`.

For tests that kill bots, and for trying a bot without its page in the same process.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.playground.limits import Limits
from bot.playground.serving import running_standin


def main(
    port: Annotated[int, typer.Option(help="Port to listen at; 0 takes a free one.")] = 0,
    token: Annotated[str, typer.Option(help="Token of the bot.")] = "1:TEST",  # noqa: S107 - a token of nothing
    file: Annotated[Path | None, typer.Option(help="File to keep the chats in; without it: memory.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    unlimited: Annotated[bool, typer.Option(help="No flood control, for benchmarks.")] = False,
) -> None:
    """Runs until SIGTERM or Ctrl+C. The first line on stdout is the address."""
    asyncio.run(run(host, port, token, file, None if unlimited else Limits()))


async def run(host: str, port: int, token: str, file: Path | None, limits: Limits | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has Ctrl+C only
            loop.add_signal_handler(kind, stop.set)
    async with running_standin(token, host=host, port=port, file=file, limits=limits) as standin:
        sys.stdout.write(f"{standin.url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    typer.run(main)
