"""The worker between inbox and outbox: hands stored updates to PTB, a chat's one after the other, chats side by side.

A handler makes the event and awaits `context.turn(dialog, event)`. The runner behind it owns the hop to the storage
thread, the transaction, the tries and the putting aside, and lets nothing out, because PTB swallows what a handler
raises.
"""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram import Update

from bot.answers import Answers
from bot.storage import inbox
from bot.storage.engine import passing_trouble
from bot.storage.inbox import Letter
from bot.storage.lanes import LaneLost
from bot.storage.work import Storage
from bot.turns import Call, Done, House, put_aside, run_turn
from dialogs.turn import Dialog, Event, Sender

log = structlog.get_logger()

RETRY_AFTER: Final = (0.2, 1.0, 5.0)
"""Seconds before each further try of a turn that raised."""


@dataclass(slots=True)
class Ticket:
    """A letter on its way through PTB's handlers."""

    letter: Letter
    callback_id: str | None = None
    taken: bool = False
    """A turn took it: it has ended in storage, or is put aside, unless storage failed."""
    storage_failed: Exception | None = None
    """Not even a turn's failure could be noted: the update has not ended."""
    failed: BaseException | None = None
    """A handler raised outside of a turn."""


_on_its_way: ContextVar[Ticket] = ContextVar("ticket")


def ticket_on_its_way() -> Ticket:
    """The letter that the running handler was given."""
    return _on_its_way.get()


