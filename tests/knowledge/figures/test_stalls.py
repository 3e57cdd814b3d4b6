"""Where it stalls: ended there without an order, or there for longer than three of four of the same kind."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given

from knowledge.figures.matters import Ending, Matter, Span, Stay
from knowledge.figures.share import Share
from knowledge.figures.stalls import stalls
from knowledge.taxonomy import OutcomeId, TargetGroupId
from tests.knowledge.figures.team import (
    ANA,
    FRIDAY,
    MONTH,
    NEG,
    PRE,
    REL,
    ended,
    matter,
    november,
    some_teams,
    spans,
    teams,
)

THIS_WEEK = Span(november(16), FRIDAY)


def took(id_: int, days_: int, target_group: TargetGroupId = TargetGroupId.B2B) -> Matter:
    """Spent so many days in the analysis in October and went on."""
    start = date(2026, 10, 1)
    left = start + timedelta(days=days_)
    stays = (Stay(REL, start, start), Stay(ANA, start, left), Stay(PRE, left))
    return matter(id_, start, *stays, target_group=target_group)


def in_analysis(id_: int, since: date, **details: object) -> Matter:
    return matter(id_, since, Stay(REL, since, since), Stay(ANA, since), **details)


USUAL = [took(100 + place, days_) for place, days_ in enumerate((1, 2, 4, 6, 30))]  # three of four: at most 6 days


def found(team: list[Matter], span: Span = THIS_WEEK) -> dict[str | None, dict[str, object]]:
    return {figure.about: dict(figure.numbers) for figure in stalls(team, span)}


def test_longer_than_three_of_four_is_long() -> None:
    team = [*USUAL, in_analysis(1, november(14)), in_analysis(2, november(13))]  # six days, seven days
    assert found(team)["analysis"] == {"visited": 2, "ended": 0, "lingering": 1}


def test_its_like_are_those_of_the_same_target_group() -> None:
    authorities = [took(200 + place, 20, TargetGroupId.B2G) for place in range(5)]
    team = [*USUAL, *authorities, in_analysis(1, november(5), target_group=TargetGroupId.B2G)]
    assert found(team)["analysis"]["lingering"] == 0
    few = [*USUAL, in_analysis(1, november(5), target_group=TargetGroupId.B2C)]
    assert found(few)["analysis"]["lingering"] == 1, "too few of its own: held against all"


def test_with_too_few_to_compare_nothing_is_too_long() -> None:
    assert found([*USUAL[:4], in_analysis(1, date(2026, 10, 1))])["analysis"]["lingering"] == 0


def test_what_was_lost_stuck_where_it_ended() -> None:
    lost = ended(1, OutcomeId.LOST, november(17), through=(REL, ANA))
    undecided = ended(2, OutcomeId.NO_DECISION, november(18), through=(REL, ANA))
    order = ended(3, OutcomeId.WON, november(18), through=(REL, ANA))
    cancelled = ended(4, OutcomeId.CANCELLED, november(18), through=(REL, ANA))
    assert found([lost, undecided, order, cancelled])["analysis"] == {"visited": 3, "ended": 2, "lingering": 0}
    assert "analysis" not in found([lost], Span(november(18), FRIDAY)), "it was over before"


def test_what_is_postponed_waits() -> None:
    waiting = in_analysis(1, november(2), waits_until=november(23))
    late = in_analysis(2, november(2), waits_until=november(19))
    assert found([*USUAL, waiting, late])["analysis"] == {"visited": 2, "ended": 0, "lingering": 1}


def test_loops_in_a_phase_add_up() -> None:
    day = november(2)
    looped = matter(
        1, day, Stay(ANA, day, november(6)), Stay(PRE, november(6), november(16)), Stay(ANA, november(16))
    )  # 4 days, then 4 days until Friday
    assert found([*USUAL, looped])["analysis"]["lingering"] == 1
    assert found([*USUAL, looped], Span(november(16), november(18)))["analysis"]["lingering"] == 0, "six days by then"


def test_a_past_week_gives_the_same_again() -> None:
    opened = november(9)
    still_there = in_analysis(1, opened)
    moved_since = matter(1, opened, Stay(REL, opened, opened), Stay(ANA, opened, november(25)), Stay(NEG, november(25)))
    lost_since = replace(still_there, ending=Ending(OutcomeId.LOST, november(27)))
    for then in (still_there, moved_since, lost_since):
        assert found([*USUAL, then])["analysis"] == {"visited": 1, "ended": 0, "lingering": 1}


def test_the_worst_is_the_one_that_is_sure() -> None:
    lost = OutcomeId.LOST
    team = [
        *(ended(id_, lost, FRIDAY, through=(REL, ANA, PRE, NEG)) for id_ in range(6)),
        *(ended(10 + id_, OutcomeId.WON, FRIDAY, through=(REL, ANA, NEG)) for id_ in range(5)),
    ]
    worst, *others = stalls(team, MONTH)
    assert (worst.about, worst.value) == ("negotiation", Share(6, 11))
    assert [figure.value.hits for figure in others] == [0, 0, 0]
    few = [ended(1, lost, FRIDAY, through=(REL,)), *team]
    assert stalls(few, MONTH)[0].about == "negotiation"


def test_nothing_stalls_where_nothing_is() -> None:
    assert stalls([], MONTH) == ()


def test_an_order_goes_on_from_the_phase_it_came_in() -> None:
    orders = [ended(id_, OutcomeId.WON, november(4), opened=november(2), through=(REL, ANA)) for id_ in range(5)]
    losses = [ended(id_, OutcomeId.LOST, november(4), opened=november(2), through=(REL, ANA)) for id_ in range(5)]
    open_ = in_analysis(9, november(10))
    assert found([*orders, open_])["analysis"] == {"visited": 1, "ended": 0, "lingering": 1}
    assert found([*losses, open_])["analysis"]["lingering"] == 0, "a loss shows nothing of how long it takes"


@some_teams
@given(teams(), spans)
def test_no_more_stick_than_were_there(team: list[Matter], span: Span) -> None:
    for figure in stalls(team, span):
        ended_, lingering = figure.numbers["ended"], figure.numbers["lingering"]
        assert isinstance(ended_, int)
        assert isinstance(lingering, int)
        assert figure.value.hits == ended_ + lingering <= figure.value.cases
