"""Buying signals (Kaufsignale) after which nobody asked for the order: talking on talks an order to death."""

from collections.abc import Iterable
from typing import Final

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Span
from knowledge.figures.share import Share
from knowledge.taxonomy import OutcomeId, PhaseId

_OFFERING: Final = frozenset({PhaseId.PRESENTATION, PhaseId.NEGOTIATION})
"""A signal here is the moment to close; earlier it only proposes the trial close."""


def missed_signals(matters: Iterable[Matter], span: Span) -> Figure[Share]:
    """Of the conversations with a signal in presentation or negotiation: those that never came to closing or an order.

    Signals seen in the span, by their day; cancelled conversations left out.
    """
    seen = [
        matter
        for matter in matters
        if matter.took_place and any(one.phase in _OFFERING and one.day in span for one in matter.signals)
    ]
    missed = sum(not _came_to_closing(matter) for matter in seen)
    numbers = {"missed": missed, "with_signal": len(seen)}
    return Figure(FigureId.MISSED_SIGNALS, Share(missed, len(seen)), numbers)


def _came_to_closing(matter: Matter) -> bool:
    return matter.outcome is OutcomeId.WON or any(stay.phase is PhaseId.CLOSING for stay in matter.stays)
