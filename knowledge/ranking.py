"""In which order answers and closing techniques are proposed. Pure: facts of the conversation in, an order out.

First what suits the conversation, then what has helped in this team, then the order of the content, whose authors
put first what fits most often.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Final

from knowledge.entries import Answer, ClosingTechnique
from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    ClosingId,
    OfferKind,
    PhaseId,
    SignalId,
    TargetGroupId,
    TechniqueId,
)

SHOWN_FROM: Final = 5
"""From so many votes on a figure says something, and is shown."""

MARGIN: Final = 3
"""So many more votes for one side than for the other are chance and change no order."""

PRIOR: Final = 8
"""The smoothing is that of a Beta prior worth so many votes, half of them helped: Beta(4, 4)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an answer helped, of how many times somebody said so."""

    helped: int = 0
    votes: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.helped <= self.votes:
            raise ValueError(f"{self.helped} of {self.votes} can't have helped")

    @property
    def says_something(self) -> bool:
        """Whether the figure is shown."""
        return self.votes >= SHOWN_FROM


NO_VOTES: Final = Tally()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of the conversation that a proposal shall suit. `offer` None: what is sold is not known."""

    target_group: TargetGroupId
    kind: AppointmentKind
    acquisition: AcquisitionId
    phase: PhaseId
    offer: OfferKind | None = None
    signals: frozenset[SignalId] = frozenset()
    objections_open: bool = False


TAKE_UP_OBJECTIONS: Final = (
    ClosingId.CONDITIONAL_CLOSE,
    ClosingId.DIRECT_QUESTION,
    ClosingId.RISK_REVERSAL,
    ClosingId.REFERENCE_CLOSE,
)
"""These take up what still stands in the way instead of passing it over; the first one names it, the others may."""

MORE_THAN_A_SIGNAL: Final = 2
"""An open objection outweighs a buying signal: closing over it brings a no."""


class Suits(IntEnum):
    """Whether something suits the conversation; the smaller, the better."""

    YES = 0
    PERHAPS = 1
    """It is for certain conversations only, and of this one that is not known."""
    NO = 2


def success(tally: Tally) -> Fraction:
    """How much an answer has helped, from 0 to 1; 1/2 where nothing is known.

    The mean of the Beta posterior, except that the first MARGIN votes of a majority do not count: with fewer the
    order of the content stands. Helped votes never lower it, others never raise it.
    """
    lead = 2 * tally.helped - tally.votes
    beyond = max(0, abs(lead) - MARGIN) * (1 if lead > 0 else -1)
    return Fraction(1, 2) + Fraction(beyond, 2 * (tally.votes + PRIOR))


def ranked_answers(
    answers: Sequence[Answer], situation: Situation | None, tallies: Mapping[TechniqueId, Tally]
) -> tuple[int, ...]:
    """The places (in the content) of all answers to an objection, the best first."""

    def key(place: int) -> tuple[Suits, Fraction]:
        answer = answers[place]
        return suits(answer, situation), -success(tallies.get(answer.technique, NO_VOTES))

    return tuple(sorted(range(len(answers)), key=key))


def ranked_closing(
    techniques: Mapping[ClosingId, ClosingTechnique], situation: Situation | None
) -> tuple[ClosingId, ...]:
    """All closing techniques, those first that suit the conversation and what was seen and heard in it."""
    if situation is None:
        return tuple(techniques)

    def key(technique: ClosingId) -> tuple[Suits, int, int]:
        entry = techniques[technique]
        speaks, place = len(speaking_for(entry, situation)), 0
        if technique in TAKE_UP_OBJECTIONS and situation.objections_open:
            speaks += MORE_THAN_A_SIGNAL
            place = TAKE_UP_OBJECTIONS.index(technique) - len(TAKE_UP_OBJECTIONS)
        elif technique in TAKE_UP_OBJECTIONS:
            place = 1
        return suits(entry, situation), -speaks, place

    return tuple(sorted(techniques, key=key))


def speaking_for(entry: ClosingTechnique, situation: Situation) -> tuple[SignalId, ...]:
    """The signals seen that speak for a technique."""
    return tuple(signal for signal in entry.signals if signal in situation.signals)


def suits(entry: Answer | ClosingTechnique, situation: Situation | None) -> Suits:
    """Whether an answer or a technique is for this conversation, or for others only."""
    restricted = [(allowed, known) for allowed, known in _held_against(entry, situation) if allowed]
    if any(known is not None and known not in allowed for allowed, known in restricted):
        return Suits.NO
    return Suits.PERHAPS if any(known is None for _, known in restricted) else Suits.YES


def _held_against(
    entry: Answer | ClosingTechnique, now: Situation | None
) -> tuple[tuple[Collection[object], object | None], ...]:
    """What an entry is restricted to, each with the fact of the conversation; None where that is not known."""
    of_all = (
        (entry.target_groups, now and now.target_group),
        (entry.phases, now and now.phase),
        (entry.offers, now and now.offer),
    )
    if isinstance(entry, ClosingTechnique):
        return of_all
    return (*of_all, (entry.kinds, now and now.kind), (entry.acquisition, now and now.acquisition))
