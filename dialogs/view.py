"""What a screen shows, as data with finished words: blocks from top to bottom and rows of buttons.

Rendering only escapes, cuts and counts; a screen can be tested without a bot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogs.press import Press


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of a screen, set bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line or a paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence to say to the customer; it is shown in quotation marks and gets a copy button."""

    text: str
    lead: str = ""
    """Words before the sentence, such as the reading that it answers."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said or wrote."""

    text: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things to tick: (words, done)."""

    items: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells in fixed width; at most 32 characters a line."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark in a quieter type."""

    text: str


Block = Heading | Text | Say | Quote | Checklist | Table | Hint


@dataclass(frozen=True, slots=True)
class Button:
    """A button does one thing: it sends a press, copies a text, or opens a link."""

    label: str
    press: Press | None = None
    copy: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if sum(action is not None for action in (self.press, self.copy, self.url)) != 1:
            raise ValueError(f"the button {self.label!r} needs exactly one of press, copy and url")


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One screen. Blocks are parted by a line break, `None` between two blocks is an empty line."""

    blocks: tuple[Block | None, ...]
    rows: tuple[Row, ...] = field(default=())

    def with_hint(self, text: str) -> "View":
        """The same screen with one more remark at the top."""
        return View((Hint(text), None, *self.blocks), self.rows)


def rows_of(buttons: Sequence[Button], width: int) -> tuple[Row, ...]:
    """The buttons in rows of at most `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def line(text: str) -> View:
    """A screen of one line without buttons."""
    return View((Text(text),))
