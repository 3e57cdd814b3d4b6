"""What a seller's day consists of: appointments and reminders, and the ports to where they are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, Protocol

from dialogs.conversation.talk import ConversationId, CustomerId, PersonId
from knowledge.calendar.events import ReadCalendar
from knowledge.taxonomy import AppointmentKind

AppointmentId = NewType("AppointmentId", int)
ReminderId = NewType("ReminderId", int)

USUAL_LENGTH: Final = {
    kind: timedelta(minutes=90)
    if kind in (AppointmentKind.INTERNAL, AppointmentKind.COLD_CALL_BLOCK)
    else timedelta(minutes=30)
    for kind in AppointmentKind
}
"""How long an appointment takes if nothing is said."""

LONGEST_WORDS: Final = 200
"""Characters of an appointment's title and of its place."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment of one seller. `starts_at` and `ends_at` are aware UTC.

    `uid`, `occurrence` and `stamp` come from a calendar file: the event, which one of its series, and its version.
    """

    id: AppointmentId
    kind: AppointmentKind
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    all_day: bool = False
    customer_id: CustomerId | None = None
    conversation_id: ConversationId | None = None
    uid: str | None = None
    occurrence: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """As which version an event of a calendar, or one of a series, is known, and whether it is cancelled."""

    id: AppointmentId
    uid: str
    occurrence: str
    stamp: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """What a calendar brings: new ones, others as they take place now, and the stamps of cancelled ones."""

    new: Sequence[Appointment] = ()
    changed: Sequence[Appointment] = ()
    cancelled: Mapping[AppointmentId, str] = field(default_factory=dict)

    def portions(self, size: int) -> "Sequence[CalendarChanges]":
        """The same in pieces of at most `size` appointments; at least one piece."""
        pieces = [
            *(CalendarChanges(new=self.new[at : at + size]) for at in range(0, len(self.new), size)),
            *(CalendarChanges(changed=self.changed[at : at + size]) for at in range(0, len(self.changed), size)),
        ]
        gone = list(self.cancelled.items())
        pieces += [CalendarChanges(cancelled=dict(gone[at : at + size])) for at in range(0, len(gone), size)]
        return pieces or [CalendarChanges()]


@dataclass(frozen=True, slots=True)
class CalendarNews:
    """A calendar file beside what is known: how much of it is what, and what of it is not stored yet."""

    read: ReadCalendar
    left: CalendarChanges
    new: int
    changed: int
    cancelled: int
    same: int
    older: int


class Appointments(Protocol):
    """Appointments of one seller. Cancelled ones are gone for everybody but the calendar that cancelled them."""

    def add(self, owner: PersonId, appointment: Appointment) -> AppointmentId:
        """Stores a new one; the id of `appointment` does not count."""

    def save(self, owner: PersonId, appointment: Appointment) -> None: ...
    def get(self, owner: PersonId, appointment_id: AppointmentId) -> Appointment | None: ...
    def cancel(self, owner: PersonId, appointment_id: AppointmentId, at: datetime) -> None: ...
    def restore(self, owner: PersonId, appointment_id: AppointmentId) -> Appointment | None:
        """Takes a cancellation back; None where there is no such appointment."""

    def between(self, owner: PersonId, start: datetime, end: datetime) -> Sequence[Appointment]:
        """Those that touch the span, by their start."""

    def next_with(self, owner: PersonId, customer_id: CustomerId, after: datetime) -> Appointment | None:
        """The next one with a customer that begins then or later."""

    def versions(self, owner: PersonId, uids: Collection[str]) -> Sequence[KnownVersion]:
        """Which versions of these events of calendars are known, cancelled or not."""

    def known(self, owner: PersonId, ids: Collection[AppointmentId]) -> Sequence[Appointment]:
        """These, cancelled or not."""

    def take_over(self, owner: PersonId, changes: CalendarChanges, at: datetime) -> None:
        """Stores what a calendar brought."""


class ReminderKind(StrEnum):
    """What a seller wants to be reminded of beside the tasks of the follow-up."""

    REFERRAL = "referral"
    SATISFACTION = "satisfaction"
    CHECK_IN = "check_in"
    CROSS_SELLING = "cross_selling"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to be done for a customer on a day."""

    id: ReminderId
    kind: ReminderKind
    due_on: date
    customer_id: CustomerId | None = None
    conversation_id: ConversationId | None = None
    done_on: date | None = None


class Reminders(Protocol):
    """Reminders of one seller."""

    def add(self, owner: PersonId, reminder: Reminder, at: datetime) -> ReminderId:
        """Stores a new one; the id of `reminder` does not count."""

    def save(self, owner: PersonId, reminder: Reminder) -> None: ...
    def get(self, owner: PersonId, reminder_id: ReminderId) -> Reminder | None: ...
    def open(self, owner: PersonId, until: date) -> Sequence[Reminder]:
        """Those not done and due by that day, the oldest first."""

    def of(self, owner: PersonId, conversation_id: ConversationId) -> Sequence[Reminder]:
        """All of a conversation, done or not, in the order in which they are due."""

    def open_with(self, owner: PersonId, customer_id: CustomerId) -> Sequence[Reminder]:
        """Those of a customer that are not done, the oldest first."""

    def remove(self, owner: PersonId, reminder_id: ReminderId) -> None: ...


class DueSource(StrEnum):
    """Where something due comes from: a dated task, a postponed conversation, a reminder."""

    TASK = "task"
    POSTPONED = "postponed"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that a seller has to do by a day, whatever it comes from.

    `id` is that of the conversation, or of the reminder. `what` is the task, the reminder's kind, or empty.
    """

    day: date
    source: DueSource
    id: int
    what: str
    customer: str
    customer_id: CustomerId | None
    conversation_id: ConversationId | None
    no_contact: bool = False


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How much is due before a day, on it, and after it up to another."""

    overdue: int
    today: int
    week: int

    @property
    def all(self) -> int:
        """All three together."""
        return self.overdue + self.today + self.week
