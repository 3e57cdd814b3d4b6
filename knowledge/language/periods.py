"""Weeks, months, quarters and years as people name them: 'Anfang Januar', 'Ende des Monats', 'KW 8', 'next week'.

A period alone means its first day (of a week the Monday). Where the words leave the year open, the next such day
that has not passed is meant.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from knowledge.language.date_words import AFTER_NEXT, COUNT, MONTH, MONTHS, NEXT, THIS, count


class Period(NamedTuple):
    """A stretch of the calendar, by those of its days that have a name."""

    start: date
    middle: date
    end: date


def read_period(text: str, today: date) -> date | None:
    """The day that `text`, in the spelling of `date_words.plain`, names by a period; None when it names none."""
    for pattern, periods in _PERIODS:
        match = pattern.fullmatch(text)
        if match:
            days = [_day_of(period, match["part"]) for period in periods(match, today)]
            if match.groupdict().get("year"):
                return days[0] if days else None
            return next((day for day in days if day >= today), None)
    return None


def read_week(text: str, today: date) -> list[date]:
    """The Mondays of the weeks that `text` can mean ('naechste woche', 'in 2 wochen', 'kw 8'), in order, if any."""
    match = _WEEK.fullmatch(text)
    if match:
        return [monday_of(today) + timedelta(weeks=_step(match["which"]))]
    match = _WEEKS_AHEAD.fullmatch(text)
    if match:
        return [monday_of(today) + timedelta(weeks=count(match["count"]))]
    match = _NUMBERED_WEEK.fullmatch(text)
    if match is None:
        return []
    years = [full_year(match["year"])] if match["year"] else [today.isocalendar().year + step for step in (0, 1)]
    mondays = []
    for year in years:
        try:
            mondays.append(date.fromisocalendar(year, int(match["number"] or match["ordinal"]), 1))
        except ValueError:  # a week 53 in a year of 52 weeks
            continue
    return [monday for monday in mondays if match["year"] or monday >= monday_of(today)]


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month. Raises ValueError beyond year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1).replace(day=min(day.day, monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def full_year(digits: str) -> int:
    """'26' and '2026' are the same year."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_of(period: Period, part: str | None) -> date:
    if part and re.fullmatch(_END, part):
        return period.end
    if part and re.fullmatch(_MIDDLE, part):
        return period.middle
    return period.start


def _step(which: str | None) -> int:
    """0 for this one, 1 for the next, 2 for the one after."""
    if not which or re.fullmatch(THIS, which):
        return 0
    return 2 if re.fullmatch(AFTER_NEXT, which) else 1


def _week(monday: date) -> Period:
    return Period(monday, monday + timedelta(days=2), monday + timedelta(days=4))


def _months(first: date, count: int) -> Period:
    """`count` months from the first of a month; the middle is the 15th of the middle one."""
    return Period(
        first, add_months(first, (count - 1) // 2).replace(day=15), add_months(first, count) - timedelta(days=1)
    )


def _numbered_weeks(match: re.Match[str], today: date) -> Iterator[Period]:
    for monday in read_week(match["week"], today):
        week = _week(monday)
        # In the week itself its Monday has passed; what is meant is from now on.
        yield week._replace(start=max(monday, today)) if monday_of(today) == monday and not match["year"] else week


def _relative_periods(match: re.Match[str], today: date) -> Iterator[Period]:
    unit, step = (match["unit"] or match["compound"])[0], _step(match["which"])
    for ahead in (step, step + 1) if step == 0 else (step,):
        if unit == "w":
            yield _week(monday_of(today) + timedelta(weeks=ahead))
        else:
            months = {"m": 1, "q": 3, "j": 12, "y": 12}[unit]
            this_first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
            yield _months(add_months(this_first, ahead * months), months)


def _named_months(match: re.Match[str], today: date) -> Iterator[Period]:
    for year in _years(match, today):
        yield _months(date(year, MONTHS[match["month"]], 1), 1)


def _numbered_quarters(match: re.Match[str], today: date) -> Iterator[Period]:
    for year in _years(match, today):
        yield _months(date(year, int(match["quarter"]) * 3 - 2, 1), 3)


def _calendar_years(match: re.Match[str], today: date) -> Iterator[Period]:
    for year in _years(match, today):
        yield _months(date(year, 1, 1), 12)


def _years(match: re.Match[str], today: date) -> list[int]:
    return [full_year(match["year"])] if match["year"] else [today.year, today.year + 1]


_START, _MIDDLE, _END = "anfang|beginn|beginning of|start of|early", "mitte|middle of|mid", "ende|end of"
_PART = rf"(?P<part>{_START}|{_MIDDLE}|{_END})[ -]"
_MAYBE_PART = rf"(?:in )?(?:{_PART})?(?:(?:des|der|dem|the|of) )*"
_WHICH = rf"(?P<which>{AFTER_NEXT}|{NEXT}|{THIS})"
_UNIT = r"(?P<unit>woche|week|monats?|month|quartals?|quarter|jahr(?:e?s)?|year)"
_YEAR = r"(?:(?: ?/ ?| )(?P<year>20[0-9]{2}|[0-9]{2}))"
_FULL_YEAR = r"(?P<year>20[0-9]{2})"
_WEEK_NAME = r"(?:kw|cw|wk|kalenderwoche|calendar week|week|woche)"

_WEEK = re.compile(rf"(?:(?:in|der|the|of) )*{_WHICH} (?:woche|week)")
_WEEKS_AHEAD = re.compile(rf"in (?P<count>{COUNT}) (?:wochen?|weeks?)")
_NUMBER_OF_WEEK = rf"(?:{_WEEK_NAME}\.? ?(?P<number>[0-9]{{1,2}})|(?P<ordinal>[0-9]{{1,2}})\. ?(?:kw|kalenderwoche))"
_NUMBERED_WEEK = re.compile(rf"(?:(?:in|der|the|of) )*{_NUMBER_OF_WEEK}{_YEAR}?")

_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Iterator[Period]]], ...] = (
    (re.compile(rf"{_MAYBE_PART}(?P<week>{_NUMBER_OF_WEEK}{_YEAR}?)"), _numbered_weeks),
    (re.compile(rf"{_MAYBE_PART}(?P<compound>){_WHICH} {_UNIT}"), _relative_periods),
    (re.compile(rf"{_PART}(?P<compound>)(?:(?:des|der|the) )*(?P<which>){_UNIT}"), _relative_periods),
    (
        re.compile(r"(?P<unit>)(?P<which>)(?P<compound>monats|quartals|jahres)(?P<part>anfang|mitte|ende)"),
        _relative_periods,
    ),
    (re.compile(rf"{_PART}(?:(?:des|of) )*(?P<month>{MONTH})\.?(?: {_FULL_YEAR})?"), _named_months),
    (re.compile(rf"(?P<part>)(?:im|in) (?P<month>{MONTH})\.?(?: {_FULL_YEAR})?"), _named_months),
    (re.compile(rf"(?P<part>)(?P<month>{MONTH})\.? {_FULL_YEAR}"), _named_months),
    (re.compile(rf"{_MAYBE_PART}q ?(?P<quarter>[1-4]){_YEAR}?"), _numbered_quarters),
    (re.compile(rf"{_PART}{_FULL_YEAR}"), _calendar_years),
)
