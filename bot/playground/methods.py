"""The Bot API's methods about chats: sending, editing, deleting, files.

A method is a function of the stand-in and the call's parameters; what it returns is the `result`. The order of
the checks is Telegram's: first what is wrong in the call, then the chat, then whether it may be written to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.playground.chats import Message
from bot.playground.entities import CAPTION_LIMIT, TEXT_LIMIT, written_text
from bot.playground.files import KINDS, StoredFile
from bot.playground.keyboards import Keyboard, inline_keyboard
from bot.playground.markup import utf16_length
from bot.playground.parameters import Parameters, Upload
from bot.playground.refusals import bad_request
from bot.playground.standin import Standin

Method = Callable[[Standin, Parameters], Any | Awaitable[Any]]

DELETABLE_FOR: Final = 48 * 3600
"""Seconds after which a message stays for good."""

ACTIONS: Final = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def get_me(standin: Standin, parameters: Parameters) -> dict[str, Any]:  # noqa: ARG001 - a method's form
    return {
        **standin.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(standin: Standin, parameters: Parameters) -> dict[str, Any]:
    chat = standin.chats.chat(chat_id_of(parameters))
    return {
        **chat,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


# sending


def send_message(standin: Standin, parameters: Parameters) -> Message:
    content = text_content(parameters)
    return posted(standin, parameters, content)


def send_document(standin: Standin, parameters: Parameters) -> Message:
    return send_file(standin, parameters, "document")


def send_photo(standin: Standin, parameters: Parameters) -> Message:
    return send_file(standin, parameters, "photo")


def send_voice(standin: Standin, parameters: Parameters) -> Message:
    return send_file(standin, parameters, "voice")


def send_file(standin: Standin, parameters: Parameters, kind: str) -> Message:
    content = file_of(standin, parameters, kind).as_content(parameters.integer("duration"))
    content |= caption_content(parameters)
    return posted(standin, parameters, content)


def posted(standin: Standin, parameters: Parameters, content: dict[str, Any]) -> Message:
    """Puts what is to be sent into the chat, if the bot may and has not sent too much."""
    keyboard = keyboard_of(parameters)
    chat_id = chat_id_of(parameters)
    standin.chats.chat(chat_id)
    replied = replied_message(standin, parameters, chat_id)
    if replied is not None:
        content["reply_to_message"] = replied
    if parameters.flag("protect_content"):
        content["has_protected_content"] = True
    if keyboard is not None:
        content["reply_markup"] = keyboard
    standin.chats.check_reachable(chat_id)
    standin.flood.admit(chat_id)
    return standin.chats.add(chat_id, standin.now, standin.user, content)


def text_content(parameters: Parameters) -> dict[str, Any]:
    """The text of a message with its entities; 1–4096 UTF-16 units after the mark-up is gone."""
    source = parameters.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, entities = written_text(source, parameters.text("parse_mode"), parameters.structure("entities", "entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    preview = parameters.structure("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = checked_preview(preview)
    return content


def caption_content(parameters: Parameters) -> dict[str, Any]:
    """The caption with its entities; up to 1024 UTF-16 units after the mark-up is gone."""
    text, entities = written_text(
        parameters.text("caption") or "",
        parameters.text("parse_mode"),
        parameters.structure("caption_entities", "caption entities"),
    )
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: dict[str, Any] = {}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    return content


def checked_preview(preview: Any) -> dict[str, Any]:
    if not isinstance(preview, dict):
        raise bad_request("object expected as link preview options")
    for field in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
        if not isinstance(preview.get(field, False), bool):
            raise bad_request(f'field "{field}" must be of type Boolean')
    return preview


def file_of(standin: Standin, parameters: Parameters, kind: str) -> StoredFile:
    """The file to send: uploaded with the call, or sent before under a file id. Addresses are not fetched."""
    given = parameters.file(kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, Upload):
        return standin.files.store(kind, given)
    stored = standin.files.by_id(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def replied_message(standin: Standin, parameters: Parameters, chat_id: int) -> Message | None:
    """The message that `reply_parameters` name, without what it replied to itself."""
    reply = parameters.structure("reply_parameters", "reply parameters")
    if reply is None:
        message_id = parameters.integer("reply_to_message_id")
        reply = {
            "message_id": message_id,
            "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
        }
        if not message_id:
            return None
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    replied = standin.chats.message(chat_id, int(reply["message_id"]))
    if replied is None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {name: value for name, value in replied.items() if name != "reply_to_message"}


def send_chat_action(standin: Standin, parameters: Parameters) -> bool:
    action = parameters.text("action") or ""
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat_id = chat_id_of(parameters)
    standin.chats.chat(chat_id)
    standin.chats.check_reachable(chat_id)
    standin.feed.emit(type="action", user=chat_id, action=action)
    return True


# editing and deleting


def edit_message_text(standin: Standin, parameters: Parameters) -> Message:
    content = text_content(parameters)
    keyboard = keyboard_of(parameters, only_inline=True)
    old = own_message(standin, parameters)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    return edited(standin, old, content, keyboard)


def edit_message_caption(standin: Standin, parameters: Parameters) -> Message:
    content = caption_content(parameters)
    keyboard = keyboard_of(parameters, only_inline=True)
    old = own_message(standin, parameters)
    if not any(kind in old for kind in KINDS):
        raise bad_request("there is no caption in the message to edit")
    kept = {kind: old[kind] for kind in KINDS if kind in old}
    return edited(standin, old, {**kept, **content}, keyboard)


def edit_message_reply_markup(standin: Standin, parameters: Parameters) -> Message:
    keyboard = keyboard_of(parameters, only_inline=True)
    old = own_message(standin, parameters)
    content: dict[str, Any] = {name: old[name] for name in CONTENT if name in old}
    return edited(standin, old, content, keyboard)


CONTENT: Final = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "document",
    "photo",
    "voice",
)


def own_message(standin: Standin, parameters: Parameters) -> Message:
    """The message to edit: it exists, the bot wrote it, and the chat can be written to."""
    if parameters.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")  # nothing here is sent via inline mode
    chat_id = chat_id_of(parameters)
    message_id = parameters.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    standin.chats.chat(chat_id)
    message = standin.chats.message(chat_id, message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != standin.user["id"]:
        raise bad_request("message can't be edited")
    standin.chats.check_reachable(chat_id)
    return message


def edited(standin: Standin, old: Message, content: dict[str, Any], keyboard: Keyboard | None) -> Message:
    """The message with new content and keyboard; refused where nothing would change."""
    kept = {name: value for name, value in old.items() if name not in {*CONTENT, "reply_markup"}}
    new: Message = {**kept, "edit_date": standin.now, **content}
    if keyboard is not None:
        new["reply_markup"] = keyboard
    same = all(old.get(name) == new.get(name) for name in (*CONTENT, "reply_markup"))
    if same:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    standin.chats.replace(new)
    return new


def delete_message(standin: Standin, parameters: Parameters) -> bool:
    chat_id = chat_id_of(parameters)
    message_id = parameters.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    standin.chats.chat(chat_id)
    message = standin.chats.message(chat_id, message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if standin.now - message["date"] > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    if chat_id < 0 and message["from"]["id"] != standin.user["id"]:
        raise bad_request("message can't be deleted")
    standin.chats.delete(chat_id, message_id)
    return True


# files


def get_file(standin: Standin, parameters: Parameters) -> dict[str, Any]:
    stored = standin.files.by_id(parameters.text("file_id") or "")
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.as_file()


# parameters that many methods share


def chat_id_of(parameters: Parameters) -> int:
    """The chat as a number; user names of channels lead nowhere here."""
    if not parameters.text("chat_id"):
        raise bad_request("chat_id is empty")
    return parameters.integer("chat_id")


def keyboard_of(parameters: Parameters, *, only_inline: bool = False) -> Keyboard | None:
    return inline_keyboard(parameters.structure("reply_markup", "reply keyboard markup"), only_inline=only_inline)


CHAT_METHODS: Final[dict[str, Method]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "getFile": get_file,
}
