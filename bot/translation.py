"""Telegram's updates → what dialogs and the inbox know of them. Pure."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Message, Update, User

from bot.storage.inbox import PRESS, Arrival
from dialogs import menu
from dialogs.conversation.talk import PersonId
from dialogs.press import Press, read_press
from dialogs.turn import Attachment, Command, Document, Event, Pressed, Sender, Typed, Voice
from knowledge.language.messages import Language

UNKNOWN_PRESS = Press("unknown")
"""A button that none of ours carries."""

_ATTACHMENTS = ("photo", "audio", "video", "video_note", "animation", "sticker", "location", "contact")


def arrival(bot_id: int, raw_update: Mapping[str, Any], raw: str, received_at: datetime) -> Arrival:
    """What the inbox keeps of an update. Its time is the message's date for messages, the receipt for all else."""
    update_id = int(raw_update["update_id"])
    kind = next((key for key in raw_update if key != "update_id"), "unknown")
    body = raw_update.get(kind)
    body = body if isinstance(body, Mapping) else {}
    at = received_at
    if kind == "message" and isinstance(body.get("date"), int):
        with suppress(ValueError, OverflowError, OSError):  # beyond the calendar: the receipt has to do
            at = datetime.fromtimestamp(body["date"], UTC)
    return Arrival(bot_id, update_id, _chat_id(body), kind[:32], at, received_at, raw)


def callback_id(raw_update: Mapping[str, Any]) -> str | None:
    """Under what a press is answered; None for all other updates."""
    query = raw_update.get(PRESS)
    return str(query["id"]) if isinstance(query, Mapping) and "id" in query else None


def _chat_id(body: Mapping[str, Any]) -> int:
    """The chat an update belongs to; the person where it has no chat, 0 where it has neither."""
    message = body.get("message") if "data" in body or "message" in body else None
    for holder, key in ((body, "chat"), (message, "chat"), (body, "from"), (body, "user")):
        found = holder.get(key) if isinstance(holder, Mapping) else None
        if isinstance(found, Mapping) and isinstance(found.get("id"), int):
            return int(found["id"])
    return 0


def sender_of(update: Update) -> Sender | None:
    """Who stands behind an update, and in which chat; None where nobody does."""
    user, chat = update.effective_user, update.effective_chat
    if user is None:
        return None
    return Sender(PersonId(user.id), chat.id if chat else user.id, clean(user.first_name), language_of(user))


def clean(text: str) -> str:
    """The text without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", errors="replace").decode()


def language_of(user: User) -> Language:
    """German for those whose Telegram is German, English for all others."""
    return language_of_code(user.language_code)


def language_of_code(code: Any) -> Language:
    """The same by the code that Telegram gives, if it gives one."""
    return Language.DE if str(code or "").lower().startswith("de") else Language.EN


def in_group(update: Update) -> bool:
    """Whether the update comes from anything but a private chat."""
    chat = update.effective_chat
    return chat is not None and chat.type != "private"


def event_of_message(message: Message, bot_username: str) -> Event | None:
    """The event of a message; None for service messages, which mean nothing to us."""
    if message.text is not None:
        text = clean(message.text)
        if not text.startswith("/") or len(text) < 2 or text[1].isspace():
            return Typed(text)
        return _command(text, bot_username)
    if message.voice is not None:
        return Voice(message.voice.file_id, _seconds(message.voice.duration))
    if message.document is not None:
        document = message.document
        return Document(clean(document.file_name or ""), document.file_size or 0, document.file_id)
    kind = next((kind for kind in _ATTACHMENTS if getattr(message, kind)), None)
    return Attachment(kind) if kind else None


def _seconds(duration: Any) -> int:
    return int(duration.total_seconds()) if hasattr(duration, "total_seconds") else int(duration)


def _command(text: str, bot_username: str) -> Command | None:
    """`/word[@bot] argument`; a command for another bot is none of ours."""
    word, *rest = text[1:].split(maxsplit=1)
    name, _, addressee = word.partition("@")
    if addressee and addressee.lower() != bot_username.lower():
        return None
    known = menu.find(name)
    return Command(known.name if known else name.lower(), rest[0].strip() if rest else "")


def event_of_press(query: CallbackQuery) -> Pressed:
    """The event of a press; a button that we did not write becomes one that nobody takes."""
    read = read_press(query.data or "")
    screen, press = read if read is not None else ("", UNKNOWN_PRESS)
    return Pressed(press, screen)
