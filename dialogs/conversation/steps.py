"""Taking a step: the table decides, the step is stored, the state follows from it."""

from collections.abc import Iterable, Mapping

from dialogs.after_order import planning
from dialogs.conversation.phases import TABLE, Move, allowed
from dialogs.conversation.talk import (
    RECORDS,
    ConversationId,
    CustomerId,
    Step,
    Talk,
    TaskState,
    Trigger,
    Value,
    apply,
    last_move,
    replay,
)
from dialogs.customers import from_talk
from dialogs.machine import NoSuchMove
from dialogs.turn import Turn
from knowledge.taxonomy import PhaseId


def start(turn: Turn, customer_id: CustomerId, **details: Value) -> Talk:
    """A new conversation with this customer; it becomes the active one."""
    first = Step(
        seq=1,
        at=turn.at,
        actor=turn.person.id,
        trigger=Trigger.START,
        source=None,
        to=PhaseId.RELATIONSHIP,
        payload={"customer_id": customer_id, **details},
    )
    talk = turn.store.conversations.create(turn.person.id, turn.person.team.id, first)
    activate(turn, talk.id)
    return talk


def activate(turn: Turn, conversation_id: ConversationId | None) -> None:
    """Makes a conversation the one that typed texts belong to; None for no conversation."""
    person = turn.person
    if person.active != conversation_id:
        turn.change_person(person.with_active(conversation_id))


def active_talk(turn: Turn) -> Talk | None:
    """The conversation that typed texts belong to."""
    active = turn.person.active
    return turn.store.conversations.load(turn.person.id, active) if active else None


def move(turn: Turn, talk: Talk, trigger: Trigger, **values: Value) -> Talk:
    """Moves the talk as the table says. `values` (ids, numbers, dates) are stored with the step.

    Raises NoSuchMove where the trigger does not fit; nothing has changed then.
    """
    to, effects = _fire(talk, trigger)
    return _append(turn, talk, trigger, to, {**values, **effects})


def check(talk: Talk, trigger: Trigger) -> None:
    """Whether a move fits, for those who ask for more before they make it. Raises NoSuchMove; changes nothing."""
    _fire(talk, trigger)


def record(turn: Turn, talk: Talk, trigger: Trigger, **values: Value) -> Talk:
    """Writes down what moves nothing: a tick, an objection, a signal, a task, a detail, a correction.

    What already holds is not written again.
    """
    if trigger not in RECORDS:
        raise ValueError(f"{trigger} is a move")
    step = _step(turn, talk, trigger, talk.phase, values)
    after = apply(talk, step)
    if after.model_copy(update={"seq": talk.seq, "touched_at": talk.touched_at}) == talk:
        return talk
    return _store(turn, after, step)


def record_customer(turn: Turn, talks: Iterable[Talk], customer_id: CustomerId) -> None:
    """Writes down for conversations, many at once, with whom they are from now on."""
    taken = []
    for talk in talks:
        step = _step(turn, talk, Trigger.DETAILS, talk.phase, {"customer_id": customer_id})
        taken.append((apply(talk, step), step))
    turn.store.conversations.append_all(taken)


def undo(turn: Turn, talk: Talk) -> Talk:
    """Takes back the last move; a step of its own. Raises NoSuchMove where there is none."""
    steps = turn.store.conversations.steps(talk.id)
    undone = last_move(steps)
    if undone is None:
        raise NoSuchMove("nothing to undo")
    payload: dict[str, Value] = {"undone": undone.seq}
    provisional = _step(turn, talk, Trigger.UNDO, talk.phase, payload)
    after = replay(talk.id, [*steps, provisional])
    return _store(turn, after, provisional.model_copy(update={"to": after.phase}))


def _fire(talk: Talk, trigger: Trigger) -> tuple[PhaseId, Mapping[str, Value]]:
    """Where a move leads, and what its effect writes into the step. Raises NoSuchMove."""
    if not allowed(talk, trigger):
        raise NoSuchMove(f"{trigger} while {talk.standing}")
    context = Move(talk)
    return TABLE.fire(talk.phase, trigger, context), context.payload


def _append(turn: Turn, talk: Talk, trigger: Trigger, to: PhaseId, payload: Mapping[str, Value]) -> Talk:
    step = _step(turn, talk, trigger, to, payload)
    return _store(turn, apply(talk, step), step)


def _step(turn: Turn, talk: Talk, trigger: Trigger, to: PhaseId, payload: Mapping[str, Value]) -> Step:
    return Step(
        seq=talk.seq + 1,
        at=turn.at,
        actor=turn.person.id,
        trigger=trigger,
        source=talk.phase,
        to=to,
        payload=dict(payload),
    )


def _store(turn: Turn, talk: Talk, step: Step) -> Talk:
    turn.store.conversations.append(talk, step)
    if step.to is not step.source:
        from_talk.moved(turn, talk)
    if step.trigger not in RECORDS or step.trigger is Trigger.TASK:
        _keep_what_is_due(turn, talk)
    if step.trigger in (Trigger.WIN, Trigger.UNDO):
        planning.follow_outcome(turn, talk)
    return talk


def _keep_what_is_due(turn: Turn, talk: Talk) -> None:
    """Dated tasks are due once follow-up goes on: after the outcome, or while the talk is postponed."""
    due = {
        str(task): kept.due
        for task, kept in talk.tasks.items()
        if kept.state is TaskState.DATED and kept.due is not None and talk.outcome is not None
    }
    turn.store.follow_ups.set_due(talk.id, due)
