"""The composition root: settings in, a bot out that is ready to run."""

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import Connection
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes

from bot import handlers
from bot.answers import Answers
from bot.clock import now
from bot.command_menus import CommandMenus
from bot.delivery import Delivery
from bot.documents import Documents
from bot.inline import Inline
from bot.intake import Intake, TokenRefused
from bot.jobs.housekeeping import schedule_housekeeping
from bot.jobs.pushes import schedule_pushes
from bot.late.drawing import LateScreens
from bot.late.files import FileMaker
from bot.listening import Listening
from bot.post import PostOffice
from bot.storage import facts, inbox, lanes, outbox
from bot.storage.engine import open_engine
from bot.storage.migration import migrate
from bot.storage.outbox import Parcel
from bot.storage.work import open_storage
from bot.telegram_api import Api, open_api
from bot.turns import Done, House
from dialogs.turn import Links, Sender
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Language, Messages
from knowledge.recognition.models import BUILT_IN

log = structlog.get_logger()

TURNS_END_WITHIN: Final = 4.0
SENDING_ENDS_WITHIN: Final = 4.0
SHARED_EVERY: Final = 1.0
"""Seconds between two looks for chats that another process left, where several share a database."""
JUST_CLAIMED: Final = timedelta(seconds=SHARED_EVERY / 2)
ALONE_EVERY: Final = 30.0
CLAIM_AT_ONCE: Final = 50


