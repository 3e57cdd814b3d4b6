"""Follow-ups (Nachfassen): what was kept, what is overdue, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Span
from knowledge.figures.share import Share


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up: the day it is due, and the day it was done, None while it is not."""

    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What stands open: overdue (with the oldest's day), today, and from tomorrow to the next working day."""

    overdue: int
    oldest: date | None
    today: int
    next: int


def kept(follow_ups: Sequence[FollowUp], span: Span) -> Figure[Share]:
    """The share of the follow-ups due in the span that were done by its last day, in time or late."""
    due = [one for one in follow_ups if one.due in span]
    done = sum(one.done is not None and one.done <= span.last for one in due)
    return Figure(FigureId.FOLLOW_UPS, Share(done, len(due)), {"done": done, "due": len(due)})


def due(follow_ups: Sequence[FollowUp], today: date, next_working_day: date) -> Due:
    """What stands open on the evening of `today`."""
    days = [one.due for one in follow_ups if one.done is None or one.done > today]
    overdue = [day for day in days if day < today]
    return Due(
        overdue=len(overdue),
        oldest=min(overdue, default=None),
        today=days.count(today),
        next=sum(today < day <= next_working_day for day in days),
    )
