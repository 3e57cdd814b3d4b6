"""Conversations for tests: only what a test is about is said, the rest is ordinary."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from knowledge.figures.matters import Ending, Matter, Raised, Seen, SellerKey, Span, Stay
from knowledge.language.money import Money
from knowledge.taxonomy import (
    AcquisitionId,
    LeadQuality,
    LossReasonId,
    ObjectionId,
    OutcomeId,
    PhaseId,
    SignalId,
    TargetGroupId,
    TechniqueId,
)
from tests.properties import tries

REL, ANA, PRE, NEG, CLO, _ = PhaseId
TALK = (REL, ANA, PRE, NEG, CLO)

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 2)
MONTH = Span(date(2026, 11, 1), date(2026, 11, 30))


def november(day: int) -> date:
    """A day of the month that most tests look at."""
    return date(2026, 11, day)


def eur(amount: int | str) -> Money:
    """Euros."""
    return Money(Decimal(amount), "EUR")


def matter(id_: int, opened: date = MONDAY, *stays: Stay, **details: Any) -> Matter:
    """An open conversation in the relationship phase, unless told otherwise."""
    ordinary = Matter(
        id=id_,
        seller=SellerKey("a"),
        customer=id_,
        acquisition=AcquisitionId.WARM,
        target_group=TargetGroupId.B2B,
        opened=opened,
        stays=stays or (Stay(REL, opened),),
    )
    return replace(ordinary, **details)


def ended(id_: int, outcome: OutcomeId, day: date, amount: Money | None = None, **details: Any) -> Matter:
    """A conversation that went straight through all phases and ended so; `reason` for a lost one."""
    reason = details.pop("reason", None)
    opened = details.pop("opened", min(day, MONDAY))
    through = details.pop("through", TALK)
    stays = (*(Stay(phase, opened, day) for phase in through[:-1]), Stay(through[-1], day))
    return matter(id_, opened, *stays, ending=Ending(outcome, day, amount, reason), **details)


def order(id_: int, day: date, amount: Money | None = None, **details: Any) -> Matter:
    """A conversation that was won."""
    return ended(id_, OutcomeId.WON, day, amount, **details)


days = st.dates(date(2026, 10, 1), date(2026, 12, 31))
spans = st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair)))
"""Some of the days on which `matters` happen."""

amounts = st.none() | st.builds(
    Money, st.decimals(0, 100_000, places=2, allow_nan=False), st.sampled_from(["EUR", "CHF"])
)


# Made once: making a strategy anew takes longer than drawing from it.
_any_ending = st.one_of(
    st.builds(Ending, st.just(OutcomeId.WON), st.just(FRIDAY), amounts),
    st.builds(Ending, st.just(OutcomeId.LOST), st.just(FRIDAY), st.none(), st.none() | st.sampled_from(LossReasonId)),
    st.builds(Ending, st.sampled_from([OutcomeId.NO_DECISION, OutcomeId.CANCELLED]), st.just(FRIDAY)),
)
_techniques = st.lists(st.sampled_from(list(TechniqueId)[:3]), max_size=2, unique=True).map(tuple)
_raised = st.lists(
    st.builds(Raised, st.sampled_from(list(ObjectionId)[:4]), st.sampled_from(TALK), days, st.booleans(), _techniques),
    max_size=3,
).map(tuple)
_seen = st.lists(st.builds(Seen, st.sampled_from(SignalId), st.sampled_from(TALK), days), max_size=2).map(tuple)
_ending = st.none() | _any_ending
_lengths = st.integers(0, 9)
_phases = st.lists(st.sampled_from(TALK), max_size=4)
_ids, _customers = st.integers(1, 10**6), st.integers(1, 9)
_sellers = st.sampled_from("abc").map(SellerKey)
_acquisitions, _target_groups = st.sampled_from(AcquisitionId), st.sampled_from(TargetGroupId)
_any_day = st.none() | days
_qualities = st.none() | st.sampled_from(LeadQuality)


@st.composite
def matters(draw: st.DrawFn) -> Matter:
    """Any conversation whose days are in order."""
    opened = draw(days)
    when = opened
    stays: list[Stay] = []
    for phase in [REL, *draw(_phases)]:
        since, when = when, when + timedelta(days=draw(_lengths))
        stays.append(Stay(phase, since, when))
    stays[-1] = replace(stays[-1], until=None)
    ending = draw(_ending)
    return Matter(
        id=draw(_ids),
        seller=draw(_sellers),
        customer=draw(_customers),
        acquisition=draw(_acquisitions),
        target_group=draw(_target_groups),
        opened=opened,
        stays=tuple(stays),
        ending=replace(ending, day=when) if ending else None,
        waits_until=draw(_any_day) if ending is None else None,
        first_contact=draw(_any_day),
        quality=draw(_qualities),
        objections=draw(_raised),
        signals=draw(_seen),
    )


some_teams = settings(max_examples=tries(30))
"""A team takes long to make up; thirty of ten conversations meet the corners."""


def teams() -> st.SearchStrategy[Sequence[Matter]]:
    """Conversations of a team, each with its own id."""
    return st.lists(matters(), max_size=10, unique_by=lambda one: one.id)
