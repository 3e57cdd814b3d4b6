"""Overhead rates in the chat: one line, question by question, a file; saved, released, seen by the team."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine, text

from bot.document_worker import opened
from bot.documents import _with_answer
from bot.storage.store import SqlStore
from dialogs.accounting import words as cost_words
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import TeamId
from dialogs.turn import Document
from knowledge.accounting.working import Figure, Kind
from knowledge.language.languages import Language
from tests.chat import Chat

MODEL = "/bab MGK 63/525; FGK I 42/100; FGK II 53/200; VVGK 79"

SHEET = """\
BAB Mai;;;;;
Kostenart;Summe;Material;Fertigung I;{heading};VwVt
Hilfslöhne;100;20;30;10;40
Gehälter;50;10;10;10;20
Zuschlagsgrundlage;;300;100;50;
"""


def file(content: str, name: str = "bab.csv", **roles: str) -> Document:
    """A file as the bot has read it when the turn begins."""
    document = Document(name, len(content), "file-1")
    return _with_answer(document, opened(content.encode(), name, roles))


def release(manager: Chat, line: str, period: str = "Mai 2026", valid_from: str | None = None) -> None:
    """A manager makes these rates the team's."""
    manager.sends(line)
    manager.press("Speichern")
    manager.types(period)
    if valid_from is None:
        manager.press("Ab heute")
    else:
        manager.types(valid_from)
        manager.press("Stimmt")
    manager.press("Freigeben")


def released(engine: Engine, on: date) -> dict[str, Fraction]:
    """The team's rates on a day."""
    with engine.connect() as connection:
        rates = SqlStore(connection).cost_sheets.released_rates(TeamId(1), on)
    return {rate.name: rate.exact for rate in rates.rates} if rates else {}


# One line


def test_overheads_over_base_give_the_rate(chat: Chat) -> None:
    chat.sends("/bab 63.000/525.000")
    chat.sees("63.000 / 525.000", "12,00\N{NO-BREAK SPACE}%", buttons=["So gerechnet", "Arbeitsmappe", "Speichern"])
    assert "Herstellkosten" not in chat.screen


def test_several_centres_stand_in_one_line(chat: Chat) -> None:
    chat.sends("/bab MGK 63.000/525.000; FGK I 42.000/100.000")
    chat.sees("MGK    63.000 / 525.000", "12,00", "FGK I  42.000 / 100.000", "42,00")
    chat.sees("Herstellkosten der Erzeugung: 730.000")
    assert max(map(len, chat.screen.splitlines()[1:3])) <= 32


def test_the_model_calculation_takes_administration_on_the_manufacturing_cost(chat: Chat) -> None:
    chat.sends(MODEL)
    chat.sees("12,00", "42,00", "26,50", "VVGK    79 / 983", "8,04", "Herstellkosten der Erzeugung: 983")


def test_the_single_step_case_study(chat: Chat) -> None:
    chat.sends("/bab MGK 84.200/360.000; FGK 112.500/450.000; VwGK 180.500; VtGK 36.800")
    chat.sees("84.200/360.000  23,39", "VwGK", "180.500/1.006.700  17,93", "3,66")
    chat.sees("Herstellkosten der Erzeugung: 1.006.700")
    assert max(map(len, chat.screen.splitlines()[1:5])) <= 32


def test_hours_are_a_base_of_their_own(chat: Chat) -> None:
    chat.sends("/bab FGK 42.000/175 h")
    chat.sees("240 je h")


def test_english_numbers_in_english(english_chat: Chat) -> None:
    english_chat.sends("/bab Material 63,000/525,000; Production 42,000/100,000; Admin 14,600")
    english_chat.sees("12.00%", "42.00%", "2.00%", buttons=["Worked out", "Save"])


