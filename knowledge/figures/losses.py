"""Why customers stayed with no (Verlustgründe)."""

from collections import Counter
from collections.abc import Iterable

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Span
from knowledge.figures.share import Share
from knowledge.taxonomy import LossReasonId, OutcomeId


def loss_reasons(matters: Iterable[Matter], span: Span) -> tuple[Figure[Share], ...]:
    """Each reason that was given in the span, as a share of all that was lost; the most frequent first.

    Equal ones in the order of the taxonomy. Losses without a reason count in the whole.
    """
    lost = [matter.ending for matter in matters if matter.ended_in(span) and matter.outcome is OutcomeId.LOST]
    times = Counter(ending.loss_reason for ending in lost if ending)
    reasons = sorted((reason for reason in LossReasonId if times[reason]), key=lambda reason: -times[reason])
    return tuple(
        Figure(
            FigureId.LOSS_REASON, Share(times[reason], len(lost)), {"times": times[reason], "lost": len(lost)}, reason
        )
        for reason in reasons
    )
