"""Once a month: what made selling hard. A theme is counted for the team; who said what is known to nobody."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from bot.storage.people import team_by_name
from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.following_up.hardship import is_due, month_asked, month_counts, month_line, monthly_question, theme_of
from dialogs.ports.people import Role
from dialogs.turn import Command
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language, Messages
from knowledge.taxonomy import HardshipTheme
from tests.chat import Chat
from tests.conftest import join
from tests.dialogs.given import turn_of

FIRST_OF_DECEMBER = datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.fixture
def team_of_four(engine: Engine, house: House) -> list[Chat]:
    for number in range(4):
        join(engine, 2000 + number, f"Verkäufer {number}")
    join(engine, 2010, "Markus", Role.MANAGER)
    return [Chat(engine, house, 2000 + number, now=FIRST_OF_DECEMBER) for number in range(4)]


def says(chat: Chat, sentence: str) -> None:
    chat.sends("/nachfassen")
    chat.press("Was war im letzten Monat schwer?")
    chat.sees("im letzten Monat schwer gemacht", "Ein Satz genügt")
    chat.types(sentence)


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        team = team_by_name(connection, "Team Süd")
        assert team is not None
        counts = SqlStore(connection).hardships.counts(team.id, "2026-11")
    return {str(theme): n for theme, n in counts.items()}


def test_a_sentence_becomes_a_theme_that_one_tap_confirms(team_of_four: list[Chat], engine: Engine) -> None:
    chat = team_of_four[0]
    says(chat, "Die Lieferzeiten halten nie")
    chat.sees("Thema: Lieferung. Passt das?", "wird nicht aufgehoben", buttons=["Stimmt", "Preis"])
    assert counted(engine) == {}
    old = chat.data_of("Stimmt")
    chat.press("Stimmt")
    chat.press_data(old)
    assert counted(engine) == {"delivery": 1}


def test_another_tap_changes_the_theme(team_of_four: list[Chat], engine: Engine) -> None:
    says(team_of_four[0], "Es war zäh")
    team_of_four[0].sees("Thema: etwas anderes")
    team_of_four[0].press("Freigaben")
    team_of_four[0].press("Preis")
    assert counted(engine) == {"price": 1}


def test_nothing_stored_tells_who_or_which_words(team_of_four: list[Chat], engine: Engine) -> None:
    says(team_of_four[0], "Unser Preis ist jenseits von Gutenberg")
    team_of_four[0].press("Stimmt")
    with engine.connect() as connection:
        (row,) = connection.execute(text("SELECT * FROM hardship")).mappings().all()
        assert set(row) == {"token", "team_id", "month", "theme"}
        for table in ("waiting", "note", "outbox", "inbox"):
            for found in connection.execute(text(f"SELECT * FROM {table}")):  # noqa: S608 (names of ours)
                assert "Gutenberg" not in str(found)


def test_each_is_asked_once_a_month(team_of_four: list[Chat]) -> None:
    chat = team_of_four[0]
    says(chat, "zu wenig Leads")
    chat.press("Stimmt")
    chat.sends("/nachfassen")
    assert chat.buttons == []
    chat.now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.sees(buttons=["Was war im letzten Monat schwer"])


def test_after_the_first_week_it_is_not_offered(team_of_four: list[Chat]) -> None:
    team_of_four[0].now = datetime(2026, 12, 8, 9, tzinfo=UTC)
    team_of_four[0].sends("/nachfassen")
    assert team_of_four[0].buttons == []


def test_a_team_of_three_is_not_asked(engine: Engine, house: House) -> None:
    for number in range(3):
        join(engine, 2000 + number, f"Verkäufer {number}")
    join(engine, 2010, "Markus", Role.MANAGER)
    chat = Chat(engine, house, 2000, now=FIRST_OF_DECEMBER)
    chat.sends("/nachfassen")
    assert chat.buttons == []


def test_an_answer_after_its_month_counts_no_more(team_of_four: list[Chat], engine: Engine) -> None:
    chat = team_of_four[0]
    says(chat, "zu teuer")
    chat.now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    chat.press("Stimmt")
    assert counted(engine) == {}
    assert "ausgezählt" in chat.toast


def test_managers_see_counts_from_four_answers_on(
    team_of_four: list[Chat], engine: Engine, catalogue: Catalogue, messages: Messages
) -> None:
    seen: list[dict[HardshipTheme, int]] = []
    line = ""
    for chat, sentence in zip(team_of_four, ["zu teuer", "Rabatt", "kein Prospekt", "Lieferverzug"], strict=True):
        says(chat, sentence)
        chat.press("Stimmt")
        with engine.connect() as connection:
            team = team_by_name(connection, "Team Süd")
            assert team is not None
            store = SqlStore(connection)
            seen.append(dict(month_counts(store, team.id, "2026-11")))
            line = month_line(store, team.id, "2026-11", catalogue[Language.DE], messages)
    assert seen[:3] == [{}, {}, {}]
    assert seen[3] == {HardshipTheme.PRICE: 2, HardshipTheme.DELIVERY: 1, HardshipTheme.MATERIAL: 1}
    assert line == "Schwer war: Preis 2, Lieferung 1, Unterlagen 1"


def test_the_question_can_be_pushed(team_of_four: list[Chat], engine: Engine, house: House) -> None:
    with engine.begin() as connection:
        turn = turn_of(connection, house, 2000, Command("followups"))
        assert is_due(turn.store, turn.person, turn.today)
        view = monthly_question(turn)
    assert [button.label for row in view.rows for button in row] == ["Antworten", "Diesmal nicht"]
    assert month_asked(FIRST_OF_DECEMBER.date()) == "2026-11"


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("die Ersatzteillieferungen kommen nicht", "delivery"),
        ("ständig Rabattforderungen", "price"),
        ("Freigabe vom Chef dauert Wochen", "approvals"),
        ("die Konkurrenz unterbietet uns", "competition"),
        ("zu viel Papierkram im CRM", "processes"),
        ("keine neuen Kontakte", "leads"),
        ("Reklamationen wegen Qualität", "product"),
        ("keine aktuellen Broschüren", "material"),
        ("our lead times are too long", "delivery"),
        ("Regen", "other"),
        ("", "other"),
    ],
)
def test_a_theme_is_heard_in_the_words(catalogue: Catalogue, sentence: str, theme: str) -> None:
    assert theme_of(sentence, catalogue) == theme


def test_a_months_counts_stand_in_the_managers_report(team_of_four: list[Chat], engine: Engine, house: House) -> None:
    manager = Chat(engine, house, 2010, now=FIRST_OF_DECEMBER)
    for chat in team_of_four[:3]:
        says(chat, "Die Lieferzeiten halten nie")
        chat.press("Stimmt")
    for chat in team_of_four[3:]:
        see_november(manager)
        assert "Schwer war" not in manager.screen
        says(chat, "Alle wollen Rabatt")
        chat.press("Stimmt")
    see_november(manager)
    manager.sees("November 2026", "Schwer war: Lieferung 3, Preis 1")
    manager.sends("/woche")
    manager.press("Einwände")
    assert "Schwer war" not in manager.screen


def see_november(manager: Chat) -> None:
    manager.sends("/woche")
    manager.press("Monat")
    manager.press("Monat davor")
    manager.press("Einwände")
