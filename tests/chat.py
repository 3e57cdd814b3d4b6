"""A seller's chat for tests that read like transcripts: real dialogs, real turns, real storage, no Telegram.

Only what is on the screen can be pressed. After each event everything is loaded anew from storage, each screen is
read as Telegram would read it, and the steps of the conversation are replayed.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from sqlalchemy import Engine

from bot.late.drawing import LATER, LateScreens
from bot.rendering import MAX_TEXT, units
from bot.routes import dialog_for
from bot.storage import inbox, lanes, outbox
from bot.storage.inbox import Arrival
from bot.storage.outbox import Ended, Kind, Parcel
from bot.storage.store import SqlStore
from bot.turns import Call, House, run_turn
from dialogs import menu
from dialogs.conversation.talk import PersonId, Step, Talk, replay
from dialogs.press import MAX_BYTES, read_press
from dialogs.turn import Attachment, Command, Document, Event, Links, Pressed, Sender, Typed, Voice
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language, Messages
from knowledge.recognition.matches import NOTHING, Label, Match, Recogniser, Recognition

MONDAY_MORNING = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)

_DECORATION = re.compile(r"[^\w\s.,:;()%/…'’-]", re.UNICODE)
_update_ids = itertools.count(1)


def plain(label: str) -> str:
    """A label without emoji, arrows and boxes."""
    return " ".join(_DECORATION.sub("", label).split())


def sure(*labels: Label) -> Recognition:
    """Recognised beyond doubt: these are answered at once."""
    matches = tuple(Match(label, 0.9) for label in labels)
    return Recognition(matches, matches)


def unsure(*labels: Label) -> Recognition:
    """Any of these may be meant."""
    return Recognition(tuple(Match(label, 0.3) for label in labels))


def guessed(*labels: Label) -> Recognition:
    """Nothing was recognised, but these are not far-fetched."""
    return Recognition(guesses=tuple(Match(label, 0.5) for label in labels))


@dataclass
class Message:
    """A message on the screen, as the person sees it."""

    id: int
    screen: str
    text: str
    keyboard: list[list[dict[str, Any]]]

    @property
    def buttons(self) -> list[str]:
        """The labels, without decoration."""
        return [plain(button["text"]) for row in self.keyboard for button in row]


@dataclass
class Chat:
    """One person's chat with the bot. `now` is the clock."""

    engine: Engine
    house: House
    person_id: int
    language: Language = Language.DE
    name: str = "Sabine"
    now: datetime = MONDAY_MORNING
    phone: list[Message] = field(default_factory=list)
    toast: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    new: list[Message] = field(default_factory=list)
    checks_replay: bool = True
    recogniser: Recogniser | None = None
    """Hears what is typed; without one the transcript says what is found."""
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(100))

    # What the person does

    def sends(self, command: str, found: Recognition = NOTHING) -> None:
        """Sends `/command argument`; `found` is what was recognised in the argument."""
        word, _, argument = command.removeprefix("/").partition(" ")
        known = menu.find(word)
        self._happens(Command(known.name if known else word, argument, self._hears(argument, found)))

    def types(self, text: str, found: Recognition = NOTHING) -> None:
        """Types plain text; `found` is what was recognised in it."""
        self._happens(Typed(text, self._hears(text, found)))

    def speaks(self, file_id: str = "voice-1", seconds: int = 7) -> None:
        """Sends a voice message."""
        self._happens(Voice(file_id, seconds))

    def attaches(self, kind: str = "photo") -> None:
        """Sends a picture or something else that is not read."""
        self._happens(Attachment(kind))

    def sends_file(self, document: Document) -> None:
        """Sends a file; what was read in it comes along."""
        self._happens(document)

    def press(self, label: str, document: Document | None = None) -> None:
        """Presses a button that is on the screen, the newest message first; by its words, whole or unique in part.

        `document` is the file that was read again because of this press.
        """
        message, button = self._find(label)
        if "callback_data" not in button:
            raise AssertionError(f"{label!r} is no button that talks to the bot: {button}")
        self.press_data(button["callback_data"], message.id, document)

    def press_data(self, data: str, message_id: int | None = None, document: Document | None = None) -> None:
        """Presses a button by what it carries, on the screen or long gone."""
        read = read_press(data)
        assert read is not None, data
        screen, press = read
        if message_id is None:
            standing = [message.id for message in self.phone if message.screen == screen and screen]
            message_id = standing[-1] if standing else (self.phone[-1].id if self.phone else 1)
        self._happens(Pressed(press, screen, document), message_id)

    def data_of(self, label: str) -> str:
        """What a visible button carries, to press it later when it is an old one."""
        return str(self._find(label)[1]["callback_data"])

    def later(self, **span: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**span)

    def restarted(self) -> "Chat":
        """The same chat after the process was started anew: nothing but storage and phone are left."""
        return Chat(
            self.engine, self.house, self.person_id, self.language, self.name, self.now, self.phone, "", self.files,
            [], self.checks_replay, self.recogniser, self._message_ids,
        )  # fmt: skip

    # What the person sees

    @property
    def message(self) -> Message:
        """The newest message."""
        assert self.phone, "nothing was sent"
        return self.phone[-1]

    @property
    def screen(self) -> str:
        """The text of the newest message."""
        return self.message.text

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message."""
        return self.message.buttons

    @property
    def card_message(self) -> Message:
        """The live card of the active conversation."""
        talk = self.talk
        cards = [message for message in self.phone if message.screen == f"card:{talk.id}"]
        assert cards, f"no card of conversation {talk.id} in the chat"
        return cards[-1]

    @property
    def card(self) -> str:
        """The text of the live card."""
        return self.card_message.text

    @property
    def card_buttons(self) -> list[str]:
        """The labels under the live card."""
        return self.card_message.buttons

    def sees(self, *words: str, buttons: Sequence[str] = ()) -> None:
        """The newest message holds these words and these buttons."""
        self._holds(self.message, words, buttons)

    def sees_card(self, *words: str, buttons: Sequence[str] = ()) -> None:
        """The live card holds these words and these buttons."""
        self._holds(self.card_message, words, buttons)

    @staticmethod
    def _holds(message: Message, words: Sequence[str], buttons: Sequence[str]) -> None:
        for word in words:
            assert word in message.text, f"{word!r} is not on the screen:\n{message.text}"
        for label in buttons:
            assert any(label == known or label in known for known in message.buttons), (
                f"no button {label!r} among {message.buttons}"
            )

    # What is stored

    @property
    def talk(self) -> Talk:
        """The active conversation, or the one used last, as it is stored."""
        with self.engine.connect().execution_options(reading=True) as connection:
            store = SqlStore(connection)
            person = store.people.get(PersonId(self.person_id))
            if person is not None and person.active is not None:
                talk = store.conversations.load(person.id, person.active)
            else:
                opened = store.conversations.open(PersonId(self.person_id))
                talk = opened[0].talk if opened else None
        assert talk is not None, "no conversation"
        return talk

    @property
    def steps(self) -> Sequence[Step]:
        """All steps of that conversation."""
        talk_id = self.talk.id
        with self.engine.connect().execution_options(reading=True) as connection:
            return SqlStore(connection).conversations.steps(talk_id)

    # How it works

    def _hears(self, text: str, found: Recognition) -> Recognition:
        return self.recogniser.recognise(text) if self.recogniser and found is NOTHING else found

    def _find(self, label: str) -> tuple[Message, dict[str, Any]]:
        wanted = plain(label)
        for fits in (lambda words: words == wanted, lambda words: wanted in words):
            for message in reversed(self.phone):
                found = [button for row in message.keyboard for button in row if fits(plain(button["text"]))]
                if len(found) == 1 or (found and fits(wanted) and plain(found[0]["text"]) == wanted):
                    return message, found[0]
        on_screen = [message.buttons for message in self.phone]
        raise AssertionError(f"no single button {label!r} on the screen: {on_screen}")

    def _happens(self, event: Event, pressed_message: int | None = None) -> None:
        """One update: stored, run, and its replies shown on the phone."""
        self.toast, self.new = "", []
        sender = Sender(PersonId(self.person_id), self.person_id, self.name, self.language)
        kind = inbox.PRESS if isinstance(event, Pressed) else "message"
        arrival = Arrival(1, next(_update_ids), self.person_id, kind, self.now, self.now, "{}")
        with self.engine.begin() as connection:
            lanes.claim(connection, [self.person_id], self.house.owner, self.now)
            (letter,) = inbox.put(connection, [arrival])
        with self.engine.begin() as connection:
            done = run_turn(connection, self.house, Call(letter, sender, event, dialog_for(event), pressed_message))
        assert done is not None
        self.toast = done.toast
        for parcel in done.parcels:
            if parcel.chat_id == self.person_id:
                self._shows(parcel)
        if self.checks_replay:
            self._check_replay()

    def _shows(self, parcel: Parcel) -> None:
        with self.engine.begin() as connection:
            if parcel.kind is Kind.FILE:
                self.files.append(dict(parcel.payload))
            else:
                self._draw(connection, parcel)
            outbox.end(connection, parcel.id, Ended.SENT, self.now)

    def _draw(self, connection: Any, parcel: Parcel) -> None:
        payload = parcel.payload
        if LATER in payload:
            drawn_by = LateScreens(self.house.catalogue, self.house.messages)
            payload = drawn_by.draw(connection, payload, self.now)
        text, keyboard = read_html(payload["text"]), payload["keyboard"]
        check_limits(text, keyboard)
        at = outbox.standing(connection, self.person_id, parcel.screen) if parcel.screen else None
        old = next((message for message in self.phone if at and message.id == at.message_id), None)
        if parcel.kind is Kind.RETIRE:
            if old is not None:
                old.screen, old.text, old.keyboard = "", text, keyboard
            return
        if parcel.kind is Kind.EDIT and old is not None:
            old.screen, old.text, old.keyboard = parcel.screen, text, keyboard
            self.new.append(old)
            return
        message = Message(next(self._message_ids), parcel.screen, text, keyboard)
        self.phone.append(message)
        self.new.append(message)
        if parcel.screen:
            outbox.set_standing(connection, self.person_id, parcel.screen, message.id, "")

    def _check_replay(self) -> None:
        with self.engine.connect().execution_options(reading=True) as connection:
            store = SqlStore(connection)
            for opened in store.conversations.open(PersonId(self.person_id)):
                again = replay(opened.id, store.conversations.steps(opened.id))
                assert again == opened.talk, f"replaying the steps gives another state:\n{again}\n{opened.talk}"


def read_html(html: str) -> str:
    """The text that Telegram shows of its HTML; fails where Telegram would not read it."""
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z]+)>", html):
        if closing:
            assert open_tags, f"</{tag}> closes nothing"
            assert open_tags.pop() == tag, f"</{tag}> closes another tag"
        else:
            open_tags.append(tag)
    assert not open_tags, f"not closed: {open_tags}"
    bare = re.sub(r"</?(?:b|i|pre|blockquote)>", "", html)
    assert "<" not in bare, f"not escaped: {bare}"
    return unescape(bare)


def check_limits(text: str, keyboard: list[list[dict[str, Any]]]) -> None:
    """Telegram's limits on a message."""
    assert 0 < units(text) <= MAX_TEXT
    assert text.strip(), "an empty message"
    assert sum(map(len, keyboard)) <= 100
    for row in keyboard:
        assert 0 < len(row) <= 8
        for button in row:
            assert button["text"].strip()
            if "callback_data" in button:
                assert 0 < len(button["callback_data"].encode()) <= MAX_BYTES
            if "copy_text" in button:
                assert 0 < units(button["copy_text"]["text"]) <= 256


def house_for_tests(catalogue: Catalogue, messages: Messages) -> House:
    """What every turn needs."""
    return House("tests", catalogue, messages, lambda: Links("roter_faden_bot"))
