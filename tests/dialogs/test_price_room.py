"""The price room: '8 %' typed in the negotiation, what is left, what to ask in return, and who sees which numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from knowledge.catalogue import Catalogue
from knowledge.entries import Product
from knowledge.taxonomy import OfferKind
from tests.chat import Chat
from tests.dialogs.costings import saved
from tests.dialogs.negotiation import EUR, NBSP, negotiates, sells

# What is left


def test_a_manager_sees_what_is_left_and_what_to_ask_in_return(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    manager_chat.types("8 %")
    manager_chat.sees(f"− 8{NBSP}%: von welchem Preis?", buttons=["Produkt wählen", "Preis eingeben"])
    manager_chat.press("Produkt wählen")
    manager_chat.press("Etikettierer E200")
    manager_chat.sees(
        f"13.068{EUR} − 8{NBSP}% = 12.022,56{EUR}",
        f"Gewinn 142,56{EUR}, 1,2{NBSP}% auf die Selbstkosten",
        f"Untergrenze langfristig 11.880{EUR} (142,56{EUR} darüber)",
        f"Untergrenze kurzfristig 9.500{EUR} (2.522,56{EUR} darüber)",
        "Nur gegen etwas: größere Menge, Anzahlung, Referenz",
        "kann ich 12.022,56 € machen",
        buttons=["So gerechnet", "übernehmen", "verwerfen"],
    )
    assert len(manager_chat.screen.splitlines()) <= 12


@pytest.mark.parametrize(
    ("typed", "headline"),
    [
        ("-500", f"13.068{EUR} − 500{EUR} = 12.568{EUR}"),
        ("500 € weniger", f"13.068{EUR} − 500{EUR} = 12.568{EUR}"),
        ("12.500", f"13.068{EUR} → 12.500{EUR} (−{NBSP}4,35{NBSP}%)"),
        ("auf 12,5k", f"13.068{EUR} → 12.500{EUR} (−{NBSP}4,35{NBSP}%)"),
        ("8% Rabatt", f"13.068{EUR} − 8{NBSP}% = 12.022,56{EUR}"),
        ("+2 %", f"13.068{EUR} + 2{NBSP}% = 13.329,36{EUR}"),
    ],
)
def test_a_percentage_a_difference_and_a_price_are_understood(manager_chat: Chat, typed: str, headline: str) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    sells(manager_chat)
    manager_chat.types(typed)
    manager_chat.sees(headline)


def test_below_the_floor_only_a_smaller_scope_pays_for_it(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    sells(manager_chat, "20 %")
    manager_chat.sees(
        f"Verlust 1.425,60{EUR}, 12,0{NBSP}% der Selbstkosten", f"(1.425,60{EUR} darunter)",
        "Nur gegen etwas: kleinerer Umfang\n", "Für 10.454,40 € nehmen wir etwas heraus.",
    )  # fmt: skip


def test_a_higher_price_asks_for_nothing_in_return(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    sells(manager_chat, "+2 %")
    assert "Nur gegen etwas" not in manager_chat.screen


def test_so_gerechnet_is_the_difference_costing_line_by_line(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    sells(manager_chat)
    room = manager_chat.screen
    manager_chat.press("So gerechnet")
    manager_chat.sees("Selbstkosten: 11.880", "12.022,56 − 11.880 = 142,56", "14.306,85")
    manager_chat.press("Zum Ergebnis")
    manager_chat.sees(f"12.022,56{EUR}", f"Gewinn 142,56{EUR}")
    assert room.splitlines()[1:] == manager_chat.screen.splitlines()[1:]


# Who sees what


@pytest.mark.parametrize(
    ("typed", "light"),
    [("4 %", "🟢 Noch Spielraum."), ("8 %", "🟡 Kaum noch Spielraum"), ("20 %", "🔴 Kein Spielraum")],
)
def test_a_seller_sees_a_light_and_no_number_of_cost_or_profit(
    chat: Chat, manager_chat: Chat, typed: str, light: str
) -> None:
    saved(manager_chat)
    negotiates(chat)
    sells(chat, typed)
    chat.sees(light, "Nur gegen etwas", buttons=["übernehmen", "verwerfen"])
    for secret in ("11.880", "9.500", "142,56", "Gewinn", "Untergrenze langfristig", "Selbstkosten"):
        assert secret not in chat.screen
    assert "So gerechnet" not in chat.buttons


def test_a_forged_button_shows_a_seller_nothing_either(chat: Chat, manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(chat)
    sells(chat)
    chat.press_data(f"room:{chat.talk.id}|room_work:{chat.talk.id}::p12022.56=0")
    assert "11.880" not in chat.screen
    assert chat.toast.startswith("Was es kostet, sieht deine Führungskraft.")


def test_switched_on_sellers_see_the_numbers(chat: Chat, manager_chat: Chat) -> None:
    saved(manager_chat)
    manager_chat.sends("/team")
    manager_chat.press("Wer sieht was")
    manager_chat.press("Verkäufer sehen Kosten: einschalten")
    negotiates(chat)
    sells(chat)
    chat.sees(f"Gewinn 142,56{EUR}", buttons=["So gerechnet"])


def test_a_seller_cannot_switch_it_on(chat: Chat) -> None:
    chat.press_data("team|team_costs:::on")
    assert chat.toast.startswith("Das ist für die Führungskraft")


# Without a costing


def test_without_a_product_the_price_is_asked_for_once(chat: Chat) -> None:
    negotiates(chat)
    chat.types("8 %")
    chat.sees("Welcher Preis steht im Raum, netto?")
    chat.types("18.900")
    chat.sees(
        f"18.900{EUR} − 8{NBSP}% = 17.388{EUR}", f"Du gibst 1.512{EUR} her (8{NBSP}%).",
        "Ohne Kalkulation sage ich nicht, was übrig bleibt.", "Nur gegen etwas:",
    )  # fmt: skip
    chat.types("-500")
    chat.sees(f"18.900{EUR} − 500{EUR} = 18.400{EUR}")


def test_a_typed_price_alone_can_be_taken_over(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.sees(f"18.900{EUR}")
    chat.press("übernehmen")
    assert (chat.talk.price, chat.talk.price_currency) == (Decimal("18900.00"), "EUR")


def company_sells(chat: Chat, price: str = "16.400 €") -> None:
    """The company's own content has one product, the E200."""
    products = {
        "e200": Product(name="Etikettierer E200", offer=OfferKind.GOODS, benefits=("Steht nicht",), price=price)
    }
    by_language = {
        language: replace(knowledge, products=products)
        for language, knowledge in chat.house.catalogue.by_language.items()
    }
    chat.house = replace(chat.house, catalogue=Catalogue(by_language))


