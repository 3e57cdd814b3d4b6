"""The occurrences of a series (RRULE, RDATE, EXDATE) within a span, worked out step by step up to a limit."""

from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Final

from dateutil.rrule import rrule, rrulestr

from knowledge.calendar.parsed import Event, WallTime

MOST_STEPS: Final = 500_000
"""Occurrences that are counted for one file, also those before the span."""
MOST_STEPS_OF_ONE: Final = 40_000
"""The same for one series; a daily one has 37,000 in a century."""
MOST_OF_ONE: Final = 1_000
"""Occurrences of one series in the span; more is no appointment: three a day for a year."""
_FOR_NOTHING: Final = 100_000
"""Steps that a rule counts as which names no day at all."""
_CALENDAR_REPEATS: Final = 400
"""Years after which days of the week and leap years are the same again."""
_NO_SERIES: Final = ("FREQ=SECONDLY", "FREQ=MINUTELY")
_LONGEST_RULE: Final = 500


class TooOften(Exception):
    """The series comes back more often than is worked out."""


class Steps:
    """What is left of the steps for one file."""

    def __init__(self, most: int = MOST_STEPS) -> None:
        self._left = most

    def take(self, count: int = 1) -> None:
        """So many steps more. Raises TooOften behind the last one."""
        self._left -= count
        if self._left < 0:
            raise TooOften


def starts_within(event: Event, start: datetime, end: datetime, steps: Steps) -> list[tuple[WallTime, timedelta]]:
    """The starts of a series that touch the span (aware), in their order, each with its length.

    Those of EXDATE are left out. Raises TooOften, ValueError for a rule that is none.
    """
    lengths: dict[datetime, tuple[WallTime, timedelta]] = {}
    gone = _Gone(event.left_out)
    for local in _locals(event, end, steps):
        at = event.start.at(local)
        if at.utc < end and at.utc + event.length >= start and not gone.holds(at):
            lengths[at.utc] = at, event.length
            if len(lengths) > MOST_OF_ONE:
                raise TooOften
    for extra, length in event.extra:
        steps.take()
        shown = event.start.at(extra.local) if extra.day_only == event.start.day_only else extra
        shown = shown if extra.zone == event.start.zone else extra
        taken = event.length if length is None else length
        if shown.utc < end and shown.utc + taken >= start and not gone.holds(shown):
            lengths[shown.utc] = shown, taken
    return [lengths[moment] for moment in sorted(lengths)]


def _locals(event: Event, end: datetime, steps: Steps) -> Iterator[datetime]:
    """The starts on the clock of the event's zone up to the end of the span; the first one is always among them."""
    last = end.astimezone(event.start.zone).replace(tzinfo=None)
    yield event.start.local
    for rule in event.rules:
        for number, local in enumerate(_named_by(rule, event.start, last, steps)):
            steps.take()
            if number > MOST_STEPS_OF_ONE:
                raise TooOften
            if local > last:
                break
            yield local


def _named_by(text: str, start: WallTime, last: datetime, steps: Steps) -> Iterator[datetime]:
    """The starts that a rule names, as long as one asks for them.

    A rule that names nothing, such as each 30 February, is followed until the calendar ends with the year 9999. So
    that this is soon, it is followed as many centuries ahead as there is room for, where the days are the same.
    """
    if start.local > last:
        return
    years = (MAXYEAR - last.year) // _CALENDAR_REPEATS * _CALENDAR_REPEATS
    rule = _rule(text, start, last, years)
    names_nothing = True
    for local in rule:
        names_nothing = False
        yield _later(local, -years)
    if names_nothing:
        steps.take(_FOR_NOTHING)


def _later(local: datetime, years: int) -> datetime:
    return local.replace(year=local.year + years)


def _rule(text: str, start: WallTime, last: datetime, years: int) -> rrule:
    """The rule on the clock, so many years later; its UNTIL, which is told in UTC, is put on the clock as well."""
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";") if part)
    if len(text) > _LONGEST_RULE or f"FREQ={parts.get('FREQ', '')}" in _NO_SERIES:
        raise TooOften
    if "BYSETPOS" in parts and parts["FREQ"] == "HOURLY":  # of one hour there is no second one
        raise ValueError(text)
    until = parts.pop("UNTIL", "")
    if parts.get("COUNT", "1").startswith("-"):
        del parts["COUNT"]
    rule = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=_later(start.local, years))
    if not isinstance(rule, rrule):
        raise TypeError(text)
    return rule.replace(until=_later(min(_until(until, start), last), years)) if until else rule


def _until(text: str, start: WallTime) -> datetime:
    day = datetime.strptime(text[:8], "%Y%m%d")  # noqa: DTZ007 (a time on the clock)
    if len(text) < 15:
        return day.replace(hour=23, minute=59, second=59)
    local = datetime.strptime(text[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 (a time on the clock)
    if not text.endswith("Z") or start.day_only:
        return local
    return local.replace(tzinfo=UTC).astimezone(start.zone).replace(tzinfo=None)


class _Gone:
    """Starts that do not take place: by the moment, or a whole day."""

    def __init__(self, left_out: Sequence[WallTime]) -> None:
        self._moments = {at.utc for at in left_out if not at.day_only}
        self._days = {at.local.date() for at in left_out if at.day_only}

    def holds(self, at: WallTime) -> bool:
        return at.utc in self._moments or at.local.date() in self._days
