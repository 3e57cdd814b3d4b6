"""Appointments in the chat: typed in a line, asked step by step, looked at by the day, moved and cancelled."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.storage.store import SqlStore
from dialogs.agenda.due import appointments_on
from dialogs.conversation.talk import PersonId
from dialogs.ports.days import Appointment, AppointmentId
from knowledge.taxonomy import AppointmentKind, FollowUpTaskId, ObjectionId
from tests.chat import Chat, sure


def stored(engine: Engine, chat: Chat, days: int = 400) -> list[Appointment]:
    """What stands in the agenda."""
    with engine.connect() as connection:
        span = (chat.now - timedelta(days=days), chat.now + timedelta(days=days))
        return list(SqlStore(connection).appointments.between(PersonId(chat.person_id), *span))


def test_a_line_behind_the_command_is_an_appointment_at_once_and_can_be_taken_back(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    chat.sees("Eingetragen: Webcall Schäfer", "Do., 19.11., 10:30–11:00 · Webcall", buttons=["Rückgängig"])
    chat.press("Rückgängig")
    chat.sees("Abgesagt: Webcall Schäfer", buttons=["Doch behalten"])
    assert stored(engine, chat) == []
    chat.press("Doch behalten")
    chat.sees("Do., 19.11., 10:30–11:00")
    assert len(stored(engine, chat)) == 1


@pytest.mark.parametrize(
    ("line", "kind", "minutes"),
    [
        ("morgen 14 Uhr Demo bei Muster GmbH", AppointmentKind.DEMO, 30),
        ("Fr 8 Uhr Kaltakquise", AppointmentKind.COLD_CALL_BLOCK, 90),
        ("Mo 9 Uhr Vertriebsmeeting", AppointmentKind.INTERNAL, 90),
        ("Mi 9 Uhr Besuch bei Krause 2 Std", AppointmentKind.VISIT, 120),
        ("Mi 14-15 Uhr Telko Frau Öz", AppointmentKind.PHONE_CALL, 60),
        ("Mi 14:00–15:30 Krause", AppointmentKind.SALES_TALK, 90),
        ("Mi 11 Uhr call with Miller", AppointmentKind.PHONE_CALL, 30),
    ],
)
def test_kind_and_length_come_from_the_words(
    chat: Chat, engine: Engine, line: str, kind: AppointmentKind, minutes: int
) -> None:
    chat.sends(f"/termine {line}")
    (made,) = stored(engine, chat)
    assert made.kind is kind
    assert made.ends_at - made.starts_at == timedelta(minutes=minutes)


def test_a_customer_in_the_words_is_found(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/termine morgen 14 Uhr Demo bei Muster")
    chat.sees("Kunde: Muster GmbH")
    chat.sends("/termine morgen 16 Uhr Demo bei Krause")
    assert "Kunde" not in chat.screen.replace("Kunde ", "")
    assert [bool(made.customer_id) for made in stored(engine, chat)] == [True, False]


def test_a_plain_text_with_a_day_and_a_time_is_asked_about(chat: Chat, engine: Engine) -> None:
    chat.types("Do 10:30 Webcall Schäfer")
    chat.sees("Termin anlegen?", "Webcall Schäfer", "10:30–11:00", buttons=["Anlegen", "Kein Termin"])
    assert stored(engine, chat) == []
    again = chat.data_of("Anlegen")
    chat.press("Anlegen")
    chat.sees("Eingetragen: Webcall Schäfer")
    chat.press_data(again)
    assert len(stored(engine, chat)) == 1, "a second tap makes no second appointment"


def test_tomorrow_stays_the_day_after_it_was_typed(chat: Chat, engine: Engine) -> None:
    chat.types("morgen 14 Uhr Demo Muster")
    chat.later(hours=30)
    chat.press("Anlegen")
    (made,) = stored(engine, chat)
    assert made.starts_at.date() == date(2026, 11, 17)


def test_what_was_no_appointment_goes_on_as_any_text(chat: Chat) -> None:
    chat.types("Montag 9 Uhr ist mir zu früh")
    chat.press("Kein Termin")
    chat.sees("Was war das?", "Montag 9 Uhr ist mir zu früh")


def test_an_objection_with_a_time_in_it_has_its_help_one_tap_away(chat: Chat) -> None:
    chat.types("Rufen Sie am Montag um 10 Uhr wieder an, ich habe keine Zeit", sure(ObjectionId.NO_TIME))
    chat.sees("Termin anlegen?")
    chat.press("Keine Zeit")
    assert "Termin anlegen?" not in chat.screen


def test_a_time_without_a_day_is_no_appointment_by_itself(chat: Chat) -> None:
    chat.types("der Chef kommt um 10 Uhr")
    assert "Termin anlegen?" not in chat.screen


def test_what_has_passed_is_asked_about(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine gestern 10 Uhr Besuch Krause")
    chat.sees("Das ist schon vorbei.", buttons=["Trotzdem eintragen"])
    assert stored(engine, chat) == []
    chat.press("Trotzdem eintragen")
    assert len(stored(engine, chat)) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Schäfer anrufen", "So geht es: /termine Do 10:30 Webcall Schäfer"),
        ("31.2. 10 Uhr Demo", "Diesen Tag gibt es nicht."),
        ("Fr 19.11. 10:30 Demo", "Do., 19.11."),
        ("Do 25:00 Demo", "Diese Uhrzeit gibt es nicht."),
    ],
)
def test_a_line_that_is_not_clear_gets_one_sentence(chat: Chat, engine: Engine, line: str, words: str) -> None:
    chat.sends(f"/termine {line}")
    chat.sees(words)
    assert stored(engine, chat) == []


def test_two_at_the_same_time_are_told_and_not_forbidden(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:00 Demo Muster 1 Std")
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    chat.sees("⚠ Zur selben Zeit: 10:00–11:00 Demo Muster")
    chat.sends("/termine Do 11:00 Telko Krause")
    assert "Zur selben Zeit" not in chat.screen, "one begins when the other ends"
    assert len(stored(engine, chat)) == 3


def test_the_screen_has_today_first_and_marks_what_goes_on_and_what_comes_next(chat: Chat) -> None:
    for line in ("Do 10:30 Webcall Schäfer", "heute 8:45 Telko Öz", "heute 14 Uhr Demo Muster", "morgen 9 Uhr Besuch"):
        chat.sends(f"/termine {line}")
        if chat.buttons[0] == "Trotzdem eintragen":
            chat.press("Trotzdem eintragen")
    chat.sends("/termine")
    chat.sees(
        "Termine · Mo., 16.11. bis So., 22.11.\nHeute · Mo., 16.11.\n▶ 1  08:45–09:15 Telko Öz (läuft)\n"
        "→ 2  14:00–14:30 Demo Muster (als Nächstes)\nMorgen · Di., 17.11.\n3  09:00–09:30 Besuch\nDo., 19.11.\n"
        "4  10:30–11:00 Webcall Schäfer"
    )
    chat.press("4")
    chat.sees("Webcall Schäfer", "Do., 19.11., 10:30–11:00 · Webcall")
    chat.press("Alle Termine")
    chat.press("Woche danach")
    chat.sees("Mo., 23.11. bis So., 29.11.", "Kein Termin in diesen Tagen.")
    chat.press("Heute")
    chat.sees("Mo., 16.11. bis So., 22.11.")


def test_a_full_week_is_told_in_pages_of_twelve_lines(chat: Chat) -> None:
    for hour in range(9, 18):
        for day in ("Di", "Mi", "Do"):
            chat.sends(f"/termine {day} {hour}:00 Besuch {day}{hour}")
    chat.sends("/termine")
    seen: set[str] = set()
    for _ in range(6):
        assert len(chat.screen.splitlines()) <= 12
        seen |= set(re.findall(r"Besuch (\w+)", chat.screen))
        if "Mehr" not in chat.buttons:
            break
        chat.press("Mehr")
    assert len(seen) == 27


def test_an_appointment_is_asked_for_step_by_step(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine")
    chat.press("Neuer Termin")
    chat.press("Demo")
    chat.sees("Wann?")
    chat.types("Do")
    chat.sees("Um wie viel Uhr?")
    chat.types("Do 10:30")
    chat.sees("Do., 19.11., 10:30", "Mit wem, worum geht es?")
    assert "Notiz" not in chat.screen
    chat.types("Muster GmbH")
    chat.sees("Eingetragen: Muster GmbH", "Do., 19.11., 10:30–11:00 · Demo")
    (made,) = stored(engine, chat)
    assert made.kind is AppointmentKind.DEMO


def test_what_it_is_about_can_be_left_out(chat: Chat) -> None:
    chat.sends("/termine")
    chat.press("Neuer Termin")
    chat.press("Besuch")
    chat.types("Do 10:30")
    chat.press("Stimmt")
    chat.sees("Eingetragen: Besuch", "Do., 19.11., 10:30–11:00 · Besuch")


def test_a_moment_that_has_passed_is_no_answer(chat: Chat) -> None:
    chat.sends("/termine Do 10:30 Besuch")
    chat.press("Verschieben")
    chat.press("Anderer Zeitpunkt")
    chat.types("heute 8:00")
    chat.sees("ist schon vorbei")
    chat.types("31.2. 10 Uhr")
    chat.sees("Diesen Tag gibt es nicht.")
    chat.types("Fr 9 Uhr")
    chat.press("Stimmt")
    chat.sees("Fr., 20.11., 09:00–09:30")


def test_moving_keeps_the_length(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer 45 Min")
    chat.press("Verschieben")
    chat.press("Do., 19.11., 11:00")
    chat.sees("Do., 19.11., 11:00–11:45")
    chat.press("Verschieben")
    chat.press("Anderer Zeitpunkt")
    chat.types("Fr 9:00")
    chat.press("Stimmt")
    chat.sees("Fr., 20.11., 09:00–09:45")
    (moved,) = stored(engine, chat)
    assert moved.stamp.startswith("0000000002"), "calendars that have its file follow"


def test_a_week_later_is_the_same_time_on_the_clock(chat: Chat) -> None:
    chat.sends("/termine 22.10.2027 10:00 Besuch Krause")
    chat.press("Verschieben")
    chat.sees("auf wann verschieben?")
    chat.press("Fr., 29.10.2027, 10:00")
    chat.sees("10:00–10:30")
    chat.press("Verschieben")
    chat.press("Fr., 05.11.2027, 10:00" if "Fr., 05.11.2027, 10:00" in chat.buttons else "Fr., 5.11.2027, 10:00")
    chat.sees("10:00–10:30")


def test_place_and_customer_are_set_on_the_card(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/termine Do 10:30 Besuch")
    chat.press("Ort")
    chat.types("Hafenstraße 4, Ulm")
    chat.sees("Ort: Hafenstraße 4, Ulm")
    chat.press("Kunde")
    chat.press("Muster GmbH")
    chat.sees("Kunde: Muster GmbH")
    chat.press("Kunde")
    chat.press("Ohne Kunde")
    assert "Kunde: " not in chat.screen
    chat.press("Kunde")
    chat.press("Anderer Name")
    chat.types("Krause AG")
    chat.sees("Kunde: Krause AG")


def test_the_conversation_begins_from_the_appointment_with_its_kind(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    chat.press("Gespräch beginnen")
    chat.sees("Mit welchem Kunden?")
    chat.press("Anderer Name")
    chat.types("Schäfer KG")
    chat.press("Gespräch beginnen")
    chat.sees_card("Schäfer KG", "Webcall")
    (kept,) = stored(engine, chat)
    assert kept.conversation_id == chat.talk.id
    assert chat.talk.kind is AppointmentKind.WEB_CALL


def test_a_dated_task_with_a_time_becomes_an_appointment_if_wanted(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Auftrag erhalten")
    chat.press("Ohne Betrag")
    chat.press("Weglassen")
    task = next(iter(FollowUpTaskId))
    label = chat.house.catalogue[chat.language].follow_up[task].label
    chat.press("Anderes Datum")
    chat.types("Do 10:30")
    chat.press("Stimmt")
    chat.press("Als Termin eintragen")
    chat.sees(f"{label}: Muster GmbH", "Do., 19.11., 10:30–11:00 · Telko", "Kunde: Muster GmbH")
    assert len(stored(engine, chat)) == 1


def test_an_old_button_of_an_appointment_that_is_gone_says_so(chat: Chat) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    move = chat.data_of("Verschieben")
    chat.press("Rückgängig")
    chat.press_data(move)
    assert chat.toast == "Diesen Termin gibt es nicht mehr."


def test_nobody_reaches_the_appointments_of_others(chat: Chat, manager_chat: Chat) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    for label in ("Verschieben", "Ort", "Kunde", "Als .ics", "Rückgängig", "Gespräch beginnen"):
        manager_chat.sends("/termine")
        manager_chat.press_data(chat.data_of(label))
        assert manager_chat.toast == "Diesen Termin gibt es nicht mehr."
    assert manager_chat.files == []


def test_times_are_those_of_the_persons_zone(chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    chat.press("London")
    chat.sends("/termine Do 10:30 Webcall Smith")
    (made,) = stored(engine, chat)
    assert f"{made.starts_at:%H:%M}" == "10:30"
    chat.sends("/einstellungen")
    chat.press("Berlin")
    chat.sends("/termine")
    chat.sees("11:30–12:00 Webcall Smith")


def test_english_reads_and_writes_english(english_chat: Chat) -> None:
    english_chat.types("thu 3pm call with Miller")
    english_chat.sees("Make an appointment?", "call with Miller", "15:00–15:30 · Phone call")
    english_chat.press("Make it")
    english_chat.sends("/agenda")
    english_chat.sees("Appointments ·", "15:00–15:30 call with Miller")


def test_the_day_can_be_asked_for_by_others(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    chat.sends("/termine Do 8 Uhr Telko Öz")
    with engine.connect() as connection:
        store = SqlStore(connection)
        person = store.people.get(PersonId(chat.person_id))
        assert person is not None
        found = appointments_on(store, person, date(2026, 11, 19))
        assert [one.title for one in found] == ["Telko Öz", "Webcall Schäfer"]
        assert appointments_on(store, person, date(2026, 11, 18)) == []


def test_deleting_and_taking_along_include_appointments(chat: Chat, engine: Engine) -> None:
    chat.sends("/termine Do 10:30 Webcall Schäfer")
    person = PersonId(chat.person_id)
    with engine.connect() as connection:
        people = SqlStore(connection).people
        assert people.stored_about(person)["appointments"][0]["title"] == "Webcall Schäfer"
        assert people.count_stored(person).appointments == 1
    chat.sends("/daten")
    chat.sees("1 Termin")
    chat.press("Löschen")
    chat.press("Ja, alles löschen")
    assert stored(engine, chat) == []


def test_an_appointment_of_several_days_stands_on_each_of_them(chat: Chat, engine: Engine) -> None:
    with engine.begin() as connection:
        SqlStore(connection).appointments.add(
            PersonId(chat.person_id),
            Appointment(
                AppointmentId(0), AppointmentKind.SALES_TALK, "Messe Hannover",
                datetime(2026, 11, 17, 13, tzinfo=UTC), datetime(2026, 11, 19, 10, tzinfo=UTC),
            ),
        )  # fmt: skip
    chat.sends("/termine")
    chat.sees(
        "ab 14:00 Messe Hannover", "ganztägig Messe Hannover", "bis 11:00 Messe Hannover", buttons=["1", "2", "3"]
    )
    assert chat.screen.count("Messe Hannover") == 3
    assert chat.screen.count("Als Nächstes") <= 1
    chat.press("3")
    chat.sees("Messe Hannover", "17.11.", "19.11.")


def test_a_customer_whom_the_words_name_without_the_legal_form_is_not_named_twice(chat: Chat) -> None:
    chat.sends("/gespraech Getränke Morgenstern KG")
    chat.sends("/termine morgen 9 Uhr Demo Getränke Morgenstern")
    chat.sends("/termine morgen 11 Uhr Demo Morgenstern")
    chat.sends("/termine")
    chat.sees("09:00–09:30 Demo Getränke Morgenstern", "11:00–11:30 Demo Morgenstern · Getränke Morgenstern KG")
    assert "Demo Getränke Morgenstern ·" not in chat.message.text
