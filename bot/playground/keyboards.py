"""Inline keyboards as the Bot API takes them: one action a button, and Telegram's limits of size.

Reply keyboards, `remove_keyboard` and `force_reply` are accepted for the form only; they do not become part of
a message, as with the real API.
"""

from __future__ import annotations

from typing import Any, Final

from bot.playground.markup import checked_address, utf16_length
from bot.playground.refusals import Refused, bad_request

BUTTONS_LIMIT: Final = 100
ROW_LIMIT: Final = 8
CALLBACK_DATA_LIMIT: Final = 64
"""Bytes of UTF-8."""
COPY_TEXT_LIMIT: Final = 256

ACTIONS: Final = {
    "url",
    "callback_data",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
}
OTHER_MARKUPS: Final = {
    "keyboard": list,
    "remove_keyboard": bool,
    "force_reply": bool,
}

Keyboard = dict[str, Any]
"""A Bot API `InlineKeyboardMarkup`."""


def inline_keyboard(markup: Any, *, only_inline: bool = False) -> Keyboard | None:
    """The keyboard that a message shows for the parameter `reply_markup`, or None where it shows none.

    An empty keyboard is none. `only_inline` is the rule of edits: another kind of markup is refused.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if only_inline:
            raise bad_request("inline keyboard expected")
        for field, wanted in OTHER_MARKUPS.items():
            if field in markup and not isinstance(markup[field], wanted):
                kind = "Array" if wanted is list else "Boolean"
                raise bad_request(f'field "{field}" must be of type {kind}')
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    shown = [checked_row(row) for row in rows]
    shown = [row for row in shown if row]
    if any(len(row) > ROW_LIMIT for row in shown) or sum(map(len, shown)) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": shown} if shown else None


def checked_row(row: Any) -> list[dict[str, Any]]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard row: Inline keyboard row must be of type Array")
    return [checked_button(button) for button in row]


def checked_button(button: Any) -> dict[str, Any]:
    """The button as the message gives it back; refuses one without words, without action or with two."""
    if not isinstance(button, dict):
        raise unreadable("Inline keyboard button must be of type Object")
    words = text_field(button, "text")
    if not words.strip():
        raise bad_request("REPLY_MARKUP_INVALID")
    chosen = [field for field, value in button.items() if field in ACTIONS and value not in (None, False)]
    if not chosen or button.get("callback_data") == "":
        raise unreadable("Text buttons are unallowed in the inline keyboard")
    if len(chosen) > 1:
        raise unreadable("exactly one of the optional fields must be used to specify type of the button")
    action = chosen[0]
    return {"text": words, action: checked_action(action, button)}


def checked_action(action: str, button: dict[str, Any]) -> Any:
    if action == "callback_data":
        data = text_field(button, "callback_data")
        if len(data.encode()) > CALLBACK_DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
        return data
    if action == "copy_text":
        return {"text": checked_copy_text(button["copy_text"])}
    if action == "url":
        return checked_link("URL", text_field(button, "url"))
    if action == "web_app":
        url = text_field(button["web_app"] if isinstance(button["web_app"], dict) else {}, "url")
        if not url.startswith("https://"):
            raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
        return {"url": checked_link("Web App URL", url)}
    if action in {"switch_inline_query", "switch_inline_query_current_chat"}:
        return text_field(button, action)
    if action == "switch_inline_query_chosen_chat" and isinstance(button[action], dict):
        return button[action]
    if action == "login_url":
        raise bad_request("BOT_DOMAIN_INVALID")  # needs a domain linked to the bot, which no bot here has
    raise bad_request("BUTTON_TYPE_INVALID")


def checked_copy_text(value: Any) -> str:
    if not isinstance(value, dict):
        raise unreadable('Field "copy_text" must be of type Object')
    text = text_field(value, "text")
    if not 1 <= utf16_length(text) <= COPY_TEXT_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text


def checked_link(name: str, url: str) -> str:
    try:
        return checked_address(url)
    except ValueError as error:
        raise bad_request(f"inline keyboard button {name} '{url}' is invalid: {error}") from None


def text_field(holder: dict[str, Any], field: str) -> str:
    value = holder.get(field)
    if value is None:
        raise unreadable(f'Can\'t find field "{field}"')
    if not isinstance(value, str):
        raise unreadable(f'Field "{field}" must be of type String')
    return value


def unreadable(reason: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {reason}")
