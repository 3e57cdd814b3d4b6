"""Calendar files in the chat: taken over once, followed when they change, given out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.late.files import FileMaker
from bot.storage.store import SqlStore
from dialogs.agenda.comparing import compared
from dialogs.conversation.talk import PersonId
from dialogs.ports.days import Appointment
from dialogs.turn import Document
from knowledge.calendar.reading import read_calendar
from knowledge.taxonomy import AppointmentKind
from tests.chat import Chat
from tests.knowledge.calendar.files import EXCHANGE_INVITE, GOOGLE, OUTLOOK, as_sent

BERLIN = ZoneInfo("Europe/Berlin")


def sends(chat: Chat, text: str | bytes, name: str = "termine.ics") -> None:
    """Sends a calendar file."""
    content = text if isinstance(text, bytes) else as_sent(text)
    calendar = read_calendar(content, chat.now, BERLIN)
    with chat.engine.connect() as connection:
        store = SqlStore(connection)
        person = store.people.get(PersonId(chat.person_id))
        assert person is not None
        news = compared(store, person, calendar, chat.house.catalogue, chat.house.messages)
    chat.sends_file(Document(name, len(content), "file-1", calendar=news))


def stored(engine: Engine, chat: Chat) -> list[Appointment]:
    """What stands in the agenda."""
    with engine.connect() as connection:
        span = (chat.now - timedelta(days=400), chat.now + timedelta(days=400))
        return list(SqlStore(connection).appointments.between(PersonId(chat.person_id), *span))


def one(start: str, sequence: int = 0, *lines: str, method: str = "") -> str:
    """A file with a single event."""
    body = "\n".join((f"DTSTART:{start}", "DURATION:PT1H", f"SEQUENCE:{sequence}", *lines))
    head = "BEGIN:VCALENDAR\nVERSION:2.0\n" + (f"METHOD:{method}\n" if method else "")
    return (
        f"{head}BEGIN:VEVENT\nUID:one\nDTSTAMP:20261101T000000Z\nSUMMARY:Demo Krause\n{body}\nEND:VEVENT\nEND:VCALENDAR"
    )


def test_a_file_is_taken_over_and_said_in_one_screen(chat: Chat, engine: Engine) -> None:
    sends(chat, GOOGLE)
    chat.sees("„termine.ics“ ist übernommen.", "5 neue Termine", buttons=["Alle Termine"])
    assert len(stored(engine, chat)) == 5
    chat.press("Alle Termine")
    chat.sees("14:00–14:45 Muster GmbH")


def test_the_same_file_again_changes_nothing(chat: Chat, engine: Engine) -> None:
    sends(chat, GOOGLE)
    before = stored(engine, chat)
    sends(chat, GOOGLE.replace("DTSTAMP:20261116", "DTSTAMP:20261117"))
    chat.sees("Alles war schon da, geändert hat sich nichts.")
    assert stored(engine, chat) == before


def test_kind_and_customer_follow_from_the_words_and_the_meetings_link(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    sends(chat, GOOGLE)
    sends(chat, OUTLOOK)
    kinds = {found.title: found.kind for found in stored(engine, chat)}
    assert kinds["Muster GmbH"] is AppointmentKind.WEB_CALL
    assert kinds["Angebot Schäfer, Linie 2; Rückfragen"] is AppointmentKind.WEB_CALL
    assert kinds["Jour fixe Vertrieb"] is AppointmentKind.INTERNAL
    (muster,) = (found for found in stored(engine, chat) if found.title == "Muster GmbH")
    assert muster.customer_id is not None
    assert muster.place == "https://meet.google.com/abc-defg-hij"


def test_an_update_moves_and_an_older_file_changes_nothing(chat: Chat, engine: Engine) -> None:
    sends(chat, one("20261119T100000Z", 1))
    sends(chat, one("20261120T120000Z", 2))
    chat.sees("1 geändert")
    (moved,) = stored(engine, chat)
    assert moved.starts_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    sends(chat, one("20261119T100000Z", 1))
    chat.sees("1 ist älter als der Stand hier")
    assert stored(engine, chat) == [moved]


@pytest.mark.parametrize("how", ["method", "status"])
def test_a_cancellation_takes_the_appointment_back(chat: Chat, engine: Engine, how: str) -> None:
    sends(chat, one("20261119T100000Z", 1))
    gone = (
        one("20261119T100000Z", 2, method="CANCEL")
        if how == "method"
        else one("20261119T100000Z", 2, "STATUS:CANCELLED")
    )
    sends(chat, gone)
    chat.sees("1 abgesagt")
    assert stored(engine, chat) == []
    sends(chat, gone)
    chat.sees("Alles war schon da")
    sends(chat, one("20261119T100000Z", 1))
    assert stored(engine, chat) == [], "what was cancelled does not come back by an old file"
    sends(chat, one("20261126T100000Z", 3))
    chat.sees("1 geändert")
    assert len(stored(engine, chat)) == 1


def test_one_occurrence_is_cancelled_by_a_message_about_it_alone(chat: Chat, engine: Engine) -> None:
    sends(chat, EXCHANGE_INVITE)
    assert len(stored(engine, chat)) == 3
    zone = "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien"
    cancel = (
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:040000008200E00074C5B7101A82E008EXCHANGE\n"
        f'RECURRENCE-ID;TZID="{zone}":20261110T100000\nDTSTART;TZID="{zone}":20261110T100000\n'
        "DTSTAMP:20261105T080000Z\nSEQUENCE:1\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    sends(chat, cancel)
    chat.sees("1 abgesagt")
    assert [f"{found.starts_at:%m-%d}" for found in stored(engine, chat)] == ["10-20", "10-28"]


def test_a_series_that_moves_to_another_weekday_leaves_nothing_behind(chat: Chat, engine: Engine) -> None:
    sends(chat, one("20261117T100000Z", 0, "RRULE:FREQ=WEEKLY;COUNT=3"))
    sends(chat, one("20261119T100000Z", 1, "RRULE:FREQ=WEEKLY;COUNT=3"))
    chat.sees("3 neue Termine", "3 abgesagt")
    assert [f"{found.starts_at:%m-%d}" for found in stored(engine, chat)] == ["11-19", "11-26", "12-03"]


def test_what_was_moved_by_hand_stays_until_the_calendar_has_a_newer_version(chat: Chat, engine: Engine) -> None:
    sends(chat, one("20261119T100000Z", 1))
    chat.press("Alle Termine")
    chat.press("1")
    chat.press("Verschieben")
    chat.press("Do., 19.11., 12:00")
    sends(chat, one("20261119T100000Z", 1))
    chat.sees("Alles war schon da")
    (kept,) = stored(engine, chat)
    assert kept.starts_at == datetime(2026, 11, 19, 11, tzinfo=UTC)
    sends(chat, one("20261119T140000Z", 2))
    (followed,) = stored(engine, chat)
    assert followed.starts_at == datetime(2026, 11, 19, 14, tzinfo=UTC)


def test_what_was_left_out_is_told_with_the_reason(chat: Chat) -> None:
    sends(chat, one("20261119T100000Z", 0, "RRULE:FREQ=SECONDLY"))
    chat.sees("Weggelassen: 1 Serie, die öfter wiederkehrt als jeder Termin")
    sends(chat, one("20200101T100000Z"))
    chat.sees("Weggelassen: 1, mehr als 31 Tage her")
    sends(chat, one("irgendwann"))
    chat.sees("Weggelassen: 1 ohne lesbares Datum")


@pytest.mark.parametrize("hindrance", ["no_calendar", "too_large", "too_slow", "not_fetched"])
def test_a_bad_file_gets_one_sentence_that_says_what_is_expected(chat: Chat, hindrance: str) -> None:
    chat.sends_file(Document("plan.ics", 3, "file-1", hindrance=hindrance))
    chat.sees("„plan.ics“")
    assert "BAB" not in chat.screen
    assert chat.buttons == []


def test_a_calendar_without_appointments_says_so(chat: Chat) -> None:
    sends(chat, "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")
    chat.sees("In „termine.ics“ steht kein Termin.")


def test_an_appointment_goes_out_as_a_file_with_its_alarm_and_comes_back_as_itself(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    chat.press("Als .ics")
    assert chat.toast == "Die Kalenderdatei kommt gleich."
    with engine.connect() as connection:
        made = FileMaker(chat.house.messages, chat.house.catalogue).make(connection, chat.files[-1])
    assert made.name == "Termine.ics"
    assert b"TRIGGER:-PT15M" in made.content
    before = stored(engine, chat)
    sends(chat, made.content, made.name)
    chat.sees("Alles war schon da")
    assert stored(engine, chat) == before


def test_the_week_goes_out_as_one_file(chat: Chat, engine: Engine) -> None:
    for line in ("Do 10:30 Webcall Schäfer", "Fr 9 Uhr Demo", "30.11. 9 Uhr Besuch"):
        chat.sends(f"/termine {line}")
    chat.sends("/termine")
    chat.press("Als .ics")
    with engine.connect() as connection:
        made = FileMaker(chat.house.messages, chat.house.catalogue).make(connection, chat.files[-1])
    titles = [found.title for found in read_calendar(made.content, chat.now, BERLIN).occurrences]
    assert titles == ["Webcall Schäfer", "Demo"]
