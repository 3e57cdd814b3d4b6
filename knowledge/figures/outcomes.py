"""From what was said of a conversation's outcome, step by step, to its ending: the latest value on the first day.

A correction never moves an order to another day. An outcome that was taken back and given anew is corrected, unless
the talk went on in between: then there had been none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.figures.matters import Ending
from knowledge.language.money import Money
from knowledge.taxonomy import LossReasonId, OutcomeId


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome was given, or its amount or reason corrected (then with the outcome that stands)."""

    day: date
    outcome: OutcomeId
    amount: Money | None = None
    loss_reason: LossReasonId | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The outcome was undone."""

    day: date


@dataclass(frozen=True, slots=True)
class WentOn:
    """The talk moved to another phase."""

    day: date


Event = Said | TakenBack | WentOn


def ending(history: Iterable[Event]) -> Ending | None:
    """How the conversation ended, from its history in the order of the steps; None while it is open."""
    first_day: date | None = None
    latest: Said | None = None
    for event in history:
        match event:
            case Said(outcome=OutcomeId.POSTPONED):  # goes on, later
                first_day = latest = None
            case Said():
                first_day, latest = first_day or event.day, event
            case TakenBack():
                latest = None
            case WentOn():
                first_day = latest = None
    if first_day is None or latest is None:
        return None
    return Ending(latest.outcome, first_day, latest.amount, latest.loss_reason)
