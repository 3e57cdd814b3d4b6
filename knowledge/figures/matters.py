"""Conversations as the figures see them: plain values that a query fills.

Days are the team's reporting days, given by whoever fills: what happens after the summary's time on Friday belongs
to Monday, if that is the next day with a summary. Only steps that stand count; what was undone is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NewType

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

SellerKey = NewType("SellerKey", str)
"""Tells sellers apart and says nothing about them."""

WEEK: Final = timedelta(days=7)

DECIDED: Final = frozenset({OutcomeId.WON, OutcomeId.LOST, OutcomeId.NO_DECISION})
"""Outcomes that count in the closing rate; `cancelled` did not take place, `postponed` is none yet."""

WITHOUT_ORDER: Final = DECIDED - {OutcomeId.WON}


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included. Raises ValueError where the last is before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span from {self.first} can't end on {self.last}")

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def same_weekdays_before(self, weeks: int = 4) -> tuple["Span", ...]:
        """The same weekdays of the weeks before, the latest first.

        Raises ValueError for more than seven days, since the weeks would count days twice.
        """
        if self.last - self.first >= WEEK:
            raise ValueError(f"{self.first} to {self.last} is longer than a week and has no same weekdays before")
        return tuple(Span(self.first - back * WEEK, self.last - back * WEEK) for back in range(1, weeks + 1))


@dataclass(frozen=True, slots=True)
class Stay:
    """A time spent in a phase of the talk; `until` is the day of the move on, None while the talk is there.

    Follow-up is no part of the talk: raises ValueError for it, and for a stay that ends before it begins.
    """

    phase: PhaseId
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.phase is PhaseId.FOLLOW_UP:
            raise ValueError("follow-up comes after the outcome, nothing can stall in it")
        if self.until is not None and self.until < self.since:
            raise ValueError(f"a stay since {self.since} can't end on {self.until}")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a conversation ended: the latest value, on the day of the first (`outcomes.ending` finds both).

    `amount` None: won, and nobody has said for how much. Raises ValueError for `postponed`, which ends nothing.
    """

    outcome: OutcomeId
    day: date
    amount: Money | None = None
    loss_reason: LossReasonId | None = None

    def __post_init__(self) -> None:
        if self.outcome is OutcomeId.POSTPONED:
            raise ValueError("postponed keeps a conversation open")


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection in a conversation: when and in which phase it came up first, whether it was settled, and how."""

    objection: ObjectionId
    phase: PhaseId
    day: date
    settled: bool = False
    techniques: tuple[TechniqueId, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A buying signal in a conversation."""

    signal: SignalId
    phase: PhaseId
    day: date


@dataclass(frozen=True, slots=True)
class Matter:
    """One conversation: a matter with one customer from its opening to its outcome.

    `stays` are the phases of the talk in the order in which it was there; with loops a phase stands there several
    times. The last one's `until` may be the day of the outcome or None. `waits_until`: postponed to that day. Raises
    ValueError without a stay, and where it ends before it was opened.
    """

    id: int
    seller: SellerKey
    customer: int
    acquisition: AcquisitionId
    target_group: TargetGroupId
    opened: date
    stays: tuple[Stay, ...]
    ending: Ending | None = None
    waits_until: date | None = None
    first_contact: date | None = None
    quality: LeadQuality | None = None
    objections: tuple[Raised, ...] = ()
    signals: tuple[Seen, ...] = ()

    def __post_init__(self) -> None:
        if not self.stays:
            raise ValueError(f"conversation {self.id} was never in a phase")
        if self.ending is not None and self.ending.day < self.opened:
            raise ValueError(f"conversation {self.id}, opened on {self.opened}, can't end on {self.ending.day}")

    @property
    def phase(self) -> PhaseId:
        """Where the talk stands, or stood when it ended."""
        return self.stays[-1].phase

    @property
    def outcome(self) -> OutcomeId | None:
        """What came of it, None while it is open."""
        return self.ending.outcome if self.ending else None

    @property
    def took_place(self) -> bool:
        """All but the cancelled ones."""
        return self.outcome is not OutcomeId.CANCELLED

    @property
    def contacted(self) -> date:
        """The first contact; the opening where none is known or a later one was written down."""
        return min(self.first_contact or self.opened, self.opened)

    def ended_in(self, *spans: Span) -> bool:
        """Whether the day of the outcome is in one of the spans."""
        return self.ending is not None and any(self.ending.day in span for span in spans)

    def ended_by(self, day: date) -> bool:
        """Whether the outcome was there in the evening of that day."""
        return self.ending is not None and self.ending.day <= day


def won(matters: Iterable[Matter], span: Span | None = None) -> list[tuple[Matter, Ending]]:
    """The conversations with an order, in the span or ever, each with how it ended; in the order of the rows."""
    return [
        (matter, matter.ending)
        for matter in matters
        if matter.ending and matter.outcome is OutcomeId.WON and (span is None or matter.ending.day in span)
    ]


def by_seller(matters: Iterable[Matter]) -> Mapping[SellerKey, tuple[Matter, ...]]:
    """Each seller's own conversations, for figures that only the seller sees or that were allowed."""
    own: dict[SellerKey, list[Matter]] = {}
    for matter in matters:
        own.setdefault(matter.seller, []).append(matter)
    return {seller: tuple(theirs) for seller, theirs in own.items()}
