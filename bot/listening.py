"""Hears objections and buying signals in what people type, before their turn begins.

Recognition takes milliseconds, but of the processor: it runs in a thread of its own and never on the storage thread.
A text that takes too long, or that comes before the model is there, goes on unrecognised; the groups of objections
are then offered as buttons.
"""

import asyncio
import contextlib
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog

from dialogs.turn import Command, Event, Typed
from knowledge.language.languages import Language
from knowledge.recognition.matches import NOTHING, Recogniser, Recognition
from knowledge.recognition.models import ready_made

log = structlog.get_logger()

HOUSE: Final = Path(__file__).parents[1]
HEARS_WITHIN: Final = 1.5
"""Seconds after which a turn goes on without."""


class Listening:
    """One recogniser in one thread, for the built-in content and a company's own folder."""

    def __init__(
        self,
        overlay: Path | None,
        models: Path,
        recogniser: Recogniser | None = None,
        maker: Sequence[str] = (sys.executable, "-m", "knowledge.recognition", "--attended"),
    ) -> None:
        """`recogniser` answers until the model is there; `maker` is the program that makes it."""
        self._overlay = overlay
        self._models = models
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="listening")
        self._recogniser = recogniser
        self._maker = maker

    async def start(self) -> None:
        """Loads the model; one that has to be made first is made by a process of its own, while the former answers."""
        if not await self._load():
            log.info("recognition_learns")
            if await self._make() and await self._load():
                log.info("recognition_has_learnt")

    def close(self) -> None:
        """Ends the thread without waiting for what it does."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hear(self, event: Event) -> Event:
        """The same event with what was recognised in its words."""
        match event:
            case Typed(text) if text.strip():
                return replace(event, found=await self.recognise(text))
            case Command("objection", argument) if argument:
                return replace(event, found=await self.recognise(argument))
            case _:
                return event

    async def recognise(self, text: str, language: Language | None = None) -> Recognition:
        """What is meant by the text; NOTHING where it can't be told in time."""
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._recognise, text, language)
        try:
            return await asyncio.wait_for(work, HEARS_WITHIN)
        except TimeoutError:
            log.warning("not_recognised_in_time", seconds=HEARS_WITHIN)
            return NOTHING

    async def _load(self) -> bool:
        """Whether the recogniser for these very examples is in use now."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._bring)

    def _bring(self) -> bool:
        try:
            found, is_exact = ready_made(self._overlay, self._models)
        except Exception as error:  # the bot is of use without it, and the operator can see why
            log.error("recognition_not_loaded", fault=type(error).__name__)
            if self._overlay is not None and self._recogniser is None:  # a company's examples can't be read: do without
                self._overlay = None
                return self._bring()
            return True
        self._recogniser = found or self._recogniser
        return is_exact

    async def _make(self) -> bool:
        overlay = ["--overlay", str(self._overlay.resolve())] if self._overlay else []
        command = (*self._maker, *overlay, str(self._models.resolve()))
        try:
            process = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=asyncio.subprocess.PIPE)
        except OSError as error:  # no memory for a process, say
            log.error("recognition_not_made", fault=type(error).__name__)
            return False
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):  # it ended just now
                process.kill()
            await process.wait()
            raise
        if code != 0:
            log.error("recognition_not_made", exit_code=code)
        return code == 0

    def _recognise(self, text: str, language: Language | None) -> Recognition:
        if self._recogniser is None:
            return NOTHING
        try:
            return self._recogniser.recognise(text, language)
        except Exception as error:  # a stranger's text must not end a turn; nothing of it is logged
            log.error("recognition_failed", fault=type(error).__name__)
            return NOTHING
