"""Trouble on order: refusals, delays and lost replies, so that tests can show what the bot makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.playground.refusals import PREFIXES, Refused, too_many_requests


@dataclass(slots=True)
class Fault:
    """Something that happens to the next `times` calls of a method (every method: `*`), to one chat or to any."""

    method: str
    times: int
    chat_id: int | None = None
    refusal: Refused | None = None
    delay: float = 0.0
    reply_lost: bool = False

    @property
    def sort(self) -> str:
        """Faults of one sort follow each other, those of several can meet in one call."""
        if self.refusal is not None:
            return "refusal"
        return "lost reply" if self.reply_lost else "delay"

    def concerns(self, method: str, chat_id: int | None) -> bool:
        return self.times > 0 and self.method.lower() in {"*", method.lower()} and self.chat_id in {None, chat_id}


class Faults:
    """What is ordered, in that order."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def refuse(
        self,
        method: str,
        error_code: int,
        description: str | None = None,
        *,
        times: int = 1,
        retry_after: int | None = None,
        chat_id: int | None = None,
    ) -> None:
        """The next calls are refused and do nothing; 429 takes `retry_after` (1 s without it)."""
        if error_code == 429:
            refusal = too_many_requests(1 if retry_after is None else retry_after)
        else:
            prefix = PREFIXES.get(error_code, "Error")
            words = description or prefix
            if not words.startswith(prefix):
                words = f"{prefix}: {words}"
            refusal = Refused(error_code, words, retry_after=retry_after)
        self._ordered.append(Fault(method, times, chat_id, refusal=refusal))

    def delay(self, method: str, seconds: float, *, times: int = 1, chat_id: int | None = None) -> None:
        """The next calls are carried out only after that time."""
        self._ordered.append(Fault(method, times, chat_id, delay=seconds))

    def lose_reply(self, method: str, *, times: int = 1, chat_id: int | None = None) -> None:
        """The next calls are carried out, but the connection drops instead of answering."""
        self._ordered.append(Fault(method, times, chat_id, reply_lost=True))

    def clear(self) -> None:
        self._ordered.clear()

    def meet(self, method: str, chat_id: int | None) -> list[Fault]:
        """Those that happen to this call, each counted down: of one sort the one that was ordered first."""
        if not self._ordered:
            return []
        met: list[Fault] = []
        for fault in self._ordered:
            if fault.concerns(method, chat_id) and all(fault.sort != other.sort for other in met):
                fault.times -= 1
                met.append(fault)
        self._ordered = [fault for fault in self._ordered if fault.times > 0]
        return met

    def order(self, wish: dict[str, Any]) -> None:
        """One fault from the JSON of `POST /faults`; ValueError where it makes no sense.

        {"method": "sendMessage", "times": 2, "chat_id": 1001, and one of
         "refuse": {"error_code": 429, "retry_after": 1, "description": …} | "delay": seconds | "lose_reply": true}
        """
        method, times, chat_id = wish.get("method", "*"), wish.get("times", 1), wish.get("chat_id")
        if not isinstance(method, str) or not isinstance(times, int) or not isinstance(chat_id, int | None):
            raise ValueError("method is a string, times and chat_id are numbers")
        refuse, delay = wish.get("refuse"), wish.get("delay")
        if isinstance(refuse, dict) and isinstance(refuse.get("error_code"), int):
            self.refuse(
                method,
                refuse["error_code"],
                refuse.get("description"),
                times=times,
                retry_after=refuse.get("retry_after"),
                chat_id=chat_id,
            )
        elif isinstance(delay, int | float):
            self.delay(method, float(delay), times=times, chat_id=chat_id)
        elif wish.get("lose_reply") is True:
            self.lose_reply(method, times=times, chat_id=chat_id)
        else:
            raise ValueError("one of refuse, delay, lose_reply is needed")
