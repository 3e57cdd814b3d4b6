"""Opening a conversation: `/gespraech` starts one, takes one up again, or lists those that are open.

At most three taps from the command to the first card. What is not asked has defaults: as it was with this customer the
last time. A conversation is one matter, so the same customer leads to the open one until that has an outcome.
"""

from collections.abc import Sequence
from typing import Final

from dialogs import forms
from dialogs.conversation import card, moves, steps
from dialogs.conversation.card_text import outcome_line
from dialogs.conversation.talk import CustomerId, Standing, Talk, Trigger
from dialogs.customers import ban, from_talk
from dialogs.customers.fields import LONGEST_NAME
from dialogs.form_model import tidy_name
from dialogs.ports.conversations import OpenTalk
from dialogs.ports.customers import Customer
from dialogs.press import Press
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Button, Row, Text, View, line
from knowledge.taxonomy import OutcomeId

COMMANDS: Final = frozenset({"talk"})
ACTIONS: Final = frozenset({"new_talk", "pick", "anon", "open", "new_name"})

_SHOWN_OPEN: Final = 8
_RECENT: Final = 6
_MEANT: Final = 5
MEANT: Final = "customer_meant"


def handle(turn: Turn) -> None:
    """The command, and the buttons of its lists."""
    match turn.event:
        case Command(argument=argument) if name := tidy_name(argument):
            _begin_by_command(turn, name)
        case Command():
            _list_or_ask(turn)
        case Pressed(press=Press(action="new_talk")):
            _ask_for_customer(turn)
        case Pressed(press=Press(action="pick", subject=customer_id)):
            _begin_with_known(turn, CustomerId(customer_id))
        case Pressed(press=Press(action="new_name")):
            _begin_as_typed(turn)
        case Pressed(press=Press(action="anon", subject=number)):
            _begin_without_name(turn, number)
        case Pressed():
            _open(turn)
        case _:
            raise TypeError(f"no way to open a conversation: {turn.event!r}")


def begin(turn: Turn, name: str) -> None:
    """A conversation with the customer of this name: the open one with them, else a new one; its card is shown.

    Where no customer has this name and others are much like it, it is asked who is meant: nobody is taken silently.
    """
    name = tidy_name(name)
    customers = turn.store.customers
    directory = customers.directory(turn.person.id)
    key = directory.exactly(name)
    customer = customers.get(turn.person.id, CustomerId(key)) if key is not None else None
    if customer is not None:
        _begin_with(turn, customer)
        return
    near = [CustomerId(near) for near in directory.find(name, _MEANT, meant=True)]
    meant = [customer for customer in customers.several(turn.person.id, near) if not customer.alias]
    if meant:
        _ask_who_is_meant(turn, name, meant)
    else:
        _begin_with_new(turn, name)


def _begin_with_new(turn: Turn, name: str) -> None:
    customers = turn.store.customers
    _begin_with(turn, customers.create(turn.person.id, name, alias=False, at=turn.at, first_contact=turn.today))


def _ask_who_is_meant(turn: Turn, name: str, meant: Sequence[Customer]) -> None:
    rows: list[Row] = [(Button(customer.name, Press("pick", customer.id)),) for customer in meant]
    new = Button(turn.say("customers.meant.new", name=name), Press("new_name"))
    words = turn.say("customers.meant.question", n=len(meant), name=name)
    forms.ask(turn, MEANT, 0, rows=(*rows, (new,)), ask=words, of="0", part=name)


def _begin_as_typed(turn: Turn) -> None:
    """'Neu': the name was right, and is somebody else's."""
    waiting = turn.store.forms.waiting(turn.person.id)
    name = waiting.values.get("part", "") if waiting is not None and waiting.form == MEANT else ""
    if not name:
        turn.toast(turn.say("form.no_longer"))
        _ask_for_customer(turn)
        return
    _end_question(turn)
    known = turn.store.customers.by_name(turn.person.id, name)
    if known is None:
        _begin_with_new(turn, name)
    else:
        _begin_with(turn, known)


def _begin_by_command(turn: Turn, name: str) -> None:
    if len(name) > LONGEST_NAME:
        turn.show(line(turn.say("opening.name_too_long", n=LONGEST_NAME)))
        return
    _end_question(turn)
    begin(turn, name)


def _begin_with_known(turn: Turn, customer_id: CustomerId) -> None:
    customer = turn.store.customers.get(turn.person.id, customer_id)
    if customer is None:
        turn.toast(turn.say("opening.customer_gone"))
        _ask_for_customer(turn)
        return
    _end_question(turn)
    _begin_with(turn, customer)


