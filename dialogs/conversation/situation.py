"""What a conversation knows that proposals are held against and sentences are filled with."""

from collections.abc import Mapping
from typing import Final

from dialogs.conversation.product_choice import product_name
from dialogs.conversation.talk import Talk
from dialogs.ports.conversations import NoteKind
from dialogs.turn import Turn
from knowledge.language import writing
from knowledge.language.money import Money
from knowledge.ranking import Situation

WORDS: Final = {"product": NoteKind.PRODUCT, "benefit": NoteKind.BENEFIT}
"""What is sold, and the benefit that counts for the customer, in the seller's words: notes, because steps hold none."""


def situation_of(talk: Talk | None) -> Situation | None:
    """The facts of the conversation; None without one."""
    if talk is None:
        return None
    return Situation(
        target_group=talk.target_group,
        kind=talk.kind,
        acquisition=talk.acquisition,
        phase=talk.phase,
        offer=talk.offer,
        signals=frozenset(seen.id for seen in talk.signals),
        objections_open=bool(talk.open_objections),
    )


def words_for(turn: Turn, talk: Talk) -> Mapping[str, str]:
    """What is sold and which benefit counts: the chosen product, else what was written down last; as far as known."""
    notes = turn.store.notes.of(talk.id)
    last = {name: next((n.text for n in reversed(notes) if n.kind is kind), "") for name, kind in WORDS.items()}
    if chosen := product_name(turn, talk):
        last["product"] = chosen
    return {name: text for name, text in last.items() if text.strip()}


def known_values(turn: Turn, talk: Talk | None) -> Mapping[str, str]:
    """The values of placeholders (customer, product, price, benefit) that this conversation knows."""
    if talk is None:
        return {}
    values = dict(words_for(turn, talk))
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    if customer is not None and not customer.alias:  # an alias is no name to say
        values["customer"] = customer.name
    if talk.amount is not None:
        values["price"] = writing.money(Money(talk.amount, talk.currency or turn.person.team.currency), turn.language)
    elif talk.price is not None:
        price = Money(talk.price, talk.price_currency or turn.person.team.currency)
        values["price"] = writing.money(price, turn.language)
    return values
