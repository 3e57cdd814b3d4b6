"""Costing in the chat: guided, in all directions, with the released rates."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from tests.chat import Chat
from tests.dialogs.cost_sheets import release
from tests.dialogs.costings import NBSP, RATES, answers, costed


def test_forward_with_the_released_rates_only_the_direct_costs_are_asked_for(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    manager_chat.sends("/kalkulation")
    manager_chat.sees("Mit den freigegebenen Sätzen, Version 1 (Mai 2026).", buttons=["Fertigung", "Handel"])
    manager_chat.press("Fertigung")
    manager_chat.press("Den Preis")
    manager_chat.sees("Fertigungsmaterial?", "Zum Beispiel: 6.000")
    manager_chat.types("6.000")
    manager_chat.sees("Notiert: Fertigungsmaterial 6.000.", "Fertigungslöhne Fertigung I?")
    answers(manager_chat, "3.000", "–", "10", "–", "–", "9.500")
    manager_chat.sees(
        f"Listenpreis 13.068{NBSP}€ netto", "Selbstkosten", "11.880", "15.550,92",
        f"Gewinn auf die Selbstkosten: 10{NBSP}%", f"langfristig: 11.880{NBSP}€", f"kurzfristig: 9.500{NBSP}€",
        buttons=["So gerechnet", "Ändern", "Als Produkt speichern"],
    )  # fmt: skip
    assert len(manager_chat.screen.splitlines()) <= 12


def test_without_released_rates_they_are_asked_for(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.sees("keine Zuschlagssätze freigegeben")
    chat.press("Fertigung")
    chat.press("Den Preis")
    answers(chat, "6.000", "10 %", "3.000", "40", "–", "10")
    chat.sees("Notiert: Verwaltungs- und Vertriebsgemeinkosten 10", "Gewinn in Prozent der Selbstkosten?")
    answers(chat, "10", "–", "–", "–")
    chat.sees("Listenpreis 13.068")


def test_every_released_stage_is_asked_for_wages_or_hours(manager_chat: Chat) -> None:
    release(manager_chat, "/bab MGK 60/600; Fertigung I 40/100; Fertigung II 5.500/100 h; VVGK 80")
    manager_chat.sends("/kalkulation")
    manager_chat.press("Fertigung")
    manager_chat.press("Den Preis")
    manager_chat.types("600")
    manager_chat.sees("Fertigungslöhne Fertigung I?")
    manager_chat.types("100")
    manager_chat.sees("Maschinenstunden Fertigung II?")
    answers(manager_chat, "2", "–", "0", "–", "–", "–")
    manager_chat.press("So gerechnet")
    manager_chat.press("Weiter ▶")
    assert "2 × 55" in manager_chat.screen


def test_backward_the_price_says_what_the_material_may_cost(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    manager_chat.sends("/kalkulation")
    manager_chat.press("Fertigung")
    manager_chat.press("Was es kosten darf")
    manager_chat.sees("Listenverkaufspreis?")
    answers(manager_chat, "13.068", "3.000", "–", "10", "–", "–")
    manager_chat.sees(f"Fertigungsmaterial höchstens 6.000{NBSP}€")


def test_difference_what_is_left_of_the_price(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    manager_chat.sends("/kalkulation")
    manager_chat.press("Fertigung")
    manager_chat.press("Was vom Preis bleibt")
    answers(manager_chat, "12.022,56", "6.000", "3.000", "–", "–", "–", "–")
    manager_chat.sees(f"Gewinn 142,56{NBSP}€", f"Gewinn auf die Selbstkosten: 1,2{NBSP}%")


def test_trade_from_the_suppliers_list_price(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.press("Handel")
    chat.press("Den Preis")
    answers(chat, "1.000", "10", "2", "18", "25", "8", "–", "–", "–")
    chat.sees(f"Listenpreis 1.215{NBSP}€ netto", "Bezugspreis", "900", "Selbstkosten", "1.125")


def test_trade_backward_ends_at_what_the_supplier_may_ask(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.press("Handel")
    chat.press("Was es kosten darf")
    answers(chat, "1.215", "10", "2", "18", "25", "8", "–", "–")
    chat.sees(f"Listeneinkaufspreis höchstens 1.000{NBSP}€")


def test_known_full_cost_is_enough_to_begin_with(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.press("Selbstkosten bekannt")
    assert "Was es kosten darf" not in chat.buttons
    chat.press("Den Preis")
    answers(chat, "800", "25", "2", "–", "600")
    chat.sees(f"Listenpreis 1.020,41{NBSP}€ netto", f"kurzfristig: 600{NBSP}€")


def test_a_released_rate_is_shown_and_can_be_changed(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    costed(manager_chat)
    manager_chat.press("Ändern")
    assert f"Materialgemeinkosten: 10{NBSP}% (freigegeben)".replace(NBSP, " ") in manager_chat.buttons
    manager_chat.press("Materialgemeinkosten")
    manager_chat.types("20")
    manager_chat.sees("Selbstkosten", "12.540")
    manager_chat.press("Ändern")
    assert "Materialgemeinkosten: 20 %" in manager_chat.buttons


def test_turned_around_the_price_that_came_out_stands(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    costed(manager_chat)
    manager_chat.press("Was es kosten darf")
    manager_chat.sees(f"Fertigungsmaterial höchstens 6.000{NBSP}€")
    manager_chat.press("Den Preis")
    manager_chat.sees(f"Listenpreis 13.068{NBSP}€")


def test_vat_is_that_of_the_country_and_can_be_the_other_one(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    costed(manager_chat)
    manager_chat.press("Ändern")
    manager_chat.press("MwSt. 7 %")
    manager_chat.press("Zum Ergebnis")
    manager_chat.sees("13.982,76")


@pytest.mark.parametrize(
    ("region", "now", "rates"),
    [
        ("DE-BY", datetime(2026, 11, 16, 8, tzinfo=UTC), ["19 %", "7 %", "0 %"]),
        ("DE-BY", datetime(2020, 8, 3, 8, tzinfo=UTC), ["16 %", "5 %", "0 %"]),
        ("AT-9", datetime(2026, 11, 16, 8, tzinfo=UTC), ["20 %", "10 %", "13 %", "0 %"]),
        ("CH-ZH", datetime(2023, 12, 29, 8, tzinfo=UTC), ["7,7 %", "2,5 %", "3,7 %", "0 %"]),
        ("CH-ZH", datetime(2024, 1, 3, 8, tzinfo=UTC), ["8,1 %", "2,6 %", "3,8 %", "0 %"]),
    ],
)
def test_vat_is_that_of_the_team_s_country_on_the_day(
    chat: Chat, engine: Engine, region: str, now: datetime, rates: list[str]
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE team SET region = :region"), {"region": region})
    chat.now = now
    knows_full_cost(chat)
    answers(chat, "100", "0", "–", "–", "–")
    chat.press("Ändern")
    assert [label.removeprefix("MwSt. ") for label in chat.buttons if "MwSt" in label] == rates


def test_left_questions_go_on_where_they_stopped(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.press("Handel")
    chat.press("Den Preis")
    chat.types("1.000")
    chat.later(hours=3)
    chat.types("irgendwas")
    chat.press("Frage fortsetzen")
    chat.sees("Lieferantenrabatt in Prozent?")
    answers(chat, "10", "2", "18", "25", "8", "–", "–", "–")
    chat.sees("Listenpreis 1.215")


def test_so_gerechnet_shows_every_line_that_says_something(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    costed(manager_chat)
    manager_chat.press("So gerechnet")
    pages = [manager_chat.screen]
    while "Weiter" in manager_chat.buttons:
        manager_chat.press("Weiter ▶")
        pages.append(manager_chat.screen)
    all_lines = "\n".join(pages)
    assert "6.000 × 10 % = 600" in all_lines
    assert "6.600 + 4.200 = 10.800" in all_lines
    assert "10.800 × 10 % = 1.080" in all_lines
    assert "Entwicklungsgemeinkosten" not in all_lines
    assert all(len(page.splitlines()) <= 12 for page in pages)


def test_a_discount_of_the_whole_price_is_refused_at_its_question(chat: Chat) -> None:
    knows_full_cost(chat)
    answers(chat, "800", "25", "100")
    chat.sees("Das muss unter 100 % bleiben. Zum Beispiel: 2 oder 2,5 %.", "Notiert: Gewinn 25", "Kundenskonto")
    assert "8 oder 7,5 %" not in chat.screen
    answers(chat, "2", "–", "–")
    chat.sees("Listenpreis 1.020,41")


def test_what_leaves_no_result_is_told_without_a_field_s_name_and_can_be_changed(chat: Chat) -> None:
    knows_full_cost(chat)
    answers(chat, "800", "25", "60", "–", "–")
    chat.press("Ändern")
    chat.press("Vertreterprovision")
    chat.types("40")
    chat.sees("Skonto und Provision müssen zusammen unter 100 % bleiben.", "Was ändern?")
    assert "_rate" not in chat.screen
    chat.press("Vertreterprovision: 40")
    chat.sees(f"Bisher: 40{NBSP}%.")
    chat.press("Weglassen")
    chat.sees("Listenpreis 2.500")


def test_a_double_tap_leaves_out_one_question_only(chat: Chat) -> None:
    knows_full_cost(chat)
    answers(chat, "800", "25")
    leave_out = chat.data_of("Weglassen")
    chat.press_data(leave_out)
    chat.sees("Kundenrabatt in Prozent?")
    chat.press_data(leave_out)
    chat.sees("Kundenrabatt in Prozent?")
    assert chat.toast.startswith("Diese Frage ist schon erledigt.")


def test_a_loss_is_called_a_loss(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.press("Selbstkosten bekannt")
    chat.press("Was vom Preis bleibt")
    answers(chat, "900", "1.000", "–", "–", "950")
    chat.sees(
        f"Verlust 100{NBSP}€", f"Verlust auf die Selbstkosten: 10{NBSP}%", "⚠ Verlust: der Preis deckt",
        "⚠ Der Preis liegt unter den variablen Kosten",
    )  # fmt: skip
    assert "profit" not in chat.screen


def test_with_many_warnings_the_screen_stays_short(manager_chat: Chat) -> None:
    release(manager_chat, RATES)
    manager_chat.sends("/kalkulation")
    manager_chat.press("Fertigung")
    manager_chat.press("Was vom Preis bleibt")
    answers(manager_chat, "9.000", "6.000", "3.000", "–", "–", "–", "9.500")
    manager_chat.sees("Verlust 2.880", "⚠ Der Preis liegt unter", "Selbstkosten", "Mit den freigegebenen Sätzen")
    assert len(manager_chat.screen.splitlines()) <= 12


def test_a_costing_that_was_left_goes_on_where_it_stopped(chat: Chat) -> None:
    chat.sends("/kalkulation")
    chat.press("Handel")
    chat.press("Den Preis")
    chat.types("1.000")
    chat.press("Abbrechen")
    chat.sees("Was du eingegeben hast, bleibt.", buttons=["Frage fortsetzen"])
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kalkulation")
    chat.press("Weitermachen: Handel, Den Preis")
    chat.sees("Lieferantenrabatt in Prozent?")
    answers(chat, "10", "2", "18", "25", "8", "–", "–", "–")
    chat.sees("Listenpreis 1.215")
    chat.sends("/kalkulation")
    assert not [label for label in chat.buttons if "Weitermachen" in label]


def knows_full_cost(chat: Chat) -> None:
    """At the question for it."""
    chat.sends("/kalkulation")
    chat.press("Selbstkosten bekannt")
    chat.press("Den Preis")


def test_in_english(english_chat: Chat) -> None:
    english_chat.sends("/costing")
    english_chat.press("Full cost known")
    english_chat.press("What the price leaves")
    for words in ("1,000", "800"):
        english_chat.types(words)
    for _ in range(3):
        english_chat.press("Leave out")
    english_chat.sees("Profit €200", "Profit on full cost: 25%")
