"""Appointments and reminders of a seller."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update

from bot.storage.schema import appointment, reminder
from dialogs.conversation.talk import ConversationId, CustomerId, PersonId
from dialogs.ports.days import (
    Appointment,
    AppointmentId,
    CalendarChanges,
    KnownVersion,
    Reminder,
    ReminderId,
    ReminderKind,
)
from knowledge.taxonomy import AppointmentKind

_APPOINTMENT: Final = (
    "kind", "title", "starts_at", "ends_at", "place", "all_day", "customer_id", "conversation_id", "uid", "occurrence",
    "stamp",
)  # fmt: skip
_REMINDER: Final = ("kind", "due_on", "customer_id", "conversation_id", "done_on")


class SqlAppointments:
    """`dialogs.ports.days.Appointments` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, owner: PersonId, new: Appointment) -> AppointmentId:
        statement = insert(appointment).values(owner_id=owner, **_values(new)).returning(appointment.c.id)
        return AppointmentId(self._connection.execute(statement).scalar_one())

    def save(self, owner: PersonId, changed: Appointment) -> None:
        which = (appointment.c.id == changed.id, appointment.c.owner_id == owner)
        self._connection.execute(update(appointment).where(*which).values(_values(changed)))

    def get(self, owner: PersonId, appointment_id: AppointmentId) -> Appointment | None:
        which = (appointment.c.id == appointment_id, appointment.c.owner_id == owner)
        statement = select(appointment).where(*which, appointment.c.cancelled_at.is_(None))
        row = self._connection.execute(statement).one_or_none()
        return _appointment(row) if row else None

    def cancel(self, owner: PersonId, appointment_id: AppointmentId, at: datetime) -> None:
        which = (appointment.c.id == appointment_id, appointment.c.owner_id == owner)
        self._connection.execute(update(appointment).where(*which).values(cancelled_at=at))

    def restore(self, owner: PersonId, appointment_id: AppointmentId) -> Appointment | None:
        which = (appointment.c.id == appointment_id, appointment.c.owner_id == owner)
        self._connection.execute(update(appointment).where(*which).values(cancelled_at=None))
        return self.get(owner, appointment_id)

    def next_with(self, owner: PersonId, customer_id: CustomerId, after: datetime) -> Appointment | None:
        row = self._connection.execute(
            select(appointment)
            .where(
                appointment.c.customer_id == customer_id, appointment.c.owner_id == owner,
                appointment.c.cancelled_at.is_(None), appointment.c.starts_at >= after,
            )
            .order_by(appointment.c.starts_at, appointment.c.id)
            .limit(1)
        ).one_or_none()  # fmt: skip
        return _appointment(row) if row else None

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

    def versions(self, owner: PersonId, uids: Collection[str]) -> Sequence[KnownVersion]:
        rows = self._connection.execute(_VERSIONS, {"owner": owner, "uids": list(uids)}).all()
        return [KnownVersion(*row) for row in rows]

    def known(self, owner: PersonId, ids: Collection[AppointmentId]) -> Sequence[Appointment]:
        if not ids:
            return []
        which = (appointment.c.owner_id == owner, appointment.c.id.in_(ids))
        return [_appointment(row) for row in self._connection.execute(select(appointment).where(*which))]

    def take_over(self, owner: PersonId, changes: CalendarChanges, at: datetime) -> None:
        if changes.new:
            self._connection.execute(_INSERT, [{"owner_id": owner, **_values(added)} for added in changes.new])
        if changes.changed:
            rows = [{"key": one.id, "owner": owner, **_values(one)} for one in changes.changed]
            self._connection.execute(_CHANGE, rows)
        if changes.cancelled:
            gone = changes.cancelled.items()
            rows = [{"key": key, "owner": owner, "at": at, "new_stamp": stamp} for key, stamp in gone]
            self._connection.execute(_CANCEL, rows)


_THIS: Final = (appointment.c.id == bindparam("key"), appointment.c.owner_id == bindparam("owner"))
_INSERT: Final = insert(appointment)
_CHANGE: Final = (
    update(appointment).where(*_THIS).values(cancelled_at=None, **{field: bindparam(field) for field in _APPOINTMENT})
)
_CANCEL: Final = update(appointment).where(*_THIS).values(cancelled_at=bindparam("at"), stamp=bindparam("new_stamp"))
_VERSIONS: Final = select(
    appointment.c.id,
    appointment.c.uid,
    appointment.c.occurrence,
    appointment.c.stamp,
    appointment.c.cancelled_at.is_not(None),
).where(appointment.c.owner_id == bindparam("owner"), appointment.c.uid.in_(bindparam("uids", expanding=True)))


_FIELDS_OF: Final = attrgetter(*_APPOINTMENT)


def _values(of: Appointment) -> dict[str, Any]:
    return dict(zip(_APPOINTMENT, _FIELDS_OF(of), strict=True))


def _appointment(row: Row[*tuple[Any, ...]]) -> Appointment:
    values = {field: getattr(row, field) for field in _APPOINTMENT}
    return Appointment(AppointmentId(row.id), **{**values, "kind": AppointmentKind(row.kind)})


class SqlReminders:
    """`dialogs.ports.days.Reminders` on a connection."""

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
        return self._found(reminder.c.owner_id == owner, reminder.c.done_on.is_(None), reminder.c.due_on <= until)

    def of(self, owner: PersonId, conversation_id: ConversationId) -> Sequence[Reminder]:
        return self._found(reminder.c.conversation_id == conversation_id, reminder.c.owner_id == owner)

    def open_with(self, owner: PersonId, customer_id: CustomerId) -> Sequence[Reminder]:
        return self._found(
            reminder.c.customer_id == customer_id, reminder.c.owner_id == owner, reminder.c.done_on.is_(None)
        )

    def remove(self, owner: PersonId, reminder_id: ReminderId) -> None:
        which = (reminder.c.id == reminder_id, reminder.c.owner_id == owner)
        self._connection.execute(delete(reminder).where(*which))

    def _found(self, *which: ColumnElement[bool]) -> Sequence[Reminder]:
        ordered = select(reminder).where(*which).order_by(reminder.c.due_on, reminder.c.id)
        return [_reminder(row) for row in self._connection.execute(ordered)]


def _reminder(row: Row[*tuple[Any, ...]]) -> Reminder:
    values = {field: getattr(row, field) for field in _REMINDER}
    return Reminder(ReminderId(row.id), **{**values, "kind": ReminderKind(row.kind)})
