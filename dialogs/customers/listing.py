"""`/kunden`: all customers of a seller, the one used last first; a search by a few letters; a new one.

A search that finds one customer opens the card. While the list stands there a typed text searches it; which texts these
are is said in `plain_text`, and here what becomes of one that finds nobody.
"""

import re
from collections.abc import Sequence
from typing import Final

from dialogs import forms
from dialogs.conversation import heard, notes, side_screens, steps
from dialogs.conversation.talk import CustomerId
from dialogs.customers import ban, changes
from dialogs.customers.fields import LONGEST_NAME, LONGEST_QUERY, CustomerNewForm, CustomerSearchForm
from dialogs.customers.listening import NEW, listen, stop_listening
from dialogs.form_model import tidy_name
from dialogs.ports.conversations import NoteId, NoteKind
from dialogs.ports.customers import Customer
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Command, Pressed, Turn, Typed
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, rows_of
from knowledge.name_search import telling_words

COMMANDS: Final = frozenset({"customers"})
ACTIONS: Final = frozenset({"cu_list", "cu_new", "cu_fresh"})

SCREEN: Final = "customers"
ON_A_PAGE: Final = 8

_QUERY_SHOWN: Final = 40
_MOST_WORDS_OF_A_NAME: Final = 5
"""Without its legal form; what is longer, or asks, is no name."""
_READINGS: Final = 2
_NEW: Final = re.compile(r"(?:(?i:neu(?:e[rn]?)?\s+kunden?|new\s+customer)|neu(?:e[rn]?)?|new)(?:[\s:]+(?P<name>.*))?")
"""'neu Muster GmbH' behind the command; 'Neu Wulmstorf' is a name. The words are recognised, never shown."""


def handle(turn: Turn) -> None:
    """The command lists or searches; presses turn the pages and ask for a new customer."""
    match turn.event:
        case Command(argument=argument) if words := tidy_name(argument):
            _find_or_make(turn, words)
        case Pressed(press=Press(action="cu_new")):
            _ask_who(turn)
        case Pressed(press=Press(action="cu_fresh", subject=draft)):
            _create_as_typed(turn, NoteId(draft))
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


def keep_search(turn: Turn, asked: CustomerSearchForm) -> None:
    """A text that was typed below the list: whom it finds, else what a customer said, else the name of a new one."""
    if _show_found(turn, asked.query):
        return
    typed = turn.event if isinstance(turn.event, Typed) else Typed(asked.query)
    if typed.found.answers or not _may_be_a_name(asked.query):
        heard.take(turn, typed.text, typed.found)
    else:
        _offer_new(turn, asked.query, typed)


def _find_or_make(turn: Turn, words: str) -> None:
    """Words behind the command: whom they find, else with 'neu' before them a new customer, else the offer of one."""
    query, new = words[:LONGEST_QUERY], _NEW.fullmatch(words)
    if _show_found(turn, query):
        return
    if new is None:
        _offer_new(turn, query)
    elif new["name"]:
        show_or_create(turn, new["name"][:LONGEST_NAME].rstrip())
    else:
        _ask_who(turn)


def _show_found(turn: Turn, query: str) -> bool:
    """The one customer that is found, or the best of several; False where nobody is."""
    customers = turn.store.customers
    keys = [CustomerId(key) for key in customers.directory(turn.person.id).find(query)]
    found = customers.several(turn.person.id, keys[:ON_A_PAGE])
    if len(found) == 1:
        changes.answer_with_card(turn, found[0])
    elif found:
        _show_several(turn, query, found, len(keys) - len(found))
    return bool(found)


def _show_several(turn: Turn, query: str, found: Sequence[Customer], others: int) -> None:
    blocks: list[Block | None] = [Heading(turn.say("customers.list.found", n=len(found) + others, query=_short(query)))]
    if others:
        blocks.append(Hint(turn.say("customers.list.more_letters", n=others)))
    listen(turn)
    view = View(tuple(blocks), (*customer_rows(turn, found), (_everybody(turn), *_new_row(turn))))
    side_screens.answer(turn, SCREEN, view, turn.say("customers.list.moved"))


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


def _everybody(turn: Turn) -> Button:
    return Button(turn.say("customers.button.all"), Press("cu_list"))


def _ask_who(turn: Turn) -> None:
    stop_listening(turn)
    forms.ask(turn, NEW, 0, ask=turn.say("customers.new.who"), of="0")


def _may_be_a_name(text: str) -> bool:
    return "?" not in text and len(telling_words(text)) <= _MOST_WORDS_OF_A_NAME


def _offer_new(turn: Turn, query: str, typed: Typed | None = None) -> None:
    """Nobody is found: the words may be the name of somebody new; `typed` ones something else as well.

    Other letters search again.
    """
    note = turn.store.notes.add(turn.person.id, None, NoteKind.DRAFT, typed.text if typed else query, turn.at)
    rows: list[Row] = [(Button(turn.say("customers.button.make", name=_short(query)), Press("cu_fresh", note)),)]
    if typed is not None:
        talk = steps.active_talk(turn)
        rows += heard.reading_rows(turn, talk, tuple(match.id for match in typed.found.matches)[:_READINGS])
        something_else = Button(turn.say("customers.button.no_name"), Press("hels", talk.id if talk else 0))
        rows += [(something_else,), *notes.keep_rows(turn, note, talk)]
    listen(turn)
    blocks = (Text(turn.say("customers.list.nobody", query=_short(query))), Hint(turn.say("customers.list.search")))
    turn.show(View(blocks, (*rows, (_everybody(turn),))), notes.draft_screen(note))


def _create_as_typed(turn: Turn, draft: NoteId) -> None:
    """'Neu' below a search that found nobody."""
    note = turn.store.notes.get(turn.person.id, draft)
    name = tidy_name(note.text)[:LONGEST_QUERY].rstrip() if note is not None else ""
    if not name:
        turn.toast(turn.say("note.draft_gone"))
        show_list(turn, 0)
        return
    show_or_create(turn, name)


def _show(turn: Turn, view: View) -> None:
    side_screens.show(turn, SCREEN, view, turn.say("customers.list.moved"))


def _short(query: str) -> str:
    return shortened(query, _QUERY_SHOWN)
