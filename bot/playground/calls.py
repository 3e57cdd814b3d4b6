"""What the bot asked of the stand-in, call by call: the log that tests and the page's side panel read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

KEPT: Final = 10_000
SHORT: Final = 160


@dataclass(slots=True)
class Call:
    """One call of a Bot API method. `at` is when it arrived, `took` how long the answer took, in seconds."""

    method: str
    parameters: dict[str, Any]
    at: float
    took: float = 0.0
    result: Any = None
    error_code: int | None = None
    description: str | None = None
    reply_lost: bool = field(default=False)
    """Carried out, but the connection was dropped instead of answering."""

    @property
    def ok(self) -> bool:
        return self.error_code is None

    @property
    def chat_id(self) -> int | None:
        """The chat that the call was about, where it named one."""
        named = str(self.parameters.get("chat_id", ""))
        return int(named) if named.removeprefix("-").isdigit() else None

    def as_json(self) -> dict[str, Any]:
        """For `GET /api/calls`."""
        return {
            "method": self.method,
            "parameters": {name: shortened(value) for name, value in self.parameters.items()},
            "at": self.at,
            "took": self.took,
            "ok": self.ok,
            "result": self.result if self.method != "getUpdates" else None,
            "error_code": self.error_code,
            "description": self.description,
            "reply_lost": self.reply_lost,
        }


class Calls:
    """The newest calls, oldest first. Iterates over them; `of` picks some."""

    def __init__(self, kept: int = KEPT) -> None:
        self._calls: deque[Call] = deque(maxlen=kept)

    def add(self, call: Call) -> None:
        self._calls.append(call)

    def of(self, *methods: str, chat_id: int | None = None) -> list[Call]:
        """The calls of these methods (all without a name), to this chat (all without one)."""
        return [
            call
            for call in self._calls
            if (not methods or call.method in methods) and (chat_id is None or call.chat_id == chat_id)
        ]

    def clear(self) -> None:
        self._calls.clear()

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)


def shortened(value: Any) -> Any:
    """A parameter as a log shows it: long texts cut, files by their name."""
    text = value if isinstance(value, str) else None
    if text is None:
        if isinstance(value, bool | int | float) or value is None:
            return value
        text = str(value)
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
