"""Time zones as calendar files name them: IANA names, Windows' names, and rules of the file's own (VTIMEZONE).

A name that is known goes before the rules that come along: they are often wrong, or end too early.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from io import StringIO
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from dateutil.tz import tzical
from icalendar.windows_to_olson import WINDOWS_TO_OLSON

from knowledge.calendar.content_lines import Component

_RULES: Final = frozenset({"FREQ", "UNTIL", "COUNT", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "WKST"})
_IN_WINDOWS: Final[Mapping[str, str]] = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_SUMMER: Final = {name.replace("Standard", "Daylight"): zone for name, zone in WINDOWS_TO_OLSON.items()}
_BY_CITIES: Final = {
    "amsterdam, berlin, bern, rom, stockholm, wien": "Europe/Berlin",
    "amsterdam, berlin, bern, rome, stockholm, vienna": "Europe/Berlin",
    "brussels, copenhagen, madrid, paris": "Europe/Paris",
    "brüssel, kopenhagen, madrid, paris": "Europe/Paris",
    "dublin, edinburgh, lisbon, london": "Europe/London",
    "dublin, edinburgh, lissabon, london": "Europe/London",
}
"""How Exchange writes a zone's name that it shows: '(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien'."""


class Zones:
    """The zones of one file. `floating` is where times without a zone are read."""

    def __init__(self, calendars: Iterable[Component], floating: tzinfo) -> None:
        self.floating = floating
        self._rules = {
            zone.text("TZID"): zone for calendar in calendars for zone in calendar.all("VTIMEZONE") if zone.text("TZID")
        }
        self._made: dict[str, tzinfo] = {}

    def zone(self, name: str) -> tzinfo:
        """The zone of this name; where nobody knows it, that of floating times."""
        if name not in self._made:
            self._made[name] = self._find(name)
        return self._made[name]

    def _find(self, name: str) -> tzinfo:
        rules = self._rules.get(name)
        known = known_zone(name) or (known_zone(rules.text("X-LIC-LOCATION")) if rules else None)
        return known or (_by_rules(rules) if rules else None) or self.floating


def known_zone(name: str) -> tzinfo | None:
    """The zone by a name of IANA's or Windows', also behind a maker's path: '/softwarestudio.org/…/Europe/Berlin'."""
    bare = name.strip().strip('"')
    if bare.upper() in ("UTC", "GMT", "Z", "ETC/UTC", "COORDINATED UNIVERSAL TIME"):
        return UTC
    parts = bare.strip("/").split("/")
    for first in range(len(parts)):
        zone = _iana_names().get("/".join(parts[first:]).casefold())
        if zone is not None:
            return ZoneInfo(zone)
    in_windows = _IN_WINDOWS.get(bare.casefold()) or _SUMMER.get(bare)
    in_windows = in_windows or _BY_CITIES.get(bare.partition(")")[2].strip().casefold())
    return ZoneInfo(in_windows) if in_windows else None


@lru_cache(maxsize=1)
def _iana_names() -> Mapping[str, str]:
    """Without those of one word such as 'EST' or 'Cuba', which others use otherwise, but for the European ones."""
    single = {"CET", "CEST", "MET", "WET", "EET"}
    names = {name.casefold(): name for name in available_timezones() if "/" in name or name in single}
    return names | {"cest": "CET"}


def _by_rules(rules: Component) -> tzinfo | None:
    """The zone by its own rules; None where they are none that recur by the year.

    One without a change of time is a fixed distance from UTC.
    """
    parts = [part for part in rules.inner if part.name in ("STANDARD", "DAYLIGHT")]
    offsets = {part.text("TZOFFSETTO") for part in parts}
    if len(offsets) == 1:
        distance = _distance(offsets.pop())
        return timezone(distance) if distance is not None else None
    lines = ["BEGIN:VTIMEZONE", "TZID:file"]
    for part in parts:
        rule = part.text("RRULE")
        names = {piece.partition("=")[0].upper() for piece in rule.split(";") if piece}
        if rule and (not names <= _RULES or "FREQ=YEARLY" not in rule.upper()):
            return None
        lines.append(f"BEGIN:{part.name}")
        lines += [
            f"{name}:{part.text(name)}"
            for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")
            if part.text(name)
        ]
        lines.append(f"END:{part.name}")
    lines.append("END:VTIMEZONE")
    try:
        zone = tzical(StringIO("\n".join(lines))).get("file")
        distance = datetime(2026, 7, 1, tzinfo=zone).utcoffset() if zone else None
    except Exception:  # the parser of dateutil raises what its parts raise
        return None
    return zone if isinstance(zone, tzinfo) and distance is not None else None


def _distance(text: str) -> timedelta | None:
    """'+0130' as a span of time."""
    digits = text[1:]
    if text[:1] not in ("+", "-") or not digits.isdecimal() or len(digits) not in (4, 6):
        return None
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return span if text[0] == "+" else -span
