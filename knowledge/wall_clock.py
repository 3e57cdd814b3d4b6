"""From the clock on the wall to the moment: also in the two nights of a year in which the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def moment_of(day: date, clock: time, zone: str) -> datetime:
    """The moment (UTC) at which a clock in this zone (IANA name) shows this time.

    Of an hour that comes twice it is the first. A time that the clock jumps over comes as long after midnight as on any
    other day: 02:30 in the night of the jump is what the clock shows as 03:30.
    """
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def day_span(day: date, zone: str) -> tuple[datetime, datetime]:
    """From when to when (UTC) it is this day in the zone: 23 or 25 hours in the nights of the change."""
    return moment_of(day, time(), zone), moment_of(day + timedelta(days=1), time(), zone)
