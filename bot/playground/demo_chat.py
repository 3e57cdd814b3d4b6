"""A member's chat in the past: real turns through the real dialogs, whose replies nobody gets.

Only what the dialogs have drawn can be pressed, and it is found by what it does, not by its words. A turn and
everything about it is one short job. It leaves the person's present alone: the question that waits for them, their
active conversation, and where the screens of their chat stand are afterwards as they were before.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from bot.clock import now
from bot.routes import dialog_for
from bot.storage import inbox, lanes, outbox
from bot.storage.inbox import Arrival
from bot.storage.lanes import LaneLost
from bot.storage.outbox import Ended, Kind, Parcel
from bot.storage.schema import conversation, lane, person, screen, waiting
from bot.storage.work import Storage
from bot.turns import Call, Done, House, run_turn
from dialogs.press import Press, read_press
from dialogs.turn import Command, Event, Pressed, Sender, Typed

DEMO_BOT: Final = 0
"""No bot of Telegram or of the stand-in has this id, so these update ids never meet those of a real one."""
TURNS_OF_A_SERIES: Final = 1000

_WAY_IN: Final = re.compile(r"start[= ](\S+)")


class NotOffered(Exception):
    """The dialogs have drawn no such button: they have changed, and the demo has to follow."""


class AlreadyThere(Exception):
    """This turn was made by an earlier run that was broken off, or the conversation is one of the person's own."""


class TurnFailed(Exception):
    """A dialog raised; the turn has changed nothing. The reason is the cause."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person has in hand: the active conversation, and the question that waits (as it is stored)."""

    active: int | None = None
    question: Any = None


@dataclass(slots=True)
class PastChat:
    """One person's chat. `now` is when the next turn happens; a `series` keeps the update ids of a story together."""

    storage: Storage
    house: House
    sender: Sender
    now: datetime
    series: int = 0
    desk: Desk = field(default_factory=Desk)
    _drawn: dict[str, list[Press]] = field(default_factory=dict)
    """The buttons by screen, the newest screen last; '' is the newest message without a name."""
    _to_copy: list[str] = field(default_factory=list)
    """What the buttons of the newest message copy."""
    _turns: Counter[int] = field(default_factory=Counter)

    async def enter(self) -> None:
        """Takes the chat's lane; turns need it."""
        chat_ids, owner = [self.sender.chat_id], self.house.owner
        await self.storage.write(lambda connection: lanes.claim(connection, chat_ids, owner, now()))

    async def command(self, name: str, argument: str = "") -> None:
        """Sends `/name argument`."""
        await self._happens(Command(name, argument))

    async def type(self, text: str) -> None:
        """Types plain text."""
        await self._happens(Typed(text))

    async def press(self, action: str, value: str | None = None, *, about: int = 0) -> None:
        """Presses the button with this action, value (None: whichever there is) and subject. Raises NotOffered."""
        for name, buttons in reversed(self._drawn.items()):
            for press in buttons:
                if (press.action, press.subject) == (action, about) and value in (None, press.value):
                    await self._happens(Pressed(press, name))
                    return
        raise NotOffered(f"{action}:{about}:{value}")

    async def begin(self, customer: str) -> int:
        """Opens a conversation by `/gespraech NAME` and gives its id.

        Raises AlreadyThere where one with this customer goes on, NotOffered where no card comes.
        """
        await self._happens(Command("talk", customer), begins=True)
        return self.desk.active or 0

    def offers(self, action: str, *, about: int = 0) -> list[str]:
        """The values of the buttons with this action on the newest screen that has one; in their order."""
        for buttons in reversed(self._drawn.values()):
            found = [press.value for press in buttons if (press.action, press.subject) == (action, about)]
            if found:
                return found
        return []

    def way_in(self) -> str:
        """The code of the invitation that was drawn just now. Raises NotOffered."""
        codes = (_WAY_IN.search(text) for text in self._to_copy)
        code = next((code for code in codes if code), None)
        if code is None:
            raise NotOffered("an invitation to copy")
        return code[1]

    async def _happens(self, event: Event, *, begins: bool = False) -> None:
        self._turns[self.series] += 1
        update_id = self.series * TURNS_OF_A_SERIES + self._turns[self.series]
        kind = inbox.PRESS if isinstance(event, Pressed) else "message"
        arrival = Arrival(DEMO_BOT, update_id, self.sender.chat_id, kind, self.now, now(), "{}")

        def job(connection: Connection) -> tuple[Done, Desk]:
            try:
                return past_turn(connection, self.house, arrival, self.sender, event, self.desk, begins=begins)
            except (AlreadyThere, NotOffered, LaneLost):
                raise
            except Exception as error:
                raise TurnFailed(type(error).__name__) from error

        done, self.desk = await self.storage.write(job)
        for parcel in done.parcels:
            if parcel.chat_id == self.sender.chat_id:
                self._draw(parcel)

    def _draw(self, parcel: Parcel) -> None:
        if parcel.kind is Kind.FILE:
            return
        self._drawn.pop(parcel.screen, None)
        if parcel.kind is Kind.RETIRE:
            return
        buttons = [button for row in parcel.payload["keyboard"] for button in row]
        read = [read_press(button["callback_data"]) for button in buttons if "callback_data" in button]
        self._drawn[parcel.screen] = [press for _, press in filter(None, read)]
        self._to_copy = [button["copy_text"]["text"] for button in buttons if "copy_text" in button]


