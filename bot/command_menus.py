"""Telegram's command menus: each member's chat shows the commands of their role in their language.

Somebody who has not joined sees how to begin. What a chat was given last is remembered, so that a new command reaches
all chats after an update, and nothing is sent twice.
"""

import hashlib
from functools import partial
from typing import Any, Final

import structlog
from sqlalchemy import Connection, select, update
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.storage.schema import person
from bot.storage.work import Storage
from bot.telegram_api import Api
from dialogs import menu
from dialogs.ports.people import Role
from knowledge.language.messages import Language, Messages

log = structlog.get_logger()

NO_MENU: Final = "none"


class CommandMenus:
    """Keeps Telegram's menus as `dialogs.menu` says."""

    def __init__(self, api: Api, storage: Storage, messages: Messages) -> None:
        self._api = api
        self._storage = storage
        self._messages = messages

    async def set_default(self) -> None:
        """The menu of those who have not joined: German for German Telegrams, English for all others."""
        scope = {"type": "all_private_chats"}
        await self._set(menu.menu_lines(self._messages, Language.EN, None), scope)
        await self._set(menu.menu_lines(self._messages, Language.DE, None), scope, Language.DE)

    async def bring_up_to_date(self, left: int | None = None) -> None:
        """Sets the menus that differ from what Telegram was given last. `left`: a chat that may have nobody any more.

        What fails is tried again with the next change or start.
        """
        chats = await self._storage.read(lambda connection: self._chats(connection, left))
        for chat, mark, lines in chats:
            try:
                if lines:
                    await self._set(lines, {"type": "chat", "chat_id": chat})
                else:
                    await self._api.call("deleteMyCommands", scope={"type": "chat", "chat_id": chat})
            except (BadRequest, Forbidden) as error:  # asking again would not help
                log.info("menu_refused", chat_id=chat, reason=error.message[:200])
            except TelegramError as error:
                log.info("menus_not_set", fault=type(error).__name__)
                return  # the rest with the next change or start
            await self._storage.write(partial(_remember, chat_id=chat, mark=mark))

    def _chats(self, connection: Connection, left: int | None) -> list[tuple[int, str, list[tuple[str, str]]]]:
        """(chat, mark, commands) of chats whose menu is not as it should be; no commands for removed members."""
        statement = select(person.c.chat_id, person.c.language, person.c.role, person.c.removed_at, person.c.menu)
        statement = statement.where(person.c.blocked_at.is_(None))  # Telegram refuses what concerns their chats
        wanted: list[tuple[int, str, list[tuple[str, str]]]] = []
        known = set()
        for row in connection.execute(statement):
            known.add(row.chat_id)
            gone = row.removed_at is not None
            lines = [] if gone else list(menu.menu_lines(self._messages, Language(row.language), Role(row.role)))
            mark = _mark(lines) if lines else NO_MENU
            if row.menu != mark and not (gone and row.menu is None):
                wanted.append((row.chat_id, mark, lines))
        if left is not None and left not in known:
            wanted.append((left, NO_MENU, []))
        return wanted

    async def _set(self, lines: Any, scope: dict[str, Any], language: str | None = None) -> None:
        commands = [{"command": word, "description": description} for word, description in lines]
        await self._api.call("setMyCommands", commands=commands, scope=scope, language_code=language)


def _remember(connection: Connection, chat_id: int, mark: str) -> None:
    connection.execute(update(person).where(person.c.chat_id == chat_id).values(menu=mark))


def _mark(lines: list[tuple[str, str]]) -> str:
    return hashlib.blake2s(repr(lines).encode(), digest_size=12).hexdigest()
