"""Calendar files of the usual programs, hostile ones, and those of an independent library."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calendar.content_lines import NoCalendar, is_calendar
from knowledge.calendar.events import LeftOut, ReadCalendar
from knowledge.calendar.reading import MOST_OCCURRENCES, read_calendar
from tests.knowledge.calendar.files import EXCHANGE_INVITE, EXPECTED, GOOGLE, OUTLOOK, as_sent
from tests.properties import tries

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, now: datetime = NOW) -> ReadCalendar:
    """The file as it was sent."""
    return read_calendar(as_sent(text), now, BERLIN)


def told(calendar: ReadCalendar) -> list[str]:
    """Each occurrence in a line, in UTC."""
    return [f"{one.starts_at:%Y-%m-%dT%H:%M}/{one.ends_at:%H:%M} {one.title}" for one in calendar.occurrences]


def event(*lines: str, before: str = "") -> str:
    """A calendar with one event."""
    body = "\n".join(("UID:one", "DTSTAMP:20261101T000000Z", "SUMMARY:Termin", *lines))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{before}BEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize("program", EXPECTED)
def test_files_of_the_usual_programs_are_read_as_their_owners_see_them(program: str) -> None:
    text, expected = EXPECTED[program]
    calendar = read(text)
    assert told(calendar) == expected
    assert calendar.left_out == {}


@pytest.mark.parametrize("program", EXPECTED)
def test_what_is_read_survives_the_way_between_processes(program: str) -> None:
    calendar = read(EXPECTED[program][0])
    assert ReadCalendar.from_json(calendar.as_json()) == calendar


def test_place_and_link_are_read_without_their_escapes_and_folds() -> None:
    (one,) = read(OUTLOOK).occurrences
    assert one.place == "Microsoft Teams-Besprechung"
    assert one.link == "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%2Cdef%40thread.v2/0"


def test_days_run_from_midnight_to_midnight_of_the_person() -> None:
    (fair,) = (one for one in read(GOOGLE).occurrences if one.all_day)
    assert (fair.starts_at, fair.ends_at) == (
        datetime(2026, 11, 24, tzinfo=BERLIN), datetime(2026, 11, 26, tzinfo=BERLIN),
    )  # fmt: skip


def test_a_day_of_the_change_of_time_has_25_hours() -> None:
    (one,) = read(event("DTSTART;VALUE=DATE:20261025"), NOW - timedelta(days=20)).occurrences
    assert one.ends_at - one.starts_at == timedelta(hours=25)


def test_occurrences_keep_their_name_when_they_are_moved() -> None:
    names = [one.occurrence for one in read(EXCHANGE_INVITE).occurrences]
    assert names == ["20261020T080000Z", "20261027T090000Z", "20261110T090000Z"]


def test_a_cancelled_instance_is_told() -> None:
    (gone,) = read(EXCHANGE_INVITE).cancellations
    assert gone.occurrence == "20261103T090000Z"


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        ("Europe/Berlin", "09:00"),
        ("W. Europe Standard Time", "09:00"),
        ("Romance Standard Time", "09:00"),
        ("GMT Standard Time", "10:00"),
        ("Eastern Standard Time", "15:00"),
        ("/softwarestudio.org/Olson_20011030_5/America/New_York", "15:00"),
        ("europe/berlin", "09:00"),
        ("UTC", "10:00"),
        ("Nirgendwo/Niemals", "09:00"),  # read as if it had none
    ],
)
def test_zones_are_known_by_all_their_names(zone: str, starts_at: str) -> None:
    (one,) = read(event(f"DTSTART;TZID={zone}:20261119T100000")).occurrences
    assert f"{one.starts_at:%H:%M}" == starts_at


def rules(*parts: str) -> str:
    """A zone of the file's own."""
    return "BEGIN:VTIMEZONE\nTZID:Eigene Zeit\n" + "\n".join(parts) + "\nEND:VTIMEZONE\n"


def part(name: str, start: str, offset_from: str, offset_to: str, rule: str) -> str:
    """When the clock is changed in it."""
    lines = (f"DTSTART:{start}", f"TZOFFSETFROM:{offset_from}", f"TZOFFSETTO:{offset_to}", f"RRULE:{rule}")
    return "\n".join((f"BEGIN:{name}", *lines, f"END:{name}"))