def past_turn(
    connection: Connection, house: House, arrival: Arrival, sender: Sender, event: Event, desk: Desk, *, begins: bool
) -> tuple[Done, Desk]:
    """One turn at a time in the past, and what lies on the demo's desk after it.

    Its replies end unsent, its screens are forgotten. With `begins` the turn has to begin a conversation, else it
    raises AlreadyThere or NotOffered; LaneLost where the house does not hold the chat's lane. Nothing is kept then.
    """
    letters = inbox.put(connection, [arrival])
    if not letters:
        raise AlreadyThere(f"update {arrival.update_id}")
    present = _present(connection, sender)
    _lay(connection, sender, desk, over=present.desk)
    done = run_turn(connection, house, Call(letters[0], sender, event, dialog_for(event)))
    if done is None:
        raise AlreadyThere(f"update {arrival.update_id}")
    after = _desk(connection, sender)
    if begins:
        _check_begun(connection, done, after.active, arrival.at)
    _lay(connection, sender, present.desk, over=after)
    _forget_messages(connection, sender, present, {parcel.screen for parcel in done.parcels})
    for parcel in done.parcels:
        outbox.end(connection, parcel.id, Ended.SUPERSEDED, arrival.received_at)
    return done, after


@dataclass(frozen=True, slots=True)
class _Present:
    """What a past turn must not touch: the desk, how many messages the chat has seen, where its screens stand."""

    desk: Desk
    messages: int
    places: Mapping[str, int]


_PERSON: Final[BindParameter[int]] = bindparam("person_id")
_CHAT: Final[BindParameter[int]] = bindparam("chat")
_DESK: Final = select(
    select(person.c.active_conversation_id).where(person.c.id == _PERSON).scalar_subquery().label("active"),
    select(waiting.c.state).where(waiting.c.person_id == _PERSON).scalar_subquery().label("question"),
)
_MESSAGES: Final = select(lane.c.messages).where(lane.c.chat_id == _CHAT)
_PLACES: Final = select(screen.c.name, screen.c.place).where(screen.c.chat_id == _CHAT)
_ACTIVATE: Final = update(person).where(person.c.id == _PERSON).values(active_conversation_id=bindparam("active"))
_DROP_QUESTION: Final = delete(waiting).where(waiting.c.person_id == _PERSON)
_ASK_QUESTION: Final = insert(waiting).values(person_id=_PERSON, state=bindparam("question"))
_RECOUNT: Final = update(lane).where(lane.c.chat_id == _CHAT).values(messages=bindparam("count"))
_LAST_STEP: Final = select(conversation.c.seq, conversation.c.touched_at).where(
    conversation.c.id == bindparam("conversation")
)


def _desk(connection: Connection, sender: Sender) -> Desk:
    return Desk(*connection.execute(_DESK, {"person_id": sender.id}).one())


def _lay(connection: Connection, sender: Sender, desk: Desk, *, over: Desk) -> None:
    """Puts a desk in the place of another one."""
    key = {"person_id": sender.id}
    if desk.active != over.active:
        connection.execute(_ACTIVATE, {**key, "active": desk.active})
    if desk.question != over.question:
        connection.execute(_DROP_QUESTION, key)
        if desk.question is not None:
            connection.execute(_ASK_QUESTION, {**key, "question": desk.question})


def _present(connection: Connection, sender: Sender) -> _Present:
    chat = {"chat": sender.chat_id}
    messages = connection.execute(_MESSAGES, chat).scalar_one_or_none() or 0
    return _Present(_desk(connection, sender), messages, {row[0]: row[1] for row in connection.execute(_PLACES, chat)})


def _forget_messages(connection: Connection, sender: Sender, present: _Present, drawn: set[str]) -> None:
    """The turn's messages were never there: screens stand where they stood, those that were new stand nowhere."""
    connection.execute(_RECOUNT, {"chat": sender.chat_id, "count": present.messages})
    for name in sorted(drawn - {""}):
        if name in present.places:
            outbox.set_place(connection, sender.chat_id, name, present.places[name])
        else:
            outbox.forget_standing(connection, sender.chat_id, name)


def _check_begun(connection: Connection, done: Done, conversation_id: int | None, at: datetime) -> None:
    if f"card:{conversation_id}" not in [parcel.screen for parcel in done.parcels]:
        raise NotOffered("the card of a new conversation")
    last_step = connection.execute(_LAST_STEP, {"conversation": conversation_id}).one()
    if (last_step.seq, last_step.touched_at) != (1, at.astimezone(UTC)):
        raise AlreadyThere(f"conversation {conversation_id}")
