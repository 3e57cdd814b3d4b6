"""Which span a report covers, and what it counts there: on a weekend, in the evening, on a quiet day, of the past."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.turns import House
from tests.chat import Chat
from tests.dialogs.team_life import TeamLife

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def life(engine: Engine, house: House) -> TeamLife:
    """A team of four sellers on a Monday morning."""
    return TeamLife.of(engine, house)


def lines(chat: Chat) -> list[str]:
    """What stands on the newest screen, line by line."""
    return chat.screen.replace(NBSP, " ").splitlines()


def test_on_a_sunday_the_running_report_says_since_when_and_for_which_day_it_counts(life: TeamLife) -> None:
    life.talks(3, "Vertagt KG", "⋯", "Beenden", "Vertagt")
    life.sellers[3].types("23.11.")
    life.sellers[3].press("Stimmt")
    life.at(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    life.wins(0, "Sonntag OHG", "4.000")
    life.manager.sends("/tagesbericht")
    assert lines(life.manager)[:3] == [
        "Team Süd · So., 22.11., bis jetzt",
        "Seit Fr., 20.11., 18:00; zählt zum Bericht von Mo., 23.11.",
        "1 Gespräch, 1 Auftrag, 4.000 €",
    ]
    assert "Nachfassen: 1 morgen" in lines(life.manager), "what is due on Monday, as a reader on Sunday says it"
    life.manager.press("Ergebnisse")
    life.manager.sees("Team Süd · seit Fr., 20.11., 18:00", "Sonntag OHG")
    life.manager.sends("/woche")
    life.manager.sees(
        "Woche Mo., 23.11. bis So., 29.11., bis jetzt", "Seit Fr., 20.11., 18:00 zählt schon diese Woche."
    )
    life.at(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    life.manager.sends("/tagesbericht")
    life.manager.press("Bericht davor")
    assert lines(life.manager)[:2] == ["Team Süd · Mo., 23.11.", "Seit Fr., 20.11., 18:00"]


def test_in_the_evening_the_report_of_tomorrow_is_running(life: TeamLife) -> None:
    life.at(datetime(2026, 11, 18, 18, 30, tzinfo=UTC))
    life.manager.sends("/tagesbericht")
    assert lines(life.manager)[:2] == [
        "Team Süd · Mi., 18.11., bis jetzt",
        "Seit Mi., 18.11., 18:00; zählt zum Bericht von Do., 19.11.",
    ]


def test_where_it_stalls_says_what_is_counted_and_is_left_out_where_nothing_moved(life: TeamLife) -> None:
    for number in range(6):
        life.talks(number % 4, f"Schnell {number}", "Weiter", "Weiter", "Trotzdem weiter")
    life.talks(0, "Liegt lange", "Weiter")
    life.later(days=3)
    life.manager.sends("/tagesbericht")
    life.manager.sees("Keine Gespräche.")
    assert "Es hakt" not in life.manager.screen
    life.loses(1, "Verloren", "Kein Bedarf")
    life.manager.sends("/tagesbericht")
    assert "Es hakt in: Analysephase (von nur 1 dort steht 1 länger als üblich)" in lines(life.manager)
    life.manager.press("Woche")
    life.manager.sees("Es hakt in: Abschlussphase (von nur 1 dort endete 1 ohne Auftrag)")


def test_labels_with_a_comma_are_parted_by_semicolons(life: TeamLife) -> None:
    for seller, objection in ((0, "Zu teuer"), (1, "Zu teuer")):
        life.talks(seller, f"Preis {seller}", "Weiter", "Einwand", "Preis", objection)
    life.talks(2, "Später", "Weiter", "Einwand", "Zeit", "Später, nicht jetzt")
    life.manager.sends("/tagesbericht")
    assert "Einwände: Zu teuer 2; Später, nicht jetzt 1" in lines(life.manager)


def test_no_page_of_figures_explained_is_longer_than_a_screen(life: TeamLife) -> None:
    for number, reason in enumerate(("Kein Bedarf", "Kein Budget", "Günstigeres Angebot", "Nur Vergleich")):
        life.loses(number, f"Verloren {number}", reason)
    life.loses(0, "Verloren 5", "Intern gestoppt")
    life.manager.sends("/woche")
    life.manager.press("Zahlen erklärt")
    lengths = [len(lines(life.manager))]
    while "Nächste Seite" in life.manager.buttons:
        life.manager.press("Nächste Seite")
        lengths.append(len(lines(life.manager)))
    assert max(lengths) <= 12


def test_a_report_of_the_past_says_that_follow_ups_moved_since_are_missing(life: TeamLife) -> None:
    life.talks(3, "Vertagt KG", "⋯", "Beenden", "Vertagt")
    life.sellers[3].types("morgen")
    life.sellers[3].press("Stimmt")
    life.manager.sends("/tagesbericht")
    assert "Nachfassen: 1 morgen" in lines(life.manager)
    life.later(days=1)
    life.manager.sends("/tagesbericht")
    life.manager.press("Bericht davor")
    assert "Nachfassen, ohne seither Verschobenes: 1 morgen" in lines(life.manager)
