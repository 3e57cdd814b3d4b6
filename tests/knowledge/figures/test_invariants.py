"""Whatever a team did: shares are shares, parts make the whole, rows come in any order, numbers explain the figure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.activity import conversations, orders
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.costs import CostEntry, Month, acquisition_cost
from knowledge.figures.cycle import sales_cycle
from knowledge.figures.definitions import NUMBERS, UNITS, Figure, FigureId, Unit
from knowledge.figures.follow_ups import FollowUp, kept
from knowledge.figures.funnel import funnel
from knowledge.figures.leads import lead_quality
from knowledge.figures.lifetime_value import lifetime_value
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Matter, Span
from knowledge.figures.objections import objections_by_phase, recurring_objections
from knowledge.figures.share import Share
from knowledge.figures.signals import missed_signals
from knowledge.figures.stalls import stalls
from knowledge.language.languages import Language
from knowledge.language.messages import Messages
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId
from tests.knowledge.figures.team import amounts, days, eur, order, some_teams, spans, teams

costs = st.lists(
    st.builds(
        CostEntry, days.map(Month.of), st.sampled_from(AcquisitionId), amounts.filter(lambda one: one is not None)
    )
)
MONTHS = frozenset({Month(2026, 10), Month(2026, 11)})


def all_figures(team: Sequence[Matter], span: Span, spent: Sequence[CostEntry]) -> Iterator[Figure[Any]]:
    """Every figure of the team."""
    yield conversations(team, span)
    yield closing_rate(team, span)
    yield sales_cycle(team, span)
    yield missed_signals(team, span)
    yield from stalls(team, span)
    yield from loss_reasons(team, span)
    whole = funnel(team, span)
    yield from (*whole.steps, whole.overall)
    found = orders(team, span)
    yield from (found.count, *found.turnover)
    for leads in lead_quality(team, span):
        yield from (leads.share, leads.conversion)
    yield from (in_phase.share for in_phase in objections_by_phase(team, span))
    yield from acquisition_cost(spent, team, MONTHS)
    yield from lifetime_value(team, span.last, date(2026, 10, 1))


# The formulas once more, as a reader would reckon with the numbers shown.
FORMULAS: dict[FigureId, Callable[[dict[str, Fraction]], Fraction | None]] = {
    FigureId.CONVERSATIONS: lambda n: n["opened"] + n["continued"],
    FigureId.ORDERS: lambda n: n["with_amount"] + n["without_amount"],
    FigureId.TURNOVER: lambda n: n["total"],
    FigureId.CLOSING_RATE: lambda n: part(n["won"], n["won"] + n["lost"] + n["no_decision"]),
    FigureId.STAGE_CONVERSION: lambda n: part(n["further"], n["reached"]),
    FigureId.CONVERSION: lambda n: part(n["won"], n["opened"]),
    FigureId.STALL: lambda n: part(n["ended"] + n["lingering"], n["visited"]),
    FigureId.SALES_CYCLE: lambda n: (n["lower"] + n["upper"]) / 2 if n["orders"] else None,
    FigureId.ACQUISITION_COST: lambda n: part(n["costs"], n["customers"]),
    FigureId.LIFETIME_VALUE: lambda n: n["turnover"] / n["orders"] * (n["orders"] / n["customers"]) * n["years"],
    FigureId.LEAD_QUALITY: lambda n: part(n["leads"], n["graded"]),
    FigureId.LEAD_CONVERSION: lambda n: part(n["won"], n["leads"]),
    FigureId.LOSS_REASON: lambda n: part(n["times"], n["lost"]),
    FigureId.OBJECTION_PHASE: lambda n: part(n["raised"], n["objections"]),
    FigureId.MISSED_SIGNALS: lambda n: part(n["missed"], n["with_signal"]),
    FigureId.FOLLOW_UPS: lambda n: part(n["done"], n["due"]),
}


def part(of: Fraction, whole: Fraction) -> Fraction | None:
    return of / whole if whole else None


def plain(value: object) -> Fraction | None:
    """The figure's value as a number; of a share also where it has too few cases to be shown."""
    match value:
        case Share():
            return part(Fraction(value.hits), Fraction(value.cases))
        case Money():
            return Fraction(value.amount)
        case int() | Decimal():
            return Fraction(value)
    return None


