"""The six phases: forward when the work is done, back where something was missed.

relationship → analysis → presentation → negotiation → closing → follow_up. The trial close ends the analysis;
a gap leads back there, and from there to where it was found. A no in closing means 'not yet'.
"""

from dataclasses import dataclass, field

from dialogs.conversation.talk import Asking, Standing, Talk, TaskState, TrialClose, Trigger, Value
from dialogs.machine import Row, Table
from knowledge.taxonomy import FollowUpTaskId, OutcomeId, PhaseId


@dataclass(slots=True)
class Move:
    """What guards look at and effects write on. `payload` is what the step will hold."""

    talk: Talk
    payload: dict[str, Value] = field(default_factory=dict)


def trial_close_settled(move: Move) -> bool:
    """Interest was confirmed, or going on without was chosen once."""
    return move.talk.trial_close in (TrialClose.INTEREST, TrialClose.SKIPPED)


def came_from_presentation(move: Move) -> bool:
    """A gap was found in the presentation."""
    return move.talk.return_to is PhaseId.PRESENTATION


def came_from_negotiation(move: Move) -> bool:
    """A gap was found in the negotiation."""
    return move.talk.return_to is PhaseId.NEGOTIATION


def came_from_closing(move: Move) -> bool:
    """A gap was found in closing."""
    return move.talk.return_to is PhaseId.CLOSING


def asked_on_the_way_to_closing(move: Move) -> bool:
    """The card asks about the trial close because 'Abschluss' was pressed early."""
    return move.talk.asking is Asking.TRIAL_CLOSE_BEFORE_CLOSING


def asked_about_trial_close(move: Move) -> bool:
    """The card asks about the trial close because 'Weiter' was pressed without it."""
    return move.talk.asking is Asking.TRIAL_CLOSE


def asked_what_is_missing(move: Move) -> bool:
    """The card asks what is missing, because a no in closing means 'not yet'."""
    return move.talk.asking is Asking.MISSING


def asks_something(move: Move) -> bool:
    """The card asks a question in place."""
    return move.talk.asking is not None


def follow_up_settled(move: Move) -> bool:
    """Each of the ten tasks is done, dated or left out."""
    return all(move.talk.task(task).state is not TaskState.OPEN for task in FollowUpTaskId)


def ask_about_trial_close(move: Move) -> None:
    """The card asks in place, once; the answer is recorded."""
    move.payload["asking"] = Asking.TRIAL_CLOSE


def ask_before_closing(move: Move) -> None:
    """As with 'Weiter', only that the way leads to closing."""
    move.payload["asking"] = Asking.TRIAL_CLOSE_BEFORE_CLOSING


def record_interest(move: Move) -> None:
    """The customer would buy if it fits; the way leads on from the analysis."""
    move.payload |= {"trial_close": TrialClose.INTEREST, "return_to": None}


def record_not_yet(move: Move) -> None:
    """Asked, and not ready yet: the analysis goes on."""
    move.payload["trial_close"] = TrialClose.NOT_YET


def record_skip(move: Move) -> None:
    """The seller goes on without the trial close, knowingly; the way leads on from the analysis."""
    move.payload |= {"trial_close": TrialClose.SKIPPED, "return_to": None}


def remember_return(move: Move) -> None:
    """'Weiter' in the analysis leads back here."""
    move.payload["return_to"] = move.talk.phase


def forget_return(move: Move) -> None:
    """The gap is closed, or the way on is another one now."""
    move.payload["return_to"] = None


def ask_what_is_missing(move: Move) -> None:
    """A no means 'not yet': something is missing."""
    move.payload["asking"] = Asking.MISSING


def ask_loss_reason(move: Move) -> None:
    """A final no has a reason."""
    move.payload["asking"] = Asking.LOSS_REASON


def ask_how_it_ended(move: Move) -> None:
    """Order, final no, postponed, without a decision, did not take place."""
    move.payload["asking"] = Asking.ENDING


def record_won(move: Move) -> None:
    """The order is given."""
    move.payload["outcome"] = OutcomeId.WON


def record_lost(move: Move) -> None:
    """Refused for good."""
    move.payload["outcome"] = OutcomeId.LOST


def record_no_decision(move: Move) -> None:
    """Ended without a decision."""
    move.payload["outcome"] = OutcomeId.NO_DECISION


def record_cancelled(move: Move) -> None:
    """Did not take place."""
    move.payload["outcome"] = OutcomeId.CANCELLED


def hold_until_date(move: Move) -> None:
    """Postponed stays open: it goes on in the phase where it stopped."""
    move.payload |= {"standing": Standing.POSTPONED, "outcome": OutcomeId.POSTPONED}


