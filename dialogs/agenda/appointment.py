"""One appointment: move, cancel, place, customer, start the conversation, take it along as a file.

A button says what shall hold, such as the moment to move to, so a second tap changes nothing more.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs import forms
from dialogs.agenda import calendar_files, planning
from dialogs.agenda.fields import AgendaForm, AppointmentForm, MoveForm, PlaceForm, WithForm
from dialogs.agenda.views import card_view, draw, screen_of, week_view_button, when
from dialogs.conversation import card, opening, steps
from dialogs.conversation.moves import press_of
from dialogs.conversation.talk import CustomerId, Trigger
from dialogs.ports.days import USUAL_LENGTH, Appointment, AppointmentId
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Hint, Row, Text, View, line, rows_of
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError
from knowledge.language.moments import spoken_moment

ACTIONS: Final = frozenset(
    {
        "ag_open", "ag_move", "ag_to", "ag_when", "ag_cancel", "ag_back", "ag_place", "ag_who", "ag_with", "ag_name",
        "ag_talk", "ag_file",
    }
)  # fmt: skip

_LATER: Final = (timedelta(minutes=30), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
"""What a press moves an appointment by; hours are true hours, days keep the time on the clock."""
_MOMENT: Final = "%Y%m%d%H%M"
_RECENT: Final = 6


def handle(turn: Turn) -> None:
    """A button of an appointment's card."""
    press = press_of(turn)
    if press.action == "ag_back":
        restored = turn.store.appointments.restore(turn.person.id, AppointmentId(press.subject))
    else:
        restored = None
    appointment = restored or turn.store.appointments.get(turn.person.id, AppointmentId(press.subject))
    if appointment is None:
        turn.toast(turn.say("agenda.gone"))
        return
    match press.action:
        case "ag_move":
            draw(turn, _move_view(turn, appointment))
        case "ag_to":
            _move(turn, appointment, press.value)
        case "ag_when":
            forms.ask(turn, "appt_move", 0, of=str(appointment.id))
        case "ag_cancel":
            turn.store.appointments.cancel(turn.person.id, appointment.id, turn.at)
            draw(turn, _cancelled_view(turn, appointment))
        case "ag_place":
            forms.ask(turn, "appt_place", 0, of=str(appointment.id))
        case "ag_who":
            draw(turn, _who_view(turn, appointment, turn.say("agenda.with_whom")))
        case "ag_with":
            _set_customer(turn, appointment, press.value)
        case "ag_name":
            forms.ask(turn, "appt_with", 0, of=str(appointment.id))
        case "ag_talk":
            _start_talk(turn, appointment)
        case "ag_file":
            calendar_files.send(turn, [appointment])
        case _:
            draw(turn, card_view(turn, appointment))


def keep(turn: Turn, answer: AgendaForm) -> None:
    """An answered question: the card shows what holds now."""
    if isinstance(answer, AppointmentForm):
        _keep_new(turn, answer)
        return
    appointment = turn.store.appointments.get(turn.person.id, AppointmentId(answer.of))
    if appointment is None:
        turn.show(line(turn.say("agenda.gone")))
        return
    match answer:
        case MoveForm(when=moment):
            starts_at = _moment_of(turn, moment)
            if starts_at is None:
                return
            appointment = planning.moved(appointment, starts_at)
        case PlaceForm(place=place):
            appointment = replace(appointment, place=place)
        case WithForm(name=name):
            customers = turn.store.customers
            customer = customers.by_name(turn.person.id, name)
            customer = customer or customers.create(turn.person.id, name, alias=False, at=turn.at)
            appointment = replace(appointment, customer_id=customer.id)
    show(turn, planning.change(turn, appointment))


def show(turn: Turn, appointment: Appointment, *, fresh: bool = False) -> None:
    """The card as a message of its own; the question that led to it becomes a line."""
    if isinstance(turn.event, Pressed) and turn.event.screen == forms.SCREEN:
        turn.edit(forms.SCREEN, line(turn.say("agenda.see_below", when=when(turn, appointment))))
    turn.show(card_view(turn, appointment, fresh=fresh), screen_of(appointment))


def _keep_new(turn: Turn, answer: AppointmentForm) -> None:
    starts_at = _moment_of(turn, answer.when)
    if starts_at is None:
        return
    title = answer.what or turn.knowledge.kinds[answer.kind].label
    customer = planning.Names.of(turn.store, turn.person.id).customer_in(title)
    planned = Appointment(
        id=AppointmentId(0),
        kind=answer.kind,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + USUAL_LENGTH[answer.kind],
        customer_id=customer.id if customer else None,
    )
    show(turn, planning.add(turn, planned), fresh=True)


