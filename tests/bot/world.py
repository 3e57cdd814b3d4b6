"""The whole bot against the stand-in, in one process: people write and press, the bot polls, everything is real.

Tests wait for conditions (`sees`, `settled`, `until`), never for time to pass.
"""

import asyncio
import json
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import Bot, build
from bot.playground.calls import Call
from bot.playground.chats import Message, Person
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.serving import serve
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.people import SqlPeople
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Role
from tests.chat import plain
from tests.conftest import built_in, join

TOKEN = "1:TEST"
SABINE = 1001
MARKUS = 1002
OTTO = 1009
"""A stranger."""

PEOPLE = (Person(SABINE, "Sabine"), Person(MARKUS, "Markus"), Person(OTTO, "Otto"))

REPLIES = ("sendMessage", "editMessageText", "sendDocument")
"""The calls that show something in a chat."""

PATIENCE = 10.0
"""Seconds that a busy machine may take for what is usually there at once."""

SECRET = "a-secret_of-the-hook"
HOOK = "/telegram/hook"


@dataclass
class World:
    """A stand-in, a database file, and the bot between them."""

    standin: Standin
    database: Path
    rate: float = 1000
    bot: Bot = field(init=False)
    hook: str = ""
    """Where the webhook listens, once it does."""
    _polling: asyncio.Task[None] | None = None

    # The bot's life

    def build(self) -> Bot:
        """A bot that is not online yet."""
        catalogue, messages = built_in()
        self.bot = build(
            self.standin.token,
            self.standin.url,
            sqlite_url(self.database),
            self.rate,
            catalogue=catalogue,
            messages=messages,
        )
        return self.bot

    async def start(self, *, polling: bool = True) -> None:
        """A new bot on the same database goes online."""
        self.build()
        await self.bot.start()
        if polling:
            self.poll()

    def poll(self) -> None:
        """Begins to fetch updates."""
        self._polling = asyncio.create_task(self.bot.intake.poll(), name="polling")

    async def stop(self) -> None:
        """The clean end."""
        await self._stop_polling()
        await self.bot.stop()

    async def kill(self) -> None:
        """Ends every task at once, as a kill would: no turn may end, nothing more is sent or stored.

        The process goes on, so what a kill would do to it by itself is done by hand: connections and file are closed.
        """
        polling = {self._polling} if self._polling else set()
        await _cancelled(polling | self.bot._tasks | self.bot.post._tasks | self.bot.delivery._tasks)
        self._polling = None
        self.bot.answers.close()
        await self.bot.application.stop()
        await self.bot.application.shutdown()
        self.bot.storage.close()

    async def stores_and_dies(self) -> list[dict[str, Any]]:
        """A bot stores what waits at the server and is killed right after the commit, before any turn; the updates.

        They are not given again: the process that fetched them could still confirm them.
        """
        updates: list[dict[str, Any]] = [json.loads(update.body) for update in self.standin.updates]
        self.standin.updates.clear()
        await self.start(polling=False)
        await self.bot.intake.accept(updates)
        await self.kill()
        return updates

    async def _stop_polling(self) -> None:
        if self._polling is not None:
            await _cancelled({self._polling})
            self._polling = None

    # What people do

    def join(self, who: int, name: str, role: Role = Role.SELLER) -> None:
        """Makes a person with a phone a member of 'Team Süd'."""
        if who not in self.standin.chats.people:
            self.standin.chats.add_person(name, "de", who)
        engine = open_engine(sqlite_url(self.database))
        join(engine, who, name, role)
        engine.dispose()

    def say(self, text: str, who: int = SABINE) -> int:
        """Somebody writes; gives the message's id."""
        return int(self.standin.say(who, text)["message_id"])

    def press(self, label: str, who: int = SABINE) -> str:
        """Somebody presses a button that is on their screen, the newest message first; gives the press's id."""
        for message in reversed(self.standin.messages(who)):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if plain(button["text"]) == label and "callback_data" in button:
                        return self.standin.press(who, message["message_id"], button["callback_data"])
        raise AssertionError(f"no button {label!r} in {self.screens(who)}")

    async def opens_card(self, customer: str = "Muster GmbH", who: int = SABINE) -> Message:
        """Somebody begins a conversation; its card."""
        self.say(f"/gespraech {customer}", who)
        card = await self.sees(customer, who)
        await self.settled()
        return card

    # What people see

    def from_bot(self, who: int = SABINE) -> list[Message]:
        """The bot's messages in a chat."""
        return [message for message in self.standin.messages(who) if message["from"]["is_bot"]]

    def screens(self, who: int = SABINE) -> list[str]:
        """Their texts."""
        return [str(message.get("text", "")) for message in self.from_bot(who)]

    async def sees(self, words: str, who: int = SABINE, *, after: int = 0) -> Message:
        """Waits until a message of the bot shows these words, one newer than `after`."""

        def found() -> Message | None:
            for message in reversed(self.from_bot(who)):
                if message["message_id"] > after and words in message.get("text", ""):
                    return message
            return None

        try:
            message: Message = await self.standin.until(found, PATIENCE)
        except TimeoutError:
            raise AssertionError(f"{words!r} is not among {self.screens(who)}") from None
        return message

    async def answered(self, callback_id: str) -> dict[str, Any]:
        """Waits for the answer to a press."""
        answer: dict[str, Any] = await self.standin.until(lambda: self.standin.answer(callback_id), PATIENCE)
        return answer

    def calls(self, *methods: str, who: int | None = None) -> list[Call]:
        """What the bot asked for; without methods: what shows in a chat, and answers."""
        return self.standin.calls.of(*(methods or (*REPLIES, "answerCallbackQuery")), chat_id=who)

    # What is stored

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database, read beside the bot."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, values).fetchall()

    def run_sql(self, sql: str) -> None:
        """Changes the database beside the bot."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute(sql)

    @contextmanager
    def broken(self, table: str, what: str = "INSERT") -> Iterator[None]:
        """While the block runs, storage refuses to insert into (or update) a table."""
        self.run_sql(f"CREATE TRIGGER broken BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END")
        yield
        self.run_sql("DROP TRIGGER broken")

    def states(self, table: str) -> dict[str, int]:
        """How many rows of inbox or outbox are open, done, sent, …"""
        assert table in ("inbox", "outbox")
        return dict(self.rows(f"SELECT state, count(*) FROM {table} GROUP BY state"))  # noqa: S608 (one of two)

    def notes(self, who: int = SABINE) -> list[str]:
        """The texts that were kept, in their order."""
        return [text for (text,) in self.rows("SELECT text FROM note WHERE owner_id = ? ORDER BY id", who)]

    def is_member(self, who: int) -> bool:
        """Whether the bot lets this person in."""
        engine = open_engine(sqlite_url(self.database))
        with engine.connect().execution_options(reading=True) as connection:
            found = SqlPeople(connection).get(PersonId(who)) is not None
        engine.dispose()
        return found

    def steps(self, who: int = SABINE) -> list[str]:
        """The triggers of the steps of somebody's latest open conversation."""
        engine = open_engine(sqlite_url(self.database))
        with engine.connect().execution_options(reading=True) as connection:
            store = SqlStore(connection)
            (talk, *_) = store.conversations.open(PersonId(who))
            triggers = [str(step.trigger) for step in store.conversations.steps(talk.id)]
        engine.dispose()
        return triggers

    async def settled(self) -> None:
        """Waits until every update has ended and every reply is sent, and the bot is at rest."""

        def at_rest() -> bool:
            waits = len(self.standin.updates) + self.bot.post.open_letters + len(self.bot.delivery._chats)
            return not waits and not self.states("inbox").get("open") and not self.states("outbox").get("open")

        await until(at_rest)

    @contextmanager
    def writer_blocked(self) -> Iterator[None]:
        """The thread that writes is busy with something slow until the block ends."""
        free = threading.Event()
        busy = asyncio.create_task(self.bot.storage.write(lambda _: free.wait(PATIENCE)))
        try:
            yield
        finally:
            free.set()
            busy.add_done_callback(lambda done: done.result())