class PostOffice:
    """Runs turns. `process` hands an update to PTB's handlers; what they await here comes back as `turn`."""

    def __init__(
        self,
        storage: Storage,
        house: House,
        answers: Answers,
        process: Callable[[Update], Awaitable[None]],
        read_update: Callable[[dict[str, Any]], Update],
        after: Callable[[Done, Sender], None],
    ) -> None:
        self._storage = storage
        self._house = house
        self._answers = answers
        self._process = process
        self._read_update = read_update
        self._after = after
        self._lanes: dict[int, deque[Letter]] = {}
        self._known: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._room = asyncio.Event()
        self._room.set()

    @property
    def open_letters(self) -> int:
        """How many stored updates wait in memory or are being handled."""
        return len(self._known)

    def busy(self, chat_id: int) -> bool:
        """Whether a chat has updates that are not done."""
        return chat_id in self._lanes

    def take(self, letters: Iterable[Letter]) -> None:
        """Takes stored updates of chats whose lanes this process holds, in their order."""
        if self._stopping:
            return
        for letter in letters:
            if letter.id in self._known:
                continue
            self._known.add(letter.id)
            lane = self._lanes.get(letter.chat_id)
            if lane is not None:
                lane.append(letter)
                continue
            self._lanes[letter.chat_id] = deque([letter])
            task = asyncio.create_task(self._serve(letter.chat_id), name=f"lane-{letter.chat_id}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> None:
        """Lets the turns that have begun end; what waits behind them stays in storage."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, chat_id: int) -> None:
        lane = self._lanes[chat_id]
        try:
            while lane and not self._stopping:
                letter = lane[0]
                await self._handle_at_last(letter)
                lane.popleft()
                self._known.discard(letter.id)
        finally:
            self._known.difference_update(letter.id for letter in lane)
            del self._lanes[chat_id]

    async def _handle_at_last(self, letter: Letter) -> None:
        """Handles an update, however long storage fails meanwhile: what came later in the chat must not overtake it."""
        back_off = RETRY_AFTER[0]
        while not self._stopping:
            try:
                await self._handle(letter)
            except Exception as error:
                if trouble := passing_trouble(error):
                    log.warning("storage_fault", chat_id=letter.chat_id, inbox=letter.id, trouble=trouble)
                else:
                    log.exception("update_not_ended", chat_id=letter.chat_id, inbox=letter.id)
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, RETRY_AFTER[-1])
            else:
                return

    async def _handle(self, letter: Letter) -> None:
        """One update through PTB's handlers, and then: was it done, not wanted, or did a handler fail?"""
        ticket = Ticket(letter)
        try:
            raw = json.loads(letter.raw)
            if letter.live and letter.kind == inbox.PRESS:
                ticket.callback_id = str(raw[inbox.PRESS]["id"])
            update = self._read_update(raw)
        except Exception:
            log.exception("update_unreadable", inbox=letter.id, kind=letter.kind)
            await self._end(letter, "unreadable")
            return
        for tries, pause in enumerate((*RETRY_AFTER, None), letter.tries + 1):
            ticket.failed = None
            token = _on_its_way.set(ticket)
            try:
                await self._process(update)
            finally:
                _on_its_way.reset(token)
            if ticket.storage_failed is not None:
                raise ticket.storage_failed
            if ticket.taken:
                return
            if ticket.failed is None:
                await self._end(letter)
                return
            if passing_trouble(ticket.failed):
                raise ticket.failed
            log.error("handler_failed", inbox=letter.id, kind=letter.kind, exc_info=ticket.failed)
            await self._note_try(letter, tries)
            if pause is not None:
                await asyncio.sleep(pause)
        await self._end(letter, "a handler failed, see the log")

    async def _end(self, letter: Letter, reason: str | None = None) -> None:
        """Ends an update that no turn took."""
        if reason is None:
            await self._storage.write(lambda connection: inbox.mark_done(connection, letter.id))
        else:
            await self._storage.write(lambda connection: inbox.put_aside(connection, letter.id, letter.raw, reason))

    async def turn(
        self, ticket: Ticket, sender: Sender, dialog: Dialog, event: Event, pressed_message: int | None, *, group: bool
    ) -> None:
        """Runs a dialog's turn until it is committed or put aside. Lets nothing out but cancellation."""
        call = Call(ticket.letter, sender, event, dialog, pressed_message, group)
        ticket.taken = True
        try:
            done = await self._run(ticket, call)
        except Exception as error:
            ticket.storage_failed = error
            return
        if done is None:
            return
        if ticket.callback_id is not None:
            await self._answers.answer(ticket.callback_id, done.toast)
        self._after(done, sender)

    async def _run(self, ticket: Ticket, call: Call) -> Done | None:
        letter = call.letter
        reason = ""
        mark = ""
        pauses = RETRY_AFTER[min(letter.tries, len(RETRY_AFTER)) :]
        for tries, pause in enumerate((*pauses, None), letter.tries + 1):
            try:
                return await self._storage.write(
                    lambda connection: run_turn(
                        connection, self._house, call, answerable=lambda: self._answers.is_open(ticket.callback_id)
                    )
                )
            except LaneLost:
                log.warning("lane_lost", chat_id=letter.chat_id, inbox=letter.id)
                self._let_go(letter.chat_id)
                return None
            except Exception as error:
                if passing_trouble(error):  # no fault of the turn's: it waits for as long as storage takes
                    raise
                reason = type(error).__name__
                mark = secrets.token_hex(2).upper()
                log.exception("turn_failed", chat_id=letter.chat_id, inbox=letter.id, tries=tries, mark=mark)
            await self._note_try(letter, tries)
            if pause is not None:
                await asyncio.sleep(pause)
        return await self._give_up(call, reason, mark)

    async def _note_try(self, letter: Letter, tries: int) -> None:
        """Counts a try in vain. Raises where storage can't: then storage fails, and the try does not count."""
        await self._storage.write(lambda connection: inbox.count_try(connection, letter.id, tries))

    async def _give_up(self, call: Call, reason: str, mark: str) -> Done | None:
        return await self._storage.write(lambda connection: put_aside(connection, self._house, call, reason, mark))

    def _let_go(self, chat_id: int) -> None:
        """Another process works on the chat: what waits behind the present update is found again, in its order."""
        lane = self._lanes[chat_id]
        while len(lane) > 1:
            self._known.discard(lane.pop().id)
