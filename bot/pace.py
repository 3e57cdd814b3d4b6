"""How fast messages may go out: to one chat, and how much of the whole those get that nobody waits for."""

import asyncio
from collections import deque
from typing import Final

from bot.clock import monotonic

PER_SECOND: Final = 1.0
"""Messages a second to one chat, on average."""
BURST: Final = 5


class ChatPace:
    """Lets a chat have five messages at once and then one a second, and stops for as long as Telegram says."""

    def __init__(self) -> None:
        self._tokens = float(BURST)
        self._at = monotonic()
        self._paused_until = 0.0

    def take(self) -> float:
        """0 when a message may go out now (it then counts), else the seconds to wait before asking again."""
        now = monotonic()
        if now < self._paused_until:
            return self._paused_until - now
        self._tokens = min(float(BURST), self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / PER_SECOND

    @property
    def is_rested(self) -> bool:
        """Whether it is as good as new."""
        now = monotonic()
        return now >= self._paused_until and self._tokens + (now - self._at) * PER_SECOND >= BURST

    def pause(self, seconds: float) -> None:
        """Nothing goes out before so many seconds have passed."""
        self._paused_until = max(self._paused_until, monotonic() + seconds)


class PushGate:
    """Pushed messages take at most half of the rate while answers wait."""

    def __init__(self, messages_per_second: float) -> None:
        self._most = max(1, int(messages_per_second / 2))
        self._sent: deque[float] = deque(maxlen=self._most)
        self.answers_waiting = 0

    async def pass_through(self) -> None:
        """Returns when a pushed message may go out."""
        while self.answers_waiting and self._in_last_second() >= self._most:
            await asyncio.sleep(1 / (2 * self._most))
        self._sent.append(monotonic())

    def _in_last_second(self) -> int:
        horizon = monotonic() - 1
        while self._sent and self._sent[0] < horizon:
            self._sent.popleft()
        return len(self._sent)
