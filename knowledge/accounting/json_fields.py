"""Reads JSON strictly: every fault with its path (`bases.mat.amount`), all of them together, nothing guessed.

`parse` makes values of text and lets no float, no NaN and no duplicate key pass; `Fields` is an object that is read
field by field and says at the end which of its fields nobody knows.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeVar
from unicodedata import category

from knowledge.accounting import exact
from knowledge.accounting.faults import Fault, Findings, Unreadable, WrongFields, shown

DEEPEST: Final = 20
"""Levels of nesting; the contract's own is five."""

LONGEST_NAME: Final = 200
"""Characters of a name or an id."""

_UNPRINTABLE: Final = ("Cc", "Cs")
"""Control characters and halves of surrogate pairs; a no-break space is fine."""

_HOW_AMOUNTS_ARE_WRITTEN: Final = {
    "accounting.fault.number",
    "accounting.fault.inexact",
    "accounting.fault.plus",
    "accounting.fault.comma",
    "accounting.fault.percent_sign",
}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Inexact:
    """A literal that JSON knows and exact sums do not: 1.5, 1e3, NaN, an endless integer."""

    text: str


class JsonObject(dict[str, Any]):
    """An object, and the keys that stood in it more than once."""

    twice: tuple[str, ...] = ()


def parse(text: bytes, place: str) -> Any:
    """The value that is written there; `place` is the name of the file. Raises Unreadable."""
    try:
        value = json.loads(
            text.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=Inexact,
            parse_constant=Inexact,
            parse_int=_integer,
        )
    except UnicodeDecodeError as error:
        raise Unreadable(Fault(place, "accounting.fault.no_text", {"byte": error.start + 1})) from error
    except json.JSONDecodeError as error:
        params = {"line": error.lineno, "column": error.colno}
        raise Unreadable(Fault(place, "accounting.fault.no_json", params)) from error
    except RecursionError as error:
        raise Unreadable(Fault(place, "accounting.fault.too_deep", {"levels": DEEPEST})) from error
    if _depth_exceeds(value, DEEPEST):
        raise Unreadable(Fault(place, "accounting.fault.too_deep", {"levels": DEEPEST}))
    return value


