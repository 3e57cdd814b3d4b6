"""The latest value counts, on the day of the first: corrections move nothing to another day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.matters import Ending
from knowledge.figures.outcomes import Event, Said, TakenBack, WentOn, ending
from knowledge.taxonomy import LossReasonId, OutcomeId
from tests.knowledge.figures.team import days, eur, november

WON, LOST, POSTPONED, NO_DECISION, CANCELLED = OutcomeId


def test_without_an_outcome_a_conversation_is_open() -> None:
    assert ending([]) is None
    assert ending([WentOn(november(3))]) is None


def test_a_corrected_amount_keeps_the_day() -> None:
    history = [Said(november(3), WON, eur(100)), Said(november(9), WON, eur(120))]
    assert ending(history) == Ending(WON, november(3), eur(120))


def test_an_outcome_taken_back_and_given_anew_is_a_correction() -> None:
    history: list[Event] = [
        Said(november(3), LOST, loss_reason=LossReasonId.NO_BUDGET),
        TakenBack(november(4)),
        Said(november(4), WON, eur(100)),
    ]
    assert ending(history) == Ending(WON, november(3), eur(100))
    assert ending(history[:2]) is None


def test_where_the_talk_went_on_there_had_been_no_outcome() -> None:
    history: list[Event] = [
        Said(november(3), WON, eur(100)),
        TakenBack(november(3)),
        WentOn(november(9)),
        Said(november(20), LOST, loss_reason=LossReasonId.NO_NEED),
    ]
    assert ending(history) == Ending(LOST, november(20), loss_reason=LossReasonId.NO_NEED)


def test_postponed_ends_nothing() -> None:
    postponed = Said(november(3), POSTPONED)
    assert ending([postponed]) is None
    assert ending([postponed, Said(november(17), WON, eur(5))]) == Ending(WON, november(17), eur(5))
    assert ending([Said(november(2), LOST), TakenBack(november(3)), postponed]) is None
    with pytest.raises(ValueError, match="keeps a conversation open"):
        Ending(POSTPONED, november(3))


final = st.sampled_from([WON, LOST, NO_DECISION, CANCELLED])


@given(st.lists(st.tuples(days, final), min_size=1), st.data())
def test_corrections_keep_the_first_day_and_the_last_value(
    said: list[tuple[date, OutcomeId]], data: st.DataObject
) -> None:
    said.sort(key=lambda one: one[0])
    history: list[Event] = []
    for day, outcome in said:
        corrected_by_undo: bool = data.draw(st.booleans())
        if history and corrected_by_undo:
            history.append(TakenBack(day))
        history.append(Said(day, outcome))
    assert ending(history) == Ending(said[-1][1], said[0][0])
