"""One suggestion that follows from the numbers, with the numbers in it; none where they say nothing."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.figures.follow_ups import FollowUp
from knowledge.figures.matters import Matter, Raised, Seen, Span
from knowledge.figures.suggestion import RULES, Params, Suggestion, findings, suggestion
from knowledge.language.languages import Language
from knowledge.language.messages import Messages
from knowledge.taxonomy import Country, LossReasonId, ObjectionId, OutcomeId, SignalId
from tests.knowledge.figures.team import (
    ANA,
    FRIDAY,
    MONTH,
    NEG,
    PRE,
    REL,
    TALK,
    days,
    ended,
    matter,
    november,
    order,
    some_teams,
    teams,
)

MONDAY = november(23)
OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
LAST_WEEKS = Span(date(2026, 10, 26), FRIDAY)
BEFORE = Span(date(2026, 9, 28), date(2026, 10, 25))
PRICE = ObjectionId.PRICE_TOO_HIGH


def said(team: list[Matter], follow_ups: list[FollowUp] | None = None) -> Suggestion | None:
    return suggestion(findings(team, follow_ups or [], LAST_WEEKS, BEFORE, MONDAY))


def lost(count: int, reason: LossReasonId | None = None, first: int = 100) -> list[Matter]:
    """Each lost in another phase, so that none stands out."""
    return [
        ended(first + place, OutcomeId.LOST, FRIDAY, reason=reason, through=TALK[: 1 + place % 5])
        for place in range(count)
    ]


def test_a_heap_of_overdue_follow_ups_comes_first() -> None:
    heap = [FollowUp(november(day)) for day in (16, 12, 17, 18, 19)]
    assert said([], heap) == Suggestion("figures.suggestion.overdue", {"overdue": 5, "oldest": november(12)})
    assert said([], heap[:4]) is None


def test_missed_signals_lead_to_asking_for_the_order() -> None:
    seen = (Seen(SignalId.ASKS_PRICE, PRE, FRIDAY),)
    team = [matter(id_, signals=seen) for id_ in range(3)]
    expected = Suggestion("figures.suggestion.missed_signals", {"missed": 3, "with_signal": 6})
    assert said([*team, *(order(10 + id_, FRIDAY, signals=seen) for id_ in range(3))]) == expected
    assert said([*team, *(order(10 + id_, FRIDAY, signals=seen) for id_ in range(4))]) is None
    assert said(team[:2]) is None


def test_the_phase_where_most_stick_is_named() -> None:
    stuck = [ended(id_, OutcomeId.LOST, FRIDAY, through=(REL, ANA, NEG)) for id_ in range(6)]
    through = [order(10 + id_, FRIDAY) for id_ in range(5)]
    expected = Suggestion("figures.suggestion.stall.negotiation", {"stuck": 6, "visited": 11})
    assert said([*stuck, *through]) == expected
    assert said(stuck[:4]) is None, "four are too few"


def test_an_objection_that_stays_open_is_practised() -> None:
    open_ = [matter(id_, objections=(Raised(PRICE, NEG, FRIDAY),)) for id_ in range(3)]
    settled = [matter(10 + id_, objections=(Raised(PRICE, NEG, FRIDAY, settled=True),)) for id_ in range(4)]
    params: Params = {"objection": PRICE, "raised": 6, "unsettled": 3}
    assert said([*open_, *settled[:3]]) == Suggestion("figures.suggestion.objection", params)
    assert said([*open_, *settled]) is None


def test_a_reason_for_half_of_the_losses_is_named() -> None:
    team = [*lost(3, LossReasonId.CHEAPER_OFFER), *lost(3, first=200), *(order(id_, FRIDAY) for id_ in range(30))]
    expected = Suggestion("figures.suggestion.loss.cheaper_offer", {"times": 3, "lost": 6})
    assert said(team) == expected
    assert said([*team, *lost(1, first=300)]) is None


def test_many_without_a_decision_need_a_date() -> None:
    orders = [order(id_, FRIDAY) for id_ in range(6)]
    undecided = [ended(10 + id_, OutcomeId.NO_DECISION, FRIDAY, through=TALK[: 1 + id_]) for id_ in range(3)]
    team = [*orders, *undecided]
    assert said(team) == Suggestion("figures.suggestion.undecided", {"undecided": 3, "decided": 9})


def test_a_closing_rate_that_fell_by_more_than_chance_is_said() -> None:
    october = date(2026, 10, 10)
    before = [order(1000 + id_, october, opened=october) for id_ in range(40)]
    reasons = [*LossReasonId] * 3
    now = [
        *(order(id_, FRIDAY) for id_ in range(40)),
        *(ended(100 + id_, OutcomeId.LOST, FRIDAY, reason=reasons[id_]) for id_ in range(20)),
    ]
    expected = {"won": 40, "decided": 60, "won_before": 40, "decided_before": 40}
    assert said([*before, *now]) == Suggestion("figures.suggestion.closing_rate", expected)
    assert said([*before[:3], *now]) is None, "three before are too few to compare with"


def test_a_quiet_team_gets_no_advice() -> None:
    assert said([]) is None
    assert said([order(1, FRIDAY), matter(2)]) is None


def test_what_can_be_done_tomorrow_goes_before_what_needs_a_meeting() -> None:
    stuck = [ended(id_, OutcomeId.LOST, FRIDAY, through=(REL, ANA, NEG)) for id_ in range(6)]
    heap = [FollowUp(november(2))] * 5
    found = said(stuck, heap)
    assert found is not None
    assert found.message == "figures.suggestion.overdue"


@some_teams
@given(teams(), st.lists(st.builds(FollowUp, days), max_size=8))
def test_at_most_one_rule_of_a_priority_holds(team: list[Matter], follow_ups: list[FollowUp]) -> None:
    found = findings(team, follow_ups, MONTH, OCTOBER, MONTH.last + timedelta(days=1))
    held = Counter(rule.priority for rule in RULES if rule.holds(found) is not None)
    assert all(count == 1 for count in held.values())
    told = suggestion(found)
    assert (told is None) == (not held)


SAMPLE = {
    "overdue": 5, "oldest": november(12), "missed": 3, "with_signal": 6, "stuck": 6, "visited": 11,
    "objection": "Zu teuer", "raised": 6, "unsettled": 3, "times": 3, "lost": 6, "undecided": 3, "decided": 9,
    "won": 4, "won_before": 8, "decided_before": 9,
}  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("message", [rule.message for rule in RULES])
def test_every_suggestion_names_numbers_and_what_it_points_to_is_there(
    message: str, language: Language, messages: Messages, catalogue: Catalogue
) -> None:
    words = messages.text(message, language, **SAMPLE)  # type: ignore[arg-type]
    assert len(re.findall(r"\d+", words)) >= 2
    lesson = re.search(r"/(?:wissen|learn) (.+)$", words)
    if lesson:
        assert catalogue[language].search.find(lesson[1], 3, Country.DE), lesson[1]