def test_what_does_not_go_together_names_the_centre_as_it_was_typed(chat: Chat) -> None:
    chat.sends("/bab MGK 63.000/0")
    chat.sees("MGK: die Zuschlagsgrundlage ist 0, die Kostenstelle trägt aber Kosten von 63.000")
    chat.sends("/bab MGK -5/100")
    chat.sees("⚠ MGK: negative Kosten: -5")
    assert "primary" not in chat.screen


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("quatsch", "Das lese ich nicht: „quatsch“"),
        ("MGK 63.000/", "Das lese ich nicht"),
        ("VVGK 79", "fehlt die Grundlage"),
        ("MGK 1/2; MGK 2/3", "MGK steht doppelt da"),
        ("MGK 5/0", "Zuschlagsgrundlage ist 0"),
        (";".join(f"F{n} 1/2" for n in range(30)), "Höchstens 20 Kostenstellen"),
        ("MGK 1/2\N{RIGHT-TO-LEFT OVERRIDE}", "Das lese ich nicht"),
    ],
)
def test_what_is_not_clear_gets_one_sentence(chat: Chat, line: str, words: str) -> None:
    chat.sends(f"/bab {line}")
    chat.sees(words)
    assert chat.buttons == []


def test_so_gerechnet_shows_every_line_with_its_numbers_and_leads_back(chat: Chat) -> None:
    chat.sends(MODEL)
    result = chat.screen
    chat.press("So gerechnet")
    chat.sees("525 + 63 + 100 + 42 + 200 + 53 = 983", "Seite 1 von 2")
    chat.press("Weiter ▶")
    chat.sees("VVGK: Zuschlagssatz", "79 ÷ 983 = 8,04")
    assert len(chat.screen.splitlines()) <= 12
    chat.press("Zum Ergebnis")
    assert chat.screen == result
    assert len(chat.phone) == 1


# Question by question


def test_guided_the_bot_asks_for_one_thing_at_a_time_and_reads_back_in_the_next_question(chat: Chat) -> None:
    chat.sends("/bab")
    chat.sees("Oder schick eine Tabelle", buttons=["Schritt für Schritt", "Vorlage", "Beispiel"])
    chat.press("Schritt für Schritt")
    chat.sees("Welche Kostenstellen?", buttons=["Die üblichen vier"])
    chat.types("Material; Fertigung; Verwaltung und Vertrieb")
    chat.sees("Gemeinkosten Material? (1 von 3)")
    chat.types("63.000")
    chat.sees("Notiert: Material 63.000.", "Fertigungsmaterial als Grundlage von Material?")
    chat.types("525.000")
    chat.sees("Notiert: Grundlage Material 525.000.", "Gemeinkosten Fertigung? (2 von 3)")
    chat.types("42.000")
    chat.types("100.000")
    chat.sees("Notiert: Grundlage Fertigung 100.000.", "Gemeinkosten Verwaltung und Vertrieb? (3 von 3)")
    chat.types("79.000")
    chat.sees("12,00", "42,00", "10,82", "Herstellkosten der Erzeugung: 730.000", buttons=["Ergänzen", "Speichern"])


def test_overheads_without_a_base_are_read_back_too(chat: Chat) -> None:
    chat.sends("/bab")
    chat.press("Schritt für Schritt")
    chat.press("Die üblichen vier")
    for figure in ("63.000", "525.000", "42.000", "100.000", "12k"):
        chat.types(figure)
    chat.sees("Notiert: Verwaltung 12.000.", "Gemeinkosten Vertrieb? (4 von 4)")


def test_what_was_entered_waits_and_is_taken_up_again(chat: Chat) -> None:
    chat.sends("/bab")
    chat.press("Schritt für Schritt")
    chat.press("Die üblichen vier")
    chat.types("63.000")
    chat.press("Abbrechen")
    chat.later(days=3)
    chat.sends("/bab")
    chat.press("▶ Weiter")
    chat.sees("Notiert: Material 63.000.", "Fertigungsmaterial als Grundlage von Material?")
    assert chat.restarted().data_of("Abbrechen")


