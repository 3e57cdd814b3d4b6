"""When each kind of push is due, and from when it is pointless."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.ports.days import AppointmentId
from dialogs.ports.people import Person, Team
from dialogs.pushes.due import Push, PushKind
from knowledge.wall_clock import moment_of
from knowledge.working_days import WorkingDays

NO_LATER: Final = time(12)
"""A message that is about the morning is pointless from noon on."""

ASKED_UNTIL: Final = 7
"""Days of a month on which the question about the month before is asked."""

_LOOKS_BACK: Final = 30
"""Days: a summary that is older is of no use to anybody."""


def briefing_of(person: Person, appointment: AppointmentId, starts_at: datetime) -> Push | None:
    """The briefing before an appointment at a time of day: by the person's lead, until the appointment begins."""
    if not person.pushes.briefing:
        return None
    day = starts_at.astimezone(ZoneInfo(person.zone)).date()
    return Push(PushKind.BRIEFING, appointment, day, starts_at - person.pushes.briefing, starts_at)


def morning_of(person: Person, day: date, days: WorkingDays, *, has_something: bool) -> Push | None:
    """The morning message of a day in the person's zone, on their team's working days and until noon."""
    morning = person.pushes.morning
    if morning is None or not days.works(day):
        return None
    due_at, until = moment_of(day, morning, person.zone), moment_of(day, NO_LATER, person.zone)
    return Push(PushKind.MORNING, 0, day, due_at, until, says=has_something)


def hardship_of(person: Person, day: date, days: WorkingDays) -> Push | None:
    """The question about the month before, with the morning message of the month's first working day.

    On later days it is settled by saying nothing. Who wants no morning message is not asked; the list of what is due
    offers the question to everybody.
    """
    if day.day > ASKED_UNTIL:
        return None
    first = day.replace(day=1)
    is_first = not any(days.works(first + timedelta(days=ahead)) for ahead in range(day.day - 1))
    morning = morning_of(person, day, days, has_something=is_first)
    return morning and replace(morning, kind=PushKind.HARDSHIP)


def summary_of(team: Team, moment: datetime, days: WorkingDays) -> Push | None:
    """The team's daily summary that was due last: made up for until the next one is due."""
    day = moment.astimezone(ZoneInfo(team.zone)).date()
    for _ in range(_LOOKS_BACK):
        due_at = moment_of(day, team.summary_time, team.zone)
        if due_at <= moment and days.works(day):
            following = days.next_after(day)
            until = moment_of(following, team.summary_time, team.zone) if following else due_at + timedelta(days=7)
            return Push(PushKind.SUMMARY, team.id, day, due_at, until)
        day -= timedelta(days=1)
    return None


def working_days_of(team: Team, days_off: Mapping[int, frozenset[date]]) -> WorkingDays:
    """The team's calendar; `days_off` by team."""
    free = days_off.get(team.id, frozenset())
    return WorkingDays(team.working_days, team.region, team.half_holidays_off, free)
