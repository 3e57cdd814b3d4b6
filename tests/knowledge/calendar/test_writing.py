"""The calendar file that the bot writes, read by other libraries and by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.tz import tzical

from knowledge.calendar.events import CalendarEntry, stamp_of
from knowledge.calendar.reading import read_calendar
from knowledge.calendar.writing import write_calendar

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

VISIT = CalendarEntry(
    uid="abc@roter-faden",
    occurrence="",
    stamp=stamp_of(3, NOW),
    title="Besuch Schäfer, Linie 2; „neu“ \\ mit sehr langem Titel, der über mehr als eine Zeile der Datei geht",
    place="Hafenstraße 4, Ulm",
    about="Besuch mit Schäfer KG",
    starts_at=datetime(2026, 11, 19, 9, 30, tzinfo=UTC),
    ends_at=datetime(2026, 11, 19, 10, 0, tzinfo=UTC),
    all_day=False,
)
IN_SUMMER = replace(
    VISIT, uid="def@roter-faden",
    starts_at=datetime(2027, 6, 1, 8, 0, tzinfo=UTC), ends_at=datetime(2027, 6, 1, 9, 0, tzinfo=UTC),
)  # fmt: skip
FAIR = replace(
    VISIT, uid="fair@roter-faden", all_day=True, title="Messe",
    starts_at=datetime(2026, 11, 24, tzinfo=BERLIN), ends_at=datetime(2026, 11, 26, tzinfo=BERLIN),
)  # fmt: skip


def written(*entries: CalendarEntry, zone: str = "Europe/Berlin", alarm: int = 15) -> bytes:
    """The file."""
    return write_calendar(entries, zone, NOW, alarm)


def test_another_library_reads_the_same_moments_and_words() -> None:
    calendar = icalendar.Calendar.from_ical(written(VISIT, IN_SUMMER, FAIR))
    found = recurring_ical_events.of(calendar).between(NOW, NOW + timedelta(days=366))
    by_uid = {str(event["UID"]): event for event in found}
    for entry in (VISIT, IN_SUMMER):
        event = by_uid[entry.uid]
        assert event["DTSTART"].dt.astimezone(UTC) == entry.starts_at
        assert event["DTEND"].dt.astimezone(UTC) == entry.ends_at
        assert str(event["SUMMARY"]) == entry.title
        assert str(event["LOCATION"]) == entry.place
        assert int(event["SEQUENCE"]) == 3
    assert (str(by_uid["fair@roter-faden"]["DTSTART"].dt), str(by_uid["fair@roter-faden"]["DTEND"].dt)) == (
        "2026-11-24", "2026-11-26",
    )  # fmt: skip


def test_the_alarm_comes_when_the_briefing_does() -> None:
    calendar = icalendar.Calendar.from_ical(written(VISIT, alarm=30))
    (alarm,) = calendar.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-30)
    assert b"VALARM" not in written(VISIT, alarm=0)
    assert b"VALARM" not in written(FAIR), "nobody wants to be woken at a quarter to twelve at night"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "UTC"])
def test_the_zones_rules_come_along_and_say_what_the_zone_says(zone: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "week.ics"
    file.write_bytes(written(VISIT, IN_SUMMER, zone=zone).replace(b"\r\n ", b""))
    told = tzical(str(file)).get(zone)
    for day in range(0, 400, 7):
        moment = datetime(2026, 11, 16, 12, 30) + timedelta(days=day)  # noqa: DTZ001 (on the clock)
        assert moment.replace(tzinfo=told).utcoffset() == moment.replace(tzinfo=ZoneInfo(zone)).utcoffset(), moment


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    content = written(VISIT)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_bot_reads_its_own_file_as_it_was() -> None:
    calendar = read_calendar(written(VISIT, IN_SUMMER, FAIR, zone="Europe/London"), NOW, BERLIN)
    timed = [one for one in calendar.occurrences if not one.all_day]
    assert [(one.uid, one.starts_at, one.ends_at, one.title, one.place) for one in timed] == [
        (entry.uid, entry.starts_at, entry.ends_at, entry.title, entry.place) for entry in (VISIT, IN_SUMMER)
    ]


@pytest.mark.parametrize("name", ["20261119T093000Z", "20261119"])
def test_one_of_a_series_goes_out_under_its_name(name: str) -> None:
    one = replace(VISIT, occurrence=name, all_day=len(name) == 8)
    (read,) = read_calendar(written(one), NOW, BERLIN).occurrences
    assert read.occurrence == name
