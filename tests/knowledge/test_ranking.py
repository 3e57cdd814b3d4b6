"""What is proposed first: what suits the conversation, then what helped often enough, then the order of the content."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Answer, ClosingTechnique
from knowledge.ranking import (
    MARGIN,
    Situation,
    Suits,
    Tally,
    ranked_answers,
    ranked_closing,
    speaking_for,
    success,
    suits,
)
from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    ClosingId,
    Fairness,
    OfferKind,
    PhaseId,
    SignalId,
    TargetGroupId,
    TechniqueId,
)

TECHNIQUES = list(TechniqueId)
VISIT = Situation(TargetGroupId.B2B, AppointmentKind.VISIT, AcquisitionId.WARM, PhaseId.NEGOTIATION)

places = st.integers(1, 12)


def answer(technique: TechniqueId, **restricted: object) -> Answer:
    return Answer.model_validate(
        {
            "technique": technique, "fairness": Fairness.FAIR, "reading": "Die Summe", "fits_when": "wenn",
            "not_when": "wenn", "say": "Dann teilen wir.", "settled": "Passt es so?", **restricted,
        }
    )  # fmt: skip


def answers(count: int) -> list[Answer]:
    return [answer(technique) for technique in TECHNIQUES[:count]]


@st.composite
def tallies(draw: st.DrawFn, most: int = 200) -> Tally:
    votes = draw(st.integers(0, most))
    return Tally(draw(st.integers(0, votes)), votes)


@given(places)
def test_without_votes_the_order_is_that_of_the_content(count: int) -> None:
    assert ranked_answers(answers(count), None, {}) == tuple(range(count))


@given(places, st.data())
def test_three_votes_for_each_never_turn_the_order_round(count: int, data: st.DataObject) -> None:
    few = {technique: data.draw(tallies(MARGIN)) for technique in TECHNIQUES[:count]}
    assert ranked_answers(answers(count), None, few) == tuple(range(count))


@given(places, st.data())
def test_many_votes_do(count: int, data: st.DataObject) -> None:
    last = count - 1
    votes = data.draw(st.integers(MARGIN + 1, 500))
    assert ranked_answers(answers(count), None, {TECHNIQUES[last]: Tally(votes, votes)})[0] == last


@given(places)
def test_what_never_helps_goes_down(count: int) -> None:
    assert ranked_answers(answers(count), None, {TECHNIQUES[0]: Tally(0, MARGIN + 1)})[-1] == 0


@given(tallies())
def test_one_more_that_helped_never_lowers_and_one_that_did_not_never_raises(tally: Tally) -> None:
    assert success(Tally(tally.helped + 1, tally.votes + 1)) >= success(tally)
    assert success(Tally(tally.helped, tally.votes + 1)) <= success(tally)
    assert 0 < success(tally) < 1


@given(places, st.data())
def test_a_vote_moves_no_other_answers_against_each_other(count: int, data: st.DataObject) -> None:
    before = {technique: data.draw(tallies()) for technique in TECHNIQUES[:count]}
    voted = data.draw(st.integers(0, count - 1))
    old = before[TECHNIQUES[voted]]
    after = {**before, TECHNIQUES[voted]: Tally(old.helped + 1, old.votes + 1)}
    first, second = (ranked_answers(answers(count), None, counted) for counted in (before, after))
    assert [place for place in first if place != voted] == [place for place in second if place != voted]
    assert second.index(voted) <= first.index(voted)


def test_a_tally_is_shown_from_five_votes_on() -> None:
    assert not Tally(4, 4).says_something
    assert Tally(0, 5).says_something
    with pytest.raises(ValueError, match="3 of 2"):
        Tally(3, 2)


@pytest.mark.parametrize(
    ("restricted", "expected"),
    [
        ({}, Suits.YES),
        ({"kinds": ["visit", "demo"], "target_groups": ["b2b"]}, Suits.YES),
        ({"kinds": ["phone_call"]}, Suits.NO),
        ({"target_groups": ["b2b"], "acquisition": ["cold"]}, Suits.NO),
        ({"offers": ["service"]}, Suits.PERHAPS),
        ({"offers": ["service"], "phases": ["analysis"]}, Suits.NO),
    ],
)
def test_what_is_for_another_conversation_does_not_suit(restricted: dict[str, object], expected: Suits) -> None:
    assert suits(answer(TechniqueId.TRADE, **restricted), VISIT) is expected


def test_what_suits_comes_before_what_helped() -> None:
    listed = [
        answer(TECHNIQUES[0], kinds=["phone_call"]),
        answer(TECHNIQUES[1]),
        answer(TECHNIQUES[2], kinds=["visit"]),
    ]
    loved = {TECHNIQUES[0]: Tally(90, 90)}
    assert ranked_answers(listed, VISIT, loved) == (1, 2, 0)
    assert ranked_answers(listed, None, loved) == (1, 0, 2), "without a conversation the unrestricted one is first"


def test_what_is_sold_decides_once_it_is_known() -> None:
    listed = [answer(TECHNIQUES[0], offers=["goods"]), answer(TECHNIQUES[1])]
    sells_service, sells_goods = (replace(VISIT, offer=offer) for offer in (OfferKind.SERVICE, OfferKind.GOODS))
    assert ranked_answers(listed, VISIT, {}) == (1, 0)
    assert ranked_answers(listed, sells_service, {}) == (1, 0)
    assert ranked_answers(listed, sells_goods, {}) == (0, 1)


def technique(*, phases: list[str], signals: list[str] | None = None, **restricted: object) -> ClosingTechnique:
    return ClosingTechnique.model_validate(
        {
            "label": "So", "fairness": Fairness.FAIR, "fits_when": "wenn", "not_when": "wenn", "phases": phases,
            "signals": signals or [], "sentences": ["Ja?", "So?", "Gut?"], **restricted,
        }
    )  # fmt: skip


CLOSING = {
    ClosingId.EXPLICIT_AGREEMENT: technique(phases=["negotiation"]),
    ClosingId.ASSUMPTIVE_CLOSE: technique(phases=["negotiation"], signals=["imagines_use", "asks_delivery_time"]),
    ClosingId.DIRECT_QUESTION: technique(phases=["negotiation"]),
    ClosingId.CONDITIONAL_CLOSE: technique(phases=["negotiation"], signals=["asks_delivery_time"]),
    ClosingId.NEXT_STEP_CLOSE: technique(phases=["relationship"]),
}


@pytest.mark.parametrize(
    ("signals", "is_open", "first"),
    [
        ((), False, ClosingId.EXPLICIT_AGREEMENT),
        ((SignalId.IMAGINES_USE,), False, ClosingId.ASSUMPTIVE_CLOSE),
        ((SignalId.ASKS_DELIVERY_TIME,), False, ClosingId.ASSUMPTIVE_CLOSE),
        ((), True, ClosingId.CONDITIONAL_CLOSE),
        ((SignalId.IMAGINES_USE, SignalId.ASKS_DELIVERY_TIME), True, ClosingId.CONDITIONAL_CLOSE),
    ],
)
def test_signals_bring_a_technique_up_and_open_objections_even_more(
    signals: tuple[SignalId, ...], is_open: bool, first: ClosingId
) -> None:
    now = replace(VISIT, signals=frozenset(signals), objections_open=is_open)
    order = ranked_closing(CLOSING, now)
    assert order[0] is first
    assert order[-1] is ClosingId.NEXT_STEP_CLOSE, "it is for another phase"
    assert sorted(order) == sorted(CLOSING)


def test_without_a_conversation_techniques_stand_in_the_order_of_the_content() -> None:
    assert ranked_closing(CLOSING, None) == tuple(CLOSING)


def test_what_speaks_for_a_technique_is_what_was_seen() -> None:
    now = replace(VISIT, signals=frozenset({SignalId.ASKS_DELIVERY_TIME, SignalId.SMILES}))
    assert speaking_for(CLOSING[ClosingId.ASSUMPTIVE_CLOSE], now) == (SignalId.ASKS_DELIVERY_TIME,)
