"""The event stream of the chat page: everything that happens, numbered, so that a page that lost its connection
(or whose server was restarted) goes on where it was.

An event about a message keeps only the message's id; what the page gets is the message as it is when the event
goes out. Replaying an old event therefore shows the newest state and does no harm.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from bot.playground.journal import Counter, Journal

KEPT: Final = 3000
HEARTBEAT: Final = 15.0

Event = dict[str, Any]


class Feed:
    """`resolve` turns a kept event into what the page gets, or None when its message is gone."""

    def __init__(self, journal: Journal, resolve: Callable[[Event], Event | None]) -> None:
        self._journal = journal
        self._resolve = resolve
        self._numbers = Counter(journal, "event", 1)
        kept = sorted((int(key), event) for key, event in journal.read("event"))
        self._events: deque[tuple[int, Event]] = deque(kept)
        self._listeners: set[asyncio.Event] = set()
        self._closed = False

    @property
    def cursor(self) -> int:
        """The number of the newest event."""
        return self._numbers.last

    def emit(self, **event: Any) -> None:
        """Numbers an event and wakes those who wait."""
        number = self._numbers()
        self._events.append((number, event))
        self._journal.put("event", number, event)
        if len(self._events) > KEPT:
            oldest, _ = self._events.popleft()
            self._journal.drop("event", oldest)
        for listener in self._listeners:
            listener.set()

    def since(self, cursor: int) -> list[tuple[int, Event]]:
        """The events after a cursor, oldest first, as the page gets them."""
        later: list[tuple[int, Event]] = []
        for number, event in reversed(self._events):
            if number <= cursor:
                break
            shown = self._resolve(event)
            if shown is not None:
                later.append((number, shown))
        later.reverse()
        return later

    def kept(self, kind: str) -> list[Event]:
        """The events of one type that are still there, oldest first."""
        return [event for _, event in self._events if event["type"] == kind]

    def covers(self, cursor: int) -> bool:
        """Can the feed go on from this cursor, or are events of that time gone (or never were)?"""
        first = self._events[0][0] if self._events else self.cursor + 1
        return first - 1 <= cursor <= self.cursor

    async def follow(self, cursor: int) -> AsyncIterator[list[tuple[int, Event]]]:
        """New events in lots, for ever; an empty lot now and then so that a dead connection is noticed."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            while not self._closed:
                listener.clear()
                lot = self.since(cursor)
                if lot:
                    cursor = lot[-1][0]
                    yield lot
                    continue
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await listener.wait()
                except TimeoutError:
                    yield []
        finally:
            self._listeners.discard(listener)

    def settle(self) -> None:
        """Ends every stream and keeps the exact number; for the clean end."""
        self._closed = True
        for listener in self._listeners:
            listener.set()
        self._numbers.settle()
