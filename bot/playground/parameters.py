"""The parameters of a Bot API call, read by type whatever the body was: form, multipart, JSON or query string.

Forms carry structures as JSON in a string, JSON bodies carry them as they are; both are read alike. Parameters
that a method does not know are passed over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.playground.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside the call."""

    name: str
    mime_type: str
    data: bytes

    def __str__(self) -> str:
        return f"<file {self.name}, {len(self.data)} bytes>"


class Parameters:
    """What came with a call, by name."""

    __slots__ = ("raw",)

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw

    def text(self, name: str) -> str | None:
        """A string, or None where it is missing."""
        value = self.raw.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        raise bad_request(f"can't parse {name}: a String is expected")

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as missing, as Telegram does."""
        value = self.raw.get(name)
        if isinstance(value, int):
            return int(value)
        try:
            return int(str(value))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """A Boolean: true, True, yes and 1 are true."""
        value = self.raw.get(name)
        return value is True or str(value).lower() in {"true", "yes", "1"}

    def structure(self, name: str, words: str) -> Any:
        """An object or array; `words` name it in the refusal of bad JSON."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {words} JSON object") from None

    def file(self, name: str) -> Upload | str | None:
        """An uploaded file, or the file id (or address) given instead, or None."""
        value = self.raw.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.raw.get(value.removeprefix("attach://"))
        if value is None or isinstance(value, Upload | str):
            return value
        raise bad_request(f"can't parse {name}: a String is expected")
