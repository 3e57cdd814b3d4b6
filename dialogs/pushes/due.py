"""What is pushed and when: the decision, from a person, a moment and what is known.

A push is told once (`Push.key`), between the moment it is due and the one from which it is pointless. In quiet hours
and while a conversation is in use nothing is pushed; what waited then comes together, what is pointless by then never.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.ports.people import Person, PushTimes

IN_USE_FOR: Final = timedelta(minutes=20)
"""So long after something was pressed or typed in it a conversation is in use."""


class PushKind(StrEnum):
    """What is pushed, in the order in which it stands in one message. The values are stored."""

    BRIEFING = "briefing"
    MORNING = "morning"
    HARDSHIP = "hardship"
    SUMMARY = "summary"


_ORDER: Final = {kind: place for place, kind in enumerate(PushKind)}

Key = tuple[PushKind, int, date]
"""Kind, subject and local date: with the recipient, what makes a push the same one."""


@dataclass(frozen=True, slots=True)
class Push:
    """Something to tell a person once: from `due_at` on and before `until`, both aware.

    `subject` is what it is about (an appointment, a team; 0 for nothing), `day` a local date. With `says` False it is
    settled by saying nothing, because there is nothing to say.
    """

    kind: PushKind
    subject: int
    day: date
    due_at: datetime
    until: datetime
    says: bool = True

    @property
    def key(self) -> Key:
        """What makes it the same one."""
        return self.kind, self.subject, self.day


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person: what could be told, what was told, and when an open conversation was last used."""

    offered: Sequence[Push] = ()
    told: frozenset[Key] = frozenset()
    talked_at: datetime | None = None


def due(person: Person, moment: datetime, facts: Facts) -> tuple[Push, ...]:
    """What is told to this person now, in one message; nothing while it has to wait."""
    if is_quiet(person.pushes, moment.astimezone(ZoneInfo(person.zone)).time()) or in_use(facts.talked_at, moment):
        return ()
    ready = [push for push in facts.offered if push.due_at <= moment < push.until and push.key not in facts.told]
    return tuple(sorted(dict.fromkeys(ready), key=lambda push: (_ORDER[push.kind], push.due_at, push.subject)))


def is_quiet(times: PushTimes, clock: time) -> bool:
    """Whether the person's clock stands in their quiet hours (Ruhezeit); the same time twice means that they have none.

    The end does not belong to it any more. `quiet_from` later in the day than `quiet_until`: across midnight.
    """
    start, end = times.quiet_from, times.quiet_until
    return start <= clock < end if start <= end else clock >= start or clock < end


def in_use(talked_at: datetime | None, moment: datetime) -> bool:
    """Whether an open conversation was used so lately that the person may be in it.

    A use in the future was written by a clock that has been set back since.
    """
    return talked_at is not None and abs(moment - talked_at) < IN_USE_FOR
