"""When the summary comes and what counts as a working day: settings of a team, in its manager's hands."""

from datetime import date, time

import pytest
from sqlalchemy import select, update

from bot.storage.schema import outbox, person
from bot.storage.schema import team as team_table
from dialogs.ports.people import Team
from knowledge.language.day_spans import Days, read_days
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from tests.chat import Chat
from tests.dialogs.given import member


def team(chat: Chat) -> Team:
    person = member(chat.engine, chat.person_id)
    assert person is not None
    return person.team


def opened(chat: Chat, *labels: str) -> Chat:
    chat.sends("/team")
    for label in ("Zusammenfassung", *labels):
        chat.press(label)
    return chat


def test_the_screen_says_what_is_set(manager_chat: Chat) -> None:
    opened(manager_chat)
    manager_chat.sees(
        "Jeden Arbeitstag um 18:00 (Berlin)", "Arbeitstage: Mo, Di, Mi, Do, Fr", "24. und 31. Dezember sind frei.",
        "An einem Tag ohne Gespräch kommt eine Zeile.", "Zahlen je Verkäufer: aus",
    )  # fmt: skip


def test_the_city_of_the_clock_is_said_in_the_managers_language(manager_chat: Chat) -> None:
    with manager_chat.engine.begin() as connection:
        connection.execute(update(team_table).values(zone="Europe/Vienna"))
    opened(manager_chat).sees("Jeden Arbeitstag um 18:00 (Wien)")


def test_the_time_is_chosen_or_typed(manager_chat: Chat) -> None:
    opened(manager_chat, "Uhrzeit", "17:00")
    assert team(manager_chat).summary_time == time(17)
    opened(manager_chat, "Uhrzeit", "Andere Uhrzeit")
    manager_chat.types("halb sechs am Freitag, oder")
    assert team(manager_chat).summary_time == time(17)
    manager_chat.types("17:30")
    assert team(manager_chat).summary_time == time(17, 30)
    manager_chat.sees("um 17:30")


def test_working_days_are_switched_and_one_stays(manager_chat: Chat) -> None:
    opened(manager_chat, "Arbeitstage", "Sa")
    assert 6 in team(manager_chat).working_days
    saturday_off = manager_chat.data_of("Sa")
    for _ in range(2):
        manager_chat.press_data(saturday_off)
    for label in ("Mo", "Di", "Mi", "Do", "Fr"):
        manager_chat.press(label)
    assert "Ein Arbeitstag muss bleiben." in manager_chat.toast
    assert team(manager_chat).working_days == {5}


def test_half_holidays_and_the_quiet_line(manager_chat: Chat) -> None:
    opened(manager_chat, "Arbeitstage", "Am 24. und 31.12. arbeiten")
    assert not team(manager_chat).half_holidays_off
    manager_chat.sees("Am 24. und 31. Dezember wird gearbeitet.")


def test_the_text_says_what_happens_on_a_quiet_day_and_the_button_what_it_would_change_to(manager_chat: Chat) -> None:
    opened(manager_chat)
    manager_chat.sees("An einem Tag ohne Gespräch kommt eine Zeile.", buttons=["Ohne Gespräch nichts senden"])
    manager_chat.press("Ohne Gespräch nichts senden")
    assert not team(manager_chat).quiet_line
    manager_chat.sees("An einem Tag ohne Gespräch kommt nichts.", buttons=["Ohne Gespräch eine Zeile senden"])


