"""The closing rate (Abschlussquote), counted on the day of the outcome, and what it is held against."""

from collections import Counter
from collections.abc import Iterable

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import DECIDED, Matter, Span
from knowledge.figures.share import Share
from knowledge.taxonomy import OutcomeId


def closing_rate(matters: Iterable[Matter], *spans: Span) -> Figure[Share]:
    """Won ÷ (won + lost + no_decision) of what was decided in the spans; they must not overlap."""
    outcomes = Counter(matter.outcome for matter in matters if matter.ended_in(*spans))
    numbers = {outcome.value: outcomes[outcome] for outcome in OutcomeId if outcome in DECIDED}
    share = Share(outcomes[OutcomeId.WON], sum(numbers.values()))
    return Figure(FigureId.CLOSING_RATE, share, numbers)


def same_weekdays_before(matters: Iterable[Matter], span: Span) -> Figure[Share]:
    """The closing rate of the same weekdays of the last four weeks together.

    A Friday is held against Fridays, because a week has its rhythm: visits on some days, quotes on others. Raises
    ValueError for a span of more than a week.
    """
    return closing_rate(matters, *span.same_weekdays_before())
