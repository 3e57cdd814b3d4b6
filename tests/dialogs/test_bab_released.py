"""Overhead rates saved and released by the manager, seen by the team, from their day on."""

from datetime import date
from fractions import Fraction

from sqlalchemy import Engine, text

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from tests.chat import Chat
from tests.dialogs.cost_sheets import MODEL, SHEET, file, release, released


def test_a_manager_releases_a_sheet_and_sellers_see_its_rates_not_the_sheet(
    chat: Chat, manager_chat: Chat, engine: Engine
) -> None:
    chat.sends(MODEL)
    chat.press("Speichern")
    chat.sees("deine Führungskraft", "Wie soll er heißen?")
    chat.types("Mai 2026")
    chat.press("Ab heute")
    chat.sees("Version 1 (Mai 2026), gilt ab Mo., 16.11., nicht freigegeben")
    assert "Freigeben" not in chat.buttons
    assert released(engine, chat.now.date()) == {}

    manager_chat.sends("/bab")
    manager_chat.press("Gespeicherte")
    manager_chat.press("Version 1")
    manager_chat.press("Freigeben")
    assert manager_chat.toast == "Freigegeben, gilt ab Mo., 16.11."
    assert released(engine, chat.now.date())["VVGK"] == Fraction(79, 983)

    chat.sends("/bab")
    chat.sees("Freigegeben: Version 1 (Mai 2026)", "MGK", "8,04")


def test_a_sheet_sent_by_a_seller_is_released_by_the_manager_and_gives_the_team_its_rates(
    chat: Chat, manager_chat: Chat, engine: Engine
) -> None:
    chat.sends_file(file(SHEET.format(heading="Fertigung II")))
    chat.sees("bab.csv", "Material      30 / 300  10,00", "VwVt", "✓ Hauptkostenstellen tragen alle Gemeinkosten")
    chat.press("Speichern")
    chat.types("Mai 2026")
    chat.press("Ab heute")
    chat.sees("bab.csv · Mai 2026", "Version 1 (Mai 2026), gilt ab Mo., 16.11., nicht freigegeben")
    assert "Freigeben" not in chat.buttons
    chat.sends("/bab")
    assert "Freigegeben" not in chat.screen

    manager_chat.sends("/bab")
    manager_chat.press("Gespeicherte")
    manager_chat.press("Version 1 · Mai 2026")
    manager_chat.sees("bab.csv · Mai 2026", "10,00", "nicht freigegeben", buttons=["Arbeitsmappe", "Freigeben"])
    manager_chat.press("Freigeben")
    manager_chat.sees("Version 1 (Mai 2026), gilt ab Mo., 16.11., freigegeben", buttons=["Freigabe zurücknehmen"])

    chat.sends("/bab")
    chat.sees("Freigegeben: Version 1 (Mai 2026)", "Material", "10,00", "Fertigung I", "40,00", "VwVt")
    assert "300" not in chat.screen, "rates, not the cost sheet"
    assert released(engine, chat.now.date())["Material"] == Fraction(1, 10)

    manager_chat.press("Freigabe zurücknehmen")
    chat.sends("/bab")
    assert "Freigegeben" not in chat.screen


def test_the_rates_are_kept_as_exact_text(manager_chat: Chat, engine: Engine) -> None:
    release(manager_chat, MODEL)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, exact FROM overhead_rate ORDER BY place")).all()
    assert [tuple(row) for row in rows] == [("MGK", "0.12"), ("FGK I", "0.42"), ("FGK II", "0.265"), ("VVGK", "79/983")]


def test_sellers_see_their_own_sheets_and_nobody_elses(chat: Chat, manager_chat: Chat) -> None:
    release(manager_chat, MODEL)
    chat.sends("/bab")
    chat.press("Gespeicherte")
    chat.sees("Noch keiner.")
    chat.press_data("bab:1|bab_show:1::")
    assert chat.toast.startswith("Diesen BAB gibt es nicht mehr.")
    chat.press_data("bab:1|bab_release:1::")
    assert chat.toast.startswith("Das ist für die Führungskraft")


def test_rates_hold_from_their_day_on_and_the_newest_day_wins(manager_chat: Chat, engine: Engine) -> None:
    release(manager_chat, "/bab MGK 10/100", "Oktober", "1.10.2026")
    release(manager_chat, "/bab MGK 20/100", "Dezember", "1.12.2026")
    assert released(engine, date(2026, 9, 30)) == {}
    assert released(engine, date(2026, 11, 30)) == {"MGK": Fraction(1, 10)}
    assert released(engine, date(2026, 12, 1)) == {"MGK": Fraction(1, 5)}
    manager_chat.press("Freigabe zurücknehmen")
    assert released(engine, date(2026, 12, 1)) == {"MGK": Fraction(1, 10)}


def test_a_saved_sheet_stays_as_it_is(manager_chat: Chat) -> None:
    manager_chat.sends("/bab MGK 10/100")
    change = manager_chat.data_of("Ergänzen")
    manager_chat.press("Speichern")
    manager_chat.types("Mai")
    manager_chat.press("Ab heute")
    manager_chat.press_data(change)
    assert manager_chat.toast.startswith("Dieser BAB ist gespeichert")


def test_the_manager_is_told_that_a_sheet_waits(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    chat.sends("/bab MGK 10/100")
    chat.press("Speichern")
    chat.types("Mai")
    chat.press("Ab heute")
    with engine.connect() as connection:
        told = connection.execute(
            text("SELECT payload FROM outbox WHERE chat_id = :chat AND pushed"), {"chat": manager_chat.person_id}
        ).scalar_one()
    assert "Ein BAB wartet auf Freigabe: Version 1 (Mai)." in told


def test_deleting_ones_data_removes_what_was_in_hand_and_keeps_the_teams_versions(
    chat: Chat, manager_chat: Chat, engine: Engine
) -> None:
    release(manager_chat, MODEL)
    manager_chat.sends("/bab MGK 1/2")
    chat.sends("/bab MGK 3/4")
    with engine.begin() as connection:
        store = SqlStore(connection)
        store.people.erase(PersonId(manager_chat.person_id))
        assert store.people.stored_about(PersonId(manager_chat.person_id))["cost_sheets"] == []
        rows = connection.execute(text("SELECT owner_id, version FROM cost_sheet ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [(None, 1), (chat.person_id, None)]
    assert released(engine, chat.now.date())["MGK"] == Fraction(12, 100)
