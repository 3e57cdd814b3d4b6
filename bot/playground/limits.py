"""Telegram's flood control: how many messages a bot may send, and how long it has to wait after too many.

Telegram does not publish exact numbers; its FAQ names about one message a second to a chat (with short bursts
tolerated) and about thirty a second in all. Those are the defaults.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.refusals import too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages may be sent at once, and how fast that allowance grows again (per second)."""

    chat_burst: int = 20
    chat_per_second: float = 1.0
    total_burst: int = 30
    total_per_second: float = 30.0


class Bucket:
    """An allowance that is used up message by message and fills again with time."""

    __slots__ = ("_at", "_burst", "_left", "_per_second")

    def __init__(self, burst: int, per_second: float, now: float) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._left = float(burst)
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one more message is allowed; 0 if it is now."""
        grown = max(now - self._at, 0.0) * self._per_second
        self._left, self._at = min(self._burst, self._left + grown), now
        # the tolerance lets a bot that waited exactly as long as it was told through
        return max(0.0, 1.0 - self._left - 1e-6) / self._per_second

    def take(self) -> None:
        self._left -= 1.0


class FloodControl:
    """Counts messages per chat and in all. `limits=None` counts nothing, for benchmarks."""

    def __init__(self, limits: Limits | None, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._chats: dict[int, Bucket] = {}
        self._total: Bucket | None = None

    def admit(self, chat_id: int) -> None:
        """Counts one message to the chat, or refuses it with the seconds to wait."""
        limits = self.limits
        if limits is None:
            return
        now = self._clock()
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = Bucket(limits.chat_burst, limits.chat_per_second, now)
        if self._total is None:
            self._total = Bucket(limits.total_burst, limits.total_per_second, now)
        wait = max(chat.wait(now), self._total.wait(now))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        chat.take()
        self._total.take()
