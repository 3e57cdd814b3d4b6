"""Costing in the chat: guided, in all directions, with the released rates; products that are one tap the next time."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from sqlalchemy import Engine, text

from bot.storage.store import SqlStore
from dialogs.ports.people import TeamId
from knowledge.accounting.costing import calculate
from knowledge.accounting.json_costing import read_costing
from knowledge.accounting.machine_hour_rate import Machine
from tests.chat import Chat
from tests.dialogs.test_bab import release

RATES = "/bab MGK 60/600; Fertigung I 40/100; VVGK 80/800"
NBSP = "\N{NO-BREAK SPACE}"


def answers(chat: Chat, *typed: str) -> None:
    """Answers one question after the other; '–' leaves one out."""
    for words in typed:
        if words == "–":
            chat.press("Weglassen")
        else:
            chat.types(words)


def costed(manager: Chat) -> None:
    """A product with direct costs of 6,000 and 3,000, 10 % profit, at the released rates."""
    manager.sends("/kalkulation")
    manager.press("Fertigung")
    manager.press("Den Preis")
    answers(manager, "6.000", "3.000", "–", "10", "–", "–", "9.500")


def saved(manager: Chat, name: str = "Etikettierer E200") -> None:
    """The same, kept as a product: list price 13,068, full cost 11,880."""
    release(manager, RATES)
    costed(manager)
    manager.press("Als Produkt speichern")
    manager.types(name)


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


# Products


def test_a_saved_product_is_one_tap_the_next_time(manager_chat: Chat) -> None:
    saved(manager_chat)
    manager_chat.sees(f"Gespeichert: Etikettierer E200, Listenpreis 13.068{NBSP}€ netto.")
    manager_chat.sends("/kalkulation")
    manager_chat.press("Etikettierer E200")
    manager_chat.sees(f"Listenpreis 13.068{NBSP}€ netto")


def test_a_product_goes_on_with_the_rates_that_are_released_later(manager_chat: Chat) -> None:
    saved(manager_chat)
    manager_chat.later(days=1)
    release(manager_chat, "/bab MGK 120/600; Fertigung I 40/100; VVGK 86/860", "Juni")
    manager_chat.sends("/kalkulation")
    manager_chat.press("Etikettierer E200")
    manager_chat.sees("Selbstkosten", "12.540", "Version 2 (Juni)")


def test_a_seller_sees_the_price_of_the_teams_product_and_not_its_costs(chat: Chat, manager_chat: Chat) -> None:
    saved(manager_chat)
    chat.sends("/kalkulation")
    chat.press("Etikettierer E200")
    chat.sees(f"Listenpreis 13.068{NBSP}€ netto, 15.550,92{NBSP}€ brutto", "sieht deine Führungskraft")
    assert "11.880" not in chat.screen


def test_a_seller_cannot_open_or_delete_the_manager_s_costing(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    saved(manager_chat)
    manager_chat.sends("/kalkulation")
    manager_chat.press("Etikettierer E200")
    shown = manager_chat.screen
    for forged in ("cost_show:2::", "cost_working:2::0", "cost_forget:2::sure", "cost_again:2::"):
        chat.press_data(f"costing:2|{forged}")
        assert chat.toast.startswith("Diese Kalkulation gibt es nicht mehr.")
    assert "11.880" in shown
    assert products(engine) == 1


def products(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM product")).scalar_one())


def test_a_changed_product_is_saved_under_its_name_with_one_tap(manager_chat: Chat, engine: Engine) -> None:
    saved(manager_chat)
    manager_chat.sends("/kalkulation")
    manager_chat.press("Etikettierer E200")
    manager_chat.sees("Etikettierer E200", buttons=["Speichern", "Als neues Produkt"])
    manager_chat.press("Ändern")
    manager_chat.press("Gewinn: 10")
    manager_chat.types("20")
    manager_chat.press("Speichern")
    manager_chat.sees(f"Gespeichert: Etikettierer E200, Listenpreis 14.256{NBSP}€ netto.")
    assert products(engine) == 1


def test_with_sight_of_costs_a_seller_opens_it_too(chat: Chat, manager_chat: Chat) -> None:
    saved(manager_chat)
    manager_chat.sends("/team")
    manager_chat.press("Wer sieht was")
    manager_chat.sees("Kosten: Verkäufer sehen im Preisraum nur eine Ampel")
    manager_chat.press("Verkäufer sehen Kosten: einschalten")
    manager_chat.sees("Kosten: Verkäufer sehen im Preisraum Gewinn und Untergrenzen.")
    chat.sends("/kalkulation")
    chat.press("Etikettierer E200")
    chat.sees("Selbstkosten", "11.880")
    manager_chat.press("Verkäufer sehen Kosten: ausschalten")
    chat.press("So gerechnet")
    assert chat.toast.startswith("Diese Kalkulation gibt es nicht mehr.")


def test_a_seller_does_not_replace_what_the_manager_costed(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    saved(manager_chat)
    costed(chat)
    chat.press("Als Produkt speichern")
    chat.types("etikettierer e200")
    chat.sees("gibt es schon mit einer Kalkulation")
    assert products(engine) == 1


def test_the_costing_of_a_product_is_deleted_after_a_question(manager_chat: Chat) -> None:
    saved(manager_chat)
    manager_chat.sends("/kalkulation")
    manager_chat.press("Etikettierer E200")
    manager_chat.press("Ändern")
    manager_chat.press("Kalkulation löschen")
    manager_chat.sees("Kalkulation von Etikettierer E200 löschen?", "das ganze Team")
    manager_chat.press("Behalten")
    manager_chat.sees("Listenpreis 13.068")
    manager_chat.press("Ändern")
    manager_chat.press("Kalkulation löschen")
    manager_chat.press("Kalkulation löschen")
    manager_chat.sees("Die Kalkulation von Etikettierer E200 ist gelöscht.")
    manager_chat.sends("/kalkulation")
    assert "Etikettierer E200" not in manager_chat.buttons


def test_what_is_kept_is_exact_and_reads_as_the_contract_says(manager_chat: Chat, engine: Engine) -> None:
    saved(manager_chat)
    with engine.connect() as connection:
        (product,) = SqlStore(connection).products.all(TeamId(1))
    assert product.list_price == Fraction(13068)
    fields = {**product.fields, "material_overhead_rate": "1/10"}
    read = read_costing(fields)
    assert not isinstance(read.asked, Machine)
    assert calculate(read.asked)["direct_material"] == 6000


@pytest.mark.parametrize(
    "press", ["costing:1|cost_show:99::", "costing|cost_product:::nonsense", "costing|cost_new:::x"]
)
def test_a_button_of_something_that_is_gone_does_no_harm(chat: Chat, press: str) -> None:
    chat.sends("/kalkulation")
    chat.press_data(press)
    assert chat.toast


def test_in_english(english_chat: Chat) -> None:
    english_chat.sends("/costing")
    english_chat.press("Full cost known")
    english_chat.press("What the price leaves")
    for words in ("1,000", "800"):
        english_chat.types(words)
    for _ in range(3):
        english_chat.press("Leave out")
    english_chat.sees("Profit €200", "Profit on full cost: 25%")