def hold(move: Move) -> None:
    """Paused: nothing moves until it is resumed."""
    move.payload["standing"] = Standing.PAUSED


def take_up_again(move: Move) -> None:
    """Goes on where it stopped; a postponement is over."""
    move.payload["standing"] = Standing.OPEN
    if move.talk.standing is Standing.POSTPONED:
        move.payload |= {"outcome": None, "until": None}


def put_away(move: Move) -> None:
    """Outcome and follow-up stand."""
    move.payload["standing"] = Standing.FINISHED


REL, ANA, PRE, NEG, CLO, FUP = PhaseId
TALKING = (REL, ANA, PRE, NEG, CLO)
EARLY = (REL, ANA)
OFFERING = (PRE, NEG)
LATE = (PRE, NEG, CLO)
T = Trigger

# fmt: off
TABLE: Table[PhaseId, Move] = Table(PhaseId, REL, (
    #   trigger                from             to    only if                      effect
    Row(T.ADVANCE,             REL,             ANA),
    Row(T.ADVANCE,             ANA,             PRE,  came_from_presentation,      forget_return),
    Row(T.ADVANCE,             ANA,             NEG,  came_from_negotiation,       forget_return),
    Row(T.ADVANCE,             ANA,             CLO,  came_from_closing,           forget_return),
    Row(T.ADVANCE,             ANA,             PRE,  trial_close_settled),
    Row(T.ADVANCE,             ANA,             None, None,                        ask_about_trial_close),
    Row(T.ADVANCE,             PRE,             NEG),
    Row(T.ADVANCE,             NEG,             CLO),

    Row(T.BACK,                ANA,             REL),
    Row(T.BACK,                PRE,             ANA),
    Row(T.BACK,                NEG,             PRE),
    Row(T.BACK,                CLO,             NEG),

    Row(T.GAP_FOUND,           LATE,            ANA,  None,                        remember_return),

    Row(T.CLOSE,               OFFERING,        CLO),
    Row(T.CLOSE,               EARLY,           CLO,  trial_close_settled,         forget_return),
    Row(T.CLOSE,               EARLY,           None, None,                        ask_before_closing),

    Row(T.TRIAL_CLOSE_YES,     EARLY,           CLO,  asked_on_the_way_to_closing, record_interest),
    Row(T.TRIAL_CLOSE_YES,     ANA,             PRE,  asked_about_trial_close,     record_interest),
    Row(T.TRIAL_CLOSE_NOT_YET, EARLY,           None, asks_something,              record_not_yet),
    Row(T.GO_ANYWAY,           EARLY,           CLO,  asked_on_the_way_to_closing, record_skip),
    Row(T.GO_ANYWAY,           ANA,             PRE,  asked_about_trial_close,     record_skip),

    Row(T.NOT_YET,             CLO,             None, None,                        ask_what_is_missing),
    Row(T.MISSING_IN_OFFER,    CLO,             NEG,  asked_what_is_missing),
    Row(T.MISSING_IN_ANALYSIS, CLO,             ANA,  asked_what_is_missing,       remember_return),

    Row(T.END,                 TALKING,         None, None,                        ask_how_it_ended),
    Row(T.ASK_LOSS_REASON,     TALKING,         None, None,                        ask_loss_reason),
    Row(T.STAY,                TALKING,         None, asks_something),
    Row(T.WIN,                 TALKING,         FUP,  None,                        record_won),
    Row(T.LOSE,                TALKING,         FUP,  None,                        record_lost),
    Row(T.NO_DECISION,         TALKING,         FUP,  None,                        record_no_decision),
    Row(T.CANCEL,              TALKING,         FUP,  None,                        record_cancelled),
    Row(T.POSTPONE,            TALKING,         None, None,                        hold_until_date),

    Row(T.PAUSE,               TALKING,         None, None,                        hold),
    Row(T.RESUME,              TALKING,         None, None,                        take_up_again),
    Row(T.FINISH,              FUP,             None, follow_up_settled,           put_away),
))
# fmt: on
# Beside the table: ticks, objections, signals, follow-up tasks, details and corrections are records and move
# nothing; 'undo' leads to whatever the steps before the last move give. Which triggers a paused, postponed or
# finished conversation takes is said in `allowed`.


def allowed(talk: Talk, trigger: Trigger) -> bool:
    """Whether the conversation's standing lets a move happen at all; undoing is always possible."""
    match talk.standing:
        case Standing.OPEN:
            return trigger is not Trigger.RESUME
        case Standing.PAUSED | Standing.POSTPONED:
            return trigger is Trigger.RESUME
        case Standing.FINISHED:
            return False