def _begin_without_name(turn: Turn, number: int) -> None:
    """The button names the alias's number: a second tap on it finds the conversation that the first one began."""
    customers = turn.store.customers
    customer = customers.by_name(turn.person.id, _alias(turn, number))
    if customer is None or _open_with(turn, customer) is None:
        number = _next_alias_number(turn)
        name = _alias(turn, number)
        customer = customers.create(turn.person.id, name, alias=True, at=turn.at, first_contact=turn.today)
    _end_question(turn)
    _begin_with(turn, customer)


def _begin_with(turn: Turn, customer: Customer) -> None:
    talk = _open_with(turn, customer)
    if talk is None:
        last = turn.store.conversations.latest(turn.person.id, customer.id)
        talk = steps.start(turn, customer.id, **from_talk.known_details(customer, last))
    if words := ban.warning(turn, customer):
        turn.show(line(words))
    _take_up(turn, talk)


def _take_up(turn: Turn, talk: Talk) -> None:
    """Makes the conversation the active one; a paused one goes on, a postponed one shows its date first."""
    forms.set_aside(turn)
    steps.activate(turn, talk.id)
    if talk.standing is Standing.PAUSED:
        talk = steps.move(turn, talk, Trigger.RESUME)
    card.draw_at_bottom(turn, talk)


def _open(turn: Turn) -> None:
    talk = moves.current(turn)
    if talk is None:
        return
    _end_question(turn)
    if talk.standing is Standing.FINISHED:
        card.draw_at_bottom(turn, talk)
    else:
        _take_up(turn, talk)


def _open_with(turn: Turn, customer: Customer) -> Talk | None:
    """The conversation with this customer that has no outcome yet."""
    listed = turn.store.conversations.open(turn.person.id, customer_id=customer.id)
    return next((known.talk for known in listed if not _has_outcome(known.talk)), None)


def _has_outcome(talk: Talk) -> bool:
    return talk.outcome not in (None, OutcomeId.POSTPONED)


def _list_or_ask(turn: Turn) -> None:
    listed = turn.store.conversations.open(turn.person.id, _SHOWN_OPEN)
    if listed:
        turn.show(_list_view(turn, listed))
    else:
        _ask_for_customer(turn)


def _list_view(turn: Turn, listed: Sequence[OpenTalk]) -> View:
    all_open = turn.store.conversations.count_open(turn.person.id)
    text = [Text(turn.say("opening.open", n=all_open))]
    if all_open > len(listed):
        text.append(Text(turn.say("opening.older", n=all_open - len(listed))))
    rows: list[Row] = [(Button(_label(turn, talk), Press("open", talk.id)),) for talk in listed]
    return View(tuple(text), (*rows, (Button(turn.say("opening.new"), Press("new_talk")),)))


def _label(turn: Turn, listed: OpenTalk) -> str:
    talk = listed.talk
    phase = turn.knowledge.phases[talk.phase].short
    match talk.standing:
        case Standing.PAUSED:
            state = turn.say("opening.paused", phase=phase)
        case Standing.POSTPONED:
            state = outcome_line(turn, talk)
        case _:
            state = phase
    return turn.say("opening.line", customer=listed.customer, state=state)


def _ask_for_customer(turn: Turn) -> None:
    """Whom it is with: a recent customer, no name, or a name that is typed."""
    recent = turn.store.customers.recent(turn.person.id, _RECENT)
    rows: list[Row] = [
        (Button(customer.name, Press("pick", customer.id)),) for customer in recent if not customer.alias
    ]
    anonymous = Button(turn.say("opening.without_name"), Press("anon", _next_alias_number(turn)))
    forms.ask(turn, "customer", 0, rows=(*rows, (anonymous,)))


def _next_alias_number(turn: Turn) -> int:
    number = turn.store.customers.count(turn.person.id) + 1
    while turn.store.customers.by_name(turn.person.id, _alias(turn, number)) is not None:
        number += 1
    return number


def _alias(turn: Turn, number: int) -> str:
    return turn.say("opening.alias", n=str(number))


def _end_question(turn: Turn) -> None:
    """Whom the conversation is with has been answered by a button or a command; the question becomes a line."""
    waiting = turn.store.forms.waiting(turn.person.id)
    if waiting is not None and waiting.form in forms.WHOM:
        forms.done(turn)
    if isinstance(turn.event, Pressed) and turn.event.screen == forms.SCREEN:
        turn.edit(forms.SCREEN, line(turn.say("opening.chosen")))
