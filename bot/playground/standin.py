"""A Telegram of one's own: people with phones, their chats with one bot, and the server between them.

This is the state and what people do; what the bot does stands in `methods`. Everything runs on one event loop,
in memory, with a journal behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from bot.playground.calls import Call, Calls, shortened
from bot.playground.chats import Chats, Message, Person
from bot.playground.clock import Clock, server_clock
from bot.playground.entities import CAPTION_LIMIT, TEXT_LIMIT, settled
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.journal import Journal
from bot.playground.limits import FloodControl, Limits
from bot.playground.markup import utf16_length
from bot.playground.parameters import Upload
from bot.playground.presses import INLINE_ANSWER_WITHIN, Presses
from bot.playground.profile import Profile
from bot.playground.refusals import Refused
from bot.playground.updates import UpdateQueue
from bot.playground.webhook import Webhook

INLINE_QUERY_LIMIT: Final = 256

FLUSH_EVERY: Final = 0.2
"""Seconds between two writes to the file."""

SELLER: Final = Person(1001, "Sabine")
MANAGER: Final = Person(1002, "Markus")


class Impossible(Exception):
    """Something a person cannot do in Telegram: write to a bot they blocked, press a button that is not there."""


class Standin:
    """One bot's Telegram. `people` exist on the first start of a file; later the file knows better."""

    def __init__(
        self,
        token: str,
        *,
        people: Sequence[Person] = (SELLER, MANAGER),
        file: Path | None = None,
        limits: Limits | None = Limits(),  # noqa: B008 - frozen
        clock: Clock = server_clock,
        first_name: str = "Roter Faden",
        username: str = "roter_faden_bot",
        first_update_id: int | None = None,
        webhook_pause: float = 1.0,
    ) -> None:
        self.token = token
        self.clock = clock
        self.journal = Journal(file)
        self.chats = Chats(self.journal, self.now)  # a bot may remember messages of a file that was removed
        self.feed = self.chats.feed
        self.files = Files(self.journal)
        self.profile = Profile(self.journal)
        self.updates = UpdateQueue(self.journal, clock, first_update_id)
        self.webhook = Webhook(self.journal, self.updates, clock, webhook_pause)
        self.flood = FloodControl(limits, clock)
        self.presses = Presses(clock)
        self.inline_queries = Presses(clock, INLINE_ANSWER_WITHIN)
        self.faults = Faults()
        self.calls = Calls()
        self.url = ""
        """Where the server listens, once it does: `http://127.0.0.1:port`."""
        self.user: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
        }
        self._chat_instances = secrets.randbits(62)
        self._watchers: set[asyncio.Event] = set()
        self.updates.listeners.append(self._changed)
        self._housekeeping: asyncio.Task[None] | None = None
        if not self.chats.people:
            for person in people:
                self.chats.add_person(person.first_name, person.language_code, person.id)

    @property
    def now(self) -> int:
        """The time in whole seconds, as messages carry it."""
        return int(self.clock())

    # what people do

    def say(self, user_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """A person writes to the bot, or into a group. Longer texts than Telegram's client sends are refused."""
        words, entities = settled(text, [])
        if not words:
            raise Impossible("an empty message cannot be sent")
        if utf16_length(words) > TEXT_LIMIT:
            raise Impossible("the message is too long; Telegram's client would send it in parts")
        content: dict[str, Any] = {"text": words}
        if entities:
            content["entities"] = entities
        return self._post(user_id, chat_id or user_id, content)

    def send_file(
        self,
        user_id: int,
        data: bytes,
        name: str,
        *,
        kind: str = "document",
        mime_type: str = "",
        caption: str = "",
        duration: int = 1,
    ) -> Message:
        """A person sends a file as `document`, `photo` or `voice`; `duration` in seconds is for a voice."""
        words, entities = settled(caption, [])
        if utf16_length(words) > CAPTION_LIMIT:
            raise Impossible("the caption is too long")
        try:
            stored = self.files.store(kind, Upload(name, mime_type, data))
        except (Refused, KeyError) as refusal:
            raise Impossible(str(refusal)) from None
        content = stored.as_content(duration)
        if words:
            content["caption"] = words
            if entities:
                content["caption_entities"] = entities
        return self._post(user_id, user_id, content)

    def change_text(self, user_id: int, message_id: int, text: str) -> Message:
        """A person edits a text of theirs."""
        old = self.chats.message(user_id, message_id)
        if old is None or old["from"]["id"] != user_id or "text" not in old:
            raise Impossible("only a text of one's own can be edited")
        words, entities = settled(text, [])
        new = {name: value for name, value in old.items() if name != "entities"}
        new |= {"text": words, "edit_date": self.now}
        if entities:
            new["entities"] = entities
        self.chats.replace(new)
        self.updates.push("edited_message", user_id, new)
        self._changed()
        return new

    def press(self, user_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """A person presses a button of a message of the bot; gives the id under which the answer will come.

        The data need not stand on the message any more: a client may still show an older keyboard.
        """
        person = self._able(user_id)
        message = self.chats.message(chat_id or user_id, message_id)
        if message is None or message["from"]["id"] != self.user["id"]:
            raise Impossible("there is no message of the bot with that id")
        press = self.presses.ask(user_id, data)
        query = {
            "id": press.query_id,
            "from": person.as_user(),
            "message": message,
            "chat_instance": str(self._chat_instances ^ message["chat"]["id"]),
            "data": data,
        }
        self.updates.push("callback_query", message["chat"]["id"], query)
        self._changed()
        return press.query_id

    def ask_inline(self, user_id: int, text: str) -> str:
        """A person types `@bot text` in some chat; gives the id of the inline query."""
        if utf16_length(text) > INLINE_QUERY_LIMIT:
            raise Impossible("the inline query is too long; Telegram's client sends no more than 256 characters")
        person = self._able(user_id)
        press = self.inline_queries.ask(user_id, text)
        query = {
            "id": press.query_id,
            "from": person.as_user(),
            "query": text,
            "offset": "",
            "chat_type": "sender",
        }
        self.updates.push("inline_query", user_id, query)
        self._changed()
        return press.query_id

    def post_result(self, user_id: int, query_id: str, result_id: str) -> Message:
        """A person taps a result of their inline query: its message goes into the chat, in their name, via the bot."""
        query = self.inline_queries.get(query_id)
        answer = query.answer if query is not None and query.user_id == user_id else None
        results = answer["results"] if answer else []
        content = next((result["content"] for result in results if result["id"] == result_id), None)
        if content is None:
            raise Impossible("there is no such result")
        return self._post(user_id, user_id, {**content, "via_bot": self.user})

    def set_blocked(self, user_id: int, blocked: bool) -> None:
        """A person blocks the bot or lets it in again; the bot is told."""
        person = self.chats.person(user_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        person.started = person.started or not blocked
        self.chats.keep_person(person)
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        self.updates.push(
            "my_chat_member",
            user_id,
            {
                "chat": person.as_chat(),
                "from": person.as_user(),
                "date": self.now,
                "old_chat_member": self._membership(old),
                "new_chat_member": self._membership(new),
            },
        )
        self._changed()

    def make_group(self, user_id: int, title: str) -> int:
        """A person adds the bot to a new group; gives its chat id."""
        person = self.chats.person(user_id)
        group = self.chats.add_group(title)
        self.updates.push(
            "my_chat_member",
            group.id,
            {
                "chat": group.as_chat(),
                "from": person.as_user(),
                "date": self.now,
                "old_chat_member": self._membership("left"),
                "new_chat_member": self._membership("member"),
            },
        )
        self._changed()
        return group.id

    # what tests and the page look at

    def messages(self, chat_id: int) -> list[Message]:
        """The messages of a chat as they are now, oldest first."""
        return list(self.chats.messages(chat_id))

    def answer(self, callback_id: str) -> dict[str, Any] | None:
        """How the bot answered a press: text, show_alert, url. None as long as it has not."""
        press = self.presses.get(callback_id)
        return press.answer if press else None

    def commands(self, user_id: int) -> list[dict[str, str]]:
        """The command menu on that phone."""
        return self.profile.commands_for(user_id, self.chats.person(user_id).language_code)

    async def until(self, holds: Callable[[], Any], within: float = 5.0) -> Any:
        """Waits until something holds, asking after every change here; gives what `holds` gave.

        TimeoutError where it does not `within` so many seconds.
        """
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            async with asyncio.timeout(within):
                while not (result := holds()):
                    await watcher.wait()
                    watcher.clear()
                return result
        finally:
            self._watchers.discard(watcher)

    async def next_message(self, chat_id: int, *, after: int = 0, within: float = 5.0) -> Message:
        """The bot's first message in a chat with an id above `after`; waits for it."""

        def first() -> Message | None:
            for message in self.chats.messages(chat_id):
                if message["message_id"] > after and message["from"]["id"] == self.user["id"]:
                    return message
            return None

        message: Message = await self.until(first, within)
        return message

    # for the bot's side

    def finished(self, call: Call) -> None:
        """Logs a call; a refused one is told to the page."""
        self.calls.add(call)
        if not call.ok:
            self.feed.emit(
                type="refusal",
                at=call.at,
                method=call.method,
                chat_id=call.chat_id,
                error_code=call.error_code,
                description=call.description,
                parameters={name: shortened(value) for name, value in call.parameters.items()},
            )
        self._changed()

    # life

    async def start(self) -> None:
        """Begins to deliver and to write behind."""
        await self.webhook.start()
        self._housekeeping = asyncio.create_task(self._keep_house(), name="stand-in")

    def release(self) -> None:
        """Lets long polls and event streams end, so that the server can."""
        self.updates.settle()
        self.feed.settle()

    async def stop(self) -> None:
        """The clean end: nothing is lost, the file is closed."""
        self.release()
        await self.webhook.stop()
        if self._housekeeping is not None:
            self._housekeeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._housekeeping
        self.chats.message_ids.settle()
        self.journal.close()

    async def _keep_house(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_EVERY)
            self.inline_queries.overdue()  # nobody is told of those: whoever types on has asked again
            for press in self.presses.overdue():
                self.feed.emit(
                    type="unanswered",
                    at=press.at,
                    user=press.user_id,
                    callback_id=press.query_id,
                    data=press.data,
                )
                self._changed()
            self.journal.flush()

    def _post(self, user_id: int, chat_id: int, content: dict[str, Any]) -> Message:
        person = self._able(user_id)
        if chat_id == user_id and not person.started:
            person.started = True
            self.chats.keep_person(person)
        message = self.chats.add(chat_id, self.now, person.as_user(), content)
        if chat_id == user_id or self._is_for_bot(message):
            self.updates.push("message", chat_id, message)
        self._changed()
        return message

    def _is_for_bot(self, message: Message) -> bool:
        """Privacy mode: of a group the bot sees commands (to it or to nobody) and mentions of its name."""
        name = f"@{self.user['username']}".lower()
        text = message.get("text", "")
        command, _, addressee = text.split(maxsplit=1)[0].partition("@") if text else ("", "", "")
        is_command = command.startswith("/") and f"@{addressee.lower()}" in {"@", name}
        return is_command or name in text.lower()

    def _able(self, user_id: int) -> Person:
        person = self.chats.person(user_id)
        if person.blocked:
            raise Impossible(f"{person.first_name} has blocked the bot")
        return person

    def _membership(self, status: str) -> dict[str, Any]:
        member: dict[str, Any] = {"user": self.user, "status": status}
        return {**member, "until_date": 0} if status == "kicked" else member

    def _changed(self) -> None:
        for watcher in self._watchers:
            watcher.set()
