"""What mails, old phones and web services do to calendar files before somebody sends them on."""

import quopri
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.calendar.events import Occurrence
from knowledge.calendar.reading import read_calendar
from tests.knowledge.calendar.files import EXCHANGE_INVITE, as_sent

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(content: bytes, now: datetime = NOW) -> tuple[Occurrence, ...]:
    return read_calendar(content, now, BERLIN).occurrences


def event(*lines: str) -> str:
    """A calendar with one event, its lines ended by LF."""
    body = "\n".join(("UID:one", "DTSTAMP:20261101T000000Z", "DURATION:PT1H", *lines))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n"


def test_a_fold_within_a_letter_spoils_neither_it_nor_the_others() -> None:
    whole = as_sent(event("DTSTART:20261120T100000Z", "SUMMARY:Größe für Schäfer"))
    for place in range(whole.index(b"Gr"), whole.index(b"fer")):
        (one,) = read(whole[:place] + b"\r\n " + whole[place:])
        assert one.title == "Größe für Schäfer"


@pytest.mark.parametrize("fold", ["\r\n ", "\r\n\t", "\n ", "\r ", "\r\t"])
def test_every_fold_is_unfolded(fold: str) -> None:
    text = event("DTSTART:20261120T100000Z", f"SUMMARY:Ange{fold}bot")
    assert [one.title for one in read(text.encode())] == ["Angebot"]


def test_an_invitation_from_the_source_of_a_mail_is_read_as_itself() -> None:
    written = quopri.encodestring(as_sent(EXCHANGE_INVITE).replace(b"\r\n", b"\n"))
    assert b"=3D" in written
    assert read(written) == read(as_sent(EXCHANGE_INVITE))


@pytest.mark.parametrize(
    "summary",
    [
        "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gespr=C3=A4ch mit M=C3=BCller",
        "SUMMARY;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Gespr=E4ch =\nmit M=FCller",
        "SUMMARY;ENCODING=QUOTED-PRINTABLE:Gespr=C3=A4ch=\n mit M=C3=\n=BCller",
        "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=unknown:Gespr=E4ch mit M=FCller",
    ],
)
def test_letters_of_vcalendar_files_are_read(summary: str) -> None:
    (one,) = read(as_sent(event(summary, "DTSTART:20261120T100000Z")))
    assert one.title == "Gespräch mit Müller"


def test_an_equals_sign_at_the_end_of_a_line_is_only_a_sign() -> None:
    (one,) = read(as_sent(event("SUMMARY:a + b =", "LOCATION:Halle 7", "DTSTART:20261120T100000Z")))
    assert (one.title, one.place) == ("a + b =", "Halle 7")


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("(UTC+01:00) Belgrad, Bratislava, Budapest, Ljubljana, Prag", 8),
        ("(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna", 8),
        ("(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", 7),
        ("(UTC-05:00) Eastern Time (US & Canada)", 14),
        ("(UTC) Coordinated Universal Time", 10),
        ("tzone://Microsoft/Utc", 10),
        ("EST5EDT", 14),
        ("GMT+0100", 9),
        ("UTC-3", 13),
        ("(UTC+05:45) Somewhere", 4),
        ("Customized Time Zone", 8),
    ],
)
def test_zones_that_come_without_their_rules(zone: str, hour: int) -> None:
    july = datetime(2026, 7, 1, tzinfo=UTC)
    (one,) = read(as_sent(event(f'DTSTART;TZID="{zone}":20260703T100000')), july)
    assert one.starts_at.hour == hour


def test_a_shown_name_with_rules_of_its_own_keeps_them() -> None:
    rules = (
        "BEGIN:VTIMEZONE\nTZID:GMT+1 with summer\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\n"
        "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
        "DTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
        "END:DAYLIGHT\nEND:VTIMEZONE\nBEGIN:VEVENT"
    )
    text = event("DTSTART;TZID=GMT+1 with summer:20260703T100000").replace("BEGIN:VEVENT", rules)
    (one,) = read(as_sent(text), datetime(2026, 7, 1, tzinfo=UTC))
    assert one.starts_at.hour == 8


def test_the_way_into_the_meeting_goes_before_the_way_to_its_help() -> None:
    join = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0"
    about = f"DESCRIPTION:Brauchst du Hilfe?<https://aka.ms/JoinTeamsMeeting>\\nTeilnehmen<{join}>"
    (one,) = read(as_sent(event(about, "LOCATION:https://maps.example/halle-7", "DTSTART:20261120T100000Z")))
    assert one.link == join
