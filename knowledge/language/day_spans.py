"""Reads a day, or from which day to which: '24.12.', '27.12. bis 30.12.', 'Dec 27 to Dec 30'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from knowledge.language.dates import read_day
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language

LONGEST: Final = timedelta(days=60)
"""A company holiday is shorter; what is longer is a slip."""

_TO: Final = re.compile(r" +(?:bis|to|until|till|-|–|—) +|(?<=\.)[-–—](?=[0-9])", re.IGNORECASE)
_FROM: Final = re.compile(r"^\s*(?:vom|von|from|ab) +", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=count) for count in range((self.last - self.first).days + 1))


def read_days(text: str, language: Language, today: date) -> Days:
    """Without a year the next ones. Raises ReadingError as `read_day` does, and `reading.days` for what is no span."""
    parts = _TO.split(_FROM.sub("", text))
    if len(parts) > 2:
        raise ReadingError("reading.days")
    first = read_day(parts[0], language, today)
    last = read_day(parts[-1], language, first) if len(parts) == 2 else first
    if last < first or last - first > LONGEST:
        raise ReadingError("reading.days")
    return Days(first, last)
