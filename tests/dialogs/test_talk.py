"""Steps are the truth: replaying them gives the state, whatever was moved, recorded and undone."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation.phases import TABLE, Move, allowed
from dialogs.conversation.talk import (
    RECORDS,
    Asking,
    ConversationId,
    CustomerId,
    ObjectionState,
    PersonId,
    Step,
    Talk,
    TaskState,
    TrialClose,
    Trigger,
    Value,
    apply,
    begin,
    last_move,
    replay,
)
from dialogs.machine import NoSuchMove
from knowledge.taxonomy import FollowUpTaskId, ObjectionId, OutcomeId, PhaseId, SignalId

AT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
ID = ConversationId(7)

MOVES = [trigger for trigger in Trigger if trigger not in RECORDS | {Trigger.START, Trigger.UNDO}]

records = st.one_of(
    st.tuples(
        st.just(Trigger.TICK),
        st.fixed_dictionaries(
            {
                "phase": st.sampled_from(PhaseId),
                "item": st.sampled_from(["trial_close", "budget"]),
                "done": st.booleans(),
            }
        ),
    ),
    st.tuples(
        st.just(Trigger.OBJECTION),
        st.fixed_dictionaries(
            {
                "id": st.sampled_from(list(ObjectionId)[:3]),
                "phase": st.sampled_from(PhaseId),
                "state": st.sampled_from(ObjectionState),
            }
        ),
    ),
    st.tuples(
        st.just(Trigger.SIGNAL),
        st.fixed_dictionaries(
            {
                "id": st.sampled_from(list(SignalId)[:3]),
                "phase": st.sampled_from(PhaseId),
                "seen": st.booleans(),
            }
        ),
    ),
    st.tuples(
        st.just(Trigger.TASK),
        st.fixed_dictionaries(
            {"task": st.sampled_from(FollowUpTaskId), "state": st.just(TaskState.DONE), "due": st.none()}
        ),
    ),
    st.tuples(
        st.just(Trigger.CORRECT), st.fixed_dictionaries({"amount": st.just("12500"), "currency": st.just("EUR")})
    ),
)
events = st.one_of(
    st.tuples(st.sampled_from(MOVES), st.just({})),
    st.tuples(st.just(Trigger.UNDO), st.just({})),
    records,
)


class Story:
    """A conversation as it is lived: the state after each step, and the steps."""

    def __init__(self) -> None:
        first = self._step(1, Trigger.START, None, PhaseId.RELATIONSHIP, {"customer_id": CustomerId(3)})
        self.steps = [first]
        self.talk = begin(ID, first)

    def _step(
        self, seq: int, trigger: Trigger, source: PhaseId | None, to: PhaseId, payload: Mapping[str, Value]
    ) -> Step:
        at = AT + timedelta(minutes=seq)
        return Step(seq=seq, at=at, actor=PersonId(1), trigger=trigger, source=source, to=to, payload=dict(payload))

    def happens(self, trigger: Trigger, payload: Mapping[str, Value] | None = None) -> None:
        """Takes a step as the dialogs take it; what does not fit changes nothing."""
        talk, to, values = self.talk, self.talk.phase, dict(payload or {})
        if trigger is Trigger.UNDO:
            self._undo()
            return
        if trigger not in RECORDS:
            if not allowed(talk, trigger):
                return
            move = Move(talk)
            try:
                to = TABLE.fire(talk.phase, trigger, move)
            except NoSuchMove:
                return
            values |= move.payload
        step = self._step(talk.seq + 1, trigger, talk.phase, to, values)
        self.steps.append(step)
        self.talk = apply(talk, step)

    def _undo(self) -> None:
        undone = last_move(self.steps)
        if undone is None:
            return
        step = self._step(self.talk.seq + 1, Trigger.UNDO, self.talk.phase, self.talk.phase, {"undone": undone.seq})
        self.steps.append(step)
        self.talk = replay(ID, self.steps)


def stored(step: Step) -> Step:
    """The step as it comes back from storage."""
    return Step.model_validate_json(step.model_dump_json())


@given(st.lists(events, max_size=40))
def test_replaying_the_steps_gives_the_state(happened: list[tuple[Trigger, Mapping[str, Value]]]) -> None:
    story = Story()
    versions = [story.talk.version]
    for trigger, payload in happened:
        story.happens(trigger, payload)
        versions.append(story.talk.version)
    assert replay(ID, map(stored, story.steps)) == story.talk
    assert Talk.model_validate_json(story.talk.model_dump_json()) == story.talk
    assert versions == sorted(versions)


@given(st.lists(events, max_size=40))
def test_undoing_leads_back_to_the_beginning_step_by_step(
    happened: list[tuple[Trigger, Mapping[str, Value]]],
) -> None:
    story = Story()
    for trigger, payload in happened:
        story.happens(trigger, payload)
    while last_move(story.steps) is not None:
        story.happens(Trigger.UNDO)
    assert story.talk.phase is PhaseId.RELATIONSHIP
    assert story.talk.outcome is None


def test_a_record_stays_when_the_move_before_it_is_undone() -> None:
    story = Story()
    story.happens(Trigger.ADVANCE)
    story.happens(Trigger.TICK, {"phase": PhaseId.ANALYSIS, "item": "budget", "done": True})
    story.happens(Trigger.UNDO)
    assert story.talk.phase is PhaseId.RELATIONSHIP
    assert story.talk.ticked("budget", PhaseId.ANALYSIS)


def test_undo_passes_over_questions_that_changed_nothing() -> None:
    story = Story()
    story.happens(Trigger.ADVANCE)
    story.happens(Trigger.END)
    story.happens(Trigger.STAY)
    story.happens(Trigger.UNDO)
    assert story.talk.phase is PhaseId.RELATIONSHIP
    assert story.talk.asking is None


def test_undoing_twice_takes_back_two_moves() -> None:
    story = Story()
    for trigger in (Trigger.ADVANCE, Trigger.ADVANCE, Trigger.GO_ANYWAY, Trigger.ADVANCE):
        story.happens(trigger)
    assert story.talk.phase is PhaseId.NEGOTIATION
    story.happens(Trigger.UNDO)
    story.happens(Trigger.UNDO)
    assert (story.talk.phase, story.talk.asking) == (PhaseId.ANALYSIS, Asking.TRIAL_CLOSE)
    assert story.talk.trial_close is TrialClose.OPEN


def test_ticking_the_trial_close_is_the_trial_close() -> None:
    story = Story()
    trial_close: dict[str, Value] = {"phase": PhaseId.ANALYSIS, "item": "trial_close", "done": True}
    story.happens(Trigger.TICK, trial_close)
    assert story.talk.ticked("trial_close", PhaseId.ANALYSIS)
    assert story.talk.trial_close == TrialClose.INTEREST
    story.happens(Trigger.TICK, trial_close | {"done": False})
    assert not story.talk.ticked("trial_close", PhaseId.ANALYSIS)


def test_a_new_outcome_does_not_inherit_the_amount_of_an_undone_one() -> None:
    story = Story()
    story.happens(Trigger.WIN, {"amount": "12500", "currency": "EUR"})
    story.happens(Trigger.CORRECT, {"amount": "13000", "currency": "EUR"})
    story.happens(Trigger.UNDO)
    story.happens(Trigger.WIN)
    assert story.talk.outcome is OutcomeId.WON
    assert story.talk.amount is None