def test_the_price_in_the_companys_own_words_is_the_list_price(chat: Chat) -> None:
    company_sells(chat)
    negotiates(chat)
    sells(chat)
    chat.sees(f"16.400{EUR} − 8{NBSP}% = 15.088{EUR}", "Ohne Kalkulation")
    assert chat.talk.product == "e200"


def test_a_price_that_says_more_than_an_amount_is_asked_for(chat: Chat) -> None:
    company_sells(chat, "ab 89 € im Monat")
    negotiates(chat)
    sells(chat)
    chat.sees("Welcher Preis steht im Raum, netto?")


def test_a_costing_saved_under_the_products_name_bears_its_id(manager_chat: Chat) -> None:
    company_sells(manager_chat)
    saved(manager_chat, "etikettierer e200")
    negotiates(manager_chat)
    sells(manager_chat)
    manager_chat.sees(f"13.068{EUR} − 8{NBSP}% = 12.022,56{EUR}", "Gewinn 142,56")
    assert manager_chat.talk.product == "e200"
    manager_chat.sends("/kalkulation")
    assert [label for label in manager_chat.buttons if "E200" in label] == ["Etikettierer E200"]


def test_a_product_that_was_written_down_by_its_name_is_the_one(chat: Chat, manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(chat)
    chat.press("⋯")
    chat.press("Angebot: ")
    chat.types("etikettierer e200")
    chat.types("8 %")
    chat.sees(f"13.068{EUR} − 8{NBSP}% = 12.022,56{EUR}", "🟡")


# Net and gross


def test_consumers_are_told_gross_prices_and_the_costing_stays_net(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat, group="Privat (B2C)")
    sells(manager_chat)
    manager_chat.sees(
        f"15.550,92{EUR} − 8{NBSP}% = 14.306,85{EUR}", f"Preise mit 19{NBSP}% MwSt.", f"Gewinn 142,56{EUR}",
        f"Untergrenze langfristig 14.137,20{EUR} (169,65{EUR} darüber)",
    )  # fmt: skip
    manager_chat.types("12.022,56 netto")
    manager_chat.sees(f"→ 14.306,85{EUR}")


# A cash discount, and a price that is named with the percentage


def test_a_cash_discount_leaves_the_price_and_says_what_is_left(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    sells(manager_chat)
    manager_chat.types("3 Prozent Skonto")
    manager_chat.sees(
        f"13.068{EUR} mit 3{NBSP}% Skonto: 12.675,96{EUR} bei früher Zahlung", f"Gewinn 795,96{EUR}, 6,7{NBSP}%",
        "Nur gegen etwas: früher zahlen", "in zehn statt in dreißig Tagen", "Der Preis bleibt;",
    )  # fmt: skip
    assert len(manager_chat.screen.splitlines()) <= 12
    assert manager_chat.buttons[-3:] == ["So gerechnet", "übernehmen", "verwerfen"]
    manager_chat.press("So gerechnet")
    manager_chat.sees("13.068 × 3 % = 392,04")
    manager_chat.press("Zum Ergebnis")
    manager_chat.sees(f"Gewinn 795,96{EUR}")


def test_a_cash_discount_shows_a_seller_the_light_alone(chat: Chat, manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(chat)
    sells(chat)
    chat.types("3% Skonto")
    chat.sees("🟢 Noch Spielraum.", "früher zahlen")
    assert "795,96" not in chat.screen


def test_the_price_may_stand_beside_the_percentage(chat: Chat) -> None:
    negotiates(chat)
    chat.types("8 % auf 20.000")
    chat.sees(f"20.000{EUR} − 8{NBSP}% = 18.400{EUR}", f"Du gibst 1.600{EUR} her")
    assert "Produkt wählen" not in chat.buttons  # there is none
    chat.sees("Anlegen: /kalkulation")
    chat.press("übernehmen")
    assert chat.talk.price == Decimal("18400.00")


def test_with_a_product_the_costing_holds_for_that_price_too(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    manager_chat.types("8 % von 13.500")
    manager_chat.press("Produkt wählen")
    manager_chat.press("Zurück")
    manager_chat.press("Produkt wählen")
    manager_chat.press("Etikettierer E200")
    manager_chat.sees(f"13.068{EUR} → 12.420{EUR}", f"Gewinn 540{EUR}")
