"""How satisfied a customer is, from 1 to 5 with one tap and a sentence, and what to do with the answer.

From 4 on: may they be named as a reference, and the question for a referral. At 1 and 2: what to do now. Kept with the
customer. A press says what shall hold.
"""

from dataclasses import replace
from typing import Final

from dialogs import forms
from dialogs.after_order import offers, planning
from dialogs.conversation import side_screens
from dialogs.conversation.talk import CustomerId
from dialogs.following_up import day_list
from dialogs.following_up.fields import SatisfactionForm
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Customer
from dialogs.ports.days import ReminderKind
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Text, View, line
from knowledge.language.writing import day as written_day

ACTIONS: Final = frozenset({"sat", "refer"})

SATISFIED: Final = 4
UNHAPPY: Final = 2

_YES: Final = "yes"
_NO: Final = "no"


def screen(customer_id: CustomerId) -> str:
    """Where the answer of this customer stands."""
    return f"sat:{customer_id}"


def handle(turn: Turn) -> None:
    """A rating, or whether the customer may be named as a reference."""
    if not isinstance(turn.event, Pressed):
        raise TypeError(f"no button was pressed: {turn.event!r}")
    press = turn.event.press
    customer = turn.store.customers.get(turn.person.id, CustomerId(press.subject))
    if customer is None:
        turn.toast(turn.say("opening.customer_gone"))
    elif press.action == "sat" and press.value in {str(rating) for rating in offers.RATINGS}:
        _rate(turn, customer, int(press.value))
    elif press.action == "refer" and press.value in (_YES, _NO):
        _refer(turn, customer, may_be=press.value == _YES)
    else:
        turn.toast(turn.say("move.stale"))


def keep_sentence(turn: Turn, answer: SatisfactionForm) -> None:
    """The answered form: what the customer said becomes a note about them."""
    customer = turn.store.customers.get(turn.person.id, CustomerId(answer.of))
    if customer is None:
        turn.show(line(turn.say("opening.customer_gone")))
        return
    if answer.text is not None:
        words = turn.say("after_order.satisfaction.note", n=customer.satisfaction or 0, text=answer.text)
        turn.store.notes.add(turn.person.id, None, NoteKind.NOTE, words, turn.at, customer_id=customer.id)
    forms.show_kept(turn, answer)


def rating_line(turn: Turn, customer: Customer) -> str:
    """'4 von 5, 30.11.'; empty where nobody has asked yet."""
    if customer.satisfaction is None:
        return ""
    if customer.satisfaction_at is None:
        return turn.say("after_order.satisfaction.rating", n=customer.satisfaction)
    day = written_day(customer.satisfaction_at.astimezone(turn.now.tzinfo).date(), turn.language, turn.today)
    return turn.say("after_order.satisfaction.rating_of", n=customer.satisfaction, day=day)


def _rate(turn: Turn, customer: Customer, rating: int) -> None:
    said_today = customer.satisfaction_at is not None and (
        customer.satisfaction_at.astimezone(turn.now.tzinfo).date() == turn.today
    )
    again = customer.satisfaction == rating and said_today
    if not again:
        customer = replace(customer, satisfaction=rating, satisfaction_at=turn.at)
        turn.store.customers.save(turn.person.id, customer)
    planning.end_all(turn, customer.id, ReminderKind.SATISFACTION)
    turn.toast(turn.say("after_order.satisfaction.kept", customer=customer.name, n=rating))
    if isinstance(turn.event, Pressed) and turn.event.screen == day_list.SCREEN:
        turn.edit(day_list.SCREEN, day_list.list_view(turn))
    _draw(turn, customer)
    if not again:
        words = turn.say("after_order.satisfaction.of", customer=customer.name, n=rating)
        forms.ask(turn, "satisfaction", 0, ask=words, of=str(customer.id))


def _refer(turn: Turn, customer: Customer, *, may_be: bool) -> None:
    """The day of the first yes is kept."""
    since = (customer.reference_at or turn.at) if may_be else None
    customer = replace(customer, reference_at=since)
    turn.store.customers.save(turn.person.id, customer)
    turn.toast(turn.say("after_order.reference.yes" if may_be else "after_order.reference.no"))
    _draw(turn, customer)


def _draw(turn: Turn, customer: Customer) -> None:
    side_screens.show(turn, screen(customer.id), _view(turn, customer), turn.say("after_order.moved_down"))


def _view(turn: Turn, customer: Customer) -> View:
    """What the rating asks for now."""
    rating = customer.satisfaction or 0
    blocks: list[Block | None] = [Heading(turn.say("after_order.satisfaction.of", customer=customer.name, n=rating))]
    if rating <= UNHAPPY:
        steps = ("after_order.unhappy.call", "after_order.unhappy.solve", "after_order.unhappy.hold")
        return View((*blocks, *(Text(turn.say(step)) for step in steps)))
    if rating < SATISFIED:
        return View((*blocks, Text(turn.say("after_order.middling"))))
    if customer.reference_at is None:
        blocks.append(Text(turn.say("after_order.reference.question")))
    else:
        day = written_day(customer.reference_at.astimezone(turn.now.tzinfo).date(), turn.language, turn.today)
        blocks.append(Text(turn.say("after_order.reference.since", day=day)))
    said = offers.referral_sentence(turn, customer)
    if said:
        blocks += [None, Hint(turn.say("after_order.referral_now")), *said]
    yes = Button(turn.say("after_order.reference.may"), Press("refer", customer.id, value=_YES))
    refused = "after_order.reference.may_not" if customer.reference_at is None else "after_order.reference.no_more"
    no = Button(turn.say(refused), Press("refer", customer.id, value=_NO))
    return View(tuple(blocks), ((yes, no) if customer.reference_at is None else (no,),))


def said_in_short(turn: Turn, customer: Customer) -> str:
    """Satisfaction and reference in one line; empty where neither is known."""
    parts = [rating_line(turn, customer)]
    if customer.reference_at is not None:
        day = written_day(customer.reference_at.astimezone(turn.now.tzinfo).date(), turn.language, turn.today)
        parts.append(turn.say("after_order.reference.since", day=day))
    return shortened(" · ".join(part for part in parts if part))
