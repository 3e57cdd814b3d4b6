"""Overhead rates from a file that was sent: read, checked, and what is wrong with it named by its cell."""

from dataclasses import replace

import pytest

from dialogs.turn import Document
from tests.chat import Chat
from tests.dialogs.cost_sheets import MODEL, SHEET, file


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