def _moment_of(turn: Turn, moment: DayTime) -> datetime | None:
    """The moment on the person's clock; one that the clock jumps over is told."""
    try:
        return moment.at(ZoneInfo(turn.person.zone))
    except ReadingError as error:
        turn.show(line(turn.say(error.key, **error.params)))
        return None


def _move_view(turn: Turn, appointment: Appointment) -> View:
    """Later by the usual steps, each button with the moment that it means, or a moment that is typed."""
    zone = ZoneInfo(turn.person.zone)
    steps_later = [
        Button(
            spoken_moment(turn.messages, moment, turn.language, zone, turn.at),
            Press("ag_to", appointment.id, value=moment.astimezone(UTC).strftime(_MOMENT)),
        )
        for moment in (_later(appointment.starts_at, step, zone) for step in _LATER)
        if moment > turn.at
    ]
    other = Button(turn.say("agenda.button.other_time"), Press("ag_when", appointment.id))
    words = (Text(turn.say("agenda.move_to", title=appointment.title)), Hint(when(turn, appointment)))
    return View(words, (*rows_of(steps_later, 2), (other,), (_back(turn, appointment),)))


def _later(moment: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    if step >= timedelta(days=1):  # on the clock: ten o'clock stays ten o'clock over the change of time
        return (moment.astimezone(zone) + step).astimezone(UTC)
    return moment + step


def _move(turn: Turn, appointment: Appointment, wanted: str) -> None:
    try:
        starts_at = datetime.strptime(wanted, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        turn.toast(turn.say("turn.unknown_press"))
        return
    if starts_at != appointment.starts_at:
        appointment = planning.change(turn, planning.moved(appointment, starts_at))
    turn.toast(turn.say("agenda.moved_to", when=when(turn, appointment)))
    draw(turn, card_view(turn, appointment))


def _cancelled_view(turn: Turn, appointment: Appointment) -> View:
    words = turn.say("agenda.cancelled", title=appointment.title, when=when(turn, appointment))
    back = Button(turn.say("agenda.button.keep_it"), Press("ag_back", appointment.id))
    week = week_view_button(turn)
    return View((Text(words),), ((back, week),))


def _who_view(turn: Turn, appointment: Appointment, words: str) -> View:
    recent = turn.store.customers.recent(turn.person.id, _RECENT)
    known = [
        Button(customer.name, Press("ag_with", appointment.id, value=str(customer.id)))
        for customer in recent
        if not customer.alias
    ]
    rows: list[Row] = [*rows_of(known, 2)]
    rows.append((Button(turn.say("agenda.button.other_name"), Press("ag_name", appointment.id)),))
    if appointment.customer_id is not None:
        rows[-1] = (*rows[-1], Button(turn.say("agenda.button.nobody"), Press("ag_with", appointment.id, value="0")))
    return View((Text(words), Hint(appointment.title)), (*rows, (_back(turn, appointment),)))


def _set_customer(turn: Turn, appointment: Appointment, wanted: str) -> None:
    chosen = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
    customer = turn.store.customers.get(turn.person.id, CustomerId(chosen)) if chosen else None
    if chosen and customer is None:
        turn.toast(turn.say("opening.customer_gone"))
        return
    changed = replace(appointment, customer_id=customer.id if customer else None)
    if changed != appointment:
        turn.store.appointments.save(turn.person.id, changed)
    draw(turn, card_view(turn, changed))


def _start_talk(turn: Turn, appointment: Appointment) -> None:
    """The open conversation with this customer, else a new one of the appointment's kind."""
    customer = None
    if appointment.customer_id is not None:
        customer = turn.store.customers.get(turn.person.id, appointment.customer_id)
    if customer is None:
        draw(turn, _who_view(turn, appointment, turn.say("agenda.with_whom_first")))
        return
    opening.begin(turn, customer.name)
    talk = steps.active_talk(turn)
    if talk is None:
        return
    if talk.started_at == turn.at and talk.kind is not appointment.kind:
        talk = steps.record(turn, talk, Trigger.DETAILS, kind=appointment.kind)
        card.draw(turn, talk)
    if appointment.conversation_id != talk.id:
        turn.store.appointments.save(turn.person.id, replace(appointment, conversation_id=talk.id))


def _back(turn: Turn, appointment: Appointment) -> Button:
    return Button(turn.say("agenda.button.back"), Press("ag_open", appointment.id))
