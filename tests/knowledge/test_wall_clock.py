"""From the clock on the wall to the moment, also where the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from knowledge.wall_clock import day_span, moment_of

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "utc"),
    [
        (date(2026, 11, 16), time(18), "Europe/Berlin", datetime(2026, 11, 16, 17, tzinfo=UTC)),
        (date(2026, 7, 16), time(18), "Europe/Berlin", datetime(2026, 7, 16, 16, tzinfo=UTC)),
        (date(2026, 11, 16), time(18), "Asia/Tokyo", datetime(2026, 11, 16, 9, tzinfo=UTC)),
        (SPRING, time(1, 59), "Europe/Berlin", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (SPRING, time(2, 30), "Europe/Berlin", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # the clock shows 03:30
        (SPRING, time(3), "Europe/Berlin", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(2, 30), "Europe/Berlin", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # the first of the two
        (AUTUMN, time(3), "Europe/Berlin", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_one_moment(day: date, clock: time, zone: str, utc: datetime) -> None:
    assert moment_of(day, clock, zone) == utc


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 11, 16), 24), (SPRING, 23), (AUTUMN, 25)])
def test_a_day_of_the_change_is_an_hour_shorter_or_longer(day: date, hours: int) -> None:
    start, end = day_span(day, "Europe/Vienna")
    assert end - start == timedelta(hours=hours)
