"""The bot as an operator starts it: `python run_bot.py` with settings in the environment, killed or told to stop."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

TOKEN: Final = "1:TEST"
ROOT: Final = Path(__file__).parents[2]
RUN_BOT: Final = (str(ROOT / "run_bot.py"),)


class EndedByItself(Exception):
    """The bot ended although nobody told it to; its last words stand in the text."""


class BotProcess:
    """One life of the bot. `log` is where its log goes, one JSON a line."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    def check_alive(self) -> None:
        """Raises EndedByItself."""
        if self._process.returncode is not None:
            last_words = self._log.read_text(errors="replace")[-2000:]
            raise EndedByItself(f"exit code {self._process.returncode}; the log ends with:\n{last_words}")

    async def ended(self) -> int:
        """Waits for the end, whatever its reason; the exit code."""
        return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL, and waits until the process is gone. Raises EndedByItself where there was nothing to kill."""
        self.check_alive()
        self._process.kill()
        await self._process.wait()

    async def stop(self, seconds: float) -> int:
        """SIGTERM; the exit code. Raises TimeoutError after so many seconds."""
        self.check_alive()
        self._process.terminate()
        async with asyncio.timeout(seconds):
            return await self._process.wait()


@asynccontextmanager
async def running_bot(
    url: str,
    data_dir: Path,
    *,
    program: Sequence[str] = RUN_BOT,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[BotProcess]:
    """The bot on the Bot API server at `url` while the block runs; whatever happens, it is gone afterwards."""
    log = data_dir / "bot.log"
    environment = {
        # most of a start would be compiling, were the modules not to be cached
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": "",
        "WEBHOOK_URL": "",
        "LOG_FORMAT": "json",
        **(settings or {}),
    }
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *program, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        yield BotProcess(process, log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
