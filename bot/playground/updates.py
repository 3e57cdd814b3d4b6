"""What waits for the bot: the queue of updates, given out by long polling or by the webhook.

Offsets as in the Bot API: a positive one confirms all before it, a negative one keeps the last so many and
forgets the rest. An update stays until it is confirmed, or until it is too old. Ids begin at the time of the file's
first start; Telegram begins anywhere, and a bot must not read anything out of an id.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.playground.clock import Clock
from bot.playground.journal import Counter, Journal
from bot.playground.refusals import Refused, conflict

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
LIFETIME: Final = {"callback_query": 150.0, "inline_query": 30.0}
"""Seconds after which an update nobody fetched is dropped; a day for all others."""
DAY: Final = 86_400.0

LONGEST_POLL: Final = 50
LARGEST_LOT: Final = 100

TERMINATED: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
TERMINATED_BY_WEBHOOK: Final = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Update:
    """One update, encoded once. `lane` is the chat or person whose updates stay in order."""

    update_id: int
    lane: int
    body: bytes
    expires: float


class UpdateQueue:
    """Updates in the order in which they happened."""

    def __init__(self, journal: Journal, clock: Clock, first_update_id: int | None = None) -> None:
        self._journal = journal
        self._clock = clock
        # Where the file was removed a bot may still know the ids of it, and would take new ones for told already.
        milliseconds = int(clock() * 1000)  # more than anybody types, and than a kill skips
        self._ids = Counter(journal, "update", milliseconds if first_update_id is None else first_update_id)
        self._waiting: asyncio.Future[None] | None = None
        self._closed = False
        self.listeners: list[Callable[[], None]] = []
        """Called when an update came or went, or when a poll begins or ends to wait."""
        self._updates: OrderedDict[int, Update] = OrderedDict()
        for key, kept in sorted(journal.read("update"), key=lambda entry: int(entry[0])):
            body = kept["body"].encode()
            self._updates[int(key)] = Update(int(key), kept["lane"], body, kept["expires"])
        self.allowed: list[str] | None = dict(journal.read("setting")).get("allowed_updates")

    def __len__(self) -> int:
        return len(self._updates)

    def __iter__(self) -> Iterator[Update]:
        return iter(self._updates.values())

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._updates

    @property
    def is_polled(self) -> bool:
        """Does a long poll wait at this moment?"""
        return self._waiting is not None and not self._waiting.done()

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds are made from now on. None leaves it as it is, an empty list means all."""
        if kinds is not None:
            self.allowed = [kind for kind in kinds if kind in KINDS] or None
            self._journal.put("setting", "allowed_updates", self.allowed)

    def push(self, kind: str, lane: int, content: Any) -> int | None:
        """Puts an update at the end; None where the bot did not want that kind."""
        if self.allowed is not None and kind not in self.allowed:
            return None
        update_id = self._ids()
        text = json.dumps({"update_id": update_id, kind: content}, ensure_ascii=False, separators=(",", ":"))
        expires = self._clock() + LIFETIME.get(kind, DAY)
        self._updates[update_id] = Update(update_id, lane, text.encode(), expires)
        self._journal.put("update", update_id, {"lane": lane, "expires": expires, "body": text})
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        self.announce()
        return update_id

    def confirm(self, update_id: int) -> None:
        """The bot has it."""
        if self._updates.pop(update_id, None) is not None:
            self._journal.drop("update", update_id)
            self.announce()

    def announce(self) -> None:
        """Tells the listeners that something about the queue or its delivery has changed."""
        for listener in self.listeners:
            listener()

    def clear(self) -> None:
        """Forgets all that waits (`drop_pending_updates`)."""
        for update_id in list(self._updates):
            self.confirm(update_id)

    async def fetch(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - getUpdates' own
        """getUpdates: waits up to `timeout` seconds for the first update. Ends an earlier call that waits."""
        self.interrupt(conflict(TERMINATED))
        self._apply(offset)
        limit = limit if 1 <= limit <= LARGEST_LOT else LARGEST_LOT
        ready = self._first(limit)
        if ready or timeout <= 0 or self._closed:
            return ready
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        self.announce()
        try:
            async with asyncio.timeout(min(timeout, LONGEST_POLL)):
                await waiting
        except TimeoutError:
            return []
        finally:
            if self._waiting is waiting:
                self._waiting = None
            self.announce()
        return self._first(limit)

    def interrupt(self, reason: Refused) -> None:
        """Ends the long poll that waits now, if there is one."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(reason)

    def _apply(self, offset: int) -> None:
        if offset > 0:
            while self._updates and (first := next(iter(self._updates))) < offset:
                self.confirm(first)
        elif offset < 0:
            for update_id in list(self._updates)[:offset]:
                self.confirm(update_id)

    def _first(self, limit: int) -> list[Update]:
        """The oldest updates that are still good; the others go."""
        now = self._clock()
        ready: list[Update] = []
        stale: list[Update] = []
        for update in self._updates.values():
            if update.expires < now:
                stale.append(update)
            else:
                ready.append(update)
                if len(ready) == limit:
                    break
        for update in stale:
            self.confirm(update.update_id)
        return ready

    def settle(self) -> None:
        """Lets the waiting poll go with nothing; for the clean end."""
        self._closed = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        self._ids.settle()
