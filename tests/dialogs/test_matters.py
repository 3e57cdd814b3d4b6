"""What the figures see of a conversation is what its steps lead to, whatever the seller pressed and took back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation.phases import TABLE, Move, allowed
from dialogs.conversation.talk import (
    RECORDS,
    ConversationId,
    PersonId,
    Step,
    Talk,
    TaskState,
    Trigger,
    Value,
    apply,
    begin,
    last_move,
    replay,
)
from dialogs.machine import NoSuchMove
from dialogs.reports.matters import About, Told, told_by
from knowledge.figures.follow_ups import FollowUp
from knowledge.figures.matters import Ending, Stay
from knowledge.language.money import Money
from knowledge.reporting_days import ReportingDays
from knowledge.taxonomy import (
    AcquisitionId,
    FollowUpTaskId,
    LossReasonId,
    ObjectionId,
    OutcomeId,
    PhaseId,
    SignalId,
    TargetGroupId,
)
from knowledge.working_days import WorkingDays

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
DAYS = ReportingDays("Europe/Berlin", time(18), WorkingDays().works)
ABOUT = About(conversation=1, seller=7, currency="EUR")
T = Trigger


class Walk:
    """A conversation that goes as the table says, step by step, without storage."""

    def __init__(self) -> None:
        payload: dict[str, Value] = {"customer_id": 5}
        first = Step(
            seq=1, at=MONDAY, actor=PersonId(7), trigger=T.START, source=None, to=PhaseId.RELATIONSHIP, payload=payload
        )
        self.steps, self.talk, self.now = [first], begin(ConversationId(1), first), MONDAY

    def take(self, trigger: Trigger, **payload: Value) -> bool:
        """False where it does not fit."""
        to = self.talk.phase
        if trigger is T.UNDO:
            undone = last_move(self.steps)
            if undone is None:
                return False
            payload = {"undone": undone.seq}
        elif trigger not in RECORDS:
            move = Move(self.talk)
            try:
                if not allowed(self.talk, trigger):
                    return False
                to = TABLE.fire(self.talk.phase, trigger, move)
            except NoSuchMove:
                return False
            payload = {**payload, **move.payload}
        step = Step(
            seq=len(self.steps) + 1, at=self.now, actor=PersonId(7), trigger=trigger, source=self.talk.phase, to=to,
            payload=payload,
        )  # fmt: skip
        after = replay(self.talk.id, [*self.steps, step]) if trigger is T.UNDO else apply(self.talk, step)
        self.steps.append(step.model_copy(update={"to": after.phase}) if trigger is T.UNDO else step)
        self.talk = after
        return True

    @property
    def told(self) -> Told:
        return told_by(self.steps, ABOUT, DAYS)


def walk(*taken: tuple[Trigger, Mapping[str, Value]] | Trigger) -> Walk:
    """One step a day from Monday 8:00 UTC on; each has to fit."""
    way = Walk()
    for one in taken:
        trigger, payload = (one, {}) if isinstance(one, Trigger) else one
        assert way.take(trigger, **payload), trigger
        way.now += timedelta(days=1)
    return way


WIN = T.WIN, {"amount": "12000.00", "currency": "EUR"}


def test_phases_become_stays_and_the_outcome_ends_the_last_one() -> None:
    matter = walk(T.ADVANCE, T.BACK, T.ADVANCE, WIN).told.matter
    assert [(stay.phase.value, stay.since.day, stay.until and stay.until.day) for stay in matter.stays] == [
        ("relationship", 16, 16), ("analysis", 16, 17), ("relationship", 17, 18), ("analysis", 18, 19),
    ]  # fmt: skip
    assert matter.ending == Ending(OutcomeId.WON, date(2026, 11, 19), Money(Decimal("12000.00"), "EUR"))


def test_a_correction_keeps_the_day_of_the_first() -> None:
    way = walk(WIN, (T.CORRECT, {"amount": "9000.00", "currency": "CHF"}))
    assert way.told.matter.ending == Ending(OutcomeId.WON, date(2026, 11, 16), Money(Decimal("9000.00"), "CHF"))


def test_an_outcome_taken_back_and_given_anew_keeps_its_day_unless_the_talk_went_on() -> None:
    again = walk(WIN, T.UNDO, (T.WIN, {"amount": None, "currency": None}))
    assert again.told.matter.ending == Ending(OutcomeId.WON, date(2026, 11, 16))
    other = walk(WIN, T.UNDO, (T.LOSE, {"loss_reason": "no_need"}))
    assert other.told.matter.ending == Ending(OutcomeId.LOST, date(2026, 11, 16), None, LossReasonId.NO_NEED)
    went_on = walk(WIN, T.UNDO, T.ADVANCE, WIN)
    assert went_on.told.matter.ending == Ending(OutcomeId.WON, date(2026, 11, 19), Money(Decimal("12000.00"), "EUR"))
    open_again = walk(WIN, T.UNDO)
    assert open_again.told.matter.ending is None


def test_an_undone_move_was_no_stay() -> None:
    way = walk(T.ADVANCE, T.UNDO)
    assert way.told.matter.stays == (Stay(PhaseId.RELATIONSHIP, date(2026, 11, 16)),)


def test_a_postponed_talk_waits_and_is_a_follow_up_until_it_goes_on() -> None:
    way = walk((T.POSTPONE, {"until": "2026-12-01"}), (T.CORRECT, {"until": "2026-12-08"}))
    assert way.told.matter.waits_until == date(2026, 12, 8)
    assert way.told.follow_ups == (FollowUp(date(2026, 12, 8)),)
    assert way.take(T.RESUME)
    assert way.told.matter.waits_until is None
    assert way.told.follow_ups == (FollowUp(date(2026, 12, 8), date(2026, 11, 18)),)


def test_a_dated_task_is_due_once_there_is_an_outcome_and_done_on_its_day() -> None:
    dated = (T.TASK, {"task": "referral_request", "state": "dated", "due": "2026-11-30"})
    done = (T.TASK, {"task": "referral_request", "state": "done", "due": None})
    assert walk(dated).told.follow_ups == ()
    assert walk(WIN, dated).told.follow_ups == (FollowUp(date(2026, 11, 30)),)
    assert walk(WIN, dated, done).told.follow_ups == (FollowUp(date(2026, 11, 30), date(2026, 11, 18)),)


def test_an_objection_keeps_its_first_day_and_phase_and_a_withdrawn_one_is_gone() -> None:
    def objection(state: str, phase: str = "analysis") -> tuple[Trigger, Mapping[str, Value]]:
        return T.OBJECTION, {"id": "price_too_high", "phase": phase, "state": state}

    (raised,) = walk(objection("open"), objection("settled", "closing")).told.matter.objections
    assert (raised.phase, raised.day.day, raised.settled) == (PhaseId.ANALYSIS, 16, True)
    assert walk(objection("open"), objection("withdrawn")).told.matter.objections == ()


def test_what_the_conversation_says_goes_before_what_is_known_of_the_customer() -> None:
    known = About(
        1, 7, "EUR", acquisition=AcquisitionId.REFERRAL, target_group=TargetGroupId.B2G, first_contact=date(2026, 1, 2)
    )
    silent = told_by(walk().steps, known, DAYS).matter
    assert (silent.acquisition, silent.target_group) == (AcquisitionId.REFERRAL, TargetGroupId.B2G)
    assert silent.contacted == date(2026, 1, 2)
    said = walk((T.DETAILS, {"acquisition": "cold"}), (T.DETAILS, {"customer_id": 9}))
    assert told_by(said.steps, known, DAYS).matter.acquisition is AcquisitionId.COLD
    assert said.told.matter.customer == 9


def test_what_todays_code_does_not_know_is_refused() -> None:
    steps = walk(T.ADVANCE).steps
    unknown = steps[-1].model_copy(update={"trigger": "teleported"})
    with pytest.raises(ValueError, match="teleported"):
        told_by([*steps[:-1], unknown], ABOUT, DAYS)


def _payload(trigger: Trigger) -> st.SearchStrategy[Mapping[str, Any]]:
    phases = st.sampled_from([phase.value for phase in PhaseId if phase is not PhaseId.FOLLOW_UP])
    match trigger:
        case T.WIN:
            return st.sampled_from([{"amount": "100.00", "currency": "EUR"}, {"amount": None, "currency": None}])
        case T.LOSE:
            return st.fixed_dictionaries({"loss_reason": st.sampled_from(["no_need", "no_budget"])})
        case T.POSTPONE:
            return st.just({"until": "2026-12-24"})
        case T.OBJECTION:
            states = st.sampled_from(["open", "settled", "withdrawn"])
            ids = st.sampled_from([ObjectionId.LATER.value, ObjectionId.NO_NEED.value])
            return st.fixed_dictionaries({"id": ids, "phase": phases, "state": states})
        case T.SIGNAL:
            return st.fixed_dictionaries({"id": st.just(SignalId.SMILES.value), "phase": phases, "seen": st.booleans()})
        case T.TASK:
            return st.one_of(
                st.just({"task": "action_plan", "state": "dated", "due": "2026-12-01"}),
                st.sampled_from(["done", "skipped", "open"]).map(
                    lambda state: {"task": "action_plan", "state": state, "due": None}
                ),
            )
        case _:
            return st.just({})


WALKED = [trigger for trigger in Trigger if trigger not in (T.START, T.CORRECT, T.DETAILS, T.PRICE, T.TICK)]
taken = st.lists(
    st.sampled_from([*WALKED, T.UNDO, T.WIN, T.ADVANCE]).flatmap(
        lambda trigger: st.tuples(st.just(trigger), _payload(trigger), st.integers(0, 80))
    ),
    max_size=25,
)


@given(taken)
def test_the_matter_says_what_the_replayed_talk_says(
    pressed: Sequence[tuple[Trigger, Mapping[str, Any], int]],
) -> None:
    way = Walk()
    for trigger, payload, hours in pressed:
        way.now += timedelta(hours=hours)
        way.take(trigger, **payload)
    talk, told = way.talk, way.told
    matter = told.matter
    if talk.phase is not PhaseId.FOLLOW_UP:
        assert matter.phase is talk.phase
    assert matter.outcome == (None if talk.outcome is OutcomeId.POSTPONED else talk.outcome)
    assert matter.waits_until == talk.until
    if matter.ending is not None:
        assert (matter.ending.amount and matter.ending.amount.amount) == talk.amount
        assert matter.ending.loss_reason == talk.loss_reason
    assert {(one.objection, one.phase) for one in matter.objections} == {(one.id, one.phase) for one in talk.objections}
    assert {(one.signal, one.phase) for one in matter.signals} == {(one.id, one.phase) for one in talk.signals}
    assert matter.opened <= DAYS.reporting_day(way.now)
    assert all(before.until == after.since for before, after in zip(matter.stays, matter.stays[1:], strict=False))
    assert sorted(due.due for due in told.follow_ups if due.done is None) == sorted(_open_dates(talk))


def _open_dates(talk: Talk) -> list[date]:
    """As storage keeps them: dated tasks of a talk with an outcome, and the day of a postponement."""
    task = talk.task(FollowUpTaskId.ACTION_PLAN)
    dated = [task.due] if talk.outcome and task.state is TaskState.DATED and task.due else []
    return [*dated, *([talk.until] if talk.until else [])]