class Fields:
    """The fields of one object. Each is taken once; a fault is noted and a harmless value given in its place.

    `findings` are shared by all objects of a file; `close` notes the fields that nobody took. `title` is the name
    of the row, shown behind the path, since people do not count rows.
    """

    def __init__(self, value: object, findings: Findings, path: str = "", title: str = "") -> None:
        self.findings = findings
        self.path = path
        self.title = title
        self._expected: dict[str, None] = {}  # in the order in which they are asked for
        self._values: dict[str, Any] = {}
        self._is_object = isinstance(value, dict)
        if not isinstance(value, dict):
            self.wrong("", "accounting.fault.object_expected", here=_described(value))
            return
        self._values = dict(value)
        for name in getattr(value, "twice", ()):
            self.wrong(name, "accounting.fault.twice")

    def place(self, name: str = "") -> str:
        """The path to a field, or to the object itself: `overheads[0].total (Miete)`."""
        path = joined(self.path, name) if name else self.path
        return f"{path} ({self.title})" if self.title and path else path or "JSON"

    def wrong(self, name: str, key: str, **params: str | int | Fraction) -> None:
        """Notes a fault at a field (or at the object: an empty name)."""
        self.findings.add(self.place(name), key, **params)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def names(self) -> tuple[str, ...]:
        """The fields that were given, in their order."""
        return tuple(self._values)

    def take(self, name: str) -> Any:
        """The raw value, None where there is none; from now on the field is known."""
        self._expected[name] = None
        return self._values.get(name)

    def required(self, name: str) -> bool:
        """Whether the field is there; noted where it is not, once for what is no object at all."""
        if name in self._values:
            return True
        self._expected[name] = None
        if self._is_object:
            self.wrong(name, "accounting.fault.missing")
        return False

    def number(self, name: str, default: Fraction | None = None) -> Fraction | None:
        """An amount, a quantity, hours; the default where the field is not there or is wrong."""
        return self._exactly(name, default, rate=False, least=None)

    def size(self, name: str, default: Fraction | None = None) -> Fraction | None:
        """A number that is not below 0."""
        return self._exactly(name, default, rate=False, least=Fraction(0))

    def rate(self, name: str, default: Fraction | None = None) -> Fraction | None:
        """A rate as a fraction of 1, from `"25%"` or `"0.25"`; not below 0."""
        return self._exactly(name, default, rate=True, least=Fraction(0))

    def text(self, name: str, default: str = "") -> str:
        """A name or an id: text that is not empty."""
        value = self.take(name)
        if name not in self._values:
            return default
        if not isinstance(value, str) or not value.strip():
            self.wrong(name, "accounting.fault.text_expected", here=_described(value))
        elif len(value) > LONGEST_NAME:
            self.wrong(name, "accounting.fault.name_too_long", longest=LONGEST_NAME)
        elif any(category(sign) in _UNPRINTABLE for sign in value):
            self.wrong(name, "accounting.fault.unprintable", here=shown(value))
        else:
            return value
        return default

    def label(self, name: str) -> str:
        """Words that are only shown (a unit, a period): text, which may be empty, or a whole number."""
        value = self.take(name)
        if value == "" or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
        return self.text(name)

    def choice(self, name: str, choices: type[Choice], default: Choice | None = None) -> Choice | None:
        """One of the words of the contract."""
        value = self.take(name)
        if name not in self._values:
            return default
        if isinstance(value, str) and value in set(choices):
            return choices(value)
        expected = ", ".join(choices)
        self.wrong(name, "accounting.fault.choice", expected=expected, here=_described(value))
        return default

    def required_choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """One of the words of the contract; where it is missing, the words are named."""
        if self._is_object and name not in self._values:
            self.wrong(name, "accounting.fault.choice_missing", expected=", ".join(choices))
        return self.choice(name, choices)

    def flag(self, name: str, default: bool) -> bool:
        """`true` or `false`."""
        value = self.take(name)
        if name not in self._values:
            return default
        if not isinstance(value, bool):
            self.wrong(name, "accounting.fault.flag_expected", here=_described(value))
            return default
        return value

    def object(self, name: str) -> "Fields | None":
        """The object that stands there, None where there is none."""
        value = self.take(name)
        return Fields(value, self.findings, joined(self.path, name), self.title) if name in self._values else None

    def objects(self, name: str) -> "list[Fields]":
        """The objects of a list; `overheads[0]` is the first. Empty where there is no list."""
        value = self.take(name)
        if name not in self._values:
            return []
        if not isinstance(value, list):
            self.wrong(name, "accounting.fault.list_expected", here=_described(value))
            return []
        path = joined(self.path, name)
        return [Fields(entry, self.findings, f"{path}[{place}]", self.title) for place, entry in enumerate(value)]

    def entries(self, name: str) -> "Iterator[tuple[str, Fields]]":
        """An object that maps ids to objects: (id, its fields)."""
        mapping = self.object(name)
        for key in mapping.names() if mapping else ():
            entry = mapping.object(key) if mapping else None
            if entry is not None:
                yield key, entry

    def close(self) -> None:
        """Notes every field that nobody took."""
        for name in self._values:
            if name not in self._expected:
                self.wrong(name, "accounting.fault.unknown_field", expected=shown(", ".join(self._expected), 160))

    def _exactly(self, name: str, default: Fraction | None, *, rate: bool, least: Fraction | None) -> Fraction | None:
        value = self.take(name)
        if name not in self._values:
            return default
        try:
            read = exactly(value, rate=rate)
        except exact.NotExact as error:
            self.wrong(name, _reason(error, rate=rate), here=_described(value))
            return default
        if least is not None and read < least:
            self.wrong(name, "accounting.fault.negative", here=_described(value))
            return default
        return read


def exactly(value: object, *, rate: bool = False) -> Fraction:
    """A JSON value in machine notation: text, or an integer. Raises NotExact."""
    if isinstance(value, str):
        return exact.share(value) if rate else exact.number(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    raise exact.NotExact("accounting.fault.inexact" if isinstance(value, Inexact) else "accounting.fault.number")


def read_number(value: object, place: str, *, rate: bool = False) -> Fraction:
    """As `exactly`; raises WrongFields with the place."""
    try:
        return exactly(value, rate=rate)
    except exact.NotExact as error:
        raise WrongFields(Fault(place, _reason(error, rate=rate), {"here": _described(value)})) from error


def joined(path: str, name: str) -> str:
    """The path to a field of what stands at `path`."""
    return f"{path}.{name}" if path else name


def _described(value: object) -> str:
    """What stands there, as far as it helps to find it: as JSON, cut."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, Inexact):
        return shown(value.text)
    return shown(json.dumps(value, ensure_ascii=False))


def _reason(error: exact.NotExact, *, rate: bool) -> str:
    """The key of the sentence; one that says how amounts are written would mislead where a rate is expected."""
    return "accounting.fault.rate" if rate and error.reason in _HOW_AMOUNTS_ARE_WRITTEN else error.reason


def _object(pairs: Sequence[tuple[str, Any]]) -> JsonObject:
    values = JsonObject(pairs)
    if len(values) < len(pairs):
        times = Counter(name for name, _ in pairs)
        values.twice = tuple(name for name in values if times[name] > 1)
    return values


def _integer(text: str) -> int | Inexact:
    return int(text) if len(text) <= exact.LONGEST_NUMBER else Inexact(text)


def _depth_exceeds(value: object, levels: int) -> bool:
    """Whether something is nested deeper; level by level, so that no depth can exhaust the stack."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
