"""For which chats this process may send, as far as it can know by itself.

The lane in the database says who works on a chat. A process that stood still, or that did not reach the database for
as long as a lease lasts, cannot know whether another one has taken over: it sends nothing then until it has asked.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.clock import monotonic
from bot.storage.lanes import LEASE

SENT_WITHIN: Final = timedelta(seconds=3)
"""So long before a lease ends nothing more is begun: what is under way reaches Telegram before another's messages."""


class Leases:
    """The lanes held and when that was last confirmed; where nobody shares the database all chats are ours."""

    def __init__(self, *, shared: bool) -> None:
        self._shared = shared
        self._asked: dict[int, float] = {}

    def hold(self, chat_ids: Iterable[int], asked: float) -> None:
        """The database says that these are ours; `asked` is the monotonic time just before it was asked."""
        for chat_id in chat_ids:
            self._asked[chat_id] = max(asked, self._asked.get(chat_id, asked))

    def let_go(self, chat_ids: Iterable[int], asked: float) -> None:
        """These were given back, unless they were taken again since."""
        for chat_id in chat_ids:
            if self._asked.get(chat_id, asked) <= asked:
                self._asked.pop(chat_id, None)

    def holds(self, chat_id: int) -> bool:
        """Whether something may be sent to this chat now."""
        if not self._shared:
            return True
        asked = self._asked.get(chat_id)
        if asked is None:
            return False
        if monotonic() < asked + (LEASE - SENT_WITHIN).total_seconds():
            return True
        del self._asked[chat_id]
        return False
