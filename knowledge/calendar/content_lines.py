"""The lines of a calendar file (RFC 5545, 3.1): unfolded, taken apart, nested as components.

Read by ourselves and not by `icalendar`: there one crooked line in an alarm refuses the whole file, and a rule of a
time zone is worked out to its end before anybody can stop it.
"""

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

DEEPEST: Final = 8
"""Components in each other: a calendar, an event, an alarm are three."""

LONGEST_ENCODED: Final = 100_000
"""Characters of a value in quoted-printable that are put together."""

LONGEST_BEGINNING: Final = 200
"""Characters in which a line says that its value is in quoted-printable."""

FILE_ENDINGS: Final = (".ics", ".ical", ".vcs")
"""How the names of calendar files end."""

_FOLD_IN_BYTES: Final = re.compile(rb"(?:\r?\n|\r)[ \t]")
_FROM_A_MAIL: Final = re.compile(rb"(?m)^[A-Z-]+;[A-Z-]+=3D")
"""A parameter as it stands in the source of a mail, in quoted-printable: 'DTSTART;TZID=3DEurope/Berlin:'."""
_ENCODED: Final = re.compile(r"[A-Za-z0-9-]+;(?:[^:\r\n]*;)?(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_LINE: Final = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(?P<value>.*)',
    re.DOTALL,
)
_PARAM: Final = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class NoCalendar(ValueError):
    """The file does not begin as a calendar does: BEGIN:VCALENDAR."""


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its value as it stands there, and its parameters by their names in capitals."""

    value: str
    params: Mapping[str, str]

    @property
    def text(self) -> str:
        """The value of a property that is a text: without its escapes."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END: lines by their names in capitals, and components within."""

    name: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    inner: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """The first line of this name."""
        found = self.lines.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The text of the first line of this name, '' without one."""
        line = self.first(name)
        return line.text if line else ""

    def all(self, name: str) -> Iterator["Component"]:
        """The components of this name within."""
        return (component for component in self.inner if component.name == name)


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 as it should be, else UTF-16 by its mark, else Windows' Western code.

    Lines may be folded within a letter (RFC 5545, 3.1), so what is not UTF-8 is unfolded first.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if _FROM_A_MAIL.search(content):
        content = quopri.decodestring(content)
    for written in (content, _FOLD_IN_BYTES.sub(b"", content)):
        try:
            return written.decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def is_calendar(content: bytes) -> bool:
    """Whether a file is a calendar by how it begins."""
    return decoded(content[:400]).lstrip("\ufeff \t\r\n\0").upper().startswith("BEGIN:VCALENDAR")


def read_components(text: str) -> tuple[Component, ...]:
    """The calendars in a file. Lines that are none are passed over; what is not closed ends with the file.

    Raises NoCalendar.
    """
    root = Component("")
    stack = [root]
    too_deep = 0
    for words in _unfolded(text):
        match = _LINE.fullmatch(words.strip("\ufeff"))
        if match is None:
            continue
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            if len(stack) > DEEPEST:
                too_deep += 1
                continue
            component = Component(value.strip().upper())
            stack[-1].inner.append(component)
            stack.append(component)
        elif name == "END":
            if too_deep:
                too_deep -= 1
            elif len(stack) > 1:
                stack.pop()
        elif not too_deep:
            params = _params(match["params"])
            if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
                value = _out_of_quoted_printable(value, params.get("CHARSET", "utf-8"))
            stack[-1].lines.setdefault(name, []).append(Line(value, params))
    calendars = tuple(root.all("VCALENDAR"))
    if not calendars:
        raise NoCalendar("no BEGIN:VCALENDAR")
    return calendars


def _unfolded(text: str) -> Iterator[str]:
    """The lines of a file; a value in quoted-printable (vCalendar 1.0) goes on where a line ends in '='."""
    words = ""
    for line in re.split(r"\r\n|\n|\r", text):
        if words.endswith("=") and len(words) < LONGEST_ENCODED and _ENCODED.match(words[:LONGEST_BEGINNING]):
            words = words[:-1] + line
        elif line.startswith((" ", "\t")):
            words += line[1:]
        else:
            yield words
            words = line
    yield words


def _out_of_quoted_printable(value: str, charset: str) -> str:
    written = quopri.decodestring(value.encode())
    try:
        return written.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return written.decode("cp1252", errors="replace")


def _params(text: str) -> Mapping[str, str]:
    return {name.upper(): value.strip('"') for name, value in _PARAM.findall(text)} if text else {}
