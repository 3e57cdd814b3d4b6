"""Housekeeping, once an hour."""

from datetime import timedelta
from typing import Any, Final

import structlog
from telegram.ext import JobQueue

from bot.clock import now
from bot.storage.housekeeping import tidy
from bot.storage.work import Storage

log = structlog.get_logger()

EVERY: Final = timedelta(hours=1)
FIRST: Final = timedelta(minutes=1)


def schedule_housekeeping(queue: JobQueue[Any] | None, storage: Storage) -> None:
    """Removes from time to time what is kept only for a while."""
    if queue is None:
        raise RuntimeError("the application has no job queue; install python-telegram-bot[job-queue]")

    async def run(_context: Any) -> None:
        try:
            while await storage.write(lambda connection: tidy(connection, now())):
                pass
        except Exception:  # the next hour will do
            log.exception("housekeeping_failed")

    queue.run_repeating(run, EVERY, first=FIRST, name="housekeeping")
