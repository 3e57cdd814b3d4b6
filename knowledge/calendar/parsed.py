"""One VEVENT of a calendar file: its properties as values, its times on the clock of their zone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from knowledge.calendar.content_lines import Component, Line
from knowledge.calendar.events import LONGEST_TEXT, LONGEST_UID, stamp_of
from knowledge.calendar.zones import Zones

_MOMENT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?", re.ASCII)
_DURATION: Final = re.compile(r"([-+]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
_LINK: Final = re.compile(r"https?://[^\s<>\"']{4,2000}")
_MEETING: Final = re.compile(
    r"(?i)https?://(?:[\w-]+\.)*(?:teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)|zoom\.us/(?:j|my|w)/|meet\.google\.com/"
    r"|webex\.com/|whereby\.com/|gotomeet(?:ing)?\.|meet\.goto\.com/|meet\.jit\.si/)"
)
"""How addresses begin that lead into a meeting; an invitation names others before, such as one with help."""
_LINK_LINES: Final = (
    "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "X-GOOGLE-CONFERENCE", "CONFERENCE",
    "URL", "LOCATION", "DESCRIPTION",
)  # fmt: skip
LONGEST: Final = timedelta(days=60)
"""An event that lasts longer is no appointment; what is shorter than nothing is nothing."""


class Unreadable(ValueError):
    """An event whose start can't be read."""


@dataclass(frozen=True, slots=True)
class WallTime:
    """A time as the file says it: on the clock of a zone; `day_only` for a date without a time."""

    local: datetime
    """Naive."""
    zone: tzinfo
    day_only: bool = False
    floating: bool = False

    @property
    def utc(self) -> datetime:
        """The moment. A time that the clock jumps over is taken as the offset before says (RFC 5545, 3.3.5)."""
        return self.local.replace(tzinfo=self.zone).astimezone(UTC)

    def at(self, local: datetime) -> "WallTime":
        """The same clock at another time."""
        return WallTime(local, self.zone, self.day_only, self.floating)

    @property
    def key(self) -> str:
        """How an occurrence is named by its original start, whatever zone it is written in."""
        if self.day_only:
            return f"{self.local:%Y%m%d}"
        return f"{self.local:%Y%m%dT%H%M%S}" if self.floating else f"{self.utc:%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT: a single one, a series, or (`recurrence_id`) how one occurrence of a series differs."""

    uid: str
    stamp: str
    start: WallTime
    length: timedelta
    title: str
    place: str
    link: str
    cancelled: bool
    recurrence_id: WallTime | None
    and_following: bool
    rules: Sequence[str]
    extra: Sequence[tuple[WallTime, timedelta | None]]
    """RDATE: further starts, each with its own length where it has one."""
    left_out: Sequence[WallTime]
    """EXDATE: starts that do not take place."""

    @property
    def recurs(self) -> bool:
        """Whether it is a series."""
        return bool(self.rules or self.extra)


def read_event(component: Component, zones: Zones, *, by_message: bool, number: int) -> Event:
    """The event; `by_message`: the file is an invitation, whose version counts by when it was sent.

    `number` stands in for a missing UID. Raises Unreadable.
    """
    start_line = component.first("DTSTART")
    start = _wall_time(start_line, zones) if start_line else None
    if start is None:
        raise Unreadable("DTSTART")
    id_line = component.first("RECURRENCE-ID")
    recurrence_id = _wall_time(id_line, zones) if id_line else None
    title = " ".join(component.text("SUMMARY").split())[:LONGEST_TEXT]
    uid = component.text("UID").strip()[:LONGEST_UID] or f"{start.key}-{number}-{title}"[:LONGEST_UID]
    return Event(
        uid=uid.replace("\0", ""),
        stamp=_stamp(component, zones, by_message=by_message),
        start=start,
        length=_length(component, start, zones),
        title=_shown(title),
        place=_shown(" ".join(component.text("LOCATION").split())[:LONGEST_TEXT]),
        link=_link(component),
        cancelled=component.text("STATUS").strip().upper() == "CANCELLED",
        recurrence_id=recurrence_id,
        and_following=bool(id_line) and id_line is not None and id_line.params.get("RANGE", "") == "THISANDFUTURE",
        rules=[line.value.strip() for line in component.lines.get("RRULE", ()) if line.value.strip()],
        extra=[extra for line in component.lines.get("RDATE", ()) for extra in _extra(line, zones)],
        left_out=[found for line in component.lines.get("EXDATE", ()) for found in _wall_times(line, zones)],
    )


