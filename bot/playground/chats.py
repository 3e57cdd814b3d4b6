"""People, groups and their messages: what Telegram's servers remember of the chats with one bot.

A message is the Bot API's `Message` as a dict; it is never changed in place, an edit puts a new one at its id.
Message ids rise over all chats of the bot, as they do in Telegram's private chats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.playground.feed import Event, Feed
from bot.playground.journal import Counter, Journal
from bot.playground.refusals import bad_request, forbidden

KEPT_PER_CHAT: Final = 2000
"""Older messages are forgotten, as if they had never been; Telegram keeps them, but nobody scrolls that far here."""

FIRST_GROUP_ID: Final = -1001

Message = dict[str, Any]


@dataclass(slots=True)
class Person:
    """Someone with a phone. Telegram shows a bot the first name and, mostly, the language of the app."""

    id: int
    first_name: str
    language_code: str = "de"
    blocked: bool = False
    started: bool = False
    """Has written to the bot at least once; before, a bot can't write to them."""

    def as_user(self) -> dict[str, Any]:
        """The Bot API's `User`."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def as_chat(self) -> dict[str, Any]:
        """The Bot API's `Chat` of the private chat with them."""
        return {"id": self.id, "first_name": self.first_name, "type": "private"}

    def as_shown(self) -> dict[str, Any]:
        """The person as the page lists them."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "language_code": self.language_code,
            "blocked": self.blocked,
        }


@dataclass(slots=True)
class Group:
    """A group that the bot is in."""

    id: int
    title: str

    def as_chat(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "type": "group",
            "all_members_are_administrators": False,
        }


class UnknownPerson(LookupError):
    """Nobody here has that id."""


class Chats:
    """All chats. Whatever changes is journalled and told to the page."""

    def __init__(self, journal: Journal, first_message_id: int = 1) -> None:
        self._journal = journal
        self.message_ids = Counter(journal, "message", first_message_id)
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._messages: dict[int, dict[int, Message]] = {}
        for _, person in journal.read("person"):
            self.people[person["id"]] = Person(**person)
        for _, group in journal.read("group"):
            self.groups[group["id"]] = Group(**group)
        kept = [message for _, message in journal.read("message")]
        for message in sorted(kept, key=lambda message: int(message["message_id"])):
            self._messages.setdefault(message["chat"]["id"], {})[message["message_id"]] = message
        self.feed = Feed(journal, self._shown)

    # people and groups

    def person(self, user_id: int) -> Person:
        """The person, or `UnknownPerson`."""
        try:
            return self.people[user_id]
        except KeyError:
            raise UnknownPerson(f"nobody here has the id {user_id}") from None

    def add_person(self, first_name: str, language_code: str, user_id: int | None = None) -> Person:
        """One more phone. Without an id the next free one after 1000."""
        if user_id is None:
            user_id = max([1000, *self.people]) + 1
        person = self.people[user_id] = Person(user_id, first_name, language_code)
        self.keep_person(person)
        return person

    def keep_person(self, person: Person) -> None:
        """Journals a changed person and tells the page."""
        self._journal.put("person", person.id, asdict(person))
        self.feed.emit(type="people")

    def add_group(self, title: str) -> Group:
        group = Group(min([FIRST_GROUP_ID + 1, *self.groups]) - 1, title)
        self.groups[group.id] = group
        self._journal.put("group", group.id, asdict(group))
        return group

    def people_shown(self) -> list[dict[str, Any]]:
        """People as the page lists them."""
        return [person.as_shown() for person in self.people.values()]

    # for the bot: may it write there?

    def chat(self, chat_id: int) -> dict[str, Any]:
        """The Bot API's `Chat`, or 'chat not found'."""
        person = self.people.get(chat_id)
        if person is not None:
            return person.as_chat()
        group = self.groups.get(chat_id)
        if group is not None:
            return group.as_chat()
        raise bad_request("chat not found")

    def check_reachable(self, chat_id: int) -> None:
        """Refuses what Telegram refuses for people who blocked the bot or have never written to it."""
        person = self.people.get(chat_id)
        if person is None:
            return
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    # messages

    def message(self, chat_id: int, message_id: int) -> Message | None:
        return self._messages.get(chat_id, {}).get(message_id)

    def messages(self, chat_id: int) -> Iterable[Message]:
        """All messages of a chat, oldest first."""
        return self._messages.get(chat_id, {}).values()

    def add(self, chat_id: int, date: int, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        """A new message at the end of the chat."""
        message_id = self.message_ids()
        message: Message = {
            "message_id": message_id,
            "from": sender,
            "chat": self.chat(chat_id),
            "date": date,
            **content,
        }
        messages = self._messages.setdefault(chat_id, {})
        messages[message_id] = message
        self._keep(message)
        self.feed.emit(type="message", user=chat_id, message_id=message_id)
        if len(messages) > KEPT_PER_CHAT:
            self._forget(chat_id, next(iter(messages)))
        return message

    def replace(self, message: Message) -> None:
        """Puts an edited message in the place of the one with its id."""
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        self._messages[chat_id][message_id] = message
        self._keep(message)
        self.feed.emit(type="edit", user=chat_id, message_id=message_id)

    def delete(self, chat_id: int, message_id: int) -> None:
        self._forget(chat_id, message_id)
        self.feed.emit(type="delete", user=chat_id, message_id=message_id)

    def _keep(self, message: Message) -> None:
        self._journal.put("message", f"{message['chat']['id']}:{message['message_id']}", message)

    def _forget(self, chat_id: int, message_id: int) -> None:
        self._messages[chat_id].pop(message_id, None)
        self._journal.drop("message", f"{chat_id}:{message_id}")

    # the page's view

    def _shown(self, event: Event) -> Event | None:
        """A kept event as the page gets it: with the message (or the people) as they are now."""
        kind = event["type"]
        if kind == "people":
            return {**event, "people": self.people_shown()}
        if kind not in {"message", "edit"}:
            return event
        message = self.message(event["user"], event["message_id"])
        if message is None:
            return None
        return {"type": kind, "user": event["user"], "message": shown_to(event["user"], message)}


def shown_to(user_id: int, message: Message) -> Message:
    """The message with the mark `outgoing` where the human of this phone wrote it."""
    return {**message, "outgoing": True} if message["from"]["id"] == user_id else message
