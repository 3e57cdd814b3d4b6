"""A seller's own figures: this month beside the last, what recurs and what helped, and what the manager sees of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.late.drawing import LateScreens, payload
from bot.late.orders import ScreenNotAllowed
from bot.turns import House
from dialogs.conversation.talk import PersonId
from tests.chat import Chat
from tests.dialogs.team_life import TeamLife

NBSP = "\N{NO-BREAK SPACE}"
OCTOBER = datetime(2026, 10, 13, 9, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


@pytest.fixture
def life(engine: Engine, house: House) -> TeamLife:
    """A team of four sellers."""
    return TeamLife.of(engine, house)


def lines(chat: Chat) -> list[str]:
    """What stands on the newest screen, line by line."""
    return chat.screen.replace(NBSP, " ").splitlines()


def two_months(life: TeamLife) -> Chat:
    """The first seller wins two of three in October and three of six in November; others sell as well."""
    life.at(OCTOBER)
    life.wins(0, "Altmann", "1.000")
    life.wins(0, "Bertram", "2.000")
    life.loses(0, "Conrad", "Kein Budget")
    life.at(OCTOBER + timedelta(days=14))
    life.wins(0, "Spät im Oktober", "500")
    life.at(NOVEMBER)
    for name, amount in (("Dreher", "4.000"), ("Ewald", "5.500,50"), ("Franz", None)):
        life.wins(0, name, amount)
    for name in ("Gross", "Huth"):
        life.loses(0, name, "Günstigeres Angebot")
    life.loses(0, "Ihle", "Kein Bedarf")
    life.wins(1, "Eines anderen", "99.000")
    return life.sellers[0]


def test_this_month_stands_beside_the_last_one_up_to_the_same_day(life: TeamLife) -> None:
    seller = two_months(life)
    seller.sends("/meinezahlen")
    assert lines(seller) == [
        "Meine Zahlen · November 2026, bis jetzt",
        "6 Gespräche, 3 Aufträge, 9.500,50 €, 1 ohne Betrag",
        "Oktober 2026 bis Sa., 17.10.: 3 Gespräche, 2 Aufträge, 3.000 €",
        "Abschlussquote 50 % (3 von 6; Spanne 19 bis 81 %)",
        "Im Monat davor 2 von 3",
        "Verkaufszyklus: 0 Tage, Median (Aufträge: 3)",
        "Verloren: Günstigeres Angebot 2, Kein Bedarf 1",
        "",
        "Das siehst nur du.",
    ]


def test_a_month_that_is_over_stands_beside_the_whole_one_before(life: TeamLife) -> None:
    seller = two_months(life)
    seller.sends("/meinezahlen")
    seller.press("Monat davor")
    seller.sees("Meine Zahlen · Oktober 2026", "4 Gespräche, 3 Aufträge", "September 2026: 0 Gespräche, 0 Aufträge")
    assert "Abschlussquote 3 von 4" in lines(seller), "no percentage under five cases"
    seller.press("Monat danach")
    seller.sees("November 2026, bis jetzt")
    assert len([message for message in seller.phone if message.screen == "my_numbers"]) == 1


def test_the_funnel_is_of_the_own_conversations_alone(life: TeamLife) -> None:
    seller = two_months(life)
    seller.sends("/meinezahlen")
    seller.press("Trichter")
    assert lines(seller) == [
        "Meine Zahlen · November 2026, bis jetzt",
        "6 Gespräche, in dieser Zeit eröffnet, Stand jetzt",
        "Aufmerksamkeit 6",
        "Interesse 6 (100 % kamen weiter)",
        "Entscheidung 6 (100 % kamen weiter)",
        "Auftrag 6 (100 % kamen weiter)",
        "Bindung 3 (50 % kamen weiter)",
        "Konversion insgesamt: 50 % (3 von 6; Spanne 19 bis 81 %)",
    ]


def test_what_recurs_stands_beside_what_helped_in_the_team(life: TeamLife) -> None:
    seller, other = life.sellers[:2]
    for number in range(5):
        raises_the_price(life, 1, f"{number} Fremd")
        other.press("hat geholfen")
        other.press("Mehr als eingeplant")
    raises_the_price(life, 0, "Muster GmbH")
    seller.sends("/meinezahlen")
    seller.press("Einwände")
    objection, helped = lines(seller)[1:]
    assert objection == "Zu teuer 1, geklärt 0"
    assert re.fullmatch(r"Im Team half: \D+ \(5 von 5\)", helped)


def raises_the_price(life: TeamLife, seller: int, customer: str) -> None:
    """A conversation in which the price is an objection."""
    chat = life.talks(seller, customer, "Einwand", "Preis")
    chat.press("Zu teuer")


def test_a_seller_reads_the_very_message_of_the_manager(life: TeamLife) -> None:
    seller = two_months(life)
    life.manager.sends("/tagesbericht")
    seller.sends("/meinezahlen")
    seller.press("Was sieht meine Führungskraft?")
    assert life.manager.screen in seller.screen
    assert "108.500,50" in seller.screen, "the team's sum, not the seller's own"
    seller.sees("Das steht jetzt im Tagesbericht deines Teams.", "Nicht: wer es war", buttons=["Meine Zahlen"])
    assert seller.buttons == ["Meine Zahlen"], "nothing that only managers may open"
    seller.press("Meine Zahlen")
    seller.sees("Meine Zahlen · November 2026")


def test_where_sellers_are_told_apart_the_promise_beside_the_message_says_so(life: TeamLife) -> None:
    life.manager.sends("/team")
    for label in ("Zusammenfassung", "Zahlen je Verkäufer", "Allen sagen und einschalten"):
        life.manager.press(label)
    seller = life.sellers[0]
    seller.sends("/meinezahlen")
    seller.press("Was sieht meine Führungskraft?")
    seller.sees("je Verkäufer Gespräche, Aufträge, Betrag und Abschlussquote")
    assert "Nicht: wer es war" not in seller.screen


def test_a_cycle_of_one_day_is_a_day(life: TeamLife) -> None:
    life.talks(0, "Über Nacht", "Abschluss", "Trotzdem weiter")
    life.later(days=1)
    seller = life.sellers[0]
    for label in ("Auftrag erhalten", "Ohne Betrag", "Weglassen"):
        seller.press(label)
    seller.sends("/meinezahlen")
    assert "Verkaufszyklus: 1 Tag, Median (Aufträge: 1)" in lines(seller)
    seller.press("Zahlen erklärt")
    while "1 Tag\n" not in seller.screen:
        seller.press("Nächste Seite")


def test_on_a_weekend_the_month_that_is_running_may_be_the_next_one(life: TeamLife) -> None:
    seller = life.sellers[0]
    life.at(datetime(2026, 10, 31, 9, tzinfo=UTC))
    seller.sends("/meinezahlen")
    seller.sees("Meine Zahlen · November 2026, bis jetzt", "Seit Fr., 30.10., 18:00 zählt schon dieser Monat.")


def test_a_small_team_shows_its_manager_three_numbers_and_the_seller_reads_them(engine: Engine, house: House) -> None:
    life = TeamLife.of(engine, house, sellers=2)
    life.at(NOVEMBER)
    life.loses(0, "Gross", "Kein Budget")
    seller = life.sellers[0]
    seller.sends("/meinezahlen")
    seller.sees("Verloren: Kein Budget 1")
    seller.press("Was sieht meine Führungskraft?")
    seller.sees("1 Gespräch, 0 Aufträge")
    assert "Kein Budget" not in seller.screen


def test_every_figure_is_explained_with_the_numbers_that_went_in(life: TeamLife) -> None:
    seller = two_months(life)
    seller.sends("/meinezahlen")
    seller.press("Zahlen erklärt")
    read = [seller.screen]
    while any("Nächste Seite" in label for label in seller.buttons):
        seller.press("Nächste Seite")
        read.append(seller.screen)
    text = "\n".join(read).replace(NBSP, " ")
    assert "3 gewonnen ÷ (3 gewonnen + 3 verloren + 0 ohne Entscheidung)" in text
    assert "6 neu eröffnet + 0 weitergeführt" in text
    seller.press("Meine Zahlen")
    seller.sees("Meine Zahlen · November 2026")


def test_english_says_the_same(english_chat: Chat) -> None:
    english_chat.now = NOVEMBER
    english_chat.sends("/mynumbers")
    english_chat.sees("My figures · November 2026, so far", "0 conversations, 0 orders", "Only you see this.")
    english_chat.press("Objections")
    english_chat.sees("No objections.")


@pytest.mark.parametrize("data", ["my_show:::", "my_show::1:d2026-11-01", "my_why::1:m2026-11-01.x", "my_seen::1:x"])
def test_a_button_of_another_time_does_no_harm(life: TeamLife, data: str) -> None:
    seller = life.sellers[0]
    seller.sends("/meinezahlen")
    seller.press_data(f"my_numbers|{data}")
    assert seller.toast or seller.screen


def test_what_was_asked_in_another_team_is_not_shown(life: TeamLife, engine: Engine) -> None:
    screens = LateScreens(life.house.catalogue, life.house.messages)
    values = {"team": 77, "asked_at": NOVEMBER.isoformat(), "part": "overview"}
    for kind in ("my_numbers", "my_numbers_explained", "seen_by_manager"):
        waiting = payload(kind, values, PersonId(life.sellers[0].person_id), "my_numbers")
        with engine.connect().execution_options(reading=True) as connection, pytest.raises(ScreenNotAllowed):
            screens.draw(connection, waiting, NOVEMBER)
