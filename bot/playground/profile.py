"""What the bot says about itself: command menus by scope and language, descriptions, menu buttons.

A person sees the first menu that was set, asked in the order of the Bot API's documentation ("Determining list
of commands"): their chat, all private chats, the default, each first in their language, then without one.
"""

from __future__ import annotations

import re
from typing import Any, Final

from bot.playground.journal import Journal
from bot.playground.markup import utf16_length
from bot.playground.refusals import bad_request

COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE: Final = re.compile(r"[a-z]{2}")
COMMANDS_LIMIT: Final = 100
DESCRIPTION_LIMIT: Final = 256

PLAIN_SCOPES: Final = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES: Final = {"chat", "chat_administrators"}
TEXT_LIMITS: Final = {"description": 512, "short_description": 120}

Command = dict[str, str]


class Profile:
    """Menus, texts and buttons; every change is journalled."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._kept: dict[str, Any] = dict(journal.read("profile"))

    def set_commands(self, commands: Any, scope: str, language: str) -> None:
        """Sets (or, with an empty list, removes) the menu of a scope and language."""
        checked = checked_commands(commands)
        if checked:
            self._put(f"commands {scope} {language}", checked)
        else:
            self.delete_commands(scope, language)

    def commands(self, scope: str, language: str) -> list[Command]:
        """The menu of exactly this scope and language."""
        return list(self._kept.get(f"commands {scope} {language}", []))

    def delete_commands(self, scope: str, language: str) -> None:
        key = f"commands {scope} {language}"
        if self._kept.pop(key, None) is not None:
            self._journal.drop("profile", key)

    def commands_for(self, chat_id: int, language: str) -> list[Command]:
        """The menu that a person sees in the private chat."""
        for scope in (f"chat {chat_id}", "all_private_chats", "default"):
            for asked in (language[:2], ""):
                menu = self.commands(scope, asked)
                if menu:
                    return menu
        return []

    def set_text(self, name: str, text: str, language: str) -> None:
        """The description or short description in a language."""
        if utf16_length(text) > TEXT_LIMITS[name]:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        self._put(f"{name} {language}", text)

    def text(self, name: str, language: str) -> str:
        found = self._kept.get(f"{name} {language}") or self._kept.get(f"{name} ")
        return str(found or "")

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        self._put(f"menu_button {chat_id or ''}", button)

    def menu_button(self, chat_id: int | None) -> dict[str, Any]:
        own = self._kept.get(f"menu_button {chat_id or ''}")
        return dict(own or self._kept.get("menu_button ") or {"type": "commands"})

    def _put(self, key: str, value: Any) -> None:
        self._kept[key] = value
        self._journal.put("profile", key, value)


def checked_commands(commands: Any) -> list[Command]:
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [checked_command(command) for command in commands]


def checked_command(command: Any) -> Command:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: Expected an Object")
    for field in ("command", "description"):
        if not isinstance(command.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    name, description = command["command"].removeprefix("/"), command["description"].strip()
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if utf16_length(description) > DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def checked_language(language: str) -> str:
    """A two-letter code or nothing."""
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def checked_scope(scope: Any) -> tuple[str, int | None]:
    """The scope as a key, and the chat it names, if it names one."""
    if scope is None:
        return "default", None
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in PLAIN_SCOPES:
        return str(kind), None
    if kind in CHAT_SCOPES or kind == "chat_member":
        try:
            chat_id = int(scope["chat_id"])
            member = f" {int(scope['user_id'])}" if kind == "chat_member" else ""
        except (KeyError, TypeError, ValueError):
            raise bad_request("can't parse BotCommandScope: Can't find field \"chat_id\"") from None
        return f"{kind} {chat_id}{member}", chat_id
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")