def test_a_wrong_number_gets_a_sentence_and_the_question_stays(chat: Chat) -> None:
    chat.sends("/bab")
    chat.press("Schritt für Schritt")
    chat.press("Die üblichen vier")
    chat.types("ziemlich viel")
    chat.sees("Das lese ich nicht als Zahl.", "Gemeinkosten Material?")
    chat.types("63.000")
    chat.types("0")
    chat.sees("Auf null lässt sich kein Satz rechnen.", "Fertigungsmaterial als Grundlage")


def test_a_name_that_tells_nothing_is_asked_about(chat: Chat) -> None:
    chat.sends("/bab")
    chat.press("Schritt für Schritt")
    chat.types("Material; Halle 3")
    chat.types("10")
    chat.types("100")
    chat.sees("Was ist Halle 3?", buttons=["Fertigung", "Ohne Satz"])
    chat.press("Fertigung")
    chat.sees("Gemeinkosten Halle 3? (2 von 2)")


def test_a_line_can_be_completed_later(chat: Chat) -> None:
    chat.sends("/bab MGK 63/525")
    chat.press("Ergänzen")
    chat.sees("Welche Kostenstelle ändern?", "MGK", buttons=["MGK", "Kostenstelle dazu"])
    chat.press("Kostenstelle dazu")
    chat.types("Fertigung")
    chat.types("42")
    chat.types("100")
    chat.sees("12,00", "42,00")
    chat.press("Ergänzen")
    chat.press("MGK")
    chat.types("52,5")
    chat.types("525")
    chat.sees("10,00", "42,00")


# A file


def test_a_file_becomes_rates_and_checks(chat: Chat) -> None:
    chat.sends_file(file(SHEET.format(heading="Fertigung II")))
    chat.sees("bab.csv", "Material", "10,00", "✓ Hauptkostenstellen tragen alle Gemeinkosten: 150 = 150",
              buttons=["So gerechnet", "Arbeitsmappe", "Speichern"])  # fmt: skip
    assert "Ergänzen" not in chat.buttons, "what came from a file is changed in the file"


def test_a_file_that_is_no_table_gets_one_sentence_and_the_template(chat: Chat) -> None:
    chat.sends_file(file("Umsatz;Jan;Feb\nNord;1;2", "umsatz.csv"))
    chat.sees("umsatz.csv: keine Tabelle mit Kostenstellen", buttons=["Vorlage"])
    assert chat.screen.count("umsatz.csv") == 1
    assert "stimm" not in chat.screen


def test_what_follows_from_a_wrong_cell_is_not_told_as_well(chat: Chat) -> None:
    rows = "Kostenart;Summe;Material;Fertigung;VwVt\nLöhne;12;5;sieben;0\nMiete;3;1;1;1\nSumme;15;6;8;2\n"
    chat.sends_file(file(rows))
    chat.sees("stimmen 2 Stellen nicht:", "D2: erwartet ist ein Betrag", "E4: die Summe ist 1, hier steht 2")


def test_a_row_that_does_not_add_up_is_told_before_what_stands_below_it(chat: Chat) -> None:
    rows = "Kostenart;Summe;Material;Fertigung;VwVt\nLöhne;13;5;7;0\nSumme;12;5;8;0\n"
    chat.sends_file(file(rows))
    chat.sees("stimmen 2 Stellen nicht:", "B2: die Beträge ergeben 12, die Summe sagt 13", "D3: die Summe ist 7")
    assert chat.screen.index("B2") < chat.screen.index("D3")


def test_the_unit_is_said_as_controllers_write_it(chat: Chat) -> None:
    chat.sends_file(file("Angaben in TEUR;;\nKostenart;Summe;Material;Fertigung\nLöhne;12;5;7\n"))
    chat.sees("bab.csv · TEUR")