class Bot:
    """Intake, turns and delivery around one PTB application, on one database."""

    def __init__(
        self,
        api: Api,
        database: str,
        messages_per_second: float,
        *,
        catalogue: Catalogue,
        messages: Messages,
        knowledge_dir: Path | None,
        models: Path,
    ) -> None:
        self.api = api
        self.owner = secrets.token_hex(8)
        self._links = Links()
        engine = open_engine(database)
        migrate(engine)
        self.storage = open_storage(engine)
        self._shared = engine.dialect.name != "sqlite"
        self.house = House(self.owner, catalogue, messages, lambda: self._links)
        self.application: handlers.App = (
            Application.builder().bot(api).updater(None).context_types(_context_types()).build()
        )
        handlers.add_handlers(self.application)
        for language in Language:
            self.house.catalogue[language].search.find("")  # built now, so that no turn has to wait for it
        self.answers = Answers(api)
        self.delivery = Delivery(
            api,
            self.storage,
            FileMaker(messages, catalogue),
            LateScreens(catalogue, messages),
            messages,
            messages_per_second,
        )
        self.menus = CommandMenus(api, self.storage, messages)
        self.post = PostOffice(
            self.storage,
            self.house,
            self.answers,
            self.application.process_update,
            lambda raw: _read_update(raw, api),
            self._after_turn,
        )
        self.listening = Listening(knowledge_dir, models)
        self.inline = Inline(api, self.storage, catalogue, messages, self.listening.recognise, now)
        self.intake = Intake(
            api, self.storage, self.post, self.answers, self.owner, self.delivery.hand_over, self.inline
        )
        self.application.bot_data.documents = Documents(api, self.storage, catalogue, messages)
        self.application.bot_data.listening = self.listening
        self.application.bot_data.post = self.post
        self.application.bot_data.storage = self.storage
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Brings the bot online and goes on with what the last run left. Raises TokenRefused."""
        await self._introduce()
        me = self.api.username
        self._links = Links(me)
        await self.storage.write(lambda connection: facts.write_fact(connection, facts.USERNAME, me))
        await self.application.start()
        schedule_housekeeping(self.application.job_queue, self.storage)
        schedule_pushes(self.application.job_queue, self.storage, self._wake)
        if not self._shared:
            await self.storage.write(lambda connection: lanes.take_over(connection, self.owner, now()))
        await self._look_round(first=True)
        self._in_background(self._keep_looking())
        self._in_background(self._set_menus())
        self._in_background(self.listening.start())

    async def stop(self) -> None:
        """Lets turns end and sends what can be sent; the rest is there after the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.inline.close()
        await self.post.drain(TURNS_END_WITHIN)
        self.listening.close()
        await self.delivery.drain(SENDING_ENDS_WITHIN)
        self.answers.close()
        with contextlib.suppress(Exception):
            await self.storage.write(lambda connection: lanes.release(connection, self.owner))
        if self.application.running:
            await self.application.stop()
        await self.application.shutdown()
        await self.api.close_connections()
        self.storage.close()

    async def _introduce(self) -> None:
        """getMe, for as long as it takes; a server that is not there yet is no reason to give up."""
        back_off = 0.5
        while True:
            try:
                await self.application.initialize()
            except InvalidToken:
                raise TokenRefused("the Bot API server refuses TELEGRAM_BOT_TOKEN") from None
            except TelegramError as error:
                log.warning("bot_api_not_reached", fault=type(error).__name__, next_try_in=back_off)
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, 15.0)
            else:
                return

    def _after_turn(self, done: Done, sender: Sender) -> None:
        """What follows a commit: replies go out, those to others as soon as their lanes are ours."""
        own = [parcel for parcel in done.parcels if parcel.chat_id == sender.chat_id]
        self.delivery.hand_over(own)
        if len(own) < len(done.parcels):
            self._in_background(self._wake({parcel.chat_id for parcel in done.parcels} - {sender.chat_id}))
        if done.commands_changed:
            self._in_background(self.menus.bring_up_to_date(sender.chat_id))

    async def _wake(self, chat_ids: set[int]) -> None:
        """What waits for other chats is sent from here where nobody else holds the lane."""

        def claim(connection: Connection) -> list[Parcel]:
            held = lanes.claim(connection, chat_ids, self.owner, now())
            return outbox.waiting(connection, sorted(held))

        self.delivery.hand_over(await self.storage.write(claim))

    async def _keep_looking(self) -> None:
        """Finds what fell between two stools: a turn whose storage failed, a chat whose process is gone."""
        while True:
            await asyncio.sleep(SHARED_EVERY if self._shared else ALONE_EVERY)
            try:
                await self._look_round()
            except Exception:
                log.exception("look_round_failed")

    async def _look_round(self, *, first: bool = False) -> None:
        if self._shared:
            await self.storage.write(self._share)
        letters, parcels = await self.storage.read(self._waiting)
        if first and (letters or parcels):
            log.info("goes_on", updates=len(letters), messages=len(parcels))
        self.post.take(letters)
        self.delivery.hand_over(parcels)

    def _share(self, connection: Connection) -> None:
        """Keeps the lanes on which something happens, gives idle ones back, takes those that nobody serves."""
        at = now()
        held = lanes.held(connection, self.owner)
        idle = [chat for chat in held if not self.post.busy(chat) and not self.delivery.busy(chat)]
        if idle:  # of a lane that was claimed just now the update may still be on its way to the post office
            lanes.release(connection, self.owner, idle, at - JUST_CLAIMED)
        lanes.renew(connection, self.owner, at)
        lanes.claim_free(connection, self.owner, at, CLAIM_AT_ONCE)

    def _waiting(self, connection: Connection) -> tuple[list[inbox.Letter], list[Parcel]]:
        mine = lanes.held(connection, self.owner) if self._shared else None
        return inbox.waiting(connection, mine), outbox.waiting(connection, mine)

    async def _set_menus(self) -> None:
        try:
            await self.menus.set_default()
            await self.menus.bring_up_to_date()
        except TelegramError as error:
            log.warning("menus_not_set", reason=error.message[:200])

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _read_update(raw: dict[str, Any], api: Api) -> Update:
    """PTB's object. Of a pressed message nobody looks at the keyboard, which would be half the work of reading it."""
    pressed = raw.get(inbox.PRESS, {}).get("message")
    if isinstance(pressed, dict):
        pressed.pop("reply_markup", None)
        pressed.pop("entities", None)
    return Update.de_json(raw, api)


def _context_types() -> Any:
    return ContextTypes(context=handlers.TurnContext, bot_data=handlers.BotData)


def build(
    token: str,
    url: str,
    database: str,
    messages_per_second: float,
    *,
    knowledge_dir: Path | None = None,
    models: Path = BUILT_IN,
    catalogue: Catalogue | None = None,
    messages: Messages | None = None,
) -> Bot:
    """A bot for a Bot API server and a database. The schema is brought up to date.

    `knowledge_dir` holds a company's own content; what recognition learns from it is kept in `models`. Whoever has
    read the content already hands it in as `catalogue` and `messages`.
    """
    return Bot(
        open_api(token, url, messages_per_second),
        database,
        messages_per_second,
        catalogue=catalogue or Catalogue.load(overlay=knowledge_dir),
        messages=messages or Messages.load(CONTENT_DIR),
        knowledge_dir=knowledge_dir,
        models=models,
    )
