"""What can be corrected of an outcome, as buttons for the card: amount, loss reason, date.

The outcome itself is corrected by undoing it. How a correction is kept stands in `correcting`.
"""

from dialogs.conversation.talk import Standing, Talk
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Row
from knowledge.taxonomy import OutcomeId

AMOUNT = "amount"
REASON = "reason"
DATE = "date"

_CORRECTABLE = {OutcomeId.WON: AMOUNT, OutcomeId.LOST: REASON, OutcomeId.POSTPONED: DATE}


def correctable(talk: Talk) -> str | None:
    """What of the outcome can be corrected: 'amount', 'reason' or 'date', or nothing."""
    if talk.outcome is None or (talk.outcome is OutcomeId.POSTPONED and talk.standing is not Standing.POSTPONED):
        return None
    return _CORRECTABLE.get(talk.outcome)


def rows(turn: Turn, talk: Talk) -> tuple[Row, ...]:
    """'Betrag ändern', 'Grund ändern' or 'Datum ändern', whichever the outcome has; none before it."""
    what = correctable(talk)
    if what is None:
        return ()
    return ((Button(turn.say(f"correction.{what}"), Press("correct", talk.id, value=what)),),)
