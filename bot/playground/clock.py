"""The stand-in's own clock: it plays Telegram's servers, whose time is not the bot's.

Tests pass a clock of their own wherever one is taken, so that nothing has to be waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since 1970, UTC."""


def server_clock() -> float:
    """The time on Telegram's side."""
    return time.time()  # noqa: TID251 - the bot's clock is another one on purpose
