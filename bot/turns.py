"""One turn in one transaction: the update's mark, the dialog's changes and its replies commit together or not at all.

Everything here is synchronous and runs on the storage thread, possibly more than once for the same update.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from bot import routes
from bot.late import drawing
from bot.rendering import Payload, render
from bot.storage import inbox, lanes, outbox
from bot.storage.inbox import Letter
from bot.storage.outbox import Kind, Parcel
from bot.storage.people import addresses
from bot.storage.store import SqlStore
from dialogs import door
from dialogs.turn import (
    Dialog,
    Edit,
    Event,
    Links,
    Notify,
    Pressed,
    Reply,
    Retire,
    Sender,
    SendFile,
    Show,
    ShowLater,
    Turn,
)
from dialogs.view import View, line
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language, Messages

MAX_TOAST: Final = 200


def new_code() -> str:
    """A secret for an invite, fit for a deep link."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class House:
    """What every turn needs and none changes."""

    owner: str
    """Names this process as the holder of lanes."""
    catalogue: Catalogue
    messages: Messages
    links: Callable[[], Links]


@dataclass(frozen=True, slots=True)
class Call:
    """An update as the dialog gets it. `pressed_message` is the message whose button was pressed.

    In a group nobody is let in: `in_group` says that the chat is one.
    """

    letter: Letter
    sender: Sender
    event: Event
    dialog: Dialog
    pressed_message: int | None = None
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What a committed turn leaves to do outside: the answer to the press, and what to send."""

    parcels: Sequence[Parcel] = ()
    toast: str = ""
    language: Language = Language.DE
    commands_changed: bool = False


def run_turn(
    connection: Connection, house: House, call: Call, *, answerable: Callable[[], bool] = lambda: True
) -> Done | None:
    """Runs the dialog and stores all that follows from it; None where the update has ended already.

    `answerable` is asked when the dialog has ended: where the press can't be answered any more, what the toast says
    is put on the screen.
    Raises LaneLost where another process works on the chat, and whatever the dialog raises.
    """
    letter = call.letter
    if not inbox.mark_done(connection, letter.id):
        return None
    is_message = not isinstance(call.event, Pressed)
    talked_at = letter.at if call.dialog in routes.OF_A_CONVERSATION else None
    lanes.count_messages(connection, letter.chat_id, house.owner, int(is_message), talked_at)
    if isinstance(call.event, Pressed) and call.event.screen and call.pressed_message is not None:
        outbox.correct_standing(connection, letter.chat_id, call.event.screen, call.pressed_message)
    store = SqlStore(connection)
    turn = Turn(
        sender=call.sender,
        event=call.event,
        at=letter.at,
        catalogue=house.catalogue,
        messages=house.messages,
        store=store,
        links=house.links(),
        new_code=new_code,
        member=store.people.get(call.sender.id),
    )
    if call.in_group:
        door.group(turn)
    else:
        door.admit(turn, call.dialog)
    toast = turn.toast_text[:MAX_TOAST]
    replies = merged(turn.replies)
    if toast and not (isinstance(call.event, Pressed) and answerable()):
        replies, toast = with_words(replies, toast), ""
    parcels = [
        parcel
        for reply in replies
        if not isinstance(reply, Notify)
        for parcel in _store(connection, house, turn, reply)
    ]
    parcels += _tell(connection, turn, [reply for reply in replies if isinstance(reply, Notify)])
    return Done(parcels, toast, turn.language, turn.commands_changed)


def put_aside(connection: Connection, house: House, call: Call, reason: str, mark: str) -> Done | None:
    """Gives an update up after its last try, with one kind sentence; `mark` leads the operator to it."""
    letter = call.letter
    if not inbox.put_aside(connection, letter.id, letter.raw, f"{mark} {reason}"):
        return None
    member = SqlStore(connection).people.get(call.sender.id)
    language = member.language if member else call.sender.language
    view = line(house.messages.text("turn.put_aside", language, mark=mark))
    lanes.add_message(connection, letter.chat_id)
    parcel = outbox.add(connection, letter.chat_id, Kind.SEND, "", render(view, language), letter.at)
    return Done([parcel], language=language)


def merged(replies: Sequence[Reply]) -> list[Reply]:
    """At most one call for each screen: a later drawing of the same message takes the place of an earlier one."""
    kept: list[Reply] = []
    for reply in replies:
        if isinstance(reply, Edit):
            place = _drawn_at(kept, reply.screen)
            if place is not None:
                earlier = kept[place]
                if isinstance(earlier, Show | Edit):
                    kept[place] = replace(earlier, view=reply.view)
                    continue
        kept.append(reply)
    return kept


def _drawn_at(replies: Sequence[Reply], screen: str) -> int | None:
    """Where the screen's present message is drawn already."""
    for place in range(len(replies) - 1, -1, -1):
        reply = replies[place]
        if isinstance(reply, Show | Edit) and reply.screen == screen:
            return place
        if isinstance(reply, Retire) and reply.screen == screen:
            return None
    return None


def with_words(replies: Sequence[Reply], words: str) -> list[Reply]:
    """The same replies with a toast's words on the last screen, or in a message of their own."""
    kept = list(replies)
    for place in range(len(kept) - 1, -1, -1):
        reply = kept[place]
        if isinstance(reply, Show | Edit):
            kept[place] = replace(reply, view=reply.view.with_hint(words))
            return kept
    return [*kept, Show(line(words))]


def _tell(connection: Connection, turn: Turn, notices: Sequence[Notify]) -> list[Parcel]:
    """Messages to other members, all of them in a few statements: a team may have a hundred."""
    known = addresses(connection, [notice.to for notice in notices]) if notices else {}
    drawn: dict[tuple[View, Language], Payload] = {}
    messages: list[tuple[int, Payload]] = []
    for notice in notices:
        if notice.to not in known:
            continue
        chat_id, language = known[notice.to]
        alike = notice.view, language
        if alike not in drawn:
            drawn[alike] = render(*alike)
        messages.append((chat_id, drawn[alike]))
    lanes.add_messages(connection, [chat_id for chat_id, _ in messages])
    return outbox.push_all(connection, messages, turn.at)


_ToSender = Show | Edit | Retire | ShowLater | SendFile


def _store(connection: Connection, house: House, turn: Turn, reply: _ToSender) -> list[Parcel]:
    chat_id = turn.sender.chat_id

    def add(kind: Kind, screen: str, payload: Any) -> list[Parcel]:
        return [outbox.add(connection, chat_id, kind, screen, payload, turn.at)]

    def drawn(view: View, screen: str) -> Any:
        return render(view, turn.language, screen)

    match reply:
        case Show(view, screen):
            place = lanes.count_messages(connection, chat_id, house.owner, 1)
            if screen:
                outbox.set_place(connection, chat_id, screen, place)
            return add(Kind.SEND, screen, drawn(view, screen))
        case Edit(screen, view):
            return add(Kind.EDIT, screen, drawn(view, screen))
        case Retire(screen, view):
            return add(Kind.RETIRE, screen, drawn(view, ""))
        case ShowLater(kind, values, screen, edits):
            later = drawing.payload(kind, values, turn.sender.id, screen)
            if edits:
                return add(Kind.EDIT, screen, later)
            place = lanes.count_messages(connection, chat_id, house.owner, 1)
            if screen:
                outbox.set_place(connection, chat_id, screen, place)
            return add(Kind.SEND, screen, later)
        case SendFile(kind, values):
            lanes.count_messages(connection, chat_id, house.owner, 1)
            made_of = {"kind": kind, "values": dict(values), "person": turn.sender.id, "language": turn.language}
            return add(Kind.FILE, "", made_of)
