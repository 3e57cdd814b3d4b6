"""What is due: overdue, today, and in what is left of the week; for the list, and for whoever writes about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from dialogs.ports.days import DueItem, DueSource
from dialogs.ports.people import Person
from dialogs.ports.store import Store
from knowledge.catalogue import Knowledge
from knowledge.language.messages import Messages
from knowledge.taxonomy import FollowUpTaskId

_FRIDAY: Final = 4
_SATURDAY: Final = 5
"""As `date.weekday` counts."""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """So many things are due, and the first of them."""

    n: int = 0
    first: tuple[DueItem, ...] = ()

    def __len__(self) -> int:
        return self.n

    def __iter__(self) -> Iterator[DueItem]:
        return iter(self.first)


class Due(NamedTuple):
    """What is due before a day, on it, and after it until the week ends."""

    overdue: DueGroup
    today: DueGroup
    week: DueGroup


def due_until(store: Store, person: Person, day: date, most: int = 3) -> Due:
    """What a person has to do as it stands on a day (theirs), with at most so many items of each group."""
    ends = end_of_week(day)
    counts = store.follow_ups.count(person.id, day, ends)

    def group(n: int, until: date, skip: int) -> DueGroup:
        return DueGroup(n, tuple(store.follow_ups.open(person.id, until, min(most, n), skip)) if n else ())

    return Due(
        group(counts.overdue, day - timedelta(days=1), 0),
        group(counts.today, day, counts.overdue),
        group(counts.week, ends, counts.overdue + counts.today),
    )


def end_of_week(day: date) -> date:
    """The Sunday that ends the week; from Friday on, when nothing would be left of it, the one after."""
    sunday = day + timedelta(days=6 - day.weekday())
    return sunday + timedelta(days=7) if day.weekday() >= _FRIDAY else sunday


def no_weekend(day: date) -> date:
    """The day itself; Saturday and Sunday become Monday."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= _SATURDAY else 0)


def what_is_due(item: DueItem, knowledge: Knowledge, messages: Messages) -> str:
    """What is to be done, in a few words of the knowledge's language."""
    match item.source:
        case DueSource.TASK if item.what in set(FollowUpTaskId):
            return knowledge.follow_up[FollowUpTaskId(item.what)].label
        case DueSource.TASK:  # of a newer version of the bot
            return messages.text("following_up.some_task", knowledge.language)
        case DueSource.POSTPONED:
            return messages.text("following_up.postponed", knowledge.language)
        case DueSource.REMINDER:
            return messages.text(f"after_order.reminder.{item.what}", knowledge.language)
