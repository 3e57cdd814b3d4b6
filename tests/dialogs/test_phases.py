"""The rules of the method, each on the table alone: no storage, no screen."""

from datetime import UTC, datetime

import pytest

from dialogs.conversation.phases import TABLE, TALKING, Move, allowed
from dialogs.conversation.talk import (
    Asking,
    CustomerId,
    Standing,
    Talk,
    Task,
    TaskState,
    TrialClose,
    Trigger,
    Value,
)
from dialogs.machine import NoSuchMove
from knowledge.taxonomy import FollowUpTaskId, PhaseId

AT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


def talk_in(phase: PhaseId, **state: object) -> Talk:
    fields = {"started_at": AT, "touched_at": AT, "customer_id": CustomerId(1), "phase": phase, **state}
    return Talk.model_validate(fields)


def fire(trigger: Trigger, talk: Talk) -> tuple[PhaseId, dict[str, Value]]:
    """Where the trigger leads, and what the step will hold."""
    move = Move(talk)
    return TABLE.fire(talk.phase, trigger, move), move.payload


def test_the_six_phases_stand_in_the_order_of_the_method() -> None:
    talk = talk_in(PhaseId.RELATIONSHIP, trial_close=TrialClose.INTEREST)
    way = [talk.phase]
    while talk.phase is not PhaseId.CLOSING:
        talk = talk.model_copy(update={"phase": fire(Trigger.ADVANCE, talk)[0]})
        way.append(talk.phase)
    assert way == list(PhaseId)[:-1]
    assert fire(Trigger.WIN, talk)[0] is PhaseId.FOLLOW_UP


def test_the_trial_close_ends_the_analysis() -> None:
    assert fire(Trigger.ADVANCE, talk_in(PhaseId.ANALYSIS, trial_close=TrialClose.INTEREST)) == (
        PhaseId.PRESENTATION,
        {},
    )


@pytest.mark.parametrize("trial_close", [TrialClose.OPEN, TrialClose.NOT_YET])
def test_without_the_trial_close_the_card_asks_and_the_phase_stays(trial_close: TrialClose) -> None:
    phase, payload = fire(Trigger.ADVANCE, talk_in(PhaseId.ANALYSIS, trial_close=trial_close))
    assert phase is PhaseId.ANALYSIS
    assert payload == {"asking": Asking.TRIAL_CLOSE}


def test_going_on_anyway_is_recorded_and_not_asked_again() -> None:
    asked = talk_in(PhaseId.ANALYSIS, asking=Asking.TRIAL_CLOSE)
    phase, payload = fire(Trigger.GO_ANYWAY, asked)
    assert phase is PhaseId.PRESENTATION
    assert payload["trial_close"] is TrialClose.SKIPPED
    again = talk_in(PhaseId.ANALYSIS, trial_close=TrialClose.SKIPPED)
    assert fire(Trigger.ADVANCE, again)[0] is PhaseId.PRESENTATION


@pytest.mark.parametrize("found_in", [PhaseId.PRESENTATION, PhaseId.NEGOTIATION, PhaseId.CLOSING])
def test_a_gap_leads_to_the_analysis_and_next_leads_back_to_where_it_was_found(found_in: PhaseId) -> None:
    phase, payload = fire(Trigger.GAP_FOUND, talk_in(found_in))
    assert phase is PhaseId.ANALYSIS
    assert payload == {"return_to": found_in}
    assert fire(Trigger.ADVANCE, talk_in(PhaseId.ANALYSIS, return_to=found_in)) == (found_in, {"return_to": None})


@pytest.mark.parametrize("phase", [PhaseId.RELATIONSHIP, PhaseId.ANALYSIS, PhaseId.FOLLOW_UP])
def test_a_gap_is_found_only_after_the_analysis(phase: PhaseId) -> None:
    with pytest.raises(NoSuchMove):
        fire(Trigger.GAP_FOUND, talk_in(phase))


