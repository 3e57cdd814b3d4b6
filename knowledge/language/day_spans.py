"""Reads a day, or from which day to which: '24.12.', '27. bis 30.12.', 'Dec 27 to Dec 30', 'KW 52'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from knowledge.language.date_words import plain
from knowledge.language.dates import read_day
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.periods import add_months, read_week

LONGEST: Final = timedelta(days=60)
"""A company holiday is shorter; what is longer is a slip."""

_TO: Final = re.compile(r" +(?:bis|to|until|till|-|–|—) +|(?<=\.)[-–—](?=[0-9])", re.IGNORECASE)
_FROM: Final = re.compile(r"^\s*(?:vom|von|from|ab) +", re.IGNORECASE)
_DAY_OF_MONTH: Final = re.compile(r"(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)?")
"""'24.' before 'bis 31.12.': a day of the month that the end names."""
_A_WEEK: Final = timedelta(days=6)


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
    if len(parts) == 1:
        weeks = read_week(plain(text), today)
        if weeks:
            return Days(weeks[0], weeks[0] + _A_WEEK)
    first, last = _ends(parts[0], parts[-1], language, today)
    if last < first or last - first > LONGEST:
        raise ReadingError("reading.days")
    return Days(first, last)


def _ends(start: str, end: str, language: Language, today: date) -> tuple[date, date]:
    of_month = _DAY_OF_MONTH.fullmatch(start.strip()) if start != end else None
    if of_month is None:
        first = read_day(start, language, today)
        return first, read_day(end, language, first) if start != end else first
    last = read_day(end, language, today)
    day = int(of_month["day"])
    try:
        return (last if day <= last.day else add_months(last.replace(day=1), -1)).replace(day=day), last
    except ValueError as error:  # the 31st of a shorter month
        raise ReadingError("reading.days") from error
