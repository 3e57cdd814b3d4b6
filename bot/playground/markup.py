"""Telegram's HTML: what the Bot API's parse mode `HTML` makes of a text, and what it refuses.

The rules and the wording of the errors follow the Bot API's documentation ("HTML style") and what the real
server answers. Offsets in errors are bytes of UTF-8, offsets of entities are UTF-16 code units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from bot.playground.refusals import Refused, bad_request

TYPE_OF_TAG: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}

NAMED_CHARACTERS: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
SPACE: Final = " \t\r\n\x00\x0b\x0c"
TAG_NAME = re.compile(r"[^>\s\0]*")
ATTRIBUTE_NAME = re.compile(r"[^=>\s\0]*")
BARE_VALUE = re.compile(r"[a-zA-Z0-9.\-]*")
GAP = re.compile(r"\s*")

Entity = dict[str, Any]
"""A Bot API `MessageEntity`: type, offset and length in UTF-16 units, url or language where it has one."""


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units, so most emoji count two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class OpenTag:
    """A start tag that still waits for its end."""

    name: str
    argument: str
    offset: int
    piece: int
    """Where the tag's text begins in the list of pieces: a link without href takes its own text as address."""


class HtmlReader:
    """Reads one text from left to right; `text` and `entities` hold the result."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.length = 0
        self.pieces: list[str] = []
        self.entities: list[Entity] = []
        self.open: list[OpenTag] = []

    def read(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            tag = source.find("<", self.at)
            if tag < 0:
                tag = len(source)
            if tag > self.at:
                self._text(unescape(source[self.at : tag]))
                self.at = tag
            elif source.startswith("</", tag):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.pieces), self.entities

    def _text(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += utf16_length(piece)

    def _start_tag(self) -> None:
        source, begin = self.source, self.at
        name = self._match(TAG_NAME, begin + 1).lower()
        if self.at >= len(source):
            self._fail("Unclosed start tag", begin)
        if name not in TYPE_OF_TAG:
            self._fail(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while True:
            self._match(GAP, self.at)
            if self.at >= len(source):
                self._fail("Unclosed start tag", begin)
            if source[self.at] == ">":
                break
            attribute, value = self._attribute(name, begin)
            argument = argument_of(name, attribute, value) or argument
        if name == "span" and argument != "tg-spoiler":
            self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.at += 1
        self.open.append(OpenTag(name, argument, self.length, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        """One attribute of a start tag: `name=value`, `name="value"`, or the bare `expandable`."""
        source = self.source
        attribute = self._match(ATTRIBUTE_NAME, self.at).lower()
        if not attribute:
            self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        self._match(GAP, self.at)
        if not source.startswith("=", self.at):
            if (tag, attribute) == ("blockquote", "expandable"):
                return attribute, attribute
            self._fail(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self._match(GAP, self.at + 1)
        if self.at >= len(source):
            self._fail(f'Unclosed start tag "{tag}"', begin)
        quote = source[self.at]
        if quote in "'\"":
            end = source.find(quote, self.at + 1)
            if end < 0:
                self._fail("Unclosed start tag", begin)
            value = unescape(source[self.at + 1 : end])
            self.at = end + 1
            return attribute, value
        value_begin = self.at
        value = self._match(BARE_VALUE, self.at).lower()
        if self.at >= len(source) or source[self.at] not in SPACE + ">":
            self._fail("Unexpected end of name token", value_begin)
        return attribute, value

    def _end_tag(self) -> None:
        source, begin = self.source, self.at
        if not self.open:
            self._fail("Unexpected end tag", begin)
        name = self._match(TAG_NAME, begin + 2).lower()
        self._match(GAP, self.at)
        if not source.startswith(">", self.at):
            self._fail("Unclosed end tag", begin)
        tag = self.open[-1]
        if name and name != tag.name:
            self._fail("Unmatched end tag", begin, f', expected "</{tag.name}>", found "</{name}>"')
        self.at += 1
        self.open.pop()
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        entity: Entity = {
            "type": TYPE_OF_TAG[tag.name],
            "offset": tag.offset,
            "length": self.length - tag.offset,
        }
        if tag.name == "a":
            url = web_address(tag.argument or "".join(self.pieces[tag.piece :]))
            if url is None:
                return  # Telegram keeps the words and drops a link that leads nowhere
            entity["url"] = url
        elif tag.name == "tg-emoji":
            if not tag.argument.isdigit() or int(tag.argument) >= 2**63:
                raise unparsable("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name in {"pre", "code"}:
            entity = self._program_text(tag, entity)
        self.entities.append(entity)

    def _program_text(self, tag: OpenTag, entity: Entity) -> Entity:
        """`<pre><code class="language-…">` around the same text is one entity with a language."""
        if self.entities:
            inner = self.entities[-1]
            same_text = (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
            if same_text and {inner["type"], tag.name} == {"pre", "code"}:
                language = inner.get("language") or tag.argument
                if language:
                    self.entities.pop()
                    return {**entity, "type": "pre", "language": language}
        if tag.name == "code" and tag.argument:
            entity["language"] = tag.argument  # only for the <pre> that may follow; `settle` removes it
        return entity

    def _match(self, pattern: re.Pattern[str], begin: int) -> str:
        found = pattern.match(self.source, begin)
        assert found is not None  # noqa: S101 - every pattern here matches the empty string
        self.at = found.end()
        return found.group()

    def _fail(self, what: str, at: int, more: str = "") -> NoReturn:
        offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        raise unparsable(f"{what} at byte offset {offset}{more}")


def unparsable(reason: str) -> Refused:
    """The refusal of a text whose mark-up is wrong."""
    return bad_request(f"can't parse entities: {reason}")


def argument_of(tag: str, attribute: str, value: str) -> str:
    """What an attribute means for its tag; attributes that Telegram does not know are passed over."""
    if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id"), ("blockquote", "expandable")}:
        return value
    if (tag, attribute) == ("span", "class"):
        return value
    if (tag, attribute) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    return ""


def unescape(text: str) -> str:
    """Resolves the character references that Telegram knows; others stay as they are."""
    if "&" not in text:
        return text
    return CHARACTER.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return NAMED_CHARACTERS.get(name, found.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise unparsable(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else found.group()


def web_address(url: str) -> str | None:
    """A link as Telegram would follow it (`example.com` becomes `http://example.com/`), or None."""
    try:
        return checked_address(url)
    except ValueError:
        return None


def checked_address(url: str) -> str:
    """Like `web_address`, but raises ValueError with Telegram's reason."""
    url = url.strip()
    if not url:
        raise ValueError("URL host is empty")
    scheme, separator, _ = url.partition("://")
    if separator and scheme.lower() == "tg":
        return url
    if separator and scheme.lower() not in {"http", "https", "ton", "tonsite"}:
        raise ValueError("Unsupported URL protocol")
    try:
        parts = urlsplit(url if separator else f"http://{url}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise ValueError("Wrong HTTP URL") from None
    if not host:
        raise ValueError("URL host is empty")
    if ("." not in host and ":" not in host) or any(letter in SPACE for letter in host):
        raise ValueError("Wrong HTTP URL")
    return parts._replace(path=parts.path or "/").geturl()
