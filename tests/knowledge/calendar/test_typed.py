"""Appointments in a line: the day, the time and the length among other words."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calendar.typed import LONGEST_TEXT, read_appointment
from knowledge.catalogue import CONTENT_DIR
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from tests.properties import tries

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def told(text: str, language: Language = Language.DE) -> str:
    """Day, time, minutes and words in a line."""
    read = read_appointment(text, language, NOW)
    minutes = int(read.length / timedelta(minutes=1)) if read.length else "-"
    return f"{read.moment.day:%d.%m.} {read.moment.time:%H:%M} {minutes} {read.words}".rstrip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do 10:30 Webcall Schäfer", "19.11. 10:30 - Webcall Schäfer"),
        ("Webcall Schäfer Do 10:30", "19.11. 10:30 - Webcall Schäfer"),
        ("Donnerstag Webcall Schäfer 10:30", "19.11. 10:30 - Webcall Schäfer"),
        ("morgen 14 Uhr Demo bei Muster GmbH", "17.11. 14:00 - Demo bei Muster GmbH"),
        ("Do 14-15 Uhr Demo Muster", "19.11. 14:00 60 Demo Muster"),
        ("19.11. 14:00–15:30 Besuch Firma Klein in Ulm", "19.11. 14:00 90 Besuch Firma Klein in Ulm"),
        ("Do von 10 bis 12 Uhr Vertriebsmeeting", "19.11. 10:00 120 Vertriebsmeeting"),
        ("Do 10:30 2 Std Workshop", "19.11. 10:30 120 Workshop"),
        ("übermorgen 9 Uhr für 1,5 Stunden Demo", "18.11. 09:00 90 Demo"),
        ("heute 15 Uhr 45 Min Telko", "16.11. 15:00 45 Telko"),
        ("Do 14 h Demo", "19.11. 14:00 - Demo"),
        ("in 2 Stunden Telko Maier", "16.11. 11:00 - Telko Maier"),
        ("morgen um halb drei Telko Frau Öz", "17.11. 14:30 - Telko Frau Öz"),
        ("Angebot 4711 morgen 14 Uhr besprechen", "17.11. 14:00 - Angebot 4711 besprechen"),
        ("Termin am Donnerstag, den 19. November, um 10 Uhr 30 mit Müller", "19.11. 10:30 - Termin mit Müller"),
        ("in zwei Wochen Mittwoch 11 Uhr Demo Brandt", "02.12. 11:00 - Demo Brandt"),
        ("in 2 Wochen am Mittwoch um 11 Demo Brandt", "02.12. 11:00 - Demo Brandt"),
        ("Do 10:30 Webcall Schäfer (60 min)", "19.11. 10:30 60 Webcall Schäfer"),
        ("heute in einer Stunde Huber anrufen", "16.11. 10:00 - Huber anrufen"),
        ("15 Uhr Webcall Schäfer", "16.11. 15:00 - Webcall Schäfer"),
    ],
)
def test_german_lines(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thu 3pm call with Miller", "19.11. 15:00 - call with Miller"),
        ("tomorrow 2-3pm demo at Acme", "17.11. 14:00 60 demo at Acme"),
        ("friday 11am-1pm workshop", "20.11. 11:00 120 workshop"),
        ("thursday half past two Cooper", "19.11. 14:30 - Cooper"),
        ("quarter to five today Anna", "16.11. 16:45 - Anna"),
        ("in two weeks on wednesday at 11 demo", "02.12. 11:00 - demo"),
        ("11-1pm friday lunch", "20.11. 11:00 120 lunch"),
        ("next tuesday at nine visit Brown for 2 hours", "17.11. 09:00 120 visit Brown"),
    ],
)
def test_english_lines(text: str, expected: str) -> None:
    assert told(text, Language.EN) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Herr Klein will 10 % Rabatt bis Freitag", "reading.moment"),
        ("Schäfer anrufen", "reading.moment"),
        ("31.2. 10 Uhr Demo", "reading.day_impossible"),
        ("Fr 19.11. 10:30 Demo", "reading.day_weekday"),
        ("Do 25:00 Demo", "reading.time_impossible"),
    ],
)
def test_what_is_not_clear_says_why(text: str, key: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_appointment(text, Language.DE, NOW)
    assert caught.value.key == key


@pytest.mark.parametrize(
    "text",
    [
        "der Chef kommt um 10 Uhr",
        "das ist mir so um 10 Uhr zu spät",
        "Seit 2009 kommt jeden Mittwoch um sechs der Laster",
        "in 2 Stunden Telko Maier",
    ],
)
def test_a_time_alone_a_habit_and_a_span_name_no_day(text: str) -> None:
    assert not read_appointment(text, Language.DE, NOW).names_day


def sentences_of(language: Language) -> list[str]:
    """What customers say, as recognition knows it."""
    files = sorted(Path(CONTENT_DIR, language, "utterances").rglob("*.txt"))
    lines = (line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("language", list(Language))
def test_hardly_anything_that_customers_say_looks_like_an_appointment(language: Language) -> None:
    asked = 0
    sentences = sentences_of(language)
    for text in sentences:
        try:
            asked += read_appointment(text, language, NOW).names_day
        except ReadingError:
            continue
    assert len(sentences) > 5_000
    assert asked < len(sentences) / 500


@settings(max_examples=tries(100))
@given(
    st.text(max_size=LONGEST_TEXT + 20) | st.text("0123456789:.-– DoUhrbisam", max_size=60), st.sampled_from(Language)
)
def test_no_line_raises_anything_but_a_reading_error(text: str, language: Language) -> None:
    try:
        read = read_appointment(text, language, NOW)
    except ReadingError:
        return
    assert read.moment.time is not None
    assert read.length is None or timedelta() < read.length <= timedelta(hours=24)
