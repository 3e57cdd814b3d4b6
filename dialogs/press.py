"""What a pressed button carries, and the one pair of functions that writes and reads it.

Telegram takes 64 bytes a button. The form is `screen|action:subject:version:value`; the screen's name is put in
when the screen is drawn, so that a press tells which screen it was on, whatever storage remembers.
"""

import re
from dataclasses import dataclass

MAX_BYTES = 64

_PART = re.compile(r"[a-z0-9_=.\-]*")
_SCREEN = re.compile(r"[a-z0-9_:]*")


class PressTooLong(ValueError):
    """A button carries more than Telegram takes (64 bytes); shorten the value."""


@dataclass(frozen=True, slots=True)
class Press:
    """A short ASCII action, the id of what it is about, and, where needed, a version and a value."""

    action: str
    subject: int = 0
    version: int = 0
    value: str = ""

    def __post_init__(self) -> None:
        if not self.action or not _PART.fullmatch(self.action) or not _PART.fullmatch(self.value):
            raise ValueError(f"a press holds lower-case ASCII only: {self.action!r}, {self.value!r}")

    def split(self) -> tuple[str, str]:
        """The value of the form `what=wanted` in two."""
        what, _, wanted = self.value.partition("=")
        return what, wanted


def write_press(press: Press, screen: str = "") -> str:
    """The button's data; raises PressTooLong beyond 64 bytes."""
    if not _SCREEN.fullmatch(screen):
        raise ValueError(f"a screen's name holds lower-case ASCII only: {screen!r}")
    data = f"{screen}|{press.action}:{press.subject or ''}:{press.version or ''}:{press.value}"
    if len(data) > MAX_BYTES:
        raise PressTooLong(f"{data!r} has {len(data)} bytes, {MAX_BYTES} are allowed")
    return data


def read_press(data: str) -> tuple[str, Press] | None:
    """(screen, press) of a button's data; None where it is nothing that we wrote."""
    screen, bar, rest = data.partition("|")
    parts = rest.split(":")
    if not bar or len(parts) != 4 or len(data) > MAX_BYTES or not _SCREEN.fullmatch(screen):
        return None
    action, subject, version, value = parts
    if not all(re.fullmatch(r"-?[0-9]{0,19}", number, re.ASCII) for number in (subject, version)):
        return None
    try:
        return screen, Press(action, int(subject or 0), int(version or 0), value)
    except ValueError:
        return None
