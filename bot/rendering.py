"""`View` → Telegram's HTML and keyboard. The only place that knows Telegram's limits: it escapes, cuts and counts."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Final, assert_never

from dialogs.press import write_press
from dialogs.view import Block, Button, Checklist, Heading, Hint, Quote, Row, Say, Table, Text, View
from knowledge.language.messages import Language

MAX_TEXT: Final = 4096
"""UTF-16 units of a message after its HTML is read."""
MAX_COPY: Final = 256
MAX_LABEL: Final = 64
MAX_BUTTONS: Final = 100
MAX_ROW: Final = 8
MAX_TABLE_LINE: Final = 32

_QUOTES: Final = {Language.DE: ("„", "“"), Language.EN: ("“", "”")}
_COPY: Final = "⧉"

Payload = Mapping[str, Any]


def render(view: View, language: Language, screen: str = "") -> Payload:
    """The parameters `text` (HTML) and `keyboard` (rows of Telegram's buttons) of a message."""
    blocks = _cut(view.blocks, MAX_TEXT)
    sentences = [block for block in blocks if isinstance(block, Say) and _can_be_copied(block)][:MAX_ROW]
    numbers = {id(sentence): number for number, sentence in enumerate(sentences, 1)}
    lines = ["" if block is None else _block(block, language, numbers.get(id(block))) for block in blocks]
    rows = [_copy_row(sentences), *view.rows] if sentences else view.rows
    return {"text": "\n".join(lines).strip("\n"), "keyboard": _keyboard(rows, screen)}


def digest(payload: Payload, key: bytes = b"") -> str:
    """A short mark of what a message shows; the same for the same message and key."""
    written = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(written.encode(), digest_size=12, key=key).hexdigest()


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


def _can_be_copied(sentence: Say) -> bool:
    return len(sentence.text) > 0 and units(sentence.text) <= MAX_COPY


def _block(block: Block, language: Language, number: int | None) -> str:
    match block:
        case Heading(text):
            return f"<b>{_safe(text)}</b>"
        case Text(text):
            return _safe(text)
        case Hint(text):
            return f"<i>{_safe(text)}</i>"
        case Quote(text):
            return f"<blockquote>{_safe(text)}</blockquote>"
        case Say(text, lead):
            opening, closing = _QUOTES[language]
            before = f"<b>{_safe(lead)}</b> " if lead else ""
            return f"{before}{opening}{_safe(text)}{closing}" + (f" {_COPY}{number}" if number else "")
        case Checklist(items):
            return "\n".join(f"{'☑' if done else '☐'} {_safe(words)}" for words, done in items)
        case Table(rows):
            return f"<pre>{_safe(_aligned(rows))}</pre>"
        case _:
            assert_never(block)


def _safe(text: str) -> str:
    return escape(_sendable(text), quote=False)


def _sendable(text: str) -> str:
    """The text without lone halves of surrogate pairs, which can't be sent as UTF-8."""
    return text.encode("utf-8", errors="replace").decode()


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Cells below each other: the first column to the left, all others to the right."""
    width = max((len(row) for row in rows), default=0)
    widths = [max((len(row[place]) for row in rows if place < len(row)), default=0) for place in range(width)]
    lines = (
        "  ".join(
            cell.ljust(widths[place]) if place == 0 else cell.rjust(widths[place]) for place, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )
    return "\n".join(line[:MAX_TABLE_LINE] for line in lines)


def _plain(block: Block | None) -> str:
    """What counts of a block, roughly and never too little."""
    match block:
        case None:
            return ""
        case Heading(text) | Text(text) | Hint(text) | Quote(text):
            return text
        case Say(text, lead):
            return f"{lead} „{text}“ {_COPY}99"
        case Checklist(items):
            return "\n".join(f"☑ {words}" for words, _ in items)
        case Table(rows):
            return _aligned(rows)
        case _:
            assert_never(block)


def _cut(blocks: Iterable[Block | None], budget: int) -> list[Block | None]:
    """Blocks that fit into the budget; the first that does not is shortened, what follows it is left out."""
    kept: list[Block | None] = []
    for block in blocks:
        length = units(_plain(block)) + 1
        if length > budget:
            if block is not None and budget > 20:
                kept.append(_abridged(block, budget - 1))
            break
        budget -= length
        kept.append(block)
    return kept


def _abridged(block: Block, limit: int) -> Block:
    """What fits of a block: no screen goes out empty because its first block is too long."""
    match block:
        case Heading(text) | Text(text) | Hint(text) | Quote(text):
            return replace(block, text=_shortened(text, limit))
        case Say(text, lead):  # half a sentence is nothing to say or to copy
            return Text(_shortened(f"{lead} {text}".strip(), limit))
        case _:
            return Text(_shortened(_plain(block), limit))


def _shortened(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, the last of them an ellipsis where something was cut."""
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le", errors="replace")[: (limit - 1) * 2].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + "…"


def _copy_row(sentences: Sequence[Say]) -> Row:
    return tuple(Button(f"{_COPY} {number}", copy=sentence.text) for number, sentence in enumerate(sentences, 1))


def _keyboard(rows: Iterable[Row], screen: str) -> list[list[dict[str, Any]]]:
    keyboard = []
    left = MAX_BUTTONS
    for row in rows:
        buttons = [_button(button, screen) for button in row[: min(MAX_ROW, left)]]
        left -= len(buttons)
        if buttons:
            keyboard.append(buttons)
    return keyboard


def _button(button: Button, screen: str) -> dict[str, Any]:
    label = _shortened(_sendable(button.label), MAX_LABEL)
    if button.press is not None:
        return {"text": label, "callback_data": write_press(button.press, screen)}
    if button.copy is not None:
        return {"text": label, "copy_text": {"text": _shortened(_sendable(button.copy), MAX_COPY)}}
    return {"text": label, "url": button.url}
