"""Pressed corrections of an outcome: another amount, another reason, another day. Each is a step of its own."""

from typing import Final

from dialogs import forms
from dialogs.conversation import card, moves, notes, steps
from dialogs.conversation.corrections import AMOUNT, DATE, REASON, correctable
from dialogs.conversation.fields import CorrectAmountForm, CorrectDateForm, CorrectLossTextForm
from dialogs.conversation.talk import Talk, Trigger
from dialogs.machine import NoSuchMove
from dialogs.ports.conversations import NoteKind
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Text, View, line, rows_of
from knowledge.taxonomy import LossReasonId

ACTIONS: Final = frozenset({"correct"})

_AS_IT_IS: Final = "keep"


def handle(turn: Turn) -> None:
    """'Betrag ändern', 'Grund ändern' with its list, 'Datum ändern'."""
    talk = moves.current(turn)
    if talk is None:
        return
    what, wanted = moves.press_of(turn).split()
    if what != correctable(talk):
        card.draw_stale(turn, talk)
    elif what == AMOUNT:
        forms.ask(turn, "correct_amount", talk.id)
    elif what == DATE:
        forms.ask(turn, "correct_date", talk.id)
    elif not wanted:
        turn.show(reasons_view(turn, talk), _screen(talk))
    elif wanted == LossReasonId.OTHER:
        forms.ask(turn, "correct_loss_text", talk.id)
    elif wanted in set(LossReasonId):
        _keep_reason(turn, talk, LossReasonId(wanted))
    elif wanted == _AS_IT_IS:
        turn.edit(_screen(talk), line(turn.say("correction.as_it_is")))
    else:
        card.draw_stale(turn, talk)


def reasons_view(turn: Turn, talk: Talk) -> View:
    """The loss reasons to choose from, two a row, and the way out without a choice."""
    buttons = [
        Button(turn.knowledge.loss_reasons[reason].label, Press("correct", talk.id, value=f"{REASON}={reason}"))
        for reason in LossReasonId
    ]
    leave = Button(turn.say("form.leave"), Press("correct", talk.id, value=f"{REASON}={_AS_IT_IS}"))
    return View((Text(turn.say("correction.which_reason")),), (*rows_of(buttons, 2), (leave,)))


def keep_amount(turn: Turn, talk: Talk, answer: CorrectAmountForm) -> None:
    """The answered form. Raises NoSuchMove where there is no order any more."""
    _require(talk, AMOUNT)
    amount, currency = answer.amount.amount, answer.amount.currency
    talk = steps.record(turn, talk, Trigger.CORRECT, amount=f"{amount:f}", currency=currency)
    forms.show_kept(turn, answer)
    card.draw(turn, talk)


def keep_loss_text(turn: Turn, talk: Talk, answer: CorrectLossTextForm) -> None:
    """The answered form. Raises NoSuchMove where the conversation is not lost any more."""
    _require(talk, REASON)
    talk = steps.record(turn, talk, Trigger.CORRECT, loss_reason=LossReasonId.OTHER)
    turn.store.notes.add(turn.person.id, talk.id, NoteKind.LOSS, answer.text, turn.at)
    forms.show_kept(turn, answer)
    card.draw(turn, talk)


def keep_date(turn: Turn, talk: Talk, answer: CorrectDateForm) -> None:
    """The answered form. Raises NoSuchMove where the conversation is not postponed any more."""
    _require(talk, DATE)
    talk = steps.record(turn, talk, Trigger.CORRECT, until=answer.until.day.isoformat())
    notes.keep_time(turn, talk, answer.until)
    forms.show_kept(turn, answer)
    card.draw(turn, talk)


def _keep_reason(turn: Turn, talk: Talk, reason: LossReasonId) -> None:
    talk = steps.record(turn, talk, Trigger.CORRECT, loss_reason=reason)
    label = turn.knowledge.loss_reasons[reason].label
    turn.toast(turn.say("correction.reason_kept", reason=label))
    turn.edit(_screen(talk), line(turn.say("correction.reason_kept", reason=label)))
    card.draw(turn, talk)


def _screen(talk: Talk) -> str:
    return f"reasons:{talk.id}"


def _require(talk: Talk, what: str) -> None:
    if correctable(talk) != what:
        raise NoSuchMove(f"no {what} to correct in {talk.outcome}")
