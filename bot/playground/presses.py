"""Pressed buttons and inline queries: questions that Telegram's client asks and the bot has to answer in time."""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Any, Final

from bot.playground.clock import Clock
from bot.playground.refusals import bad_request

ANSWER_WITHIN: Final = 15.0
"""Seconds; later answers to a press are refused as too old."""
INLINE_ANSWER_WITHIN: Final = 10.0
"""The same for an inline query."""
REPORT_AFTER: Final = 10.0
"""Seconds after which the page lists a press as left unanswered."""
KEPT: Final = 5000

TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Press:
    """A question that waits: a pressed button with its data, or an inline query with its text."""

    query_id: str
    user_id: int
    data: str
    at: float
    answer: dict[str, Any] | None = None


class Presses:
    """The questions of one kind, by id. They do not outlive the process: nobody waits for them any more."""

    def __init__(self, clock: Clock, answer_within: float = ANSWER_WITHIN) -> None:
        self._clock = clock
        self._answer_within = answer_within
        self._presses: OrderedDict[str, Press] = OrderedDict()
        self._open: deque[Press] = deque()

    def ask(self, user_id: int, data: str) -> Press:
        """A new question, with an id of the size that Telegram's have."""
        press = Press(str(secrets.randbelow(2**63)), user_id, data, self._clock())
        self._presses[press.query_id] = press
        self._open.append(press)
        if len(self._presses) > KEPT:
            self._presses.popitem(last=False)
        return press

    def get(self, query_id: str) -> Press | None:
        return self._presses.get(query_id)

    def answer(self, query_id: str, answer: dict[str, Any]) -> Press:
        """Takes the bot's answer; refuses one that comes too late, twice, or to nothing."""
        press = self._presses.get(query_id)
        if press is None or press.answer is not None or self._clock() - press.at > self._answer_within:
            raise bad_request(TOO_OLD)
        press.answer = answer
        return press

    def overdue(self) -> list[Press]:
        """Those that became overdue since this was last asked."""
        late: list[Press] = []
        while self._open and (self._open[0].answer is not None or self._clock() - self._open[0].at > REPORT_AFTER):
            press = self._open.popleft()
            if press.answer is None:
                late.append(press)
        return late
