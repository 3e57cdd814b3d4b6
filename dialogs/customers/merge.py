"""Two customers that are one: names that are alike are proposed, any other can be searched for.

All that belongs to the one that goes moves to the one that is kept, whose fields win; empty ones are filled from the
other. What would be lost of contact data and interests is kept among the notes. There is no way back, and the question
says so.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from dialogs import forms
from dialogs.conversation import side_screens, steps
from dialogs.conversation.talk import CustomerId
from dialogs.customers import card, changes
from dialogs.customers.fields import CustomerOtherForm
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Belongings, Customer, Permission
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View

ACTIONS: Final = frozenset({"cu_merge", "cu_pair", "cu_join", "cu_other"})

ALL_TALKS: Final = 1_000
_PROPOSED: Final = 5

_FILLED: Final = ("target_group", "potential", "quality", "acquisition", "stage", "company", "contact", "interests")


def handle(turn: Turn) -> None:
    """`cu_merge`: with whom? `cu_pair`: really? `cu_join` does it. The other one's id stands in the version."""
    if not isinstance(turn.event, Pressed):
        raise TypeError(f"no button was pressed: {turn.event!r}")
    press = turn.event.press
    kept = turn.store.customers.get(turn.person.id, CustomerId(press.subject))
    gone = turn.store.customers.get(turn.person.id, CustomerId(press.version))
    if kept is None:
        changes.say_gone(turn)
    elif press.action == "cu_merge":
        _show(turn, kept, _whom_view(turn, kept))
    elif press.action == "cu_other":
        words = turn.say("customers.merge.search", customer=kept.name)
        forms.ask(turn, "customer_other", 0, ask=words, of=str(kept.id))
    elif gone is None or gone.id == kept.id:  # a second tap
        turn.toast(turn.say("customers.merge.done_already"))
        _show(turn, kept, card.card_view(turn, kept))
    elif press.action == "cu_pair":
        _show(turn, kept, _question_view(turn, kept, gone))
    else:
        joined = join(turn, kept, gone)
        turn.toast(turn.say("customers.merge.done", customer=joined.name))
        _show(turn, joined, card.card_view(turn, joined))


def keep_other(turn: Turn, asked: CustomerOtherForm) -> None:
    """The answered question: who is found by these letters."""
    customers = turn.store.customers
    kept = customers.get(turn.person.id, CustomerId(asked.of))
    if kept is None:
        changes.say_gone(turn)
        return
    keys = customers.directory(turn.person.id).find(asked.query, _PROPOSED + 1)
    found = [customer for customer in customers.several(turn.person.id, [*map(CustomerId, keys)]) if customer != kept]
    key = "customers.merge.which" if found else "customers.merge.nobody"
    view = View((Text(turn.say(key, customer=kept.name)),), (*_pair_rows(kept, found), *_other_rows(turn, kept)))
    side_screens.answer(turn, card.screen_of(kept), view, turn.say("customers.moved", customer=kept.name))


def joined_fields(kept: Customer, gone: Customer) -> Customer:
    """The fields of both: the kept one's win, empty ones come from the other.

    The first contact is the earlier one, a name goes before an alias, and who wanted no contact under one name wants
    none under the other.
    """
    fields = {name: getattr(kept, name) or getattr(gone, name) for name in _FILLED}
    joined = replace(kept, **fields, first_contact=_earlier(kept.first_contact, gone.first_contact))
    if kept.alias and not gone.alias:
        joined = replace(joined, name=gone.name, alias=False)
    if kept.permission is None or (
        gone.permission is Permission.NO_CONTACT and kept.permission is not Permission.NO_CONTACT
    ):
        joined = replace(joined, permission=gone.permission, permission_at=gone.permission_at)
    if kept.satisfaction is None:
        joined = replace(joined, satisfaction=gone.satisfaction, satisfaction_at=gone.satisfaction_at)
    return replace(joined, reference_at=kept.reference_at or gone.reference_at)


