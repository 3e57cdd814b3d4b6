"""Where conversations stall: phases that they end in without an order, or stay in longer than their like.

Longer than their like: more days than three of four conversations of the same target group took that went on from
this phase.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.funnel import STAGE_OF_PHASE
from knowledge.figures.matters import WITHOUT_ORDER, Matter, Span, Stay
from knowledge.figures.share import ENOUGH, Share, wilson
from knowledge.taxonomy import OutcomeId, PhaseId, TargetGroupId

_Usual = Mapping[tuple[PhaseId, TargetGroupId | None], int]
"""How many days three of four take at most, by phase and target group; under None for all groups together."""

PHASES: Final = tuple(STAGE_OF_PHASE)
"""The phases of the talk."""


def stalls(matters: Sequence[Matter], span: Span) -> tuple[Figure[Share], ...]:
    """For each phase the share of the conversations in it during the span that stuck there, worst first.

    As of the last day of the span, so that a past span gives the same again. What is postponed to a later day waits
    and does not stick. Where fewer than five have ever gone on, nothing is too long. Phases that nobody was in are
    left out; cancelled conversations too. The worst is the one with the highest share that is sure (the lower end of
    its interval), those with too few cases for a percentage coming last.
    """
    matters = [matter for matter in matters if matter.took_place]
    usual = _usual_days(matters, span.last)
    found = (_stall(phase, matters, span, usual) for phase in PHASES)
    return tuple(sorted((figure for figure in found if figure.value.cases), key=_by_what_is_sure))


def _stall(phase: PhaseId, matters: Sequence[Matter], span: Span, usual: _Usual) -> Figure[Share]:
    there = [matter for matter in matters if _was_there(matter, phase, span)]
    ended = sum(matter.phase is phase and matter.ended_in(span) and matter.outcome in WITHOUT_ORDER for matter in there)
    lingering = sum(_lingers(matter, phase, span.last, usual) for matter in there)
    numbers = {"visited": len(there), "ended": ended, "lingering": lingering}
    return Figure(FigureId.STALL, Share(ended + lingering, len(there)), numbers, phase)


def _by_what_is_sure(figure: Figure[Share]) -> tuple[bool, object]:
    share = figure.value
    return not share.says_something, -wilson(share.hits, share.cases).low


def _was_there(matter: Matter, phase: PhaseId, span: Span) -> bool:
    return any(
        stay.phase is phase and stay.since <= span.last and (_left(matter, stay) or span.last) >= span.first
        for stay in matter.stays
    )


def _lingers(matter: Matter, phase: PhaseId, day: date, usual: _Usual) -> bool:
    waits = matter.waits_until is not None and matter.waits_until > day
    if matter.ended_by(day) or waits or _stay_on(matter, day).phase is not phase:
        return False
    allowed = usual.get((phase, matter.target_group), usual.get((phase, None)))
    return allowed is not None and _days_in(matter, phase, day) > allowed


def _stay_on(matter: Matter, day: date) -> Stay:
    """Where the talk stood in the evening of that day."""
    begun = [stay for stay in matter.stays if stay.since <= day]
    return begun[-1] if begun else matter.stays[0]


def _days_in(matter: Matter, phase: PhaseId, day: date) -> int:
    """Days in the phase until that day, all its loops together."""
    stays = (stay for stay in matter.stays if stay.phase is phase and stay.since <= day)
    return sum((min(_left(matter, stay) or day, day) - stay.since).days for stay in stays)


def _left(matter: Matter, stay: Stay) -> date | None:
    if stay.until is None and matter.ending is not None:
        return max(matter.ending.day, stay.since)
    return stay.until


def _usual_days(matters: Sequence[Matter], day: date) -> _Usual:
    """Of those that had gone on by that day: how long three of four stayed at most (nearest rank)."""
    took: dict[tuple[PhaseId, TargetGroupId | None], list[int]] = defaultdict(list)
    for matter in matters:
        for phase in _gone_on_from(matter, day):
            days = _days_in(matter, phase, day)
            took[phase, matter.target_group].append(days)
            took[phase, None].append(days)
    return {like: sorted(days)[(3 * len(days) + 3) // 4 - 1] for like, days in took.items() if len(days) >= ENOUGH}


def _gone_on_from(matter: Matter, day: date) -> set[PhaseId]:
    """The phases that it had left behind; with an order also the last one."""
    if matter.outcome is OutcomeId.WON and matter.ended_by(day):
        return {stay.phase for stay in matter.stays}
    here = _stay_on(matter, day).phase
    return {stay.phase for stay in matter.stays if stay.since <= day} - {here}
