"""How a conversation ends: order, final no with its reason, postponed to a day, without a decision, cancelled.

What needs words or numbers is asked for; the move is made when the answer is complete.
"""

from typing import Final

from dialogs import forms
from dialogs.conversation import card, moves, notes, price_room, steps
from dialogs.conversation.fields import LossTextForm, OrderForm, PostponeForm
from dialogs.conversation.talk import Talk, Trigger
from dialogs.machine import NoSuchMove
from dialogs.ports.conversations import NoteKind
from dialogs.press import Press
from dialogs.read_back import token, typed_from
from dialogs.turn import Turn
from dialogs.view import Button, Row
from knowledge.language import writing
from knowledge.taxonomy import LossReasonId

ACTIONS: Final = frozenset({"won", "lost", "loss", "postpone", "nodec", "cancelled"})


def handle(turn: Turn) -> None:
    """A pressed outcome."""
    talk = moves.current(turn)
    if talk is None:
        return
    press = moves.press_of(turn)
    try:
        match press.action:
            case "won":
                ask_for_order(turn, talk, press.value)
            case "postpone":
                ask_for_date(turn, talk)
            case "lost":
                card.draw(turn, steps.move(turn, talk, Trigger.ASK_LOSS_REASON))
            case "loss" if press.value in set(LossReasonId):
                lose(turn, talk, LossReasonId(press.value))
            case "nodec":
                _end(turn, talk, Trigger.NO_DECISION)
            case "cancelled":
                _end(turn, talk, Trigger.CANCEL)
            case _:
                card.draw_stale(turn, talk)
    except NoSuchMove:
        card.draw_stale(turn, talk)


def ask_for_order(turn: Turn, talk: Talk, named: str = "") -> None:
    """Asks for the amount of the order and what it is about. Raises NoSuchMove where no order can come.

    An amount that was `named` already is read back; else the price that was taken over in the negotiation is one tap.
    """
    steps.check(talk, Trigger.WIN)
    amount = typed_from(named, turn.language)
    if amount is None:
        forms.ask(turn, "order", talk.id, talk.version, _as_agreed(turn, talk))
    else:
        forms.ask(turn, "order", talk.id, talk.version, amount=amount)


def _as_agreed(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    price = price_room.agreed_net(turn, talk)
    if price is None:
        return ()
    words = turn.say("price_room.as_agreed", price=writing.money(price, turn.language))
    if talk.cash_discount is not None:
        share = writing.percent(talk.cash_discount, turn.language)
        words = turn.say("card.with_discount", price=words, share=share)
    return ((Button(words, Press("form_pick", talk.id, value=f"order={token(price)}")),),)


def ask_for_date(turn: Turn, talk: Talk) -> None:
    """Asks for the day on which the conversation goes on. Raises NoSuchMove where it can't be postponed."""
    steps.check(talk, Trigger.POSTPONE)
    forms.ask(turn, "postpone", talk.id, talk.version)


def lose(turn: Turn, talk: Talk, reason: LossReasonId) -> None:
    """A final no for this reason; another reason than the known ones needs a few words first. Raises NoSuchMove."""
    if reason is LossReasonId.OTHER:
        steps.check(talk, Trigger.LOSE)
        forms.ask(turn, "loss_text", talk.id, talk.version)
    else:
        card.draw(turn, steps.move(turn, talk, Trigger.LOSE, loss_reason=reason))


def keep_order(turn: Turn, talk: Talk, order: OrderForm) -> None:
    """The answered form: the order is won, what it is about becomes a note. Raises NoSuchMove."""
    amount = order.amount
    talk = steps.move(
        turn,
        talk,
        Trigger.WIN,
        amount=f"{amount.amount:f}" if amount else None,
        currency=amount.currency if amount else None,
    )
    if order.what is not None:
        turn.store.notes.add(turn.person.id, talk.id, NoteKind.ORDER, order.what, turn.at)
    forms.show_kept(turn, order)
    notes.draw_after_answer(turn, talk)


def keep_date(turn: Turn, talk: Talk, postponed: PostponeForm) -> None:
    """The answered form: postponed to this day. Raises NoSuchMove."""
    talk = steps.move(turn, talk, Trigger.POSTPONE, until=postponed.until.day.isoformat())
    notes.keep_time(turn, talk, postponed.until)
    forms.show_kept(turn, postponed)
    notes.draw_after_answer(turn, talk)


def keep_loss_text(turn: Turn, talk: Talk, loss: LossTextForm) -> None:
    """The answered form: a final no with its reason in own words. Raises NoSuchMove."""
    talk = steps.move(turn, talk, Trigger.LOSE, loss_reason=LossReasonId.OTHER)
    turn.store.notes.add(turn.person.id, talk.id, NoteKind.LOSS, loss.text, turn.at)
    forms.show_kept(turn, loss)
    notes.draw_after_answer(turn, talk)


def _end(turn: Turn, talk: Talk, trigger: Trigger) -> None:
    card.draw(turn, steps.move(turn, talk, trigger))
