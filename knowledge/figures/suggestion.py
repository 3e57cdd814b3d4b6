"""One suggestion that follows from the numbers: rules as data, the first that holds is said.

A rule names the numbers that it follows from, so that the sentence can say them. Where no rule holds there is no
suggestion; a vague one would be noise every evening.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.definitions import Figure
from knowledge.figures.follow_ups import Due, FollowUp, due
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Matter, Span
from knowledge.figures.objections import Recurring, recurring_objections
from knowledge.figures.share import Comparison, Share
from knowledge.figures.signals import missed_signals
from knowledge.figures.stalls import PHASES, stalls
from knowledge.taxonomy import LossReasonId, ObjectionId, OutcomeId, PhaseId

Param = int | date | ObjectionId
"""What a sentence is filled with; in place of an id stands its label."""

Params = Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Findings:
    """The numbers that the rules look at."""

    due: Due
    closing: Comparison
    undecided: Share
    stalls: tuple[Figure[Share], ...]
    losses: tuple[Figure[Share], ...]
    objections: tuple[Recurring, ...]
    missed_signals: Figure[Share]


@dataclass(frozen=True, slots=True)
class Rule:
    """`holds` gives what the message needs, None where the numbers do not say it. The highest priority goes first."""

    priority: int
    message: str
    holds: Callable[[Findings], Params | None]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to say: a message and what it is filled with."""

    message: str
    params: Params


OVERDUE_FROM: Final = 5
"""So many overdue follow-ups are a heap, fewer are an ordinary evening."""

TIMES_FROM: Final = 3
"""What happened so often is no accident."""


def findings(
    matters: Sequence[Matter],
    follow_ups: Sequence[FollowUp],
    span: Span,
    before: Span,
    next_working_day: date,
) -> Findings:
    """The numbers of the span, its closing rate beside that of the span `before`; follow-ups as of its last day.

    A day has too few cases for most rules: the last four weeks beside the four before them say something.
    """
    rate = closing_rate(matters, span).value
    undecided = sum(matter.ended_in(span) and matter.outcome is OutcomeId.NO_DECISION for matter in matters)
    return Findings(
        due=due(follow_ups, span.last, next_working_day),
        closing=Comparison(rate, closing_rate(matters, before).value),
        undecided=Share(undecided, rate.cases),
        stalls=stalls(matters, span),
        losses=loss_reasons(matters, span),
        objections=recurring_objections(matters, span),
        missed_signals=missed_signals(matters, span),
    )


def suggestion(found: Findings) -> Suggestion | None:
    """The suggestion of the first rule that holds, in the order of their priority; None where none does."""
    for rule in sorted(RULES, key=lambda rule: -rule.priority):
        params = rule.holds(found)
        if params is not None:
            return Suggestion(rule.message, params)
    return None


def follow_ups_pile_up(found: Findings) -> Params | None:
    """At least five are overdue."""
    if found.due.overdue < OVERDUE_FROM or found.due.oldest is None:
        return None
    return {"overdue": found.due.overdue, "oldest": found.due.oldest}


def signals_are_missed(found: Findings) -> Params | None:
    """At least three conversations, and half of those with a signal, never came to closing."""
    share = found.missed_signals.value
    if share.hits < TIMES_FROM or not share.is_at_least(1, 2):
        return None
    return {"missed": share.hits, "with_signal": share.cases}


def worst_stall_is(phase: PhaseId) -> Callable[[Findings], Params | None]:
    """At least half of five or more stuck in this phase, and nowhere more surely."""

    def holds(found: Findings) -> Params | None:
        if not found.stalls:
            return None
        worst = found.stalls[0]
        if worst.about != phase or not worst.value.says_something or not worst.value.is_at_least(1, 2):
            return None
        return {"stuck": worst.value.hits, "visited": worst.value.cases}

    return holds


def most_lost_by(reason: LossReasonId) -> Callable[[Findings], Params | None]:
    """This reason stands first, at least three times, for half of what was lost."""

    def holds(found: Findings) -> Params | None:
        if not found.losses:
            return None
        first = found.losses[0]
        if first.about != reason or first.value.hits < TIMES_FROM or not first.value.is_at_least(1, 2):
            return None
        return {"times": first.value.hits, "lost": first.value.cases}

    return holds


def objection_stays_open(found: Findings) -> Params | None:
    """An objection stayed open in at least three conversations, and in half of those it came up in."""
    stuck = [one for one in found.objections if one.unsettled >= TIMES_FROM and 2 * one.unsettled >= one.settled.cases]
    if not stuck:
        return None
    worst = max(stuck, key=lambda one: one.unsettled)
    return {"objection": worst.objection, "raised": worst.settled.cases, "unsettled": worst.unsettled}


def many_end_undecided(found: Findings) -> Params | None:
    """At least three, and a third of what was decided, ended without a decision."""
    share = found.undecided
    if share.hits < TIMES_FROM or not share.is_at_least(1, 3):
        return None
    return {"undecided": share.hits, "decided": share.cases}


def closing_rate_fell(found: Findings) -> Params | None:
    """The closing rate is lower than before, by more than chance explains."""
    now, before = found.closing.now, found.closing.before
    if not found.closing.fell:
        return None
    return {"won": now.hits, "decided": now.cases, "won_before": before.hits, "decided_before": before.cases}


RULES: Final[tuple[Rule, ...]] = (
    # What can be done tomorrow morning comes first, then what an hour of the team changes, then what needs a look.
    Rule(90, "figures.suggestion.overdue", follow_ups_pile_up),
    Rule(80, "figures.suggestion.missed_signals", signals_are_missed),
    *(Rule(70, f"figures.suggestion.stall.{phase}", worst_stall_is(phase)) for phase in PHASES),
    Rule(60, "figures.suggestion.objection", objection_stays_open),
    *(Rule(50, f"figures.suggestion.loss.{reason}", most_lost_by(reason)) for reason in LossReasonId),
    Rule(40, "figures.suggestion.undecided", many_end_undecided),
    Rule(30, "figures.suggestion.closing_rate", closing_rate_fell),
)
"""Of one priority at most one rule can hold."""
