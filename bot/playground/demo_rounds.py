"""The demo's mornings: before the first appointment a seller goes through what is due, and settles most of it.

Careful sellers look twice a week, the others once, so that some of it is always overdue and now and then too much.
Chance, seeded by seller and day, says what is left for the next time.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground.demo_chat import PastChat
from bot.playground.demo_plan import DemoSeller
from bot.playground.demo_story import ALWAYS_FINISHES
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.following_up.day_list import DONE, ON_A_PAGE, press_for
from dialogs.ports.days import DueItem, DueSource

LOOKS_AT: Final = time(8, 0)
_CAREFUL: Final = (0, 3)
_OTHERS: Final = (4,)
"""On which weekdays they look, from Monday (0) on."""
_SETTLES: Final = 0.75
_BETWEEN_TWO: Final = timedelta(seconds=20)


class Rounds:
    """A seller's mornings, told in their chat."""

    def __init__(self, chat: PastChat, seller: DemoSeller, zone: ZoneInfo, series: int) -> None:
        self._chat = chat
        self._seller = seller
        self._zone = zone
        self._series = series

    def begins(self, day: date) -> datetime:
        """When the seller looks at the list on a day."""
        return datetime.combine(day, LOOKS_AT, self._zone)

    async def make(self, day: date) -> None:
        """One morning. A postponed conversation is left to its story. Raises what the chat raises."""
        random = Random(f"{self._seller.name} {day}")
        if day.weekday() not in (_CAREFUL if self._seller.care >= ALWAYS_FINISHES else _OTHERS):
            return
        due = [item for item in await self._due(day) if item.source is not DueSource.POSTPONED]
        if not due:
            return
        self._chat.now, self._chat.series = self.begins(day), self._series
        await self._chat.command("followups")
        for item in due:
            if random.random() < _SETTLES:
                self._chat.now += _BETWEEN_TWO
                press = press_for(item, DONE, 0)
                await self._chat.press(press.action, press.value, about=press.subject)

    async def _due(self, day: date) -> list[DueItem]:
        """What stands on the first page of the list and is due by this day."""
        owner = PersonId(self._chat.sender.id)
        return list(
            await self._chat.storage.read(
                lambda connection: SqlStore(connection).follow_ups.open(owner, day, ON_A_PAGE)
            )
        )
