"""What there is to know of a customer before one meets them again: what was last, open objections, promises.

The card of a customer and the briefing before an appointment say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.conversation.talk import Talk, TaskState
from dialogs.customers.teller import Teller
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Customer
from dialogs.read_back import shortened
from knowledge.language import writing
from knowledge.language.moments import spoken_day
from knowledge.language.money import Money
from knowledge.taxonomy import FollowUpTaskId, ObjectionId, OutcomeId, PhaseId

LOOKED_AT: Final = 30
"""So many conversations, the ones used last, say what is known."""

_NOTE_LENGTH: Final = 120
_NOTES_LOOKED_AT: Final = 20
_UNTOLD: Final = frozenset({NoteKind.BENEFIT, NoteKind.RECORD})
"""No news of the customer: a phrase for sentences to say, and what stands on the card anyway."""
MOST_PROMISES: Final = 3


@dataclass(frozen=True, slots=True)
class History:
    """Lines to read: what was last, the objections that are open, and what was promised with its day."""

    last: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, in the order in which it is read."""
        return (*self.last, *self.objections, *self.promises)


def history(
    turn: Teller, customer: Customer, talks: Sequence[Talk] | None = None, most_promises: int = MOST_PROMISES
) -> History:
    """What the conversations with a customer say; `talks` where they are at hand, the one used last first."""
    if talks is None:
        talks = talks_with(turn, customer)
    if not talks:
        return History()
    return History(_last(turn, customer, talks[0]), _objections(turn, talks), _promises(turn, talks, most_promises))


def talks_with(turn: Teller, customer: Customer) -> Sequence[Talk]:
    """The conversations with a customer, the one used last first."""
    return turn.store.conversations.with_customer(turn.person.id, customer.id, LOOKED_AT)


def talk_line(turn: Teller, talk: Talk) -> str:
    """'Fr., 20.11.: Verhandlung' or, where it has an outcome, 'Mo., 2.11.: Auftrag erhalten, 12.500 €'."""
    day = talk.touched_at.astimezone(ZoneInfo(turn.person.zone)).date()
    return turn.say(
        "customers.history.talk",
        day=spoken_day(turn.messages, day, turn.language, turn.today),
        state=_state(turn, talk),
    )


def all_objections(talks: Sequence[Talk]) -> tuple[tuple[ObjectionId, ...], tuple[ObjectionId, ...]]:
    """(open, settled) ids of these conversations, each named once; one that is open anywhere is open."""
    still_open = dict.fromkeys(raised.id for talk in talks for raised in talk.open_objections)
    raised = dict.fromkeys(known.id for talk in talks for known in talk.objections)
    return tuple(still_open), tuple(id_ for id_ in raised if id_ not in still_open)


def _state(turn: Teller, talk: Talk) -> str:
    if talk.outcome is None:
        return turn.knowledge.phases[talk.phase].short
    label = turn.knowledge.outcomes[talk.outcome].label
    detail = ""
    match talk.outcome:
        case OutcomeId.WON if talk.amount is not None:
            detail = writing.money(Money(talk.amount, talk.currency or turn.person.team.currency), turn.language)
        case OutcomeId.LOST if talk.loss_reason is not None:
            detail = turn.knowledge.loss_reasons[talk.loss_reason].label
        case OutcomeId.POSTPONED if talk.until is not None:
            detail = writing.day(talk.until, turn.language, turn.today)
    return turn.say("customers.history.outcome", outcome=label, detail=detail) if detail else label


def _last(turn: Teller, customer: Customer, talk: Talk) -> tuple[str, ...]:
    said = turn.say("customers.history.last", what=talk_line(turn, talk))
    notes = turn.store.notes.about(turn.person.id, customer.id, _NOTES_LOOKED_AT)
    words = next((note.text for note in notes if note.kind not in _UNTOLD and note.text.strip()), "")
    if not words:
        return (said,)
    return said, turn.say("customers.history.note", text=shortened(words, _NOTE_LENGTH))


def _objections(turn: Teller, talks: Sequence[Talk]) -> tuple[str, ...]:
    """Open ones of conversations that may go on, or that ended without an order."""
    unsettled = [talk for talk in talks if talk.outcome is not OutcomeId.WON]
    still_open, _ = all_objections(unsettled)
    if not still_open:
        return ()
    which = ", ".join(turn.knowledge.objections[id_].label for id_ in still_open)
    return (turn.say("customers.history.objections", n=len(still_open), which=which),)


def _promises(turn: Teller, talks: Sequence[Talk], most: int) -> tuple[str, ...]:
    """Dated tasks, the oldest first; those that have passed say so."""
    dated = sorted(
        (task.due, list(FollowUpTaskId).index(id_), id_)
        for talk in talks
        if talk.phase is PhaseId.FOLLOW_UP or talk.outcome is not None
        for id_, task in talk.tasks.items()
        if task.state is TaskState.DATED and task.due is not None
    )
    lines = [
        turn.say(
            "customers.history.overdue" if due < turn.today else "customers.history.promise",
            task=turn.knowledge.follow_up[id_].label,
            day=spoken_day(turn.messages, due, turn.language, turn.today),
        )
        for due, _, id_ in dated[:most]
    ]
    if len(dated) > most:
        lines.append(turn.say("customers.history.more_promises", n=len(dated) - most))
    return tuple(lines)
