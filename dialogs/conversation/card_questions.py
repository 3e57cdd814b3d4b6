"""The questions that the card asks in place: trial close, what is missing, how it ended, why it was lost."""

from collections.abc import Callable, Mapping
from typing import Final

from dialogs.conversation.card_buttons import move_button
from dialogs.conversation.card_text import header, parted, trial_close_sentences
from dialogs.conversation.situation import known_values
from dialogs.conversation.talk import Asking, Talk, TrialClose, Trigger
from dialogs.turn import Turn
from dialogs.view import Block, Row, Say, Text, View, rows_of
from knowledge.taxonomy import ClosingId, LossReasonId

MISSING: Final = {
    "objection": Trigger.MISSING_IN_OFFER,
    "price": Trigger.MISSING_IN_OFFER,
    "terms": Trigger.MISSING_IN_OFFER,
    "decider": Trigger.MISSING_IN_OFFER,
    "information": Trigger.MISSING_IN_ANALYSIS,
    "need": Trigger.MISSING_IN_ANALYSIS,
}
"""What may be missing after a 'not yet', and where each leads: to the negotiation or to the analysis."""


def question_view(turn: Turn, talk: Talk, asking: Asking) -> View:
    """The card while it asks; a way back without an answer is always there."""
    words, rows = _QUESTIONS[asking](turn, talk)
    stay = (move_button(turn, talk, "stay"),)
    return View(parted(header(turn, talk), words), (*rows, stay))


_Question = tuple[tuple[Block, ...], tuple[Row, ...]]


def _trial_close(turn: Turn, talk: Talk) -> _Question:
    """After a 'not yet' in other words: what was asked before is not missing."""
    again = talk.trial_close is TrialClose.NOT_YET
    words = turn.say("card.ask.trial_close_again" if again else f"card.ask.{talk.asking}")
    said = trial_close_sentences(turn, talk, most=2)
    return (Text(words), Say(said[-1] if again else said[0])), (
        (move_button(turn, talk, "trial_yes"),),
        (move_button(turn, talk, "trial_not"), move_button(turn, talk, "anyway")),
    )


def _missing(turn: Turn, talk: Talk) -> _Question:
    said = turn.knowledge.closing[ClosingId.DIRECT_QUESTION].sentences[0].filled(known_values(turn, talk))
    buttons = [
        move_button(turn, talk, "missing", value=what, label=turn.say(f"card.missing.{what}")) for what in MISSING
    ]
    return (Text(turn.say("card.ask.missing")), Say(said)), rows_of(buttons, 2)


def _ending(turn: Turn, talk: Talk) -> _Question:
    buttons = [move_button(turn, talk, action) for action in ("won", "lost", "postpone", "nodec", "cancelled")]
    return (Text(turn.say("card.ask.ending")),), rows_of(buttons, 2)


def _loss_reason(turn: Turn, talk: Talk) -> _Question:
    reasons = turn.knowledge.loss_reasons
    buttons = [move_button(turn, talk, "loss", value=reason, label=reasons[reason].label) for reason in LossReasonId]
    return (Text(turn.say("card.ask.loss_reason")),), rows_of(buttons, 2)


_QUESTIONS: Final[Mapping[Asking, Callable[[Turn, Talk], _Question]]] = {
    Asking.TRIAL_CLOSE: _trial_close,
    Asking.TRIAL_CLOSE_BEFORE_CLOSING: _trial_close,
    Asking.MISSING: _missing,
    Asking.ENDING: _ending,
    Asking.LOSS_REASON: _loss_reason,
}
