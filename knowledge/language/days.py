"""One day as people type it: 'morgen', 'nächsten Dienstag', '12.12.', 'Fr., 20.11.', 'in 2 Wochen', 'Dec 12'.

Each function reads one manner of naming a day and gives None where the text is in another. Texts come in the
spelling of `date_words.plain`. Decisions where usage wavers, all of them read back before anything is kept:

- A weekday, with or without 'nächsten' or 'next', is the first after today; 'diesen' and 'this' may be today.
- A date without a year is the next one, today included; with a year it may have passed.
- '3/4/2026' is day first in German; in English it is refused when it could be two days.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from knowledge.language.date_words import (
    AFTER_NEXT,
    COUNT,
    MONTH,
    MONTHS,
    NEXT,
    THIS,
    WEEKDAY,
    WEEKDAYS,
    count,
)
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.periods import add_months, full_year, read_period, read_week


def read_day_phrase(text: str, language: Language, today: date) -> date | None:
    """The day that the whole of `text` names, or None.

    Raises ReadingError `reading.day_impossible`, `reading.day_ambiguous` (`first`, `second`: the two days) or
    `reading.day_weekday` (`day`: the date whose weekday is another one).
    """
    text = _LEADING.sub("", text)
    try:
        day = (
            _near(text, today)
            or _weekday(text, today)
            or _offset(text, language, today)
            or _weekday_of_week(text, today)
            or _calendar_date(text, language, today)
            or read_period(text, today)
        )
    except (ValueError, OverflowError) as error:  # 31.2., or beyond the calendar
        raise ReadingError("reading.day_impossible") from error
    if day is not None and not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
        raise ReadingError("reading.day_impossible")
    return day


def _near(text: str, today: date) -> date | None:
    ahead = _NEAR.get(text)
    return None if ahead is None else today + timedelta(days=ahead)


def _weekday(text: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    if match["this"]:
        return _first_weekday(today, match["weekday"])
    first = _first_weekday(today + timedelta(days=1), match["weekday"])
    return first + timedelta(weeks=1) if match["after_next"] else first


def _offset(text: str, language: Language, today: date) -> date | None:
    """'in 2 Wochen', 'morgen in einer Woche', '3 days from now', 'Dienstag in zwei Wochen'."""
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _OFFSETS)), None)
    if match is None:
        return None
    start = read_day_phrase(match["start"], language, today) if match["start"] else today
    if start is None:
        return None
    number = count(match["count"])
    unit = match["unit"][0]
    if unit in "dt":
        return start + timedelta(days=number)
    if unit in "wf":
        return start + timedelta(weeks=number * (2 if unit == "f" else 1))
    if match["half"]:
        return add_months(start, 6)
    return add_months(start, number * (1 if unit == "m" else 12))


def _weekday_of_week(text: str, today: date) -> date | None:
    """'Dienstag nächster Woche', 'KW 8 Dienstag'."""
    match = _WEEKDAY_THEN_WEEK.fullmatch(text) or _WEEK_THEN_WEEKDAY.fullmatch(text)
    if match is None:
        return None
    ahead = timedelta(days=WEEKDAYS[match["weekday"]])
    days = [monday + ahead for monday in read_week(match["week"], today)]
    return next((day for day in days if day >= today or len(days) == 1), None)


def _calendar_date(text: str, language: Language, today: date) -> date | None:
    weekday, rest = None, text
    match = _WITH_WEEKDAY.fullmatch(text)
    if match:
        weekday, rest = WEEKDAYS[match["weekday"]], match["rest"]
    day = _iso(rest) or _day_and_month(rest, today) or _slashed(rest, language, today) or _day_of_month(rest, today)
    if day is not None and weekday is not None and day.weekday() != weekday:
        raise ReadingError("reading.day_weekday", day=day)
    return day


def _iso(text: str) -> date | None:
    match = _ISO.fullmatch(text)
    return date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _day_and_month(text: str, today: date) -> date | None:
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _DAY_AND_MONTH)), None)
    if match is None:
        return None
    month = MONTHS.get(match["month"]) or int(match["month"])
    return _with_year(match["year"], month, int(match["day"]), today)


def _slashed(text: str, language: Language, today: date) -> date | None:
    match = _SLASHED.fullmatch(text)
    if match is None or (match["mark"] == "-" and not match["year"]):
        return None
    day_first = _possible(match["year"], int(match["b"]), int(match["a"]), today)
    month_first = _possible(match["year"], int(match["a"]), int(match["b"]), today)
    if language is Language.EN and day_first and month_first and match["a"].lstrip("0") != match["b"].lstrip("0"):
        raise ReadingError("reading.day_ambiguous", first=day_first, second=month_first)
    if not (day_first or month_first):
        raise ValueError("neither order is a date")
    return day_first or month_first


def _day_of_month(text: str, today: date) -> date | None:
    """'12.' or 'the 12th': the next day of that number."""
    match = _ORDINAL.fullmatch(text)
    if match is None:
        return None
    months = (add_months(today.replace(day=1), ahead) for ahead in range(12))
    return _first_possible(((month.year, month.month) for month in months), int(match["day"]), today)


def _possible(year: str | None, month: int, day: int, today: date) -> date | None:
    try:
        return _with_year(year, month, day, today)
    except ValueError:
        return None


def _with_year(year: str | None, month: int, day: int, today: date) -> date:
    """The date in its year, else the next one from today on. Raises ValueError where the calendar has none."""
    if year:
        return date(full_year(year), month, day)
    return _first_possible(((today.year, month), (today.year + 1, month)), day, today)


def _first_possible(months: Iterable[tuple[int, int]], day: int, today: date) -> date:
    for year, month in months:
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise ValueError("no such day within a year")


def _first_weekday(start: date, name: str) -> date:
    return start + timedelta(days=(WEEKDAYS[name] - start.weekday()) % 7)


_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199  # other years are slips of the finger
_LEADING = re.compile(r"^(?:(?:am|an|on|bis|by|zum|den|dem|the|ab|at|spaetestens) )+")
_NEAR = {
    "heute": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "uebermorgen": 2,
    "day after tomorrow": 2,
    "gestern": -1,
    "yesterday": -1,
    "vorgestern": -2,
    "day before yesterday": -2,
}  # fmt: skip
_WEEKDAY = re.compile(
    rf"(?:(?P<this>{THIS}) |(?P<after_next>{AFTER_NEXT}) |(?:{NEXT}|coming) )?(?P<weekday>{WEEKDAY})\.?"
)
_UNIT = r"(?P<unit>tage?n?|days?|wochen?|weeks?|fortnight|monate?n?|months?|jahre?n?|years?)"
_OFFSETS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?P<start>\S+) )?in (?P<count>{COUNT}) (?P<half>halben )?{_UNIT}",
        r"(?:(?P<start>\S+) )?in (?P<half>half) (?P<count>an?) (?P<unit>year)",
        rf"(?P<half>)(?P<count>{COUNT}) {_UNIT} from (?:now|(?P<start>.+))",
    )
)
_WEEKDAY_THEN_WEEK = re.compile(rf"(?P<weekday>{WEEKDAY})\.? (?P<week>.+)")
_WEEK_THEN_WEEKDAY = re.compile(rf"(?P<week>.+?) (?:am |on )?(?P<weekday>{WEEKDAY})\.?")
_WITH_WEEKDAY = re.compile(rf"(?P<weekday>{WEEKDAY})\.? (?:(?:am|den|dem|der|the) )*(?P<rest>.+)")
_DAY, _TWO_OR_FOUR = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4}|[0-9]{2})"
_ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-{_DAY}")
_DAY_AND_MONTH = (
    re.compile(rf"{_DAY}\. ?(?P<month>[0-9]{{1,2}})(?:\.?|\. ?{_TWO_OR_FOUR})"),
    re.compile(rf"{_DAY}(?:\.|st|nd|rd|th)? ?(?:of )?(?P<month>{MONTH})\.?(?: '?{_TWO_OR_FOUR})?"),
    re.compile(rf"(?P<month>{MONTH})\.? (?:the )?{_DAY}(?:st|nd|rd|th)?(?: {_TWO_OR_FOUR})?"),
)
# With dashes only beside a year: 10-12 is rather a span.
_SLASHED = re.compile(rf"(?P<a>[0-9]{{1,2}})(?P<mark>[/-])(?P<b>[0-9]{{1,2}})(?:(?P=mark){_TWO_OR_FOUR})?")
_ORDINAL = re.compile(rf"{_DAY}(?:\.|st|nd|rd|th)")