def read_uid_and_stamp(component: Component, zones: Zones, *, by_message: bool) -> tuple[str, str]:
    """Enough of an event to take it back: a cancellation may come without its start."""
    uid = component.text("UID").strip()[:LONGEST_UID].replace("\0", "")
    return uid, _stamp(component, zones, by_message=by_message)


def _shown(text: str) -> str:
    """Without what no database keeps and nobody sees."""
    return "".join(sign for sign in text if sign.isprintable() and sign not in "\u202a\u202b\u202d\u202e\u2066\u2067")


def _link(component: Component) -> str:
    links = [found for name in _LINK_LINES for found in _LINK.findall(component.text(name)[:20_000])]
    found = next(filter(_MEETING.match, links), links[0] if links else "")
    return found.rstrip(".,;)>")


def _stamp(component: Component, zones: Zones, *, by_message: bool) -> str:
    """A newer version sorts later. Exports tell by LAST-MODIFIED, because many write the time of export as DTSTAMP."""
    names = ("DTSTAMP", "LAST-MODIFIED") if by_message else ("LAST-MODIFIED", "DTSTAMP")
    lines = (component.first(name) for name in (*names, "CREATED"))
    times = (_wall_time(line, zones) for line in lines if line)
    at = next((found.utc for found in times if found), datetime(1970, 1, 1, tzinfo=UTC))
    number = component.text("SEQUENCE").strip()
    return stamp_of(int(number) if number.isdecimal() and len(number) < 11 else 0, at)


def _length(component: Component, start: WallTime, zones: Zones) -> timedelta:
    end_line = component.first("DTEND")
    end = _wall_time(end_line, zones) if end_line else None
    duration = _duration(component.text("DURATION"))
    if end is not None:
        length = end.local - start.local if end.zone == start.zone else end.utc - start.utc
    elif duration is not None:
        length = duration
    else:
        length = timedelta(days=1) if start.day_only else timedelta()
    if start.day_only and length < timedelta(days=1):
        return timedelta(days=1)
    return min(max(length, timedelta()), LONGEST)


def _extra(line: Line, zones: Zones) -> list[tuple[WallTime, timedelta | None]]:
    found: list[tuple[WallTime, timedelta | None]] = []
    for value in line.value.split(","):
        first, _, last = value.partition("/")
        start = _wall_time(Line(first, line.params), zones)
        end = _wall_time(Line(last, line.params), zones) if last else None
        length = _duration(last) if last else None
        if start is not None:
            found.append((start, end.utc - start.utc if end else length))
    return found


def _wall_times(line: Line, zones: Zones) -> list[WallTime]:
    values = (_wall_time(Line(value, line.params), zones) for value in line.value.split(","))
    return [value for value in values if value is not None]


def _wall_time(line: Line, zones: Zones) -> WallTime | None:
    """The time, or None where it can't be one."""
    match = _MOMENT.fullmatch(line.value.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        at = date(year, month, day)
        clock = time(hour % 24, minute, min(second, 59))
    except ValueError:
        return None
    if not 1900 < year < 2200:
        return None
    local = datetime.combine(at, clock)
    if match[4] is None:
        return WallTime(local, zones.floating, day_only=True)
    if match[7]:
        return WallTime(local, UTC)
    name = line.params.get("TZID", "")
    return WallTime(local, zones.zone(name)) if name else WallTime(local, zones.floating, floating=True)


def _duration(text: str) -> timedelta | None:
    match = _DURATION.fullmatch(text.strip())
    if match is None or max(map(len, (part or "" for part in match.groups()))) > 6:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if match[1] == "-" else span
