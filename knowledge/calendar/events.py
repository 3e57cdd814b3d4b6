"""What a calendar file says, as plain values: occurrences of events, and what is to be taken back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Self

LONGEST_UID: Final = 255
LONGEST_TEXT: Final = 200
_MOST_VERSIONS: Final = 9_999_999_999


class LeftOut(StrEnum):
    """Why an event, or an occurrence of one, was not taken."""

    OUTSIDE = "outside"
    """Before or after the span that is looked at."""
    UNREADABLE = "unreadable"
    """Without a start, or with dates that are none."""
    TOO_OFTEN = "too_often"
    """It comes back more often than any appointment does."""
    TOO_MANY = "too_many"
    """The file holds more than there is room for."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One appointment of a calendar. Times are aware UTC; what lasts all day runs from midnight to midnight.

    `occurrence` names one of a series by its original start, and is empty for a single event. `stamp` sorts like the
    versions of the event. `link` is the first web address in it, a meeting's as a rule.
    """

    uid: str
    occurrence: str
    stamp: str
    title: str
    place: str
    link: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool


@dataclass(frozen=True, slots=True)
class Cancellation:
    """An event, or one occurrence of it, that does not take place; `occurrence` None: all that is left of it."""

    uid: str
    occurrence: str | None
    stamp: str


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What a file holds within a span.

    `complete`: events of which all occurrences in the span are here, with the stamp of their version: others that were
    known before are gone. `left_out` counts by reason.
    """

    start: datetime
    end: datetime
    occurrences: tuple[Occurrence, ...] = ()
    cancellations: tuple[Cancellation, ...] = ()
    complete: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """JSON values from which `from_json` makes the same."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "occurrences": [
                {**asdict(one), "starts_at": one.starts_at.isoformat(), "ends_at": one.ends_at.isoformat()}
                for one in self.occurrences
            ],
            "cancellations": [asdict(one) for one in self.cancellations],
            "complete": dict(self.complete),
            "left_out": dict(self.left_out),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `as_json` wrote."""
        moment = datetime.fromisoformat
        return cls(
            moment(values["start"]),
            moment(values["end"]),
            tuple(
                Occurrence(**{**one, "starts_at": moment(one["starts_at"]), "ends_at": moment(one["ends_at"])})
                for one in values["occurrences"]
            ),
            tuple(Cancellation(**one) for one in values["cancellations"]),
            values["complete"],
            {LeftOut(reason): count for reason, count in values["left_out"].items()},
        )


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One appointment as it goes into a file. Times are aware; `occurrence` and `stamp` as in `Occurrence`."""

    uid: str
    occurrence: str
    stamp: str
    title: str
    place: str
    about: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool

    def as_json(self) -> dict[str, Any]:
        """JSON values from which `from_json` makes the same."""
        return {**asdict(self), "starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `as_json` wrote."""
        times = {name: datetime.fromisoformat(values[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**values, **times})


def stamp_of(sequence: int, at: datetime) -> str:
    """A version as text that sorts: its number, then its time (aware)."""
    return f"{min(max(sequence, 0), _MOST_VERSIONS):010d} {at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def sequence_of(stamp: str) -> int:
    """The number of a version; 0 where there is none."""
    number = stamp.partition(" ")[0]
    return int(number) if number.isdecimal() else 0
