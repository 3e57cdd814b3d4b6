"""Reminders in the settings: the morning message, the briefing, the quiet hours."""

from datetime import time, timedelta

import pytest
from sqlalchemy import Engine

from dialogs.ports.people import PushTimes
from tests.chat import Chat
from tests.dialogs.given import member


def times_of(engine: Engine, chat: Chat) -> PushTimes:
    person = member(engine, chat.person_id)
    assert person is not None
    return person.pushes


def test_the_reminders_say_what_is_set_and_that_nothing_disturbs(chat: Chat) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    chat.sees(
        "Morgens um 07:30: Termine und Nachfassen von heute, an Arbeitstagen",
        "Vor Terminen: 15 Minuten vorher",
        "Ruhezeit: 20:00 bis 07:00",
        "In der Ruhezeit und während eines Gesprächs warte ich.",
        buttons=["Morgennachricht", "Vor Terminen", "Ruhezeit", "Einstellungen"],
    )
    assert len(chat.phone) == 1
    chat.press("Einstellungen")
    chat.sees("Sprache: Deutsch")


def test_each_choice_is_two_taps_away_and_marked(chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    chat.press("Morgennachricht")
    assert [label for row in chat.message.keyboard for label in [b["text"] for b in row] if "✓" in label] == ["✓ 07:30"]
    chat.press("08:30")
    assert chat.toast == "Eingestellt."
    chat.sees("Morgens um 08:30")
    chat.press("Vor Terminen")
    chat.press("5 Minuten")
    chat.sees("Vor Terminen: 5 Minuten vorher")
    chat.press("Ruhezeit")
    chat.press("22:00–06:00")
    chat.sees("Ruhezeit: 22:00 bis 06:00")
    assert times_of(engine, chat) == PushTimes(time(8, 30), timedelta(minutes=5), time(22), time(6))


def test_all_of_it_can_be_switched_off(chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    for part in ("Morgennachricht", "Vor Terminen", "Ruhezeit"):
        chat.press(part)
        chat.press("Keine")
    chat.sees("Morgens: nichts", "Vor Terminen: nichts", "Ruhezeit: keine", "Während eines Gesprächs warte ich.")
    times = times_of(engine, chat)
    assert (times.morning, times.briefing) == (None, timedelta())
    assert times.quiet_from == times.quiet_until


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("6:15", time(6, 15)), ("7 Uhr", time(7)), ("5", time(5)), ("0640", time(6, 40)), ("halb acht", time(7, 30)),
     ("6:30am", time(6, 30)), ("11.45", time(11, 45))],
)  # fmt: skip
def test_another_morning_time_is_typed(chat: Chat, engine: Engine, typed: str, clock: time) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    chat.press("Morgennachricht")
    chat.press("Andere Zeit")
    chat.sees("Wann soll die Morgennachricht kommen?")
    chat.types(typed)
    chat.sees(f"Morgens um {clock:%H:%M}")
    assert times_of(engine, chat).morning == clock


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("bald", "Das lese ich nicht als Uhrzeit."), ("14 Uhr", "Die Morgennachricht kommt vor 12 Uhr."),
     ("25:00", "gibt es nicht")],
)  # fmt: skip
def test_what_is_no_morning_leaves_the_question_open(chat: Chat, engine: Engine, typed: str, answer: str) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    chat.press("Morgennachricht")
    chat.press("Andere Zeit")
    chat.types(typed)
    chat.sees(answer)
    assert times_of(engine, chat).morning == time(7, 30)
    chat.types("6:15")
    assert times_of(engine, chat).morning == time(6, 15)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [("21:30-6:30", time(21, 30), time(6, 30)), ("von 22 bis 7 Uhr", time(22), time(7)), ("20–8", time(20), time(8)),
     ("12 bis 14 Uhr", time(12), time(14)), ("9pm to 6:30am", time(21), time(6, 30))],
)  # fmt: skip
def test_other_quiet_hours_are_typed(chat: Chat, engine: Engine, typed: str, start: time, end: time) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    chat.press("Ruhezeit")
    chat.press("Andere Zeit")
    chat.types("acht")
    chat.sees("Ich brauche zwei Uhrzeiten")
    chat.types(typed)
    chat.sees(f"Ruhezeit: {start:%H:%M} bis {end:%H:%M}")
    assert (times_of(engine, chat).quiet_from, times_of(engine, chat).quiet_until) == (start, end)


def test_a_morning_message_in_the_quiet_hours_is_said_to_wait(chat: Chat) -> None:
    chat.sends("/einstellungen")
    chat.press("Erinnerungen")
    chat.press("Morgennachricht")
    chat.press("Andere Zeit")
    chat.types("5:30")
    chat.sees("Die Morgennachricht liegt in deiner Ruhezeit und kommt, wenn diese endet.")


def test_in_english(english_chat: Chat) -> None:
    english_chat.sends("/settings")
    english_chat.press("Reminders")
    english_chat.sees("At 07:30: today's appointments", "Quiet hours: 20:00 to 07:00")
    english_chat.press("Quiet hours")
    english_chat.press("Another time")
    english_chat.types("10pm to 6am")
    english_chat.sees("Quiet hours: 22:00 to 06:00")


@pytest.mark.parametrize(
    "data", ["push_morning:::0715", "push_morning:::", "push_brief:::7", "push_brief:::x", "push_quiet:::0000-2400"]
)
def test_a_choice_that_is_none_changes_nothing(chat: Chat, engine: Engine, data: str) -> None:
    chat.sends("/einstellungen")
    before = times_of(engine, chat)
    chat.press_data(f"settings|{data}")
    assert chat.toast == "Dieser Knopf gilt nicht mehr. Es hat sich nichts geändert."
    assert times_of(engine, chat) == before
