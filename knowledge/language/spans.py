"""Reads spans of the past as people type them: 'Oktober', '10/2026', 'Q3', '2025', '1.10. bis 15.10.', 'letzter Monat'.

What names no year is the latest one that has begun: in November 'Dezember' is last year's, 'Oktober' this year's.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from knowledge.language.date_words import MONTH, MONTHS, plain
from knowledge.language.days import read_day_phrase
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language

LONGEST_TEXT: Final = 60

Days = tuple[date, date]
"""The first and the last day, both included."""

_A_DAY: Final = timedelta(days=1)
_AHEAD: Final = timedelta(days=31)
"""A month that is running may be named to its end; what would end later has its days in the wrong order."""


def read_span(text: str, language: Language, today: date) -> Days:
    """The days that the whole of `text` names.

    Raises ReadingError, each with `text`: `reading.span` (not understood), `reading.span_backwards` (its end lies
    before its beginning), `reading.span_future` (it has not begun yet).
    """
    words = plain(text).strip(" .")
    try:
        found = next((days for read in _READERS if (days := read(words, today))), None) or _from_to(
            plain(text), language, today
        )
    except (ValueError, OverflowError, ReadingError) as error:  # month 13, 31.2.
        raise ReadingError("reading.span", text=text[:LONGEST_TEXT]) from error
    if found is None:
        raise ReadingError("reading.span", text=text[:LONGEST_TEXT])
    first, last = found
    if last < first:
        raise ReadingError("reading.span_backwards", text=text[:LONGEST_TEXT])
    if first > today:
        raise ReadingError("reading.span_future", text=text[:LONGEST_TEXT])
    return first, last


def month_around(day: date) -> Days:
    """The month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - _A_DAY


def quarter_around(day: date) -> Days:
    """The quarter of a day."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first, month_around(first + timedelta(days=70))[1]


def year_around(day: date) -> Days:
    """The year of a day."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def week_around(day: date) -> Days:
    """The week of a day, from Monday."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


_UNITS: Final[tuple[tuple[str, Callable[[date], Days]], ...]] = (
    ("woche|week", week_around),
    ("monat|month", month_around),
    ("quartal|quarter", quarter_around),
    ("jahr|year", year_around),
)
_NEARBY = re.compile(
    r"(?P<which>diese[rsmn]?|this|letzte[rsmn]?|vorige[rsmn]?|last) (?P<unit>"
    + "|".join(words for words, _ in _UNITS)
    + ")"
)
_YEAR = re.compile(r"(?:jahr |year )?(?P<year>20\d\d)")
_QUARTER = re.compile(r"(?:q ?(?P<a>[1-4])|(?P<b>[1-4])\.? ?quartal|quarter (?P<c>[1-4]))(?:[ /]+(?P<year>20\d\d))?")
_MONTH_BY_NAME = re.compile(rf"(?P<month>{MONTH})\.?(?: (?P<year>20\d\d))?")
_MONTH_BY_NUMBER = re.compile(r"(?P<month>\d\d?)[./](?P<year>20\d\d)")
_MONTH_ISO = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)")
_BETWEEN = re.compile(r" ?(?:\bbis(?: zum)?\b|\bto\b|\buntil\b|–|—|\.\.\.?| - |(?<=\.)-) ?")
_SINCE = re.compile(r"(?:seit(?: dem)?|since|ab(?: dem)?) (?P<day>.+)")
_HAS_YEAR = re.compile(r"\b\d{4}\b|\d[./]\d\d?[./]\d\d$")


def _nearby(text: str, today: date) -> Days | None:
    match = _NEARBY.fullmatch(text)
    if match is None:
        return None
    around = next(unit for words, unit in _UNITS if match["unit"] in words.split("|"))
    this = around(today)
    return this if match["which"].startswith(("d", "t")) else around(this[0] - _A_DAY)


def _year(text: str, _: date) -> Days | None:
    match = _YEAR.fullmatch(text)
    return year_around(date(int(match["year"]), 1, 1)) if match else None


def _quarter(text: str, today: date) -> Days | None:
    match = _QUARTER.fullmatch(text)
    if match is None:
        return None
    month = 3 * int(match["a"] or match["b"] or match["c"]) - 2
    return quarter_around(_latest(match["year"], month, today))


def _month(text: str, today: date) -> Days | None:
    match = _MONTH_BY_NAME.fullmatch(text) or _MONTH_BY_NUMBER.fullmatch(text) or _MONTH_ISO.fullmatch(text)
    if match is None:
        return None
    return month_around(_latest(match["year"], MONTHS.get(match["month"]) or int(match["month"]), today))


def _latest(year: str | None, month: int, today: date) -> date:
    if year:
        return date(int(year), month, 1)
    this = date(today.year, month, 1)
    return this if this <= today else date(today.year - 1, month, 1)


_READERS: Final = (_nearby, _year, _quarter, _month)


def _from_to(text: str, language: Language, today: date) -> Days | None:
    """Two days with a word or a dash between them, one since which, or one alone."""
    since = _SINCE.fullmatch(text)
    if since is not None:
        first = _begun(since["day"], language, today)
        return (first, today) if first else None
    for cut in _BETWEEN.finditer(text):
        first = _begun(text[: cut.start()], language, today)
        last = first and read_day_phrase(text[cut.end() :].strip(), language, first)
        if first and last:
            is_far = last - today > _AHEAD and not _HAS_YEAR.search(text[cut.end() :].strip())
            return first, first - _A_DAY if is_far else last
    day = _begun(text, language, today)
    return (day, day) if day else None


def _begun(text: str, language: Language, today: date) -> date | None:
    """The day; one without a year is the latest that has begun."""
    words = text.strip()
    days = list(_readings(words, language, today))
    if not days:
        return None
    return days[0] if _HAS_YEAR.search(words) else max((day for day in days if day <= today), default=days[0])


def _readings(words: str, language: Language, today: date) -> Iterator[date]:
    """The day as it is read from today on, and from a year before on."""
    for start in (today, today - timedelta(days=365)):
        if (day := read_day_phrase(words, language, start)) is not None:
            yield day
