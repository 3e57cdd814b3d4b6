"""What stands in a person's agenda on a day, for the morning message and whoever else asks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogs.ports.days import Appointment
from dialogs.ports.people import Person
from dialogs.ports.store import Store


def appointments_on(store: Store, person: Person, day: date) -> Sequence[Appointment]:
    """The appointments that touch the person's day, by their start; what lasts all day first."""
    zone = ZoneInfo(person.zone)
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    found = store.appointments.between(person.id, start, end)
    return sorted(found, key=lambda one: (not one.all_day, one.starts_at, one.id))