def join(turn: Turn, kept: Customer, gone: Customer) -> Customer:
    """Makes one of two. The steps of the conversations say with whom they are from now on."""
    talks = turn.store.conversations.with_customer(turn.person.id, gone.id, ALL_TALKS)
    steps.record_customer(turn, talks, kept.id)
    joined = joined_fields(kept, gone)
    turn.store.customers.join(turn.person.id, joined, gone.id)
    left = [turn.say("customers.merge.name_was", name=gone.name if joined.name == kept.name else kept.name)]
    left += [
        words
        for mine, its, words in (
            (joined.company, gone.company, turn.say("customers.card.company", company=gone.company)),
            (joined.contact, gone.contact, turn.say("customers.card.contact", contact=gone.contact)),
            (joined.interests, gone.interests, turn.say("customers.card.interests", interests=gone.interests)),
        )
        if its and its != mine
    ]
    turn.store.notes.add(turn.person.id, None, NoteKind.RECORD, "\n".join(left), turn.at, customer_id=kept.id)
    return joined


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _whom_view(turn: Turn, kept: Customer) -> View:
    """Names that are alike, and the way to any other."""
    customers = turn.store.customers
    keys = [CustomerId(key) for key in customers.directory(turn.person.id).alike(kept.name, _PROPOSED + 1)]
    found = [customer for customer in customers.several(turn.person.id, keys) if customer.id != kept.id]
    key = "customers.merge.which" if found else "customers.merge.none_alike"
    return View((Text(turn.say(key, customer=kept.name)),), (*_pair_rows(kept, found), *_other_rows(turn, kept)))


def _pair_rows(kept: Customer, found: list[Customer]) -> tuple[Row, ...]:
    return tuple(
        (Button(other.name, Press("cu_pair", kept.id, version=other.id)),) for other in found if other.id != kept.id
    )


def _other_rows(turn: Turn, kept: Customer) -> tuple[Row, ...]:
    other = Button(turn.say("customers.merge.other"), Press("cu_other", kept.id))
    back = Button(turn.say("customers.button.back"), Press("cu_menu", kept.id))
    return ((other, back),)


def _question_view(turn: Turn, kept: Customer, gone: Customer) -> View:
    """What will be joined, which name stays, and that there is no way back."""
    moves = _what_moves(turn, turn.store.customers.belongings(turn.person.id, gone.id))
    joined = joined_fields(kept, gone)
    blocks: tuple[Block | None, ...] = (
        Heading(turn.say("customers.merge.question", one=kept.name, other=gone.name)),
        Text(turn.say("customers.merge.stays", name=joined.name)),
        Text(turn.say("customers.merge.moves", what=moves) if moves else turn.say("customers.merge.moves_nothing")),
        Text(turn.say("customers.merge.fields")),
        Hint(turn.say("customers.merge.no_way_back")),
    )
    yes = Button(turn.say("customers.merge.do"), Press("cu_join", kept.id, version=gone.id))
    swap = Button(turn.say("customers.merge.swap"), Press("cu_pair", gone.id, version=kept.id))
    back = Button(turn.say("customers.button.back"), Press("cu_menu", kept.id))
    return View(blocks, ((yes,), (swap, back)))


def _what_moves(turn: Turn, what: Belongings) -> str:
    parts = (
        turn.say("privacy.talks", n=what.conversations) if what.conversations else "",
        turn.say("privacy.notes", n=what.notes) if what.notes else "",
        turn.say("customers.merge.appointments", n=what.appointments) if what.appointments else "",
        turn.say("customers.merge.reminders", n=what.reminders) if what.reminders else "",
    )
    return ", ".join(part for part in parts if part)


def _show(turn: Turn, customer: Customer, view: View) -> None:
    """In place of what was pressed: the two screens of a pair are one here."""
    screen = turn.event.screen if isinstance(turn.event, Pressed) else ""
    turn.edit(screen or card.screen_of(customer), view)
