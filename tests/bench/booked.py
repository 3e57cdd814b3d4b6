"""The bot with its CPU time booked on the parts of the program.

    python -m tests.bench.booked FILE

On the threads of the storage a stop watch runs on the part that works just now; the event loop, whose parts take
turns too often for that, is asked by SIGPROF where it is. SIGUSR1 begins anew; at the end the bookings are
written to FILE as JSON (part → seconds of CPU).
"""

import functools
import json
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import thread_time
from types import FrameType
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.engine.default import DefaultDialect

from bot import post, turns
from bot.storage import work

SAMPLED_EVERY: Final = 0.002
"""Seconds of CPU."""

ON_THE_LOOP: Final = (
    ("/bot/transport.py", "loop: transport (aiohttp)"),
    ("/aiohttp/", "loop: transport (aiohttp)"),
    ("/telegram/", "loop: python-telegram-bot"),
    ("/aiolimiter/", "loop: python-telegram-bot"),
    ("/bot/", "loop: intake, worker, delivery"),
    ("/asyncio/", "loop: asyncio"),
)
"""Where a file lies → its part. The innermost frame that fits counts, so a library is booked on whoever called it."""


class StopWatch(threading.local):
    """Books a thread's CPU time on the part that was entered last."""

    def __init__(self, booked: dict[str, float]) -> None:
        self._booked = booked
        self._parts = ["storage: threads, groups, results"]
        self._since = thread_time()

    def on(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time booked on this part but for the parts that it calls."""

        @functools.wraps(function)
        def booked(*args: Any, **named: Any) -> Any:
            self._book()
            self._parts.append(part)
            try:
                return function(*args, **named)
            finally:
                self._book()
                self._parts.pop()

        return booked

    def _book(self) -> None:
        now = thread_time()
        self._booked[self._parts[-1]] += now - self._since
        self._since = now


class LoopSampler:
    """Books the main thread's CPU time on the part that a signal finds it in."""

    def __init__(self, booked: dict[str, float]) -> None:
        self._booked = booked
        self._used = thread_time()

    def __call__(self, _number: int, frame: FrameType | None) -> None:
        now = thread_time()
        self._booked[part_of(frame)] += now - self._used
        self._used = now


def part_of(frame: FrameType | None) -> str:
    """The part that the code belongs to, or on whose behalf it runs."""
    while frame is not None:
        for place, part in ON_THE_LOOP:
            if place in frame.f_code.co_filename:
                return part
        frame = frame.f_back
    return "loop: all else"


def main(target: Path) -> None:
    import run_bot

    booked: dict[str, float] = defaultdict(float)
    watch = StopWatch(booked)
    # The bot is what it always is; only the places where one part hands over to another are watched.
    for owner, name, part in (
        (Connection, "execute", "storage: SQLAlchemy and SQLite"),
        (DefaultDialect, "do_commit", "storage: the commit"),
        (post, "run_turn", "storage: dialogs, knowledge, repositories"),
        (turns, "render", "storage: rendering"),
        (work.Storage, "_read", "storage: reading connections"),
        (work.GroupedStorage, "_commit_together", "storage: threads, groups, results"),
    ):
        setattr(owner, name, watch.on(part, getattr(owner, name)))
    signal.signal(signal.SIGUSR1, lambda *_: booked.clear())
    signal.signal(signal.SIGPROF, LoopSampler(booked))
    signal.setitimer(signal.ITIMER_PROF, SAMPLED_EVERY, SAMPLED_EVERY)
    sys.argv = ["run_bot.py"]
    try:
        run_bot.main()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        target.write_text(json.dumps(booked))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
