"""`/kunden`: all customers of a seller, the one used last first; a search by a few letters; a new one.

While the list stands there a typed text searches it. A search that finds one customer opens the card.
"""

from collections.abc import Sequence
from typing import Final

from dialogs import forms
from dialogs.conversation import heard, side_screens
from dialogs.conversation.talk import CustomerId
from dialogs.customers import ban, changes
from dialogs.customers.fields import LONGEST_QUERY, CustomerNewForm, CustomerSearchForm
from dialogs.customers.listening import NEW, listen, stop_listening
from dialogs.form_model import tidy_name
from dialogs.ports.customers import Customer
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Command, Pressed, Turn, Typed
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, rows_of

COMMANDS: Final = frozenset({"customers"})
ACTIONS: Final = frozenset({"cu_list", "cu_new", "cu_fresh"})

SCREEN: Final = "customers"
ON_A_PAGE: Final = 8

_QUERY_SHOWN: Final = 40


def handle(turn: Turn) -> None:
    """The command lists or searches; presses turn the pages and ask for a new customer."""
    match turn.event:
        case Command(argument=argument) if query := tidy_name(argument)[:LONGEST_QUERY]:
            search(turn, query)
        case Pressed(press=Press(action="cu_new")):
            stop_listening(turn)
            forms.ask(turn, NEW, 0, ask=turn.say("customers.new.who"), of="0")
        case Pressed(press=Press(action="cu_fresh")):
            _create_as_typed(turn)
        case Pressed(press=press):
            show_list(turn, press.version)
        case _:
            show_list(turn, 0)


def show_list(turn: Turn, page: int) -> None:
    """A page of all customers; typing searches them from now on."""
    total = turn.store.customers.count(turn.person.id)
    if not total:
        turn.show(View((Text(turn.say("customers.list.none")),), (_new_row(turn),)), SCREEN)
        return
    pages = -(-total // ON_A_PAGE)
    page = min(max(page, 0), pages - 1)
    shown = turn.store.customers.page(turn.person.id, page * ON_A_PAGE, ON_A_PAGE)
    blocks: list[Block | None] = [Heading(turn.say("customers.list.title", n=total))]
    if pages > 1:
        blocks.append(Text(turn.say("customers.list.page", page=page + 1, pages=pages)))
    blocks.append(Hint(turn.say("customers.list.search")))
    listen(turn)
    _show(turn, View(tuple(blocks), (*customer_rows(turn, shown), *_page_row(turn, page, pages), _new_row(turn))))


def search(turn: Turn, query: str) -> None:
    """The one customer that is found, or the best of several; what finds nobody is offered as a new one."""
    customers = turn.store.customers
    keys = [CustomerId(key) for key in customers.directory(turn.person.id).find(query)]
    found = customers.several(turn.person.id, keys[:ON_A_PAGE])
    if len(found) == 1:
        changes.answer_with_card(turn, found[0])
        return
    if not found:
        _offer_new(turn, query)
        return
    blocks: list[Block | None] = [Heading(turn.say("customers.list.found", n=len(keys), query=_short(query)))]
    if len(keys) > len(found):
        blocks.append(Hint(turn.say("customers.list.more_letters", n=len(keys) - len(found))))
    everybody = Button(turn.say("customers.button.all"), Press("cu_list"))
    listen(turn)
    view = View(tuple(blocks), (*customer_rows(turn, found), (everybody, *_new_row(turn))))
    side_screens.answer(turn, SCREEN, view, turn.say("customers.list.moved"))


def keep_search(turn: Turn, asked: CustomerSearchForm) -> None:
    """A text that was typed below the list: a name to search for, unless it is what a customer said."""
    event = turn.event
    if isinstance(event, Typed) and event.found.answers:
        directory = turn.store.customers.directory(turn.person.id)
        if not directory.find(asked.query, 1):
            heard.take(turn, event.text, event.found)
            return
    search(turn, asked.query)


def keep_new(turn: Turn, new: CustomerNewForm) -> None:
    """The answered question: a new customer, or the one who has this name already."""
    show_or_create(turn, new.name)


def show_or_create(turn: Turn, name: str) -> None:
    """The card of the customer of this name, made where there is none."""
    customers = turn.store.customers
    known = customers.by_name(turn.person.id, name)
    if known is None:
        known = customers.create(turn.person.id, name, alias=False, at=turn.at, first_contact=turn.today)
    else:
        turn.toast(turn.say("customers.new.known"))
    changes.answer_with_card(turn, known)


def customer_rows(turn: Turn, customers: Sequence[Customer]) -> tuple[Row, ...]:
    """A button for each customer, with what is known at a glance."""
    return tuple((Button(_label(turn, customer), Press("cust", customer.id)),) for customer in customers)


def _label(turn: Turn, customer: Customer) -> str:
    marks = [customer.name]
    if customer.potential is not None:
        marks.append(str(customer.potential))
    if customer.quality is not None:
        marks.append(turn.say(f"customers.quality.{customer.quality}"))
    words = " · ".join(marks)
    return turn.say("customers.list.banned", customer=words) if ban.warning(turn, customer) else words


def _page_row(turn: Turn, page: int, pages: int) -> tuple[Row, ...]:
    ways = [("customers.button.previous", page - 1)] if page else []
    ways += [("customers.button.next", page + 1)] if page + 1 < pages else []
    return rows_of([Button(turn.say(key), Press("cu_list", version=to)) for key, to in ways], 2)


def _new_row(turn: Turn) -> Row:
    return (Button(turn.say("customers.button.new"), Press("cu_new")),)


def _offer_new(turn: Turn, query: str) -> None:
    """Nobody is found: the typed words may be the name of somebody new."""
    make = Button(turn.say("customers.button.make", name=_short(query)), Press("cu_fresh"))
    everybody = Button(turn.say("customers.button.all"), Press("cu_list"))
    stop_listening(turn)
    words = turn.say("customers.list.nobody", query=_short(query))
    forms.ask(turn, NEW, 0, rows=((make,), (everybody,)), ask=words, of="0", part=query)


def _create_as_typed(turn: Turn) -> None:
    """'Neu anlegen' below a search that found nobody."""
    waiting = turn.store.forms.waiting(turn.person.id)
    name = waiting.values.get("part", "") if waiting is not None and waiting.form == NEW else ""
    if not name:
        turn.toast(turn.say("form.no_longer"))
        show_list(turn, 0)
        return
    forms.done(turn)
    show_or_create(turn, name)


def _show(turn: Turn, view: View) -> None:
    side_screens.show(turn, SCREEN, view, turn.say("customers.list.moved"))


def _short(query: str) -> str:
    return shortened(query, _QUERY_SHOWN)
