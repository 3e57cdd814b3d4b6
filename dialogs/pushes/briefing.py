"""The briefing before an appointment: who, when and where, what was last, what is open, one sentence, and the start."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.conversation.card_text import parted, sentences
from dialogs.conversation.talk import CustomerId, Standing, Talk
from dialogs.customers import ban
from dialogs.customers.briefing import history, talks_with
from dialogs.customers.teller import Teller
from dialogs.ports.customers import Customer
from dialogs.ports.days import Appointment
from dialogs.press import Press
from dialogs.view import Block, Button, Heading, Row, Say, Text, View
from knowledge.taxonomy import AppointmentKind, TargetGroupId

NOBODY: Final = CustomerId(0)


def briefing_view(turn: Teller, appointment: Appointment) -> View:
    """What a seller wants to know on the way in; at most 12 lines."""
    customer = _customer(turn, appointment)
    talks = talks_with(turn, customer) if customer else ()
    talk = next((known for known in talks if known.id == appointment.conversation_id), None)
    talk = talk or next((known for known in talks if known.standing is not Standing.FINISHED), None)
    lines = history(turn, customer, talks).lines if customer else ()
    said = _sentence(turn, appointment, customer, talk)
    return View(
        parted(
            (*_who_when_where(turn, appointment, customer), *_warning(turn, customer)),
            tuple(Text(words) for words in lines),
            (Say(said),) if said else (),
        ),
        _start_row(turn, appointment, talk),
    )


def appointment_words(turn: Teller, appointment: Appointment, customer: Customer | None) -> str:
    """`Webcall: Schäfer GmbH`, or the kind and what was written down where no customer is known."""
    kind = turn.knowledge.kinds[appointment.kind].label
    who = customer.name if customer else appointment.title
    if who.casefold().startswith(kind.casefold()):
        return who
    return turn.say("pushes.what", kind=kind, who=who) if who and who != kind else kind


def _who_when_where(turn: Teller, appointment: Appointment, customer: Customer | None) -> tuple[Block, ...]:
    start, end = _local(turn, appointment.starts_at), _local(turn, appointment.ends_at)
    title = turn.say("pushes.heading", time=start.time(), what=appointment_words(turn, appointment, customer))
    where = turn.say("pushes.until", time=end.time())
    if appointment.place:
        where = turn.say("pushes.until_at", time=end.time(), place=appointment.place)
    about = appointment.title if customer and customer.name not in appointment.title else ""
    return (Heading(title), Text(where), *((Text(about),) if about else ()))


def _warning(turn: Teller, customer: Customer | None) -> tuple[Block, ...]:
    words = ban.warning(turn, customer)
    return (Text(words),) if words else ()


def _sentence(turn: Teller, appointment: Appointment, customer: Customer | None, talk: Talk | None) -> str:
    """One thing to say that suits this target group, this kind of appointment, and how far the talk is."""
    if appointment.kind is AppointmentKind.INTERNAL:
        return ""
    if talk is None or talk.standing is Standing.FINISHED:
        group = (customer.target_group if customer else None) or TargetGroupId.B2B
        with_whom = customer.id if customer else NOBODY
        talk = Talk(started_at=turn.at, touched_at=turn.at, customer_id=with_whom, target_group=group)
    suited = talk.model_copy(update={"kind": appointment.kind})
    return next(iter(sentences(turn.knowledge.phases[talk.phase], suited, 1)), "")


def _start_row(turn: Teller, appointment: Appointment, talk: Talk | None) -> tuple[Row, ...]:
    """The conversation begins with what the appointment knows, asking with whom where it does not, or goes on."""
    if appointment.kind is AppointmentKind.INTERNAL:
        return ()
    goes_on = talk is not None and talk.standing is not Standing.FINISHED
    words = turn.say("pushes.go_on" if goes_on else "pushes.start")
    return ((Button(words, Press("ag_talk", appointment.id)),),)


def _customer(turn: Teller, appointment: Appointment) -> Customer | None:
    return turn.store.customers.get(turn.person.id, appointment.customer_id) if appointment.customer_id else None


def _local(turn: Teller, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(turn.person.zone))
