"""Time zones as calendar files name them: IANA names, Windows' names, and rules of the file's own (VTIMEZONE).

A name that is known goes before the rules that come along: they are often wrong, or end too early.
"""

import re
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
_SHOWN: Final = {
    "amsterdam, berlin, bern, rom, stockholm, wien": "Europe/Berlin",
    "amsterdam, berlin, bern, rome, stockholm, vienna": "Europe/Berlin",
    "belgrad, bratislava, budapest, ljubljana, prag": "Europe/Budapest",
    "belgrade, bratislava, budapest, ljubljana, prague": "Europe/Budapest",
    "brussels, copenhagen, madrid, paris": "Europe/Paris",
    "brüssel, kopenhagen, madrid, paris": "Europe/Paris",
    "sarajevo, skopje, warsaw, zagreb": "Europe/Warsaw",
    "sarajevo, skopje, warschau, zagreb": "Europe/Warsaw",
    "dublin, edinburgh, lisbon, london": "Europe/London",
    "dublin, edinburgh, lissabon, london": "Europe/London",
    "athen, bukarest": "Europe/Bucharest",
    "athens, bucharest": "Europe/Bucharest",
    "helsinki, kiew, riga, sofia, tallinn, wilna": "Europe/Helsinki",
    "helsinki, kyiv, riga, sofia, tallinn, vilnius": "Europe/Helsinki",
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "pacific time (us & canada)": "America/Los_Angeles",
    "coordinated universal time": "Etc/UTC",
    "koordinierte weltzeit": "Etc/UTC",
    "mitteleuropäische zeit": "Europe/Berlin",
    "mitteleuropäische sommerzeit": "Europe/Berlin",
    "central european time": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
}
"""Names that are shown to people, as Exchange writes them: '(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien'.
"""
_BEFORE_CITIES: Final = re.compile(r"\((?:UTC|GMT)[^)]*\)")
_FROM_UTC: Final = re.compile(r"\(?(?:UTC|GMT) ?([+-])([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?:\).*)?", re.IGNORECASE)


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
        return known or (_by_rules(rules) if rules else None) or _distance_from_utc(name) or self.floating


def known_zone(name: str) -> tzinfo | None:
    """The zone by a name of IANA's or Windows', also behind a maker's path: '/softwarestudio.org/…/Europe/Berlin'."""
    bare = name.strip().strip('"')
    if bare.upper() in ("UTC", "GMT", "Z", "ETC/UTC", "TZONE://MICROSOFT/UTC"):
        return UTC
    parts = bare.strip("/").split("/")
    for first in range(len(parts)):
        zone = _iana_names().get("/".join(parts[first:]).casefold())
        if zone is not None:
            return ZoneInfo(zone)
    in_windows = _IN_WINDOWS.get(bare.casefold()) or _SUMMER.get(bare)
    in_windows = in_windows or _SHOWN.get(_BEFORE_CITIES.sub("", bare).replace(" / ", ", ").strip().casefold())
    return ZoneInfo(in_windows) if in_windows else None


@lru_cache(maxsize=1)
def _iana_names() -> Mapping[str, str]:
    """Without those of one word such as 'EST' or 'Cuba', which others use otherwise, but for the European ones."""
    single = {"CET", "CEST", "MET", "WET", "EET", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT"}
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


def _distance_from_utc(name: str) -> tzinfo | None:
    """'GMT+1', '(UTC+01:00) …': all that is known of a zone that nobody knows."""
    match = _FROM_UTC.fullmatch(name.strip())
    if match is None or int(match[2]) > 14 or int(match[3] or 0) > 59:
        return None
    span = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(span if match[1] == "+" else -span)


def _distance(text: str) -> timedelta | None:
    """'+0130' as a span of time."""
    digits = text[1:]
    if text[:1] not in ("+", "-") or not digits.isdecimal() or len(digits) not in (4, 6):
        return None
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return span if text[0] == "+" else -span