def test_a_zone_that_nobody_knows_brings_its_rules() -> None:
    own = rules(
        part("STANDARD", "19701101T020000", "-0400", "-0500", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
        part("DAYLIGHT", "19700308T020000", "-0500", "-0400", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
    )
    winter = event("DTSTART;TZID=Eigene Zeit:20261119T100000", before=own)
    summer = event("DTSTART;TZID=Eigene Zeit:20270601T100000", before=own)
    assert [f"{read(text).occurrences[0].starts_at:%H:%M}" for text in (winter, summer)] == ["15:00", "14:00"]


def test_a_zone_without_a_change_is_a_distance() -> None:
    own = rules("BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD")
    (one,) = read(event("DTSTART;TZID=Eigene Zeit:20261119T100000", before=own)).occurrences
    assert f"{one.starts_at:%H:%M}" == "04:30"


def test_a_zone_whose_rule_never_ends_is_not_worked_out() -> None:
    own = rules(
        part("STANDARD", "19700101T000000", "+0100", "+0200", "FREQ=SECONDLY"),
        part("DAYLIGHT", "19700101T000000", "+0200", "+0100", "FREQ=SECONDLY"),
    )
    (one,) = read(event("DTSTART;TZID=Eigene Zeit:20261119T100000", before=own)).occurrences
    assert f"{one.starts_at:%H:%M}" == "09:00"


def test_the_calendars_zone_is_that_of_times_without_one() -> None:
    text = event("DTSTART:20261119T100000", before="X-WR-TIMEZONE:America/New_York\n")
    assert f"{read(text).occurrences[0].starts_at:%H:%M}" == "15:00"


def test_a_time_that_the_clock_jumps_over_comes_an_hour_later() -> None:
    (one,) = read(event("DTSTART;TZID=Europe/Berlin:20270328T023000", "DURATION:PT30M")).occurrences
    assert one.starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_the_window_ends_31_days_back_and_a_year_ahead() -> None:
    calendar = read(event("DTSTART:20200101T100000Z", "DTEND:20200101T103000Z", "RRULE:FREQ=WEEKLY"))
    assert calendar.occurrences[0].starts_at >= NOW - timedelta(days=32)
    assert calendar.occurrences[-1].starts_at < NOW + timedelta(days=366)
    assert len(calendar.occurrences) in (56, 57)
    assert read(event("DTSTART:20200101T100000Z")).left_out == {LeftOut.OUTSIDE: 1}


def test_from_one_occurrence_on_a_series_can_be_other() -> None:
    text = event("DTSTART:20261116T100000Z", "DTEND:20261116T110000Z", "RRULE:FREQ=DAILY;COUNT=4")
    change = (
        "BEGIN:VEVENT\nUID:one\nDTSTAMP:20261102T000000Z\nSUMMARY:Später\nRECURRENCE-ID;RANGE=THISANDFUTURE:"
        "20261118T100000Z\nDTSTART:20261118T120000Z\nDTEND:20261118T123000Z\nEND:VEVENT\nEND:VCALENDAR"
    )
    assert told(read(text.replace("END:VCALENDAR", change))) == [
        "2026-11-16T10:00/11:00 Termin",
        "2026-11-17T10:00/11:00 Termin",
        "2026-11-18T12:00/12:30 Später",
        "2026-11-19T12:00/12:30 Später",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=2",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55",
        "FREQ=YEARLY;BYMONTH=" + ",".join(["1"] * 400),
    ],
)
def test_a_series_that_never_stops_ends_at_a_limit(rule: str) -> None:
    begun = time.perf_counter()
    calendar = read(event("DTSTART:19000101T000000Z", f"RRULE:{rule}"))
    assert time.perf_counter() - begun < 10
    assert calendar.occurrences == ()
    assert sum(calendar.left_out.values()) == 1


def test_no_more_than_two_thousand_occurrences_are_taken_the_next_ones_first() -> None:
    series = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nDTSTART:20261101T{number:02}0000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
        for number in range(10)
    )
    calendar = read(f"BEGIN:VCALENDAR\n{series}END:VCALENDAR")
    assert len(calendar.occurrences) == MOST_OCCURRENCES
    assert calendar.left_out[LeftOut.TOO_MANY] > 1000
    assert calendar.complete == {}, "what is not whole takes nothing back"


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:gestern",),
        ("DTSTART:20261399T100000Z",),
        ("DTSTART:00010101T000000Z",),
        ("DTEND:20261119T100000Z",),
        ("DTSTART:20261119T100000Z", "RRULE:FREQ=NEVER"),
        ("DTSTART:20261119T100000Z", "RRULE:FREQ=DAILY;BYDAY=99XX"),
        ("DTSTART:20261119T100000Z", "RRULE:COUNT=3"),
    ],
)
def test_what_can_not_be_read_is_left_out_and_counted(lines: tuple[str, ...]) -> None:
    calendar = read(event(*lines))
    assert calendar.occurrences == ()
    assert calendar.left_out == {LeftOut.UNREADABLE: 1}


