"""To which summary's day a moment belongs: weekends, holidays, changed clocks, and the very minute it is due."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reporting_days import ReportingDays
from knowledge.working_days import WorkingDays

BERLIN = ZoneInfo("Europe/Berlin")


def days_of(region: str = "DE", at: time = time(18), zone: str = "Europe/Berlin") -> ReportingDays:
    return ReportingDays(zone, at, WorkingDays(region=region).works)


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (berlin(2026, 11, 20, 17, 59), date(2026, 11, 20)),
        (berlin(2026, 11, 20, 18, 0), date(2026, 11, 23)),
        (berlin(2026, 11, 21, 12, 0), date(2026, 11, 23)),
        (berlin(2026, 11, 22, 23, 59), date(2026, 11, 23)),
        (berlin(2026, 11, 23, 17, 59, 59), date(2026, 11, 23)),
    ],
)
def test_what_happens_after_fridays_summary_belongs_to_monday(moment: datetime, day: date) -> None:
    assert days_of().reporting_day(moment) == day


def test_a_holiday_of_the_region_hands_on_to_the_next_day() -> None:
    corpus_christi = berlin(2026, 6, 4, 10, 0)
    assert days_of("DE-BY").reporting_day(corpus_christi) == date(2026, 6, 5)
    assert days_of("DE-BE").reporting_day(corpus_christi) == date(2026, 6, 4)


def test_the_span_of_a_monday_reaches_back_to_friday() -> None:
    start, end = days_of().span(date(2026, 11, 23))
    assert (start, end) == (berlin(2026, 11, 20, 18), berlin(2026, 11, 23, 18))
    assert start.tzinfo is UTC


@pytest.mark.parametrize(("monday", "hours"), [(date(2026, 3, 30), 71), (date(2026, 10, 26), 73)])
def test_where_the_clock_is_changed_the_span_is_an_hour_shorter_or_longer(monday: date, hours: int) -> None:
    start, end = days_of().span(monday)
    assert end - start == timedelta(hours=hours)


def test_a_team_that_never_works_has_a_summary_every_day() -> None:
    days = ReportingDays("Europe/Berlin", time(18), lambda _: False)
    assert days.reporting_day(berlin(2026, 11, 21, 12, 0)) == date(2026, 11, 21)


moments = st.integers(0, 4 * 366 * 86_400).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(
    st.lists(moments, min_size=1, max_size=20),
    st.sampled_from(["DE-BY", "AT-9", "CH-ZH"]),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_each_moment_lies_in_the_span_of_its_day_in_whatever_order_they_are_asked_for(
    asked: list[datetime], region: str, at: time
) -> None:
    days = days_of(region, at)
    for moment in asked:
        day = days.reporting_day(moment)
        start, end = days.span(day)
        assert start <= moment < end
        assert days.is_working_day(day)


def test_the_spans_of_a_year_follow_one_another_without_a_gap() -> None:
    days = days_of("DE-BY")
    day, listed = date(2026, 1, 7), []
    while day < date(2027, 1, 10):
        listed.append(days.span(day))
        day = days.after(day)
    assert all(end == start for (_, end), (start, _) in pairwise(listed))
