"""What a seller's day consists of: appointments and reminders, and the ports to where they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, Protocol

from dialogs.conversation.talk import ConversationId, CustomerId, PersonId
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


class Appointments(Protocol):
    """Appointments of one seller. Cancelled ones are gone for everybody but the calendar that cancelled them."""

    def add(self, owner: PersonId, appointment: Appointment) -> AppointmentId:
        """Stores a new one; the id of `appointment` does not count."""

    def save(self, owner: PersonId, appointment: Appointment) -> None: ...
    def get(self, owner: PersonId, appointment_id: AppointmentId) -> Appointment | None: ...
    def cancel(self, owner: PersonId, appointment_id: AppointmentId, at: datetime) -> None: ...
    def between(self, owner: PersonId, start: datetime, end: datetime) -> Sequence[Appointment]:
        """Those that touch the span, by their start."""


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