async def until(holds: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Waits until something holds that nobody tells of; gives what `holds` gave."""
    async with asyncio.timeout(patience):
        while not (result := holds()):
            await asyncio.sleep(0.01)
    return result


async def _cancelled(tasks: set[asyncio.Task[None]]) -> None:
    tasks = set(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def hooked(world: World) -> AsyncIterator[str]:
    """The bot behind a webhook while the block runs; gives the webhook's address."""
    await world.start(polling=False)
    async with serve(world.bot.intake.webhook(HOOK, SECRET), "127.0.0.1", 0) as url:
        world.hook = f"{url}{HOOK}"
        await world.bot.intake.announce(world.hook, SECRET)
        yield world.hook
        await world.standin.webhook.change(None)
    await world.stop()


@asynccontextmanager
async def world_of(database: Path, **settings: Any) -> AsyncIterator[World]:
    """A world without a bot yet. Nothing is limited unless asked for."""
    async with running_standin(TOKEN, people=PEOPLE, **{"limits": None, **settings}) as standin:
        for person in standin.chats.people.values():
            person.started = True
        world = World(standin, database)
        world.join(SABINE, "Sabine")
        world.join(MARKUS, "Markus", Role.MANAGER)
        yield world


def update_of(update_id: int, text: str, who: int = SABINE, **message: Any) -> dict[str, Any]:
    """A message as Telegram would send it."""
    sender = {"id": who, "is_bot": False, "first_name": "Sabine", "language_code": "de"}
    content = {"message_id": update_id, "date": 1_800_000_000, "from": sender, "text": text}
    return {"update_id": update_id, "message": {**content, "chat": {"id": who, "type": "private"}, **message}}