@pytest.mark.parametrize("phase", [PhaseId.PRESENTATION, PhaseId.NEGOTIATION])
def test_close_jumps_from_presentation_and_negotiation(phase: PhaseId) -> None:
    assert fire(Trigger.CLOSE, talk_in(phase))[0] is PhaseId.CLOSING


@pytest.mark.parametrize("phase", [PhaseId.RELATIONSHIP, PhaseId.ANALYSIS])
def test_an_early_close_asks_about_the_trial_close_first(phase: PhaseId) -> None:
    stays, payload = fire(Trigger.CLOSE, talk_in(phase))
    assert stays is phase
    assert payload == {"asking": Asking.TRIAL_CLOSE_BEFORE_CLOSING}
    asked = talk_in(phase, asking=Asking.TRIAL_CLOSE_BEFORE_CLOSING)
    assert fire(Trigger.TRIAL_CLOSE_YES, asked)[0] is PhaseId.CLOSING
    assert fire(Trigger.GO_ANYWAY, asked)[0] is PhaseId.CLOSING
    assert fire(Trigger.TRIAL_CLOSE_NOT_YET, asked)[0] is phase


@pytest.mark.parametrize(
    ("trigger", "to"),
    [(Trigger.MISSING_IN_OFFER, PhaseId.NEGOTIATION), (Trigger.MISSING_IN_ANALYSIS, PhaseId.ANALYSIS)],
)
def test_a_no_in_closing_means_not_yet(trigger: Trigger, to: PhaseId) -> None:
    stays, payload = fire(Trigger.NOT_YET, talk_in(PhaseId.CLOSING))
    assert stays is PhaseId.CLOSING
    assert payload == {"asking": Asking.MISSING}
    assert fire(trigger, talk_in(PhaseId.CLOSING, asking=Asking.MISSING))[0] is to
    with pytest.raises(NoSuchMove):
        fire(trigger, talk_in(PhaseId.CLOSING))


@pytest.mark.parametrize("phase", TALKING)
@pytest.mark.parametrize("trigger", [Trigger.WIN, Trigger.LOSE, Trigger.NO_DECISION, Trigger.CANCEL])
def test_every_outcome_leads_to_follow_up_won_or_lost(phase: PhaseId, trigger: Trigger) -> None:
    assert fire(trigger, talk_in(phase))[0] is PhaseId.FOLLOW_UP


@pytest.mark.parametrize("phase", TALKING)
def test_postponed_stays_open_in_the_phase_where_it_stopped(phase: PhaseId) -> None:
    stays, payload = fire(Trigger.POSTPONE, talk_in(phase))
    assert stays is phase
    assert payload["standing"] is Standing.POSTPONED


def test_follow_up_ends_when_each_task_is_done_dated_or_left_out() -> None:
    settled = dict.fromkeys(FollowUpTaskId, Task(state=TaskState.DONE))
    assert fire(Trigger.FINISH, talk_in(PhaseId.FOLLOW_UP, tasks=settled))[0] is PhaseId.FOLLOW_UP
    one_open = {**settled, FollowUpTaskId.SELF_REVIEW: Task()}
    with pytest.raises(NoSuchMove):
        fire(Trigger.FINISH, talk_in(PhaseId.FOLLOW_UP, tasks=one_open))


@pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.POSTPONED])
def test_a_conversation_that_is_held_only_resumes(standing: Standing) -> None:
    held = talk_in(PhaseId.NEGOTIATION, standing=standing)
    assert [trigger for trigger in Trigger if allowed(held, trigger)] == [Trigger.RESUME]


def test_a_finished_conversation_takes_no_move() -> None:
    assert not any(allowed(talk_in(PhaseId.FOLLOW_UP, standing=Standing.FINISHED), trigger) for trigger in Trigger)


def test_resuming_a_postponed_conversation_takes_the_outcome_back() -> None:
    postponed = talk_in(PhaseId.CLOSING, standing=Standing.POSTPONED, outcome="postponed")
    phase, payload = fire(Trigger.RESUME, postponed)
    assert phase is PhaseId.CLOSING
    assert payload == {"standing": Standing.OPEN, "outcome": None, "until": None}