def test_one_crooked_line_spoils_nothing_else() -> None:
    text = OUTLOOK.replace("TRIGGER:-PT15M", "TRIGGER;;;:immer\nunsinn ohne alles\n:::").replace("PRIORITY:5", "PRIO")
    assert told(read(text)) == EXPECTED["Outlook"][1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Kostenart;Summe", b"BEGIN:VCARD\r\nEND:VCARD"])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    assert not is_calendar(content)
    with pytest.raises(NoCalendar):
        read_calendar(content, NOW, BERLIN)


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_codes_are_read_too(code: str) -> None:
    content = OUTLOOK.encode(code)
    assert is_calendar(content)
    assert read_calendar(content, NOW, BERLIN).occurrences[0].title.startswith("Angebot Schäfer")


def test_components_in_each_other_without_end_are_cut() -> None:
    deep = "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 50_000
    assert read(deep).occurrences == ()


@settings(max_examples=tries(60))
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode), st.integers(0, 900), st.integers(0, 400))
def test_no_file_raises_anything_but_that_it_is_none(noise: bytes, place: int, cut: int) -> None:
    whole = as_sent(EXCHANGE_INVITE)
    try:
        calendar = read_calendar(whole[:place] + noise + whole[place + cut :], NOW, BERLIN)
    except NoCalendar:
        return
    assert len(calendar.occurrences) <= MOST_OCCURRENCES
    assert ReadCalendar.from_json(calendar.as_json()) == calendar


RULES = st.one_of(
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};COUNT={}".format,
        st.integers(1, 3),
        st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR"]), min_size=1, max_size=3, unique=True).map(",".join),
        st.integers(1, 30),
    ),
    st.builds("FREQ=DAILY;INTERVAL={};UNTIL=20270{}15T120000Z".format, st.integers(1, 9), st.integers(1, 8)),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{};COUNT={}".format, st.sampled_from([-1, 1, 2, 3]), st.just("TH"), st.integers(1, 9)
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(-3, 31).filter(bool)),
)

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")


@settings(max_examples=tries(80))
@given(RULES, st.integers(0, 40), st.integers(4, 23), st.sampled_from(ZONES))
def test_series_are_worked_out_as_another_library_does(rule: str, days: int, hour: int, zone: str) -> None:
    """Not in the hours of the change of time, where that library takes the later one of an hour that comes twice."""
    start = datetime(2026, 10, 12) + timedelta(days=days, hours=hour, minutes=30)  # noqa: DTZ001 (on the clock)
    text = event(
        f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", "DURATION:PT45M", f"RRULE:{rule}",
        f"EXDATE;TZID={zone}:{start + timedelta(days=7):%Y%m%dT%H%M%S}",
    )  # fmt: skip
    ours = read(text)
    theirs = recurring_ical_events.of(icalendar.Calendar.from_ical(as_sent(text))).between(ours.start, ours.end)
    assert {one.starts_at for one in ours.occurrences} == {found["DTSTART"].dt.astimezone(UTC) for found in theirs}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=HOURLY;BYSETPOS=7",
        "FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=31;UNTIL=99991231T000000Z",
    ],
)
def test_rules_that_name_no_day_are_soon_over(rule: str) -> None:
    began = time.process_time()
    found = read(event("DTSTART:19900105T090000Z", "DURATION:PT1H", f"RRULE:{rule}"))
    assert time.process_time() - began < 5
    assert found.occurrences == ()


def test_a_leap_day_comes_back_in_the_right_year() -> None:
    leap_year = datetime(2028, 2, 1, tzinfo=UTC)
    found = read(event("DTSTART:20240229T090000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY"), leap_year)
    assert [one.starts_at for one in found.occurrences] == [datetime(2028, 2, 29, 9, tzinfo=UTC)]
