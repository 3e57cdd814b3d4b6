"""Appointments as a calendar file: what goes into it is written down when it is asked for."""

from collections.abc import Sequence
from typing import Final

from dialogs.agenda.planning import OWN_UID
from dialogs.ports.days import Appointment
from dialogs.turn import Turn
from knowledge.calendar.events import CalendarEntry

FILE: Final = "agenda_ics"
"""The kind of the file."""


def send(turn: Turn, appointments: Sequence[Appointment]) -> None:
    """Has the file made with an alarm as long before as the person's briefing comes."""
    if not appointments:
        turn.toast(turn.say("agenda.nothing"))
        return
    turn.send_file(
        FILE,
        entries=[_entry(turn, appointment).as_json() for appointment in appointments],
        zone=turn.person.zone,
        at=turn.at.isoformat(),
        alarm=int(turn.person.pushes.briefing.total_seconds()) // 60,
    )
    turn.toast(turn.say("agenda.file_comes"))


def _entry(turn: Turn, appointment: Appointment) -> CalendarEntry:
    customer = None
    if appointment.customer_id is not None:
        customer = turn.store.customers.get(turn.person.id, appointment.customer_id)
    kind = turn.knowledge.kinds[appointment.kind].label
    about = turn.say("agenda.in_file", kind=kind, name=customer.name) if customer else kind
    return CalendarEntry(
        uid=appointment.uid or f"{appointment.id}{OWN_UID}",
        occurrence=appointment.occurrence,
        stamp=appointment.stamp,
        title=appointment.title,
        place=appointment.place,
        about=about,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        all_day=appointment.all_day,
    )
