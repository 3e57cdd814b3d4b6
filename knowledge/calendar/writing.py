"""Writes appointments as a calendar file (iCalendar, RFC 5545) that every calendar takes, with an alarm.

Times are told on the clock of the person's zone, whose changes come along (VTIMEZONE).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDatetime, vText

from knowledge.calendar.events import CalendarEntry, sequence_of

PRODUCT: Final = "-//Roter Faden//Termine//DE"


def write_calendar(entries: Sequence[CalendarEntry], zone: str, at: datetime, alarm: int) -> bytes:
    """The file. `zone` is an IANA name, `at` when it is written, `alarm` minutes before the start, 0 for none."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    local = ZoneInfo(zone)
    timed = [entry for entry in entries if not entry.all_day]
    if timed:
        years = {moment.astimezone(local).year for entry in timed for moment in (entry.starts_at, entry.ends_at)}
        calendar.add_component(_zone_rules(zone, min(years), max(years)))
    for entry in entries:
        calendar.add_component(_event(entry, zone, at, alarm))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: CalendarEntry, zone: str, at: datetime, alarm: int) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("last-modified", at.astimezone(UTC))
    event.add("sequence", sequence_of(entry.stamp))
    event.add("summary", entry.title)
    for name, words in (("location", entry.place), ("description", entry.about)):
        if words:
            event.add(name, words)
    local = ZoneInfo(zone)
    for name, moment in (("dtstart", entry.starts_at), ("dtend", entry.ends_at)):
        on_the_clock = moment.astimezone(local)
        if entry.all_day:
            event.add(name, on_the_clock.date())
        else:
            event.add(name, _clock(on_the_clock), parameters={"TZID": zone})
    if entry.occurrence:
        event.add("recurrence-id", _named_start(entry.occurrence))
    if alarm and not entry.all_day:
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", entry.title)
        reminder.add("trigger", -timedelta(minutes=alarm))
        event.add_component(reminder)
    return event


def _clock(moment: datetime) -> vDatetime:
    """The time on the clock; its zone stands in a parameter."""
    return vDatetime(moment.replace(tzinfo=None))


def _named_start(occurrence: str) -> datetime | date:
    """The original start by which an occurrence of a series is named."""
    if len(occurrence) == 8:
        return datetime.strptime(occurrence, "%Y%m%d").replace(tzinfo=UTC).date()
    start = datetime.strptime(occurrence.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 (a floating time is one)
    return start.replace(tzinfo=UTC) if occurrence.endswith("Z") else start


def _zone_rules(zone: str, first_year: int, last_year: int) -> Timezone:
    """The zone's changes from the year before on, each with its date: true for zones whose rules change, too."""
    rules = Timezone()
    rules.add("tzid", zone)
    local = ZoneInfo(zone)
    begin = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    before = begin.astimezone(local)
    rules.add_component(_change(before, before))
    for change in _changes(local, begin, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        rules.add_component(_change((change - timedelta(seconds=1)).astimezone(local), change.astimezone(local)))
    return rules


def _change(before: datetime, after: datetime) -> TimezoneDaylight | TimezoneStandard:
    """What the clock shows from this moment on; its date is told on the clock before the change."""
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    offset_before, offset_after = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
    part.add("dtstart", (after.astimezone(UTC) + offset_before).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset_before)
    part.add("tzoffsetto", offset_after)
    part.add("tzname", vText(after.tzname() or "LMT"))
    return part


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which the distance to UTC changes, to the minute."""
    at = start
    while at < end:
        following = at + timedelta(days=1)
        if following.astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset():
            low, high = at, following
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            yield high
        at = following