def test_a_wrong_cell_is_named_and_the_template_is_one_tap_away(chat: Chat) -> None:
    chat.sends_file(file(SHEET.format(heading="Fertigung II").replace(";20;30;10;40", ";20;dreißig;10;40")))
    chat.sees("In „bab.csv“ stimmt eine Stelle nicht:", "D3", "schick sie noch einmal", buttons=["Vorlage"])
    chat.press("Vorlage")
    assert chat.files[-1]["kind"] == "bab_template"


def test_a_heading_that_tells_nothing_is_asked_about_and_the_file_is_read_again(chat: Chat) -> None:
    chat.sends_file(file(SHEET.format(heading="Halle 3")))
    chat.sees("Was ist Halle 3?", buttons=["Fertigung", "Verwaltung"])
    # The bot reads the file again before the turn of the press that says the last of the roles.
    read = file(SHEET.format(heading="Halle 3"), **{"Halle 3": "production"})
    assert read.sheet is not None
    chat.press("Fertigung", document=read)
    chat.sees("bab.csv", "Halle 3", "40,00")
    assert "„bab.csv“ ist gelesen." in chat.phone[-2].text


@pytest.mark.parametrize(
    ("hindrance", "words"),
    [("too_large", "größer als 5 MB"), ("other_kind", "xlsx oder csv"), ("not_fetched", "kam nicht an"),
     ("too_slow", "zu umfangreich")],
)  # fmt: skip
def test_what_is_not_read_gets_a_reason(chat: Chat, hindrance: str, words: str) -> None:
    chat.sends_file(replace(Document("plan.pdf", 10, "file-1"), hindrance=hindrance))
    chat.sees("plan.pdf", words)


@pytest.mark.parametrize("content", ["%PDF-1.7", "{\\rtf1 Brief}"])
def test_files_of_other_kinds_are_known_by_their_content(chat: Chat, content: str) -> None:
    chat.sends_file(file(content))
    chat.sees("Ich lese Tabellen mit einem BAB")


def test_the_workbook_is_made_from_the_very_sheet(chat: Chat) -> None:
    chat.sends(MODEL)
    chat.press("Arbeitsmappe")
    assert [file["kind"] for file in chat.files] == ["bab_workbook", "bab_picture"]
    assert all('"FGK II"' in file["values"]["text"] for file in chat.files)


# Saved and released


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


def test_leaving_the_questions_says_that_the_entries_are_kept(manager_chat: Chat) -> None:
    manager_chat.sends("/bab")
    manager_chat.press("Schritt für Schritt")
    manager_chat.types("Material; Fertigung; Verwaltung; Vertrieb")
    manager_chat.press("Abbrechen")
    manager_chat.sees("Abgebrochen. Was du eingegeben hast, bleibt.", buttons=["Frage fortsetzen"])
    manager_chat.sends("/abbrechen")
    manager_chat.sends("/bab")
    manager_chat.sees(buttons=["Weiter"])


def test_negative_figures_are_written_with_a_minus() -> None:
    assert cost_words.amount(Fraction(-1250, 1), Language.DE) == "−1.250"
    assert cost_words.percent(Fraction(-1, 8), Language.DE) == "−12,5\N{NO-BREAK SPACE}%"
    assert cost_words.figure(Figure(Fraction(-3), Kind.QUANTITY), Language.EN) == "−3"


def test_the_period_in_a_files_title_is_proposed_when_saving(chat: Chat) -> None:
    chat.sends_file(file(SHEET.format(heading="Fertigung II").replace("BAB Mai;", "BAB Mai 2013;")))
    chat.press("Speichern")
    chat.sees("Wie soll er heißen?", buttons=["Mai 2013"])
    old = chat.data_of("Mai 2013")
    chat.press("Mai 2013")
    chat.press("Ab heute")
    chat.sees("Version 1 (Mai 2013)")
    chat.press_data(old)
    assert chat.toast == "Diese Frage ist schon erledigt."