def explains_itself(figure: Figure[Any]) -> bool:
    numbers = {name: plain(number) or Fraction(0) for name, number in figure.numbers.items()}
    reckoned = FORMULAS[figure.id](numbers)
    if figure.id.unit is Unit.MONEY and reckoned is not None:
        exact = Decimal(reckoned.numerator) / Decimal(reckoned.denominator)
        reckoned = Fraction(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return plain(figure.value) == reckoned


@some_teams
@given(teams(), spans, costs)
def test_the_numbers_shown_give_the_figure(team: list[Matter], span: Span, spent: list[CostEntry]) -> None:
    wrong = [figure for figure in all_figures(team, span, spent) if not explains_itself(figure)]
    assert wrong == []


@some_teams
@given(teams(), spans, costs, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(team: list[Matter], span: Span, spent: list[CostEntry], random: Any) -> None:
    before = list(all_figures(team, span, spent)), recurring_objections(team, span)
    random.shuffle(team)
    random.shuffle(spent)
    assert (list(all_figures(team, span, spent)), recurring_objections(team, span)) == before


@some_teams
@given(teams(), spans)
def test_parts_make_the_whole(team: list[Matter], span: Span) -> None:
    by_phase = objections_by_phase(team, span)
    raised = sum(one.share.value.hits for one in by_phase)
    assert all(one.share.value.cases == raised for one in by_phase)
    assert raised == sum(one.settled.cases for one in recurring_objections(team, span))
    losses = loss_reasons(team, span)
    assert sum(one.value.hits for one in losses) <= max((one.value.cases for one in losses), default=0)
    qualities = [leads.share.value for leads in lead_quality(team, span)]
    assert {sum(share.hits for share in qualities)} == {share.cases for share in qualities}
    assert orders(team, span).count.value == closing_rate(team, span).numbers["won"]


@some_teams
@given(teams(), spans)
def test_the_funnel_never_widens(team: list[Matter], span: Span) -> None:
    found = funnel(team, span)
    assert all(wide.reached >= narrow.reached for wide, narrow in pairwise(found.stages))
    still_open = found.overall.numbers["still_open"]
    assert sum(stage.standing for stage in found.stages) == still_open
    assert found.overall.value == Share(found.stages[-1].reached, found.stages[0].reached)


@some_teams
@given(teams(), days, days)
def test_two_halves_of_a_span_make_its_closing_rate(team: list[Matter], one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    middle = first + (last - first) // 2
    if middle < last:
        halves = Span(first, middle), Span(date.fromordinal(middle.toordinal() + 1), last)
        assert closing_rate(team, *halves) == closing_rate(team, Span(first, last))


@given(st.lists(st.builds(FollowUp, days, st.none() | days)), spans)
def test_follow_ups_explain_themselves(follow_ups: list[FollowUp], span: Span) -> None:
    assert explains_itself(kept(follow_ups, span))


def test_every_figure_is_defined_and_checked() -> None:
    assert set(NUMBERS) == set(UNITS) == set(FORMULAS) == set(FigureId)


def test_other_numbers_than_defined_are_refused() -> None:
    with pytest.raises(ValueError, match="closing_rate is made of"):
        Figure(FigureId.CLOSING_RATE, Share(1, 2), {"won": 1, "lost": 1})


@pytest.mark.parametrize("figure", FigureId)
def test_the_formula_in_words_names_the_numbers_that_go_in(figure: FigureId, messages: Messages) -> None:
    assert messages.placeholders(figure.formula_words) == set(figure.numbers)
    assert messages.placeholders(figure.name_words) == messages.placeholders(figure.source_words) == set()


def test_a_figure_can_be_explained_with_its_numbers(messages: Messages) -> None:
    friday = date(2026, 11, 20)
    (turnover,) = lifetime_value([order(1, friday, eur(1000))], friday, friday)
    explained = messages.text(turnover.id.formula_words, Language.DE, **turnover.numbers)
    assert explained == "(1.000\u00a0€ ÷ Aufträge: 1) × (1 ÷ Kunden: 1) × Jahre: 3"
    assert messages.text(turnover.id.unit.words, Language.DE) == "Betrag in der genannten Währung"
