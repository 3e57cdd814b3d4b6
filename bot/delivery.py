"""The durable outbox's way out: in order within a chat, chats side by side, sent at least once.

What goes wrong is Telegram's word on a message, a chat, or the network; each is handled here and nowhere else.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import structlog
from sqlalchemy.exc import DBAPIError
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import now
from bot.late.drawing import LATER, LateScreens, NothingToShow, ScreenNotAllowed
from bot.late.files import FileMaker, FileNotAllowed
from bot.leases import Leases
from bot.pace import ChatPace, PushGate
from bot.rendering import digest, render
from bot.storage import lanes, outbox
from bot.storage.engine import passing_trouble
from bot.storage.outbox import Ended, Kind, Parcel
from bot.storage.people import language_of_chat, mark_blocked
from bot.storage.work import Storage
from bot.telegram_api import Api, seconds_to_wait
from dialogs.view import line
from knowledge.language.messages import Messages

log = structlog.get_logger()

FILE_TRIES: Final = 3
PACES_KEPT: Final = 1000
ENDED_KEPT: Final = 10_000
"""So many ended rows are known: one that was read as open just before it ended is not sent again."""
FIRST_BACK_OFF: Final = 0.5
LONGEST_BACK_OFF: Final = 30.0
LONGEST_FOR_STORAGE: Final = 2.0
"""What is sent and not noted may be sent again by another process: its mark must not come late."""

_UNCHANGED: Final = "message is not modified"
# Telegram's words for a message that can't be edited any more; it is then sent anew.
_LOST: Final = ("message to edit not found", "message can't be edited", "message_id_invalid", "message not found")


class _NotOurs(Exception):
    """Another process may work on the chat by now."""


class Delivery:
    """Sends what the outbox holds. Rows are handed in after their commit, or found in storage after a restart."""

    def __init__(
        self,
        api: Api,
        storage: Storage,
        files: FileMaker,
        late_screens: LateScreens,
        messages: Messages,
        messages_per_second: float,
        leases: Leases,
    ) -> None:
        self._api = api
        self._storage = storage
        self._files = files
        self._late_screens = late_screens
        self._messages = messages
        self._leases = leases
        self._gate = PushGate(messages_per_second)
        self._chats: dict[int, _ChatQueue] = {}
        self._paces: dict[int, ChatPace] = {}
        self._ended: OrderedDict[int, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        # What stands on a screen is remembered under a key that is never stored: whoever has the database shall not be
        # able to try whose screen a vote in `helped` was given on. The price is one edit in vain after a restart.
        self._key = secrets.token_bytes(16)

    def busy(self, chat_id: int) -> bool:
        """Whether something is being sent to this chat."""
        return chat_id in self._chats

    def hand_over(self, parcels: Iterable[Parcel]) -> None:
        """Takes committed rows of chats whose lanes this process holds."""
        if self._stopping:
            return
        for parcel in parcels:
            if parcel.id in self._ended:
                continue
            chat = self._chats.get(parcel.chat_id)
            if chat is None:
                chat = self._chats[parcel.chat_id] = _ChatQueue(parcel.chat_id, self._pace(parcel.chat_id))
                task = asyncio.create_task(self._serve(chat), name=f"delivery-{parcel.chat_id}")
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            if parcel.id not in chat.rows:
                chat.rows[parcel.id] = parcel
                self._gate.answers_waiting += not parcel.pushed

    def _pace(self, chat_id: int) -> ChatPace:
        """The chat's pace; those that have nothing to remember are let go."""
        if chat_id not in self._paces and len(self._paces) >= PACES_KEPT:
            self._paces = {known: pace for known, pace in self._paces.items() if not pace.is_rested}
        return self._paces.setdefault(chat_id, ChatPace())

    async def drain(self, seconds: float) -> None:
        """Sends what can be sent in this time, then stops; the rest stays in storage."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        self._stopping = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, chat: "_ChatQueue") -> None:
        """Sends a chat's rows until none is left."""
        try:
            while chat.rows:
                parcel = chat.next()
                try:
                    await self._deliver(chat, parcel)
                except asyncio.CancelledError:
                    raise
                except _NotOurs:
                    log.warning("lease_ended", chat_id=chat.id, rows=len(chat.rows))
                    return  # whoever holds the lane finds the rows in storage, this process too
                except Exception:
                    log.exception("delivery_failed", chat_id=chat.id, row=parcel.id)
                    await self._end(chat, parcel, Ended.ASIDE, "our fault, see the log")
        finally:
            for parcel in chat.rows.values():
                self._gate.answers_waiting -= not parcel.pushed
            self._chats.pop(chat.id, None)

    async def _deliver(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        """One row, until it has ended one way or another."""
        back_off = FIRST_BACK_OFF
        while True:
            if not self._leases.holds(chat.id):
                raise _NotOurs
            if chat.newer_drawing(parcel):
                await self._end(chat, parcel, Ended.SUPERSEDED)
                return
            try:
                await self._attempt(chat, parcel)
            except RetryAfter as error:
                seconds = seconds_to_wait(error)
                log.warning("telegram_asks_to_wait", chat_id=chat.id, seconds=seconds)
                chat.pace.pause(seconds)
                await asyncio.sleep(seconds)
            except Forbidden as error:
                await self._blocked(chat, str(error))
                return
            except InvalidToken:
                log.error("token_refused", chat_id=chat.id)
                await asyncio.sleep(LONGEST_BACK_OFF)
            except (TelegramError, DBAPIError) as error:
                if _is_for_good(error):
                    log.error("telegram_refused", chat_id=chat.id, row=parcel.id, reason=_reason(error))
                    await self._end(chat, parcel, Ended.ASIDE, _reason(error))
                    return
                event = "network_fault" if isinstance(error, TelegramError) else "storage_fault"
                log.warning(event, chat_id=chat.id, row=parcel.id, fault=type(error).__name__)
                await asyncio.sleep(back_off)
                longest = LONGEST_BACK_OFF if isinstance(error, TelegramError) else LONGEST_FOR_STORAGE
                back_off = min(back_off * 2, longest)
            else:
                return

    async def _attempt(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        if LATER in parcel.payload:
            drawn = await self._draw(chat, parcel)
            if drawn is None:
                return
            parcel = drawn
        match parcel.kind:
            case Kind.FILE:
                await self._send_file(chat, parcel)
            case Kind.SEND:
                await self._send(chat, parcel)
            case Kind.EDIT | Kind.RETIRE:
                await self._edit(chat, parcel)

    async def _draw(self, chat: "_ChatQueue", parcel: Parcel) -> Parcel | None:
        """The screen drawn from its input; None where it can't be, and the row has ended or waits for another try."""
        try:
            payload = await self._storage.read(
                lambda connection: self._late_screens.draw(connection, parcel.payload, now())
            )
        except NothingToShow:
            await self._end(chat, parcel, Ended.SUPERSEDED, "nothing to say any more")
            return None
        except ScreenNotAllowed:
            await self._end(chat, parcel, Ended.ASIDE, "the right to see it is gone")
            return None
        except Exception as error:
            if passing_trouble(error):
                raise
            log.exception("screen_failed", chat_id=chat.id, row=parcel.id, tries=parcel.tries + 1)
            await self._making_failed(chat, parcel, "turn.screen_failed")
            return None
        return replace(parcel, payload=payload)

    async def _turn_to_send(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        while seconds := chat.pace.take():
            await asyncio.sleep(seconds)
        if parcel.pushed:
            await self._gate.pass_through()
        if not self._leases.holds(chat.id):
            raise _NotOurs

    async def _send(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        await self._turn_to_send(chat, parcel)
        message_id = await self._send_message(chat.id, parcel.payload)
        drawn = digest(parcel.payload, self._key)

        def sent(connection: Any) -> None:
            if outbox.end(connection, parcel.id, Ended.SENT, now()) and parcel.screen:
                outbox.set_standing(connection, chat.id, parcel.screen, message_id, drawn)

        await self._commit(chat, parcel, sent)

    async def _edit(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        """Draws a screen afresh; one that can't be found is sent anew, a retired one only forgotten."""
        standing = await self._storage.read(lambda connection: outbox.standing(connection, chat.id, parcel.screen))
        drawn = digest(parcel.payload, self._key)
        if standing.message_id is not None and standing.drawn == drawn:
            await self._end(chat, parcel, Ended.SENT)
            return None
        if standing.message_id is None and parcel.kind is Kind.RETIRE:
            await self._end(chat, parcel, Ended.SENT)
            return None
        await self._turn_to_send(chat, parcel)
        if chat.newer_drawing(parcel):  # something newer came while this one waited for its place
            return await self._end(chat, parcel, Ended.SUPERSEDED)
        message_id = standing.message_id
        if message_id is not None and not await self._edit_message(chat.id, message_id, parcel.payload):
            message_id = None
        if message_id is None and parcel.kind is Kind.EDIT:
            message_id = await self._send_message(chat.id, parcel.payload)
            anew = True
        else:
            anew = False

        def sent(connection: Any) -> None:
            if not outbox.end(connection, parcel.id, Ended.SENT, now()) or message_id is None:
                return
            if not anew:  # a press may have shown meanwhile that another message is the screen
                outbox.set_drawn(connection, chat.id, parcel.screen, message_id, drawn)
                return
            outbox.set_place(connection, chat.id, parcel.screen, lanes.add_message(connection, chat.id))
            outbox.set_standing(connection, chat.id, parcel.screen, message_id, drawn)

        return await self._commit(chat, parcel, sent)

    async def _send_message(self, chat_id: int, payload: Mapping[str, Any]) -> int:
        result = await self._api.call("sendMessage", chat_id=chat_id, **_message(payload))
        return int(result["message_id"])

    async def _edit_message(self, chat_id: int, message_id: int, payload: Mapping[str, Any]) -> bool:
        """False where the message can't be edited any more."""
        try:
            await self._api.call("editMessageText", chat_id=chat_id, message_id=message_id, **_message(payload))
        except BadRequest as error:
            words = error.message.lower()
            if _UNCHANGED in words:
                return True
            if any(lost in words for lost in _LOST):
                return False
            raise
        return True

    async def _send_file(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        """Makes the file from its input and sends it; after three failures one sentence goes out instead."""
        try:
            made = await self._storage.read(lambda connection: self._files.make(connection, parcel.payload))
        except FileNotAllowed:
            await self._end(chat, parcel, Ended.ASIDE, "the right to see it is gone")
            return
        except Exception as error:
            if passing_trouble(error):
                raise
            log.exception("file_failed", chat_id=chat.id, row=parcel.id, tries=parcel.tries + 1)
            await self._making_failed(chat, parcel, "turn.file_failed")
            return
        await self._turn_to_send(chat, parcel)
        await self._api.send_document(chat.id, made.content, filename=made.name, caption=made.caption or None)
        await self._end(chat, parcel, Ended.SENT)

    async def _making_failed(self, chat: "_ChatQueue", parcel: Parcel, words: str) -> None:
        """Counts a try in vain; after the last one a sentence goes out in place of the file or screen."""
        tries = parcel.tries + 1
        if tries < FILE_TRIES:
            await self._storage.write(lambda connection: outbox.count_try(connection, parcel.id, tries))
            chat.rows[parcel.id] = replace(parcel, tries=tries)
            await asyncio.sleep(0.2)
            return
        language = await self._storage.read(lambda connection: language_of_chat(connection, chat.id))
        sentence = render(line(self._messages.text(words, language)), language)
        await self._send_message(chat.id, sentence)
        await self._end(chat, parcel, Ended.ASIDE, "could not be made, see the log")

    async def _blocked(self, chat: "_ChatQueue", reason: str) -> None:
        """The person does not want to hear from us: all that waits for the chat is put aside."""
        log.info("chat_blocked", chat_id=chat.id)
        known = list(chat.rows.values())  # what comes meanwhile is tried: the person may have let the bot in again

        def give_up(connection: Any) -> None:
            mark_blocked(connection, chat.id, now())
            outbox.put_chat_aside(connection, chat.id, max(row.id for row in known), now(), reason)

        await self._storage.write(give_up)
        for parcel in known:
            self._forget(chat, parcel)

    async def _end(self, chat: "_ChatQueue", parcel: Parcel, how: Ended, reason: str | None = None) -> None:
        await self._commit(chat, parcel, lambda connection: outbox.end(connection, parcel.id, how, now(), reason))

    async def _commit(self, chat: "_ChatQueue", parcel: Parcel, job: Any) -> None:
        """Marks a row; while storage fails the row is not sent again, only the mark is tried anew."""
        back_off = 0.2
        while True:
            try:
                await self._storage.write(job)
            except Exception as error:
                if trouble := passing_trouble(error):
                    log.warning("storage_fault", chat_id=chat.id, row=parcel.id, trouble=trouble)
                else:
                    log.exception("mark_failed", chat_id=chat.id, row=parcel.id)
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, LONGEST_FOR_STORAGE)
            else:
                self._forget(chat, parcel)
                return

    def _forget(self, chat: "_ChatQueue", parcel: Parcel) -> None:
        if chat.rows.pop(parcel.id, None) is not None:
            self._gate.answers_waiting -= not parcel.pushed
            self._ended[parcel.id] = None
            if len(self._ended) > ENDED_KEPT:
                self._ended.popitem(last=False)


class _ChatQueue:
    """What waits for one chat, in the order of the rows' ids."""

    def __init__(self, chat_id: int, pace: ChatPace) -> None:
        self.id = chat_id
        self.rows: dict[int, Parcel] = {}
        self.pace = pace

    def next(self) -> Parcel:
        """The oldest row."""
        return self.rows[min(self.rows)]

    def newer_drawing(self, parcel: Parcel) -> bool:
        """Whether this edit is overtaken by a later row of the same screen."""
        return parcel.kind is Kind.EDIT and any(
            later.screen == parcel.screen and later.id > parcel.id for later in self.rows.values()
        )


def _message(payload: Mapping[str, Any]) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "text": payload["text"],
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if payload["keyboard"]:
        parameters["reply_markup"] = {"inline_keyboard": payload["keyboard"]}
    return parameters


def _is_for_good(error: Exception) -> bool:
    """Whether trying again can't help: Telegram refuses it, the group is another one now, or the file is too large."""
    return isinstance(error, BadRequest | ChatMigrated) or "Request Entity Too Large" in str(error)


def _reason(error: Exception) -> str:
    return str(error)[:200]
