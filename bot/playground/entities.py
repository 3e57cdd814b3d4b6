"""The text of a message as it arrives: trimmed, within its length, with sorted entities in UTF-16 units.

Written entities come from HTML (see `markup`) or from the call; commands, links, mentions and hashtags are
found in the text, in messages of people and of the bot alike.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from typing import Any, Final

from bot.playground.markup import Entity, HtmlReader, checked_address, unparsable, utf16_length
from bot.playground.refusals import bad_request

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\u2028-\u202e]")
MAY_HOLD_ENTITIES = re.compile(r"[/@#]|\w\.\w")
WIDE = re.compile(r"[\U00010000-\U0010ffff]")
FOUND = re.compile(
    r"""
      (?P<url>(?:https?://|www\.)[^\s<>"„“”«»]+
        | (?<![\w@.])(?:[\w-]+\.)+(?:com|de|at|ch|eu|net|org|io|me)\b(?:/[^\s<>"]*)?)
    | (?P<email>(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))
    | (?P<mention>(?<![\w@])@[A-Za-z0-9_]{4,32}\b)
    | (?P<hashtag>(?<![\w\#])\#\w*[^\W\d]\w*)
    """,
    re.VERBOSE,
)
END_OF_SENTENCE: Final = ".,;:!?)'\"…"

WITHOUT_ARGUMENT: Final = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
}
PROGRAM_TEXT: Final = {"code", "pre"}
OPAQUE: Final = {"code", "pre", "text_link", "mention", "hashtag", "bot_command", "url", "email"}
"""Where one of these stands, nothing else is found in the text."""
QUOTES: Final = {"blockquote", "expandable_blockquote"}
RANK: Final = {"expandable_blockquote": 0, "blockquote": 0, "pre": 1, "code": 2, "text_link": 3}


def written_text(text: str, parse_mode: str | None, entities: list[Any] | None) -> tuple[str, list[Entity]]:
    """What a bot's `text` with `parse_mode` or `entities` becomes in the chat; refuses what Telegram refuses.

    An explicit parse mode wins over a list of entities, as in the Bot API.
    """
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, written = HtmlReader(text).read()
    else:
        written = listed_entities(text, entities or [])
    return settled(text, written)


def settled(text: str, written: list[Entity]) -> tuple[str, list[Entity]]:
    """Cleans the text, cuts white space off both ends, keeps the entities that remain, finds those in the text."""
    if "\r" in text:
        text, written = without_carriage_returns(text, written)
    if CONTROL.search(text):
        text = CONTROL.sub(" ", text)
    last = text.rstrip(" \t\n")
    first_entity = min((entity["offset"] for entity in written), default=len(last))
    lead = min(len(last) - len(last.lstrip(" \t\n")), first_entity)
    text = last[lead:]
    may_hold_more = MAY_HOLD_ENTITIES.search(text) is not None
    if not written and not may_hold_more:
        return text, []
    total = utf16_length(text)
    kept = [moved(entity, lead, total) for entity in written]
    entities = nested([entity for entity in kept if entity["length"] > 0])
    if may_hold_more:
        taken = [entity for entity in entities if entity["type"] in OPAQUE]
        entities += [entity for entity in entities_in(text) if not any(overlap(entity, other) for other in taken)]
        entities.sort(key=order)
    return text, entities


def order(entity: Entity) -> tuple[int, int, int]:
    """Outer before inner, left before right."""
    return entity["offset"], -entity["length"], RANK.get(entity["type"], 9)


def moved(entity: Entity, lead: int, total: int) -> Entity:
    """The entity after `lead` units were cut from the beginning and all beyond `total` from the end."""
    begin = max(entity["offset"] - lead, 0)
    end = min(entity["offset"] + entity["length"] - lead, total)
    return {**entity, "offset": begin, "length": end - begin}


def nested(entities: list[Entity]) -> list[Entity]:
    """Telegram's rules of nesting: nothing inside code, no quote inside a quote."""
    entities.sort(key=order)
    kept: list[Entity] = []
    program_until = quote_until = -1
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if begin < program_until:
            continue
        if entity["type"] in PROGRAM_TEXT:
            program_until = end
        if entity["type"] in QUOTES:
            if begin < quote_until:
                continue
            quote_until = end
        if entity["type"] == "code":
            entity.pop("language", None)
        kept.append(entity)
    return kept


def overlap(one: Entity, other: Entity) -> bool:
    """Do two entities share a unit of text?"""
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def entities_in(text: str) -> Iterable[Entity]:
    """Commands, links, addresses, mentions and hashtags that a text holds of itself."""
    units = utf16_index(text)
    for found in FOUND.finditer(text):
        kind = found.lastgroup or ""
        begin, end = found.span()
        if kind == "url":
            end = begin + len(found.group().rstrip(END_OF_SENTENCE))
        yield {"type": kind, "offset": units(begin), "length": units(end) - units(begin)}


class utf16_index:  # noqa: N801 - used like a function
    """Translates positions in a Python string to UTF-16 offsets; cheap where no character needs two units."""

    def __init__(self, text: str) -> None:
        self._wide = () if text.isascii() else [found.start() for found in WIDE.finditer(text)]

    def __call__(self, position: int) -> int:
        return position + bisect.bisect_left(self._wide, position)


def without_carriage_returns(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops every carriage return; the entities move along."""
    units = utf16_index(text)
    dropped = [units(at) for at, letter in enumerate(text) if letter == "\r"]

    def shifted(offset: int) -> int:
        return offset - bisect.bisect_left(dropped, offset)

    moved_along = []
    for entity in entities:
        begin = shifted(entity["offset"])
        length = shifted(entity["offset"] + entity["length"]) - begin
        moved_along.append({**entity, "offset": begin, "length": length})
    return text.replace("\r", ""), moved_along


def listed_entities(text: str, entities: list[Any]) -> list[Entity]:
    """The parameter `entities`, checked: known types, inside the text, with the fields their type needs."""
    if not entities:
        return []
    total = utf16_length(text)
    return [listed_entity(entity, total) for entity in entities]


def listed_entity(entity: Any, total: int) -> Entity:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: Expected an Object")
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    for field, value, wanted, name in (
        ("type", kind, str, "String"),
        ("offset", offset, int, "Number"),
        ("length", length, int, "Number"),
    ):
        if value is None:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{field}\"")
        if not isinstance(value, wanted):
            raise bad_request(f'can\'t parse MessageEntity: Field "{field}" must be of type {name}')
    assert isinstance(offset, int)  # noqa: S101 - checked above, told to the type checker
    assert isinstance(length, int)  # noqa: S101 - likewise
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if offset > total:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > total:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )
    checked: Entity = {"type": kind, "offset": offset, "length": length}
    if kind == "text_link":
        checked["url"] = linked_address(entity)
    elif kind == "pre" and entity.get("language"):
        checked["language"] = str(entity["language"])
    elif kind == "custom_emoji":
        identifier = str(entity.get("custom_emoji_id", ""))
        if not identifier.isdigit() or int(identifier) >= 2**63:
            raise unparsable("Invalid custom emoji identifier specified")
        checked["custom_emoji_id"] = identifier
    elif kind not in WITHOUT_ARGUMENT:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return checked


def linked_address(entity: dict[str, Any]) -> str:
    if "url" not in entity:
        raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
    url = str(entity["url"])
    try:
        return checked_address(url)
    except ValueError as error:
        raise bad_request(f"entity URL '{url}' is invalid: {error}") from None