def test_days_off_are_typed_as_a_span_and_taken_back_with_a_tap(manager_chat: Chat) -> None:
    opened(manager_chat, "Freie Tage", "Freie Tage eintragen")
    manager_chat.types("27.12. bis 29.12.")
    manager_chat.sees("Eigene freie Tage", buttons=["So., 27.12.2026", "Di., 29.12.2026"])
    manager_chat.press("Mo., 28.12.2026")
    assert "Mo., 28.12.2026" not in " ".join(manager_chat.buttons)
    opened(manager_chat)
    manager_chat.sees("2 eigene freie Tage")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("24.12.", (date(2026, 12, 24), date(2026, 12, 24))),
        ("vom 27.12. bis 3.1.", (date(2026, 12, 27), date(2027, 1, 3))),
        ("27.12.-30.12.", (date(2026, 12, 27), date(2026, 12, 30))),
        ("24.-31.12.", (date(2026, 12, 24), date(2026, 12, 31))),
        ("24. bis 31. Dezember", (date(2026, 12, 24), date(2026, 12, 31))),
        ("28. bis 3.1.", (date(2026, 12, 28), date(2027, 1, 3))),
        ("KW 52", (date(2026, 12, 21), date(2026, 12, 27))),
        ("nächste Woche", (date(2026, 11, 23), date(2026, 11, 29))),
        ("morgen", (date(2026, 11, 17), date(2026, 11, 17))),
    ],
)
def test_days_as_people_type_them(typed: str, days: tuple[date, date]) -> None:
    assert read_days(typed, Language.DE, date(2026, 11, 16)) == Days(*days)


@pytest.mark.parametrize(
    "typed", ["irgendwann", "1.1. bis 2.2. bis 3.3.", "1.1.2027 bis 1.6.2027", "3.1.2027 bis 1.1.2027", "31. bis 5.12."]
)
def test_what_is_no_span_of_days_is_refused(typed: str) -> None:
    with pytest.raises(ReadingError):
        read_days(typed, Language.DE, date(2026, 11, 16))


def test_everybody_is_told_in_their_language_before_figures_by_seller_can_be_seen(
    manager_chat: Chat, chat: Chat, english_chat: Chat
) -> None:
    opened(manager_chat, "Zahlen je Verkäufer", "Allen sagen und einschalten")
    assert team(manager_chat).shows_sellers
    with manager_chat.engine.connect() as connection:
        rows = connection.execute(select(outbox.c.chat_id, outbox.c.payload).where(outbox.c.pushed)).all()
    told = {row.chat_id: row.payload for row in rows}
    assert set(told) == {chat.person_id, english_chat.person_id}, "in the same commit, and the manager by the screen"
    assert "Führungskräfte sehen ab jetzt auch Zahlen je Verkäufer" in told[chat.person_id]["text"]
    assert "from now on managers also see figures by seller" in told[english_chat.person_id]["text"]
    assert "What is seen about me" in str(told[english_chat.person_id]["keyboard"])


def test_figures_by_seller_are_not_switched_on_by_looking(manager_chat: Chat) -> None:
    opened(manager_chat, "Zahlen je Verkäufer")
    manager_chat.sees("Betriebsrat", "keine Rechtsberatung")
    manager_chat.press("Zurück")
    assert not team(manager_chat).shows_sellers


def test_a_seller_has_none_of_these_buttons(chat: Chat) -> None:
    chat.sends("/hilfe")
    chat.press_data("team|eve_tell:::on")
    assert "Führungskraft" in chat.toast
    assert not team(chat).shows_sellers


def test_the_evening_in_english(manager_chat: Chat) -> None:
    manager_chat.sends("/settings")
    manager_chat.press("English")
    manager_chat.sends("/team")
    manager_chat.press("Summary")
    manager_chat.sees("Every working day at 18:00 (Berlin)", buttons=["Days off", "Figures by seller"])


def test_who_leads_the_team_no_more_cannot_finish_what_was_asked(manager_chat: Chat) -> None:
    opened(manager_chat, "Uhrzeit", "Andere Uhrzeit")
    with manager_chat.engine.begin() as connection:
        connection.execute(update(person).values(role="seller"))
    manager_chat.types("17:30")
    manager_chat.sees("Das ist für die Führungskraft deines Teams.")
    assert team(manager_chat).summary_time == time(18)
