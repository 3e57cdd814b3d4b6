"""Working days: weekdays, holidays of the region, half-holidays and the team's own days off."""

from datetime import date, timedelta

import pytest

from knowledge.working_days import WorkingDays, holidays_of

BAVARIA = WorkingDays(region="DE-BY")
VIENNA = WorkingDays(region="AT-9")
ZURICH = WorkingDays(region="CH-ZH")


@pytest.mark.parametrize(
    ("region", "day", "works"),
    [
        ("DE-BY", date(2027, 5, 27), False),  # Fronleichnam
        ("DE", date(2027, 5, 27), True),  # not in the whole country
        ("DE-BE", date(2027, 5, 27), True),
        ("DE-BY", date(2027, 1, 6), False),  # Heilige Drei Könige
        ("DE-BY", date(2027, 3, 26), False),  # Karfreitag
        ("AT-9", date(2027, 3, 26), True),  # no holiday in Austria
        ("AT-9", date(2027, 5, 27), False),
        ("AT-9", date(2026, 12, 8), False),  # Mariä Empfängnis
        ("AT-9", date(2026, 10, 26), False),  # Nationalfeiertag
        ("AT-9", date(2026, 10, 1), True),
        ("CH-ZH", date(2029, 1, 2), False),  # Berchtoldstag
        ("CH-ZH", date(2027, 4, 19), True),  # Sechseläuten is a custom
        ("CH-ZH", date(2028, 5, 1), False),  # Tag der Arbeit
        ("CH-ZH", date(2027, 5, 27), True),  # no Fronleichnam in Zürich
        ("CH-LU", date(2027, 5, 27), False),
        ("de-by", date(2027, 5, 27), False),  # as somebody may have typed it
        ("DE", date(2027, 5, 17), False),  # Pfingstmontag
        ("DE", date(2027, 5, 15), True),
    ],
)
def test_holidays_are_those_of_the_region(region: str, day: date, works: bool) -> None:
    assert WorkingDays(frozenset(range(1, 8)), region).works(day) is works


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31)])
def test_half_holidays_are_free_unless_the_team_works_on_them(day: date) -> None:
    assert not WorkingDays().works(day)
    assert WorkingDays(half_holidays_off=False).works(day)


def test_a_team_may_work_on_saturdays_and_take_a_day_off() -> None:
    saturday, bridge = date(2026, 11, 21), date(2027, 5, 28)
    assert not BAVARIA.works(saturday)
    assert WorkingDays(frozenset({2, 3, 4, 5, 6})).works(saturday)
    assert BAVARIA.works(bridge)
    assert not WorkingDays(region="DE-BY", days_off=frozenset({bridge})).works(bridge)


def test_the_next_working_day_passes_over_what_is_free() -> None:
    christmas = WorkingDays(region="AT-9")
    assert christmas.next_after(date(2026, 12, 23)) == date(2026, 12, 28)
    assert BAVARIA.next_after(date(2026, 11, 20)) == date(2026, 11, 23)


def test_who_never_works_has_no_next_working_day() -> None:
    assert WorkingDays(frozenset()).next_after(date(2026, 11, 20)) is None


@pytest.mark.parametrize(("typed", "meant"), [("DE-XX", "DE"), ("AT-10", "AT"), ("CH-", "CH")])
def test_an_unknown_part_counts_as_the_country(typed: str, meant: str) -> None:
    assert holidays_of(typed, 2027) == holidays_of(meant, 2027)


def test_an_unknown_country_has_no_holidays() -> None:
    assert holidays_of("ZZ", 2027) == frozenset()


def test_every_year_of_a_region_has_its_days() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert sum(map(VIENNA.works, days)) == 249  # 261 weekdays, ten holidays on them, two half ones
    assert sum(map(ZURICH.works, days)) == 251  # eight and two
