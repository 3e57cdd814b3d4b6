"""The composition root: settings in, a bot out that is ready to run."""

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final

import structlog
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
from bot.leases import Leases
from bot.listening import Listening
from bot.post import PostOffice
from bot.sharing import Sharing
from bot.storage import facts, inbox
from bot.storage.engine import open_engine, passing_trouble
from bot.storage.migration import migrate
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
        self.house = House(self.owner, catalogue, messages, lambda: self._links)
        self.application: handlers.App = (
            Application.builder().bot(api).updater(None).context_types(_context_types()).build()
        )
        handlers.add_handlers(self.application)
        for language in Language:
            self.house.catalogue[language].search.find("")  # built now, so that no turn has to wait for it
        leases = Leases(shared=self.storage.is_shared)
        self.answers = Answers(api)
        self.delivery = Delivery(
            api,
            self.storage,
            FileMaker(messages, catalogue),
            LateScreens(catalogue, messages),
            messages,
            messages_per_second,
            leases,
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
        self.sharing = Sharing(self.storage, self.owner, self.post, self.delivery, leases)
        self.intake = Intake(
            api, self.storage, self.post, self.answers, self.owner, self.delivery.hand_over, self.inline, leases
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
        schedule_pushes(self.application.job_queue, self.storage, self.sharing.wake)
        await self.sharing.begin()
        self._in_background(self.sharing.keep_looking())
        self._in_background(self.sharing.keep_listening())
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
        with contextlib.suppress(Exception):
            await self.sharing.give_back(all_lanes=False)
        await self.delivery.drain(SENDING_ENDS_WITHIN)
        self.answers.close()
        with contextlib.suppress(Exception):
            await self.sharing.give_back(all_lanes=True)
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
            self._in_background(self.sharing.wake({parcel.chat_id for parcel in done.parcels} - {sender.chat_id}))
        if done.commands_changed:
            self._in_background(self.menus.bring_up_to_date(sender.chat_id))

    async def _set_menus(self) -> None:
        try:
            await self.menus.set_default()
            await self.menus.bring_up_to_date()
        except TelegramError as error:
            log.warning("menus_not_set", reason=error.message[:200])

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._background_ended)

    def _background_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        if trouble := passing_trouble(error):  # what was to be done is found again: nothing rests on a task alone
            log.warning("storage_fault", trouble=trouble)
        else:
            log.error("background_failed", exc_info=error)


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
