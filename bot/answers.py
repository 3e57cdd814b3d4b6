"""Answers to presses: at most one a press, straight after the commit, and empty where that takes longer than a second.

They are no outbox rows: a press that is found again after a restart is not answered, and a refusal is no error.
"""

import asyncio
from collections import OrderedDict
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.telegram_api import Api

log = structlog.get_logger()

LATEST: Final = 0.8
"""Seconds after the receipt; the answer has to be out within one second."""
REMEMBERED: Final = 10_000
"""So many answered presses are known, should Telegram deliver one of them again."""


class Answers:
    """Keeps the presses that came in while this process ran and have no answer yet."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._open: dict[str, asyncio.TimerHandle] = {}
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def expect(self, callback_id: str) -> bool:
        """A press has come in; it is answered empty unless its turn is quicker. False where it is known already."""
        if callback_id in self._open or callback_id in self._answered:
            return False
        self._open[callback_id] = asyncio.get_running_loop().call_later(LATEST, self._answer_empty, callback_id)
        return True

    def forget(self, callback_id: str) -> None:
        """The press is no new one: it has its answer, or gets none after a restart."""
        timer = self._open.pop(callback_id, None)
        if timer is not None:
            timer.cancel()

    def is_open(self, callback_id: str | None) -> bool:
        """Whether a toast can still be shown for this press."""
        return callback_id is not None and callback_id in self._open

    async def answer(self, callback_id: str, toast: str) -> None:
        """Answers a press unless it has been answered."""
        timer = self._open.pop(callback_id, None)
        if timer is None:
            return
        timer.cancel()
        self._remember(callback_id)
        await self._send(callback_id, toast)

    def _answer_empty(self, callback_id: str) -> None:
        if self._open.pop(callback_id, None) is not None:
            self._remember(callback_id)
            task = asyncio.get_running_loop().create_task(self._send(callback_id, ""))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _remember(self, callback_id: str) -> None:
        self._answered[callback_id] = None
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)

    async def _send(self, callback_id: str, toast: str) -> None:
        try:
            await self._api.call("answerCallbackQuery", callback_query_id=callback_id, text=toast or None)
        except TelegramError as error:
            log.info("answer_refused", reason=error.message[:200])

    def close(self) -> None:
        """Forgets all presses that wait."""
        for timer in self._open.values():
            timer.cancel()
        self._open.clear()
