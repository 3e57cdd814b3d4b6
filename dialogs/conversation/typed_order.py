"""'Auftrag über 18,5k', typed in negotiation or closing: the order is proposed, and written down by the tap alone."""

from collections.abc import Sequence

from dialogs.conversation import notes
from dialogs.conversation.card_text import customer_name
from dialogs.conversation.price_room import PHASES, agreed_net
from dialogs.conversation.talk import Standing, Talk
from dialogs.ports.conversations import NoteKind
from dialogs.press import Press
from dialogs.read_back import token
from dialogs.turn import Turn
from dialogs.view import Button, Text, View
from knowledge.language import writing
from knowledge.language.money import Money
from knowledge.language.orders import read_order


def reads(turn: Turn, talk: Talk | None, text: str) -> Sequence[Money]:
    """The net amount of the order that a typed text is, two where it can be read in two ways; none anywhere else.

    Who names the price on the table with VAT means that order.
    """
    if talk is None or talk.standing is not Standing.OPEN or talk.phase not in PHASES:
        return ()
    amounts = [amount.rounded() for amount in read_order(text, turn.language, turn.person.team.currency)]
    if talk.price_gross and talk.price in [amount.amount for amount in amounts]:
        agreed = agreed_net(turn, talk)
        return (agreed,) if agreed is not None else ()
    return amounts


def offer(turn: Turn, talk: Talk, text: str, amounts: Sequence[Money]) -> None:
    """'Auftrag erhalten' with its amount, and the ways out; the amount is read back once more after the tap."""
    note = turn.store.notes.add(turn.person.id, None, NoteKind.DRAFT, text, turn.at)
    buttons = [
        (
            Button(
                turn.say("typed_order.received", amount=writing.money(amount, turn.language)),
                Press("won", talk.id, talk.version, token(amount)),
            ),
        )
        for amount in amounts
    ]
    no_order = (Button(turn.say("typed_order.no_order"), Press("hels", talk.id)),)
    question = Text(turn.say("typed_order.question", customer=customer_name(turn, talk)))
    turn.show(View((question,), (*buttons, no_order, *notes.keep_rows(turn, note, talk))), notes.draft_screen(note))
