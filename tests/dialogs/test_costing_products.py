"""Products: a costing that is one tap the next time, and who may open, replace and delete it."""

from fractions import Fraction

import pytest
from sqlalchemy import Engine, text

from bot.storage.store import SqlStore
from dialogs.ports.people import TeamId
from knowledge.accounting.costing import calculate
from knowledge.accounting.json_costing import read_costing
from knowledge.accounting.machine_hour_rate import Machine
from tests.chat import Chat
from tests.dialogs.cost_sheets import release
from tests.dialogs.costings import NBSP, costed, saved


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
