"""The contract of a turn: an event comes in, the dialog changes the domain through ports and collects replies.

A turn is synchronous and sends nothing: what it collected is stored with the changes in one transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dialogs.conversation.talk import PersonId
from dialogs.ports.days import CalendarNews
from dialogs.ports.people import Person
from dialogs.ports.store import Store
from dialogs.press import Press
from dialogs.view import View
from knowledge.accounting.faults import Fault
from knowledge.accounting.summary import Summary
from knowledge.catalogue import Catalogue, Knowledge
from knowledge.language.messages import Language, Messages
from knowledge.recognition.matches import NOTHING, Recognition

PUSHED_UP_BY: Final = 3
"""From so many messages below it on, a screen moves down to the bottom of the chat."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its English name, with what stood behind it."""

    name: str
    argument: str = ""
    found: Recognition = NOTHING
    """What was recognised in the argument of /objection."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed button, and the screen that it stood on ('' where that has no name)."""

    press: Press
    screen: str = ""
    document: "Document | None" = None
    """The file that was read again, because the press said what one of its headings means."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A plain text, and what was recognised in it."""

    text: str
    found: Recognition = NOTHING


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice message, kept by Telegram's id of the file."""

    file_id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A cost distribution sheet that was read and computed before the turn: as storage keeps it, and its gist."""

    text: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Document:
    """A file, and what was read in it before the turn began.

    Exactly one of these is there as soon as it was opened: `sheet`; `faults` in its cells; `unknown` headings, whose
    centres somebody has to explain; `calendar`; or `hindrance`, the last part of the message that says why it was not
    read at all.
    """

    name: str
    size: int
    file_id: str
    sheet: ReadSheet | None = None
    faults: tuple[Fault, ...] = ()
    unknown: tuple[str, ...] = ()
    hindrance: str = ""
    calendar: CalendarNews | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or anything else that no dialog reads."""

    kind: str


Event = Command | Pressed | Typed | Voice | Document | Attachment


@dataclass(frozen=True, slots=True)
class Sender:
    """Who stands behind an update, member or not, as Telegram tells it."""

    id: PersonId
    chat_id: int
    name: str
    language: Language


@dataclass(frozen=True, slots=True)
class Show:
    """A new message; with a name it becomes that screen."""

    view: View
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """The screen is drawn afresh, or sent where it can't be found."""

    screen: str
    view: View


@dataclass(frozen=True, slots=True)
class Retire:
    """The message that is the screen now is shortened and is the screen no more."""

    screen: str
    view: View


@dataclass(frozen=True, slots=True)
class SendFile:
    """A file that is made when it is sent, from the complete input."""

    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShowLater:
    """A screen that reads over many rows: drawn when it is sent, on a reading connection, from the complete input.

    `edits`: it takes the place of what stands there.
    """

    kind: str
    values: Mapping[str, Any]
    screen: str = ""
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Notify:
    """A message to another member."""

    to: PersonId
    view: View


Reply = Show | Edit | Retire | ShowLater | SendFile | Notify


@dataclass(frozen=True, slots=True)
class Links:
    """How the bot is reached: its user name, None before it has been online once."""

    bot_username: str | None = None

    def invite(self, code: str) -> str | None:
        """The deep link that joins with this code."""
        return f"https://t.me/{self.bot_username}?start={code}" if self.bot_username else None


@dataclass(slots=True)
class Turn:
    """One update on its way through a dialog. `at` is aware UTC and the same when the turn is tried again."""

    sender: Sender
    event: Event
    at: datetime
    catalogue: Catalogue
    messages: Messages
    store: Store
    links: Links
    new_code: Callable[[], str]
    """Makes a secret code (of an invite, of one help screen); randomness comes from outside, as time does."""
    member: Person | None = None
    replies: list[Reply] = field(default_factory=list)
    toast_text: str = ""
    commands_changed: bool = False

    @property
    def person(self) -> Person:
        """The member whose turn it is; only the front door meets others."""
        if self.member is None:
            raise LookupError("this turn belongs to nobody who has joined")
        return self.member

    @property
    def language(self) -> Language:
        """The language of the person, or of their Telegram before they joined."""
        return self.member.language if self.member else self.sender.language

    @property
    def knowledge(self) -> Knowledge:
        """The content in the person's language."""
        return self.catalogue[self.language]

    @property
    def now(self) -> datetime:
        """The time of the turn in the person's zone."""
        return self.at.astimezone(ZoneInfo(self.person.zone))

    @property
    def today(self) -> date:
        """The person's day."""
        return self.now.date()

    def say(self, key: str, **values: Any) -> str:
        """A message of the interface in the person's language."""
        return self.messages.text(key, self.language, **values)

    def change_person(self, person: Person) -> None:
        """Stores the person as changed; the rest of the turn sees the change."""
        self.store.people.save(person)
        self.member = person

    def show(self, view: View, screen: str = "") -> None:
        """Sends a message; with a name it becomes that screen."""
        self.replies.append(Show(view, screen))

    def edit(self, screen: str, view: View) -> None:
        """Draws a named screen afresh where it stands."""
        self.replies.append(Edit(screen, view))

    def keep_in_reach(self, screen: str, view: View, short: View) -> None:
        """Draws a screen where it stands, or at the bottom where messages have pushed it up.

        The old one then becomes `short`.
        """
        below = self.store.screens.messages_below(self.sender.chat_id, screen)
        if below is None:
            self.show(view, screen)
        elif below >= PUSHED_UP_BY:
            self.move_down(screen, view, short)
        else:
            self.edit(screen, view)

    def move_down(self, screen: str, view: View, short: View) -> None:
        """Sends the screen anew at the bottom; the old one becomes `short`."""
        self.replies.append(Retire(screen, short))
        self.show(view, screen)

    def toast(self, text: str) -> None:
        """The short answer to a press; where it comes too late it stands on the screen that is drawn."""
        self.toast_text = text

    def send_file(self, kind: str, **values: Any) -> None:
        """Has a file made and sent after this turn's messages."""
        self.replies.append(SendFile(kind, values))

    def show_later(self, kind: str, screen: str = "", *, edits: bool = False, **values: Any) -> None:
        """Has a screen drawn when it is sent, because it reads over many rows. `values` are JSON values."""
        self.replies.append(ShowLater(kind, values, screen, edits))

    def notify(self, to: PersonId, view: View) -> None:
        """Sends a message to another member."""
        self.replies.append(Notify(to, view))


Dialog = Callable[[Turn], None]

QUESTION_WAITS: Final = timedelta(hours=2)
"""A question older than this takes no typed text any more; it waits as a button."""
