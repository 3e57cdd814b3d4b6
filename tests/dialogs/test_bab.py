"""Overhead rates in the chat: in one line, and question by question."""

from fractions import Fraction

import pytest

from dialogs.accounting import words as cost_words
from knowledge.accounting.working import Figure, Kind
from knowledge.language.languages import Language
from tests.chat import Chat
from tests.dialogs.cost_sheets import MODEL

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


def test_a_division_may_be_told_in_words_and_bases_by_their_names(chat: Chat) -> None:
    chat.sends("/bab MGK 63.000 € von 525.000 €; FGK 42.000/FL 100.000; Verw./Vertr. 73.000/HKU")
    chat.sees("MGK           12,00", "FGK           42,00", "Verw./Vertr.  10,00")
    chat.sees("Herstellkosten der Erzeugung: 730.000")


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
