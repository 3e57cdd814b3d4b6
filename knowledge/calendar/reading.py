"""Reads calendar files (iCalendar, RFC 5545) as Outlook, Exchange, Google, Apple and Thunderbird write them.

Untrusted input: what can't be read is left out and counted, what comes back too often ends at a limit.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from knowledge.calendar.content_lines import Component, decoded, read_components
from knowledge.calendar.events import Cancellation, LeftOut, Occurrence, ReadCalendar
from knowledge.calendar.parsed import Event, Unreadable, WallTime, read_event, read_uid_and_stamp
from knowledge.calendar.series import Steps, TooOften, starts_within
from knowledge.calendar.zones import Zones, known_zone

DAYS_BACK: Final = 31
DAYS_AHEAD: Final = 366
MOST_OCCURRENCES: Final = 2_000
MOST_EVENTS: Final = 20_000
"""VEVENTs that are looked at."""

_BY_MESSAGE: Final = frozenset({"REQUEST", "CANCEL", "REPLY", "ADD", "COUNTER"})
"""Methods of files that came as an invitation; without one, or with PUBLISH, it is an export."""


def read_calendar(content: bytes, now: datetime, zone: tzinfo) -> ReadCalendar:
    """What is in the file from 31 days before `now` to 366 days after it.

    `zone` is where times without a zone are read, unless the file says otherwise (X-WR-TIMEZONE). Raises NoCalendar.
    """
    return _Reader(read_components(decoded(content)), now, zone).read()


@dataclass(slots=True)
class _Group:
    """All that a file says about one event."""

    master: Event | None = None
    changed: list[Event] = field(default_factory=list)


class _Reader:
    """Reads one file."""

    def __init__(self, calendars: Iterable[Component], now: datetime, zone: tzinfo) -> None:
        self._calendars = tuple(calendars)
        self._start = now - timedelta(days=DAYS_BACK)
        self._end = now + timedelta(days=DAYS_AHEAD)
        self._zone = zone
        self._steps = Steps()
        self._left_out: Counter[LeftOut] = Counter()
        self._occurrences: list[Occurrence] = []
        self._cancellations: list[Cancellation] = []
        self._complete: dict[str, str] = {}

    def read(self) -> ReadCalendar:
        """The file as values; the earliest occurrences where it holds more than there is room for."""
        groups: dict[str, _Group] = {}
        for calendar in self._calendars:
            self._sort(calendar, groups)
        for uid, group in groups.items():
            self._expand(uid, group)
        occurrences = sorted(self._occurrences, key=lambda one: (one.starts_at, one.uid, one.occurrence))
        kept, rest = occurrences[:MOST_OCCURRENCES], occurrences[MOST_OCCURRENCES:]
        self._left_out[LeftOut.TOO_MANY] += len(rest)
        for one in rest:
            self._complete.pop(one.uid, None)
        return ReadCalendar(
            self._start,
            self._end,
            tuple(kept),
            tuple(self._cancellations),
            self._complete,
            {reason: count for reason, count in self._left_out.items() if count},
        )

    def _sort(self, calendar: Component, groups: dict[str, _Group]) -> None:
        """The events of a calendar by their UID; of two versions the newer one, and cancellations apart."""
        method = calendar.text("METHOD").strip().upper()
        zones = Zones(self._calendars, known_zone(calendar.text("X-WR-TIMEZONE")) or self._zone)
        for number, component in enumerate(calendar.all("VEVENT")):
            if number >= MOST_EVENTS:
                self._left_out[LeftOut.TOO_MANY] += 1
                continue
            try:
                event = read_event(component, zones, by_message=method in _BY_MESSAGE, number=number)
            except (Unreadable, OverflowError):
                self._cancel_or_leave_out(component, zones, method)
                continue
            if method == "CANCEL":
                event = replace(event, cancelled=True)
            group = groups.setdefault(event.uid, _Group())
            if event.recurrence_id is not None:
                group.changed.append(event)
            elif group.master is None or group.master.stamp <= event.stamp:
                group.master = event

    def _cancel_or_leave_out(self, component: Component, zones: Zones, method: str) -> None:
        uid, stamp = read_uid_and_stamp(component, zones, by_message=True)
        if uid and method == "CANCEL" and component.first("RECURRENCE-ID") is None:
            self._cancellations.append(Cancellation(uid, None, stamp))
        else:
            self._left_out[LeftOut.UNREADABLE] += 1

    def _expand(self, uid: str, group: _Group) -> None:
        if group.master is not None and group.master.cancelled:
            self._cancellations.append(Cancellation(uid, None, group.master.stamp))
            return
        try:
            found = self._planned(group.master) if group.master else {}
        except TooOften:
            self._left_out[LeftOut.TOO_OFTEN] += 1
            return
        except (ValueError, TypeError, OverflowError):  # a rule that is none
            self._left_out[LeftOut.UNREADABLE] += 1
            return
        for changed in sorted(group.changed, key=lambda event: event.stamp):
            self._change(found, changed, group.master)
        inside = [one for one in found.values() if one.starts_at < self._end and one.ends_at >= self._start]
        if not inside and not any(changed.cancelled for changed in group.changed):
            self._left_out[LeftOut.OUTSIDE] += 1
        self._occurrences += inside
        if group.master is not None:
            self._complete[uid] = group.master.stamp

    def _planned(self, master: Event) -> dict[str, Occurrence]:
        """The occurrences as the series has them, by their names."""
        if not master.recurs:
            return {"": _occurrence(master, "", master.start, master.length)}
        # A changed one may have been moved into the span from outside: it is named by its original start.
        starts = starts_within(master, self._start, self._end, self._steps)
        return {at.key: _occurrence(master, at.key, at, length) for at, length in starts}

    def _change(self, found: dict[str, Occurrence], changed: Event, master: Event | None) -> None:
        """What differs in one occurrence, or from one on."""
        original = changed.recurrence_id
        if original is None:
            return
        key = _key_of(found, original, master)
        if changed.cancelled:
            gone = found.pop(key, None)
            if master is None or gone is not None:
                self._cancellations.append(Cancellation(changed.uid, key, changed.stamp))
            return
        if changed.and_following and master is not None:
            shift = changed.start.utc - original.utc
            for later, one in found.items():
                if one.starts_at > original.utc and later != key:
                    starts_at = one.starts_at + shift
                    found[later] = replace(
                        _occurrence(changed, later, changed.start, changed.length),
                        starts_at=starts_at, ends_at=starts_at + changed.length,
                    )  # fmt: skip
        found[key] = _occurrence(changed, key, changed.start, changed.length)


def _key_of(found: dict[str, Occurrence], original: WallTime, master: Event | None) -> str:
    """The name of the occurrence that began then; some programs name it by its day alone, or in another zone."""
    if master is None or original.key in found or original.day_only == master.start.day_only:
        return _in_terms_of(original, master)
    if original.day_only:
        zone = master.start.zone
        days = (key for key, one in found.items() if one.starts_at.astimezone(zone).date() == original.local.date())
        return next(days, original.key)
    return f"{original.local:%Y%m%d}"


def _in_terms_of(original: WallTime, master: Event | None) -> str:
    """A series of floating times names its occurrences by the clock, whatever zone the change is told in."""
    if master is not None and master.start.floating and not original.floating and not original.day_only:
        return f"{original.utc.astimezone(master.start.zone):%Y%m%dT%H%M%S}"
    return original.key


def _occurrence(event: Event, key: str, at: WallTime, length: timedelta) -> Occurrence:
    """One appointment. Days are counted on the clock: a day of a change of time has 23 hours, or 25."""
    starts_at = at.utc
    ends_at = at.at(at.local + length).utc if at.day_only else starts_at + length
    return Occurrence(
        event.uid, key, event.stamp, event.title, event.place, event.link, starts_at, ends_at, at.day_only
    )
