"""What is changed on the card of a customer: one tap for what is chosen, a question for what is typed."""

from dataclasses import replace
from typing import Final

from dialogs import forms
from dialogs.after_order import planning
from dialogs.conversation import side_screens, steps
from dialogs.conversation.talk import CustomerId, Standing, Trigger
from dialogs.customers import briefing, card, listening
from dialogs.customers.fields import (
    CustomerCompanyForm,
    CustomerDayForm,
    CustomerNameForm,
    CustomerNoteForm,
    CustomerTextForm,
)
from dialogs.customers.permission import NOTHING_SAID, set_ground
from dialogs.form_model import Form
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Customer, Permission, Potential
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import line
from knowledge.language.writing import day as written_day
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, TargetGroupId

ACTIONS: Final = frozenset({"cust", "cu_menu", "cu_set", "cu_ask"})

_ASKED_BY: Final = {
    "name": "customer_name",
    "company": "customer_company",
    "contact": "customer_text",
    "interests": "customer_text",
    "first": "customer_day",
    "note": "customer_note",
}


def handle(turn: Turn) -> None:
    """A button of a customer's card, or one that opens it."""
    if not isinstance(turn.event, Pressed):
        raise TypeError(f"no button was pressed: {turn.event!r}")
    press = turn.event.press
    listening.found(turn)
    customer = turn.store.customers.get(turn.person.id, CustomerId(press.subject))
    if customer is None:
        say_gone(turn)
        return
    match press.action:
        case "cust" | "cu_menu":
            show(turn, customer, press.value)
        case "cu_set":
            _set(turn, customer, press)
        case _:
            _ask(turn, customer, press.value)


def show(turn: Turn, customer: Customer, part: str = "") -> None:
    """Draws a customer's screen where it was pressed, else as the newest message."""
    moved = turn.say("customers.moved", customer=customer.name)
    side_screens.show(turn, card.screen_of(customer), card.view_of(turn, customer, part), moved)


def say_gone(turn: Turn) -> None:
    """The customer was joined with another one or deleted: a toast, and the pressed screen says so."""
    words = turn.say("opening.customer_gone")
    turn.toast(words)
    if isinstance(turn.event, Pressed) and turn.event.screen:
        turn.edit(turn.event.screen, line(words))
    else:
        turn.show(line(words))


def keep(turn: Turn, filled: Form) -> None:
    """An answered question about a customer."""
    key = CustomerId(int(getattr(filled, "of", 0)))
    customer = turn.store.customers.get(turn.person.id, key)
    if customer is None:
        turn.show(line(turn.say("opening.customer_gone")))
        return
    match filled:
        case CustomerNameForm(name=name):
            changed = replace(customer, name=name, alias=False)
        case CustomerCompanyForm(name=company):
            changed = replace(customer, company=company or "")
        case CustomerTextForm(part="contact", text=text):
            changed = replace(customer, contact=text or "")
        case CustomerTextForm(text=text):
            changed = replace(customer, interests=text or "")
        case CustomerDayForm(day=moment):
            changed = replace(customer, first_contact=moment.day)
        case CustomerNoteForm(text=text):
            turn.store.notes.add(turn.person.id, None, NoteKind.NOTE, text, turn.at, customer_id=customer.id)
            changed = customer
        case _:
            raise TypeError(f"{type(filled).__name__} is about no customer")
    if changed is not customer:
        turn.store.customers.save(turn.person.id, changed)
    forms.show_kept(turn, filled)
    answer_with_card(turn, changed)


def answer_with_card(turn: Turn, customer: Customer) -> None:
    """The card below a typed answer, or in its place after a press."""
    listening.found(turn)
    moved = turn.say("customers.moved", customer=customer.name)
    side_screens.answer(turn, card.screen_of(customer), card.card_view(turn, customer), moved)


def _set(turn: Turn, customer: Customer, press: Press) -> None:
    """What was tapped holds from now on; an id that is none changes nothing."""
    what, wanted = press.split()
    changed, part = customer, what
    match what:
        case "quality" if wanted in set(LeadQuality):
            changed, part = replace(customer, quality=LeadQuality(wanted)), ""
        case "stage" if wanted in set(FunnelStage):
            changed = replace(customer, stage=FunnelStage(wanted))
        case "stage" if wanted == card.BY_THE_TALKS:
            changed = replace(customer, stage=None)
        case "abc":
            known = wanted.upper() in set(Potential)
            changed, part = replace(customer, potential=Potential(wanted.upper()) if known else None), ""
        case "who" if wanted in set(TargetGroupId):
            changed, part = replace(customer, target_group=TargetGroupId(wanted)), "edit"
        case "how" if wanted in set(AcquisitionId):
            changed, part = replace(customer, acquisition=AcquisitionId(wanted)), "edit"
        case "ground" if wanted in set(Permission):
            changed = set_ground(turn, customer, Permission(wanted))
        case "ground" if wanted == NOTHING_SAID:
            changed = set_ground(turn, customer, None)
        case _:
            turn.toast(turn.say("turn.unknown_press"))
    if changed != customer:
        turn.store.customers.save(turn.person.id, changed)
        _tell_talks(turn, customer, changed)
        if changed.potential is not customer.potential:
            planning.follow_potential(turn, customer.id)
    show(turn, changed, part)


def _tell_talks(turn: Turn, before: Customer, after: Customer) -> None:
    """What was chosen for the customer holds in the conversations with them that have no outcome yet."""
    values = {
        field: str(getattr(after, field))
        for field in ("target_group", "acquisition")
        if getattr(after, field) not in (None, getattr(before, field))
    }
    if not values:
        return
    for talk in briefing.talks_with(turn, after):
        if talk.outcome is None and talk.standing is not Standing.FINISHED:
            steps.record(turn, talk, Trigger.DETAILS, **values)


def _ask(turn: Turn, customer: Customer, field: str) -> None:
    form = _ASKED_BY.get(field)
    if form is None:
        turn.toast(turn.say("turn.unknown_press"))
        show(turn, customer)
        return
    words = turn.say(f"customers.ask.{field}", customer=customer.name)
    now = _now(turn, customer, field)
    if now:
        words = f"{words}\n{turn.say('customers.ask.now', now=now)}"
    forms.ask(turn, form, 0, ask=words, of=str(customer.id), part=field)


def _now(turn: Turn, customer: Customer, field: str) -> str:
    match field:
        case "company":
            return customer.company
        case "contact":
            return customer.contact
        case "interests":
            return customer.interests
        case "first" if customer.first_contact is not None:
            return written_day(customer.first_contact, turn.language, turn.today)
        case _:
            return ""
