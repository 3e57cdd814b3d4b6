"""Appointments and reminders of a seller."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from bot.storage.schema import appointment, reminder
from dialogs.conversation.talk import PersonId
from dialogs.day_records import Appointment, AppointmentId, Reminder, ReminderId, ReminderKind
from knowledge.taxonomy import AppointmentKind

_APPOINTMENT: Final = (
    "kind", "title", "starts_at", "ends_at", "place", "all_day", "customer_id", "conversation_id", "uid", "occurrence",
    "stamp",
)  # fmt: skip
_REMINDER: Final = ("kind", "due_on", "customer_id", "conversation_id", "done_on")


class SqlAppointments:
    """`dialogs.day_records.Appointments` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, owner: PersonId, new: Appointment) -> AppointmentId:
        values = {field: getattr(new, field) for field in _APPOINTMENT}
        statement = insert(appointment).values(owner_id=owner, **values).returning(appointment.c.id)
        return AppointmentId(self._connection.execute(statement).scalar_one())

    def save(self, owner: PersonId, changed: Appointment) -> None:
        values = {field: getattr(changed, field) for field in _APPOINTMENT}
        which = (appointment.c.id == changed.id, appointment.c.owner_id == owner)
        self._connection.execute(update(appointment).where(*which).values(values))

    def get(self, owner: PersonId, appointment_id: AppointmentId) -> Appointment | None:
        which = (appointment.c.id == appointment_id, appointment.c.owner_id == owner)
        statement = select(appointment).where(*which, appointment.c.cancelled_at.is_(None))
        row = self._connection.execute(statement).one_or_none()
        return _appointment(row) if row else None

    def cancel(self, owner: PersonId, appointment_id: AppointmentId, at: datetime) -> None:
        which = (appointment.c.id == appointment_id, appointment.c.owner_id == owner)
        self._connection.execute(update(appointment).where(*which).values(cancelled_at=at))

    def between(self, owner: PersonId, start: datetime, end: datetime) -> Sequence[Appointment]:
        rows = self._connection.execute(
            select(appointment)
            .where(
                appointment.c.owner_id == owner, appointment.c.cancelled_at.is_(None),
                appointment.c.starts_at < end, appointment.c.ends_at > start,
            )
            .order_by(appointment.c.starts_at, appointment.c.id)
        )  # fmt: skip
        return [_appointment(row) for row in rows]


def _appointment(row: Row[*tuple[Any, ...]]) -> Appointment:
    values = {field: getattr(row, field) for field in _APPOINTMENT}
    return Appointment(AppointmentId(row.id), **{**values, "kind": AppointmentKind(row.kind)})


class SqlReminders:
    """`dialogs.day_records.Reminders` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, owner: PersonId, new: Reminder, at: datetime) -> ReminderId:
        values = {field: getattr(new, field) for field in _REMINDER}
        statement = insert(reminder).values(owner_id=owner, created_at=at, **values).returning(reminder.c.id)
        return ReminderId(self._connection.execute(statement).scalar_one())

    def save(self, owner: PersonId, changed: Reminder) -> None:
        values = {field: getattr(changed, field) for field in _REMINDER}
        which = (reminder.c.id == changed.id, reminder.c.owner_id == owner)
        self._connection.execute(update(reminder).where(*which).values(values))

    def get(self, owner: PersonId, reminder_id: ReminderId) -> Reminder | None:
        which = (reminder.c.id == reminder_id, reminder.c.owner_id == owner)
        row = self._connection.execute(select(reminder).where(*which)).one_or_none()
        return _reminder(row) if row else None

    def open(self, owner: PersonId, until: date) -> Sequence[Reminder]:
        rows = self._connection.execute(
            select(reminder)
            .where(reminder.c.owner_id == owner, reminder.c.done_on.is_(None), reminder.c.due_on <= until)
            .order_by(reminder.c.due_on, reminder.c.id)
        )
        return [_reminder(row) for row in rows]


def _reminder(row: Row[*tuple[Any, ...]]) -> Reminder:
    values = {field: getattr(row, field) for field in _REMINDER}
    return Reminder(ReminderId(row.id), **{**values, "kind": ReminderKind(row.kind)})
