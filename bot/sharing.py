"""Sharing the chats with other processes: keeps the lanes that are in use, gives idle ones back, takes over free ones.

Alone on a database (SQLite) there is nothing to share; what is left is a look from time to time for what fell between
two stools.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from bot.clock import monotonic, now
from bot.delivery import Delivery
from bot.leases import Leases
from bot.post import PostOffice
from bot.storage import bell, inbox, lanes, outbox
from bot.storage.engine import passing_trouble
from bot.storage.outbox import Parcel
from bot.storage.work import Storage

log = structlog.get_logger()

SHARED_EVERY: Final = 1.0
"""Seconds between two looks for chats that another process left, where several share a database."""
JUST_CLAIMED: Final = timedelta(seconds=SHARED_EVERY / 2)
ALONE_EVERY: Final = 30.0
OTHERS_RENEW_WITHIN: Final = 3.0
CLAIM_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a look did: `asked` is the monotonic time just before it."""

    asked: float
    ours: Sequence[int]
    given_back: Sequence[int]


class Sharing:
    """Sees to it that every chat on which something waits is served by one process, this one or another."""

    def __init__(self, storage: Storage, owner: str, post: PostOffice, delivery: Delivery, leases: Leases) -> None:
        self._storage = storage
        self._owner = owner
        self._post = post
        self._delivery = delivery
        self._leases = leases
        self._shared = storage.is_shared
        self._looked_at = self._may_take_at = monotonic()
        self._rung: set[int] = set()
        self._bell = asyncio.Event()

    async def begin(self) -> None:
        """Goes on with what the last run left."""
        if not self._shared:
            await self._storage.write(lambda connection: lanes.take_over(connection, self._owner, now()))
        await self._look_round(first=True)

    async def wake(self, chat_ids: set[int]) -> None:
        """What waits for these chats is sent from here where nobody else holds the lane."""

        def claim(connection: Connection) -> tuple[float, set[int], list[Parcel]]:
            asked = monotonic()
            held = lanes.claim(connection, chat_ids, self._owner, lanes.present(connection, now()))
            if self._shared:
                bell.ring(connection, chat_ids - held)
            return asked, held, outbox.waiting(connection, sorted(held))

        asked, held, parcels = await self._storage.write(claim)
        self._leases.hold(held, asked)
        self._delivery.hand_over(parcels)

    async def keep_looking(self) -> None:
        """Finds what fell between two stools: a turn whose storage failed, a chat whose process is gone."""
        while True:
            await asyncio.sleep(SHARED_EVERY if self._shared else ALONE_EVERY)
            try:
                await self._look_round()
            except Exception as error:
                _tell(error)

    async def keep_listening(self) -> None:
        """Takes at once what another process has stored for a chat that is ours."""
        if not self._shared:
            return
        listening = asyncio.create_task(bell.listen(self._storage.engine, self._owner, self._hear))
        try:
            while True:
                await self._bell.wait()
                self._bell.clear()
                rung, self._rung = self._rung, set()
                try:
                    self._take(*await self._storage.read(partial(self._waiting, of=rung)))
                except Exception as error:
                    _tell(error)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def give_back(self, *, all_lanes: bool) -> None:
        """Lets others have the chats: those on which nothing happens here, or all at the end."""

        def release(connection: Connection) -> None:
            idle = None if all_lanes else self._idle(connection)
            lanes.release(connection, self._owner, idle)

        await self._storage.write(release)

    def _hear(self, chat_id: int) -> None:
        self._rung.add(chat_id)
        self._bell.set()

    async def _look_round(self, *, first: bool = False) -> None:
        if self._shared:
            done = await self._storage.write(self._share)
            self._looked_at = done.asked
            self._leases.let_go(done.given_back, done.asked)
            self._leases.hold(done.ours, done.asked)
        letters, parcels = await self._storage.read(self._waiting)
        if first and (letters or parcels):
            log.info("goes_on", updates=len(letters), messages=len(parcels))
        self._take(letters, parcels)

    def _take(self, letters: list[inbox.Letter], parcels: list[Parcel]) -> None:
        self._post.take(letters)
        self._delivery.hand_over(parcels)

    def _share(self, connection: Connection) -> _Shared:
        """Keeps the lanes on which something happens, gives idle ones back, takes those that nobody serves."""
        asked, at = monotonic(), lanes.present(connection, now())
        idle = self._idle(connection)
        # Of a lane that was claimed just now the update may still be on its way to the post office.
        given_back = lanes.release(connection, self._owner, idle, at - JUST_CLAIMED) if idle else []
        renewed = lanes.renew(connection, self._owner, at)
        if asked > self._looked_at + lanes.LEASE.total_seconds() / 2:
            # The database was away: all leases have ended, though most of their holders are there and renew them now.
            self._may_take_at = asked + OTHERS_RENEW_WITHIN
        taken = lanes.claim_free(connection, self._owner, at, CLAIM_AT_ONCE) if asked >= self._may_take_at else []
        return _Shared(asked, [*renewed, *taken], given_back)

    def _idle(self, connection: Connection) -> list[int]:
        held = lanes.held(connection, self._owner)
        return [chat for chat in held if not self._post.busy(chat) and not self._delivery.busy(chat)]

    def _waiting(self, connection: Connection, of: set[int] | None = None) -> tuple[list[inbox.Letter], list[Parcel]]:
        mine = lanes.held(connection, self._owner) if self._shared else None
        if mine is not None and of is not None:
            mine = [chat for chat in mine if chat in of]
        return inbox.waiting(connection, mine), outbox.waiting(connection, mine)


def _tell(error: Exception) -> None:
    if trouble := passing_trouble(error):
        log.warning("storage_fault", trouble=trouble)
    else:
        log.error("look_round_failed", exc_info=error)
