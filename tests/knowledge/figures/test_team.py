"""A small team reckoned by hand: every figure with its numbers."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from knowledge.figures.activity import conversations, orders
from knowledge.figures.closing_rate import closing_rate, same_weekdays_before
from knowledge.figures.costs import CostEntry, Month, acquisition_cost
from knowledge.figures.cycle import sales_cycle
from knowledge.figures.follow_ups import Due, FollowUp, due, kept
from knowledge.figures.funnel import STAGE_OF_PHASE, StageCount, funnel, stage
from knowledge.figures.leads import lead_quality
from knowledge.figures.lifetime_value import lifetime_value
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Ending, Matter, Raised, Seen, SellerKey, Span, Stay, by_seller
from knowledge.figures.objections import objections_by_phase, recurring_objections
from knowledge.figures.share import Share
from knowledge.figures.signals import missed_signals
from knowledge.language.money import Money
from knowledge.taxonomy import (
    AcquisitionId,
    FunnelStage,
    LeadQuality,
    LossReasonId,
    ObjectionId,
    OutcomeId,
    PhaseId,
    SignalId,
    TechniqueId,
)
from tests.knowledge.figures.team import (
    ANA,
    CLO,
    FRIDAY,
    MONTH,
    NEG,
    PRE,
    REL,
    ended,
    eur,
    matter,
    november,
    order,
)

WON, LOST, POSTPONED, NO_DECISION, CANCELLED = OutcomeId
TODAY = Span(FRIDAY, FRIDAY)


def test_the_closing_rate_leaves_out_what_did_not_take_place_and_what_is_open() -> None:
    team = [
        order(1, FRIDAY),
        order(2, FRIDAY),
        ended(3, LOST, FRIDAY),
        ended(4, NO_DECISION, FRIDAY),
        ended(5, NO_DECISION, FRIDAY),
        ended(6, CANCELLED, FRIDAY),
        matter(7, FRIDAY),
        order(8, november(19)),
    ]
    rate = closing_rate(team, TODAY)  # 2 ÷ (2 + 1 + 2)
    assert rate.value == Share(2, 5)
    assert rate.numbers == {"won": 2, "lost": 1, "no_decision": 2}
    assert rate.value.rate == Decimal("0.4")


def test_a_friday_is_held_against_the_four_fridays_before() -> None:
    fridays = [FRIDAY - timedelta(weeks=back) for back in range(1, 6)]
    team = [
        order(1, FRIDAY),
        *(order(10 + place, day, opened=day) for place, day in enumerate(fridays)),  # the fifth is too long ago
        *(ended(20 + place, LOST, day, opened=day) for place, day in enumerate(fridays[:2])),
        ended(30, LOST, november(12)),  # a Thursday
    ]
    assert same_weekdays_before(team, TODAY).value == Share(4, 6)
    assert closing_rate(team, TODAY).value == Share(1, 1)


def test_a_week_is_held_against_weeks_and_a_month_against_none() -> None:
    week = Span(november(16), november(20))
    assert week.same_weekdays_before(2) == (Span(november(9), november(13)), Span(november(2), november(6)))
    with pytest.raises(ValueError, match="longer than a week"):
        MONTH.same_weekdays_before()


def test_amounts_of_different_currencies_stand_beside_each_other() -> None:
    team = [
        order(1, FRIDAY, eur(1000)),
        order(2, FRIDAY, eur("250.50")),
        order(3, FRIDAY, Money(Decimal(700), "CHF")),
        order(4, FRIDAY),
        order(5, november(19), eur(9)),
    ]
    found = orders(team, TODAY)
    assert (found.count.value, dict(found.count.numbers)) == (4, {"with_amount": 3, "without_amount": 1})
    assert [(one.about, one.value, one.numbers["orders"]) for one in found.turnover] == [
        ("CHF", Money(Decimal(700), "CHF"), 1),
        ("EUR", eur("1250.50"), 2),
    ]


def test_a_conversation_counts_on_the_days_on_which_it_was_taken_further() -> None:
    yesterday = november(19)
    team = [
        matter(1, FRIDAY),
        matter(2, yesterday, Stay(REL, yesterday, FRIDAY), Stay(ANA, FRIDAY)),
        matter(3, yesterday, objections=(Raised(ObjectionId.NO_TIME, REL, FRIDAY),)),
        matter(4, yesterday, signals=(Seen(SignalId.SMILES, REL, FRIDAY),)),
        order(5, FRIDAY),
        matter(6, yesterday),
        ended(7, CANCELLED, FRIDAY),
    ]
    found = conversations(team, TODAY)
    assert (found.value, dict(found.numbers)) == (5, {"opened": 1, "continued": 4})


def test_the_funnel_counts_a_jumped_stage_and_keeps_what_was_reached() -> None:
    day = november(3)
    team = [
        order(1, FRIDAY, through=(REL, CLO)),  # jumped over two stages
        ended(2, LOST, FRIDAY, through=(REL, ANA, PRE, NEG)),
        matter(3, day, Stay(REL, day, day), Stay(ANA, day, day), Stay(PRE, day, day), Stay(ANA, day)),  # a gap
        matter(4, day),
        ended(5, CANCELLED, FRIDAY),
        order(6, FRIDAY, opened=date(2026, 10, 1)),  # opened before
    ]
    found = funnel(team, MONTH)
    assert found.stages == (
        StageCount(FunnelStage.AWARENESS, reached=4, standing=1),
        StageCount(FunnelStage.INTEREST, reached=3, standing=1),
        StageCount(FunnelStage.DECISION, reached=3, standing=0),
        StageCount(FunnelStage.ACTION, reached=1, standing=0),
        StageCount(FunnelStage.RETENTION, reached=1, standing=0),
    )
    assert [step.value for step in found.steps] == [Share(3, 4), Share(3, 3), Share(1, 3), Share(1, 1)]
    assert [step.about for step in found.steps] == ["awareness", "interest", "decision", "action"]
    assert found.overall.value == Share(1, 4)
    assert found.overall.numbers == {"opened": 4, "won": 1, "still_open": 2}


def test_every_phase_of_the_talk_has_its_stage() -> None:
    assert set(STAGE_OF_PHASE) == set(PhaseId) - {PhaseId.FOLLOW_UP}
    assert stage(ended(1, LOST, FRIDAY, through=(REL, ANA))) is FunnelStage.INTEREST
    assert stage(order(1, FRIDAY)) is FunnelStage.RETENTION


@pytest.mark.parametrize(
    ("days", "median", "lower", "upper"),
    [((7,), "7", 7, 7), ((1, 40, 3), "3", 3, 3), ((2, 5, 30, 700), "17.5", 5, 30), ((), None, 0, 0)],
)
def test_the_sales_cycle_is_a_median_and_shows_its_middle(
    days: tuple[int, ...], median: str | None, lower: int, upper: int
) -> None:
    team = [order(id_, FRIDAY, first_contact=FRIDAY - timedelta(days=span)) for id_, span in enumerate(days)]
    team = [replace(one, opened=FRIDAY) for one in team]
    team.append(ended(90, LOST, FRIDAY, first_contact=november(1)))
    found = sales_cycle(team, MONTH)
    assert found.value == (None if median is None else Decimal(median))
    assert found.numbers == {"orders": len(days), "lower": lower, "upper": upper}


def test_a_first_contact_written_down_too_late_is_the_opening() -> None:
    late = order(1, FRIDAY, opened=november(10), first_contact=november(15))
    assert sales_cycle([late], MONTH).value == Decimal(10)


def test_a_customer_is_won_once_with_the_first_order() -> None:
    spring, summer = Month(2026, 4), Month(2026, 7)
    opened = date(2026, 3, 1)
    cold, inbound, known = AcquisitionId.COLD, AcquisitionId.INBOUND, AcquisitionId.EXISTING_CUSTOMER
    team = [
        order(1, date(2026, 4, 10), customer=1, acquisition=cold, opened=opened),
        order(2, date(2026, 7, 10), customer=1, acquisition=inbound, opened=opened),  # ordered before
        order(3, date(2026, 7, 11), customer=2, acquisition=cold, opened=opened),
        order(4, date(2026, 7, 12), customer=3, acquisition=inbound, opened=opened),
        order(5, date(2026, 7, 13), customer=4, acquisition=inbound, opened=opened),
        order(6, date(2026, 7, 14), customer=5, acquisition=known, opened=opened),
    ]
    costs = [
        CostEntry(summer, cold, eur(600)),
        CostEntry(summer, inbound, eur(100)),
        CostEntry(summer, inbound, eur(150)),
        CostEntry(spring, cold, eur(5000)),
        CostEntry(summer, AcquisitionId.REFERRAL, eur(80)),
    ]
    overall, by_channel = acquisition_cost(costs, team, {summer}), acquisition_cost(costs, team, {summer}, inbound)
    assert [(one.value, dict(one.numbers)) for one in overall] == [(eur(310), {"costs": eur(930), "customers": 3})]
    assert [(one.value, one.about) for one in by_channel] == [(eur(125), "inbound")]
    (referral,) = acquisition_cost(costs, team, {summer}, AcquisitionId.REFERRAL)
    assert referral.value is None, "costs, but no customer"
    assert acquisition_cost(costs, team, {summer}, AcquisitionId.OUTBOUND) == (), "unknown is not nothing"
    assert acquisition_cost(costs, team, {spring, summer})[0].value == eur("1482.50")  # 5930 ÷ 4


def test_costs_of_two_currencies_are_two_figures() -> None:
    month = Month.of(FRIDAY)
    costs = [
        CostEntry(month, AcquisitionId.COLD, Money(Decimal(amount), currency))
        for amount, currency in ((100, "EUR"), (50, "CHF"))
    ]
    team = [order(id_, FRIDAY) for id_ in (1, 2, 3)]
    assert [one.value for one in acquisition_cost(costs, team, {month})] == [
        Money(Decimal("16.67"), "CHF"),
        eur("33.33"),
    ]


def test_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="month"):
        Month(2026, 13)


def test_the_lifetime_value_says_what_is_assumed() -> None:
    team = [
        order(1, FRIDAY, eur(1000), customer=1),
        order(2, FRIDAY, eur(2000), customer=1),
        order(3, FRIDAY, eur(3000), customer=2),
        order(4, FRIDAY, customer=3),  # nobody said for how much
        order(5, date(2025, 11, 20), eur(9999), customer=1),  # 366 days ago
    ]
    long_ago = date(2020, 1, 1)
    (found,) = lifetime_value(team, FRIDAY, long_ago)  # (6000 ÷ 3) × (3 ÷ 2) × 3
    assert found.value == eur(9000)
    assert found.numbers == {"turnover": eur(6000), "orders": 3, "customers": 2, "years": Decimal(3)}
    assert found.assumed == {"years"}
    (young,) = lifetime_value(team, FRIDAY, november(1), years=Decimal("1.5"))
    assert young.value == eur(4500)
    assert young.assumed == {"years", "orders"}


def test_hot_prospects_buy_more_often() -> None:
    hot, warm, cold = LeadQuality
    team = [
        *(order(id_, FRIDAY, quality=hot) for id_ in (1, 2)),
        matter(3, quality=hot),
        ended(4, LOST, FRIDAY, quality=cold),
        ended(5, CANCELLED, FRIDAY, quality=hot),
        matter(6),  # nobody judged
    ]
    found = {leads.quality: leads for leads in lead_quality(team, MONTH)}
    assert [found[quality].share.value for quality in (hot, warm, cold)] == [Share(3, 4), Share(0, 4), Share(1, 4)]
    assert found[hot].conversion.value == Share(2, 3)
    assert found[hot].conversion.numbers == {"leads": 3, "won": 2}
    assert found[cold].conversion.value == Share(0, 1)


def test_loss_reasons_stand_by_their_number() -> None:
    team = [
        ended(1, LOST, FRIDAY, reason=LossReasonId.NO_NEED),
        ended(2, LOST, FRIDAY, reason=LossReasonId.CHEAPER_OFFER),
        ended(3, LOST, FRIDAY, reason=LossReasonId.CHEAPER_OFFER),
        ended(4, LOST, FRIDAY),
        ended(5, NO_DECISION, FRIDAY),
    ]
    found = loss_reasons(team, TODAY)
    assert [(one.about, one.value) for one in found] == [
        ("cheaper_offer", Share(2, 4)),
        ("no_need", Share(1, 4)),
    ]


def test_objections_by_phase_and_by_what_settled_them() -> None:
    price, time_ = ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_TIME
    specify, trade = TechniqueId.SPECIFY, TechniqueId.TRADE
    team = [
        matter(1, objections=(Raised(price, NEG, FRIDAY, True, (trade,)), Raised(time_, REL, FRIDAY))),
        matter(2, objections=(Raised(price, PRE, FRIDAY, True, (specify, trade)),)),
        matter(3, objections=(Raised(price, NEG, FRIDAY, False, (specify,)), Raised(price, NEG, november(5)))),
    ]
    by_phase = objections_by_phase(team, TODAY)
    assert [(one.phase, one.share.value, one.objections) for one in by_phase] == [
        (REL, Share(1, 4), ((time_, 1),)),
        (PRE, Share(1, 4), ((price, 1),)),
        (NEG, Share(2, 4), ((price, 2),)),
    ]
    first, second = recurring_objections(team, TODAY)
    assert (first.objection, first.settled, first.unsettled) == (price, Share(2, 3), 1)
    assert first.techniques == ((trade, 2), (specify, 1))
    assert (second.objection, second.settled, second.techniques) == (time_, Share(0, 1), ())


def test_a_signal_is_missed_where_nobody_came_to_closing() -> None:
    seen = (Seen(SignalId.ASKS_PRICE, NEG, FRIDAY), Seen(SignalId.SMILES, PRE, FRIDAY))
    day = november(3)
    team = [
        matter(1, day, Stay(REL, day, day), Stay(NEG, day), signals=seen),
        ended(2, LOST, FRIDAY, signals=seen),  # came to closing
        order(3, FRIDAY, through=(REL, PRE), signals=seen),
        matter(4, day, signals=(Seen(SignalId.SMILES, ANA, FRIDAY),)),  # early: only the trial close
        matter(5, day, signals=(Seen(SignalId.SMILES, PRE, november(4)),)),
    ]
    assert missed_signals(team, TODAY).value == Share(1, 3)


def test_follow_ups_overdue_today_and_next() -> None:
    monday = november(23)
    team = [
        FollowUp(november(17)),
        FollowUp(november(18), done=FRIDAY),
        FollowUp(november(19), done=november(21)),  # was open on Friday
        FollowUp(FRIDAY),
        FollowUp(november(22)),
        FollowUp(monday),
        FollowUp(november(24)),
    ]
    assert due(team, FRIDAY, monday) == Due(overdue=2, oldest=november(17), today=1, next=2)
    week = kept(team, Span(november(16), FRIDAY))
    assert (week.value, dict(week.numbers)) == (Share(1, 4), {"done": 1, "due": 4})
    assert due([], FRIDAY, monday) == Due(overdue=0, oldest=None, today=0, next=0)


def test_sellers_can_be_told_apart_without_knowing_them() -> None:
    team: list[Matter] = [matter(1), matter(2, seller=SellerKey("b")), matter(3)]
    assert {seller: [one.id for one in own] for seller, own in by_seller(team).items()} == {"a": [1, 3], "b": [2]}


@pytest.mark.parametrize(
    "make",
    [
        lambda: Span(FRIDAY, november(19)),
        lambda: Stay(REL, FRIDAY, november(19)),
        lambda: Stay(PhaseId.FOLLOW_UP, FRIDAY),
        lambda: matter(1, FRIDAY, ending=Ending(LOST, november(19))),
        lambda: replace(matter(1), stays=()),
    ],
)
def test_what_can_not_have_happened_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r"can't end|follow-up comes after|never in a phase"):
        make()
