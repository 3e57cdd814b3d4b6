"""The real process: `python run_bot.py …`, with nothing of the tests in it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.serving import listening_socket
from tests.bot.world import until

RUN_BOT = Path(__file__).parents[2] / "run_bot.py"

STARTS_WITHIN = 30.0
"""Seconds that a process gets to start on a busy machine."""


@dataclass(frozen=True)
class Ended:
    """A process that has ended by itself."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The last line on stderr, without log lines before it."""
        lines = [line for line in self.err.splitlines() if not line.startswith("{")]
        assert len(lines) == 1, f"not one line that says why:\n{self.err}"
        return lines[0]


@dataclass
class Process:
    """A bot that runs. Its log is read as it comes."""

    child: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log's records (LOG_FORMAT=json)."""
        return [json.loads(line) for line in self.lines if line.startswith("{")]

    @property
    def ended(self) -> bool:
        return self.child.returncode is not None

    async def logs(self, event: str) -> dict[str, Any]:
        """Waits for a record of this name."""

        def found() -> dict[str, Any] | None:
            record = next((record for record in self.log if record["event"] == event), None)
            assert record is not None or not self.ended, f"ended without {event}:\n{self.text}"
            return record

        record: dict[str, Any] = await until(found, STARTS_WITHIN)
        return record

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def kill(self) -> None:
        """SIGKILL."""
        self.child.kill()

    def terminate(self) -> None:
        """SIGTERM."""
        self.child.send_signal(signal.SIGTERM)

    async def code(self) -> int:
        """Waits for the end."""
        async with asyncio.timeout(STARTS_WITHIN):
            return await self.child.wait()


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """What a process gets to know: its settings, and nothing of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "SYSTEMROOT") if name in os.environ}
    given = {"DATA_DIR": folder / "data", "LOG_FORMAT": "json", **settings}
    return {**kept, **{name: str(value) for name, value in given.items()}}


async def _start(
    folder: Path, arguments: tuple[str, ...], settings: dict[str, object], *, out: int = asyncio.subprocess.PIPE
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *(arguments if arguments[:1] == ("-c",) else (str(RUN_BOT), *arguments)),
        cwd=folder,
        env=environment(folder, **settings),
        stdout=out,
        stderr=asyncio.subprocess.PIPE,
    )


async def run_bot(folder: Path, *arguments: str, **settings: object) -> Ended:
    """Runs a command until it ends; its folder is the working directory, its data lie in `data`."""
    child = await _start(folder, arguments, settings)
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            out, err = await child.communicate()
    except TimeoutError:
        child.kill()
        _, err = await child.communicate()
        raise AssertionError(f"does not end:\n{err.decode()}") from None
    assert child.returncode is not None
    return Ended(child.returncode, out.decode(), err.decode())


@asynccontextmanager
async def running(folder: Path, *arguments: str, **settings: object) -> AsyncIterator[Process]:
    """A bot that runs while the block does; killed at the end if it still lives. `-c CODE` runs other code."""
    child = await _start(folder, arguments, settings, out=asyncio.subprocess.DEVNULL)
    process = Process(child)
    assert child.stderr is not None
    reading = asyncio.create_task(_read(child.stderr, process.lines.append))
    try:
        yield process
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
        await reading


async def _read(stream: asyncio.StreamReader, take: Callable[[str], None]) -> None:
    while line := await stream.readline():
        take(line.decode().rstrip("\n"))


def free_port() -> int:
    """A port that nobody listens at."""
    with listening_socket("127.0.0.1", 0) as probe:
        return int(probe.getsockname()[1])
