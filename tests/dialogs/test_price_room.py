"""The price room: '8 %' typed in the negotiation, what is left, what to ask in return, and who sees which numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dialogs.conversation.price_change import change_from, changed, token_of
from dialogs.conversation.talk import Trigger
from dialogs.press import Press, write_press
from knowledge.catalogue import Catalogue
from knowledge.entries import Product
from knowledge.language.money import Money
from knowledge.language.price_changes import ChangeKind, PriceChange
from knowledge.taxonomy import ObjectionId, OfferKind, OutcomeId, PhaseId
from tests.chat import Chat, sure
from tests.dialogs.test_bab import file
from tests.dialogs.test_costing import costed, saved

NBSP = "\N{NO-BREAK SPACE}"
EUR = f"{NBSP}€"


def negotiates(chat: Chat, customer: str = "Muster GmbH", group: str = "") -> None:
    """A conversation in the negotiation."""
    chat.sends(f"/gespraech {customer}")
    if group:
        chat.press("⋯")
        chat.press("Kunde:")
        chat.press(group)
    chat.press("Weiter")
    chat.press("Weiter")
    chat.press("Trotzdem weiter")
    chat.press("Weiter")
    assert chat.talk.phase is PhaseId.NEGOTIATION


def sells(chat: Chat, typed: str = "8 %") -> None:
    """The price is asked for, and the product chosen."""
    chat.types(typed)
    chat.press("Produkt wählen")
    chat.press("Etikettierer E200")


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


# Taken over


def test_taken_over_it_is_a_step_of_numbers_and_the_price_of_all_sentences(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("8 %")
    chat.press("übernehmen")
    assert any(message.text == f"Preis im Gespräch: 17.388{EUR} netto." for message in chat.phone)
    chat.sees_card(f"Preis: 17.388{EUR} netto")
    step = chat.steps[-1]
    assert step.trigger is Trigger.PRICE
    assert dict(step.payload) == {"price": "17388.00", "price_currency": "EUR", "price_gross": False}
    chat.types("zu teuer", sure(ObjectionId.PRICE_TOO_HIGH))
    assert "17.388" in chat.screen
    chat.types("2 %")
    chat.sees(f"17.388{EUR} − 2{NBSP}% = 17.040,24{EUR}")


def test_dropped_nothing_is_recorded(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    before = len(chat.steps)
    chat.press("verwerfen")
    chat.sees("Verworfen. Der Preis bleibt, wie er war.")
    assert len(chat.steps) == before
    assert chat.talk.price is None


def test_a_double_tap_records_once(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    take = chat.data_of("übernehmen")
    chat.press_data(take)
    steps = len(chat.steps)
    chat.press_data(take)
    assert len(chat.steps) == steps


def test_the_won_order_follows_the_price(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat)
    sells(manager_chat)
    manager_chat.press("übernehmen")
    manager_chat.press("Abschluss")
    manager_chat.press("Auftrag erhalten")
    manager_chat.press(f"Wie verhandelt: 12.022,56{EUR}")
    manager_chat.sees(f"12.022,56{EUR} – stimmt das?")
    manager_chat.press("Stimmt")
    won = manager_chat.talk
    assert (won.phase, won.amount, won.product) == (PhaseId.FOLLOW_UP, Decimal("12022.56"), "p.1")


def test_an_order_is_written_down_net_where_the_price_was_told_gross(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat, group="Privat (B2C)")
    sells(manager_chat)
    manager_chat.press("übernehmen")
    manager_chat.sees_card(f"Preis: 14.306,85{EUR}")
    manager_chat.press("Abschluss")
    manager_chat.press("Auftrag erhalten")
    manager_chat.press(f"Wie verhandelt: 12.022,56{EUR}")
    manager_chat.sees(f"12.022,56{EUR} – stimmt das?")


def test_another_amount_can_be_typed_all_the_same(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.press("Abschluss")
    chat.press("Auftrag erhalten")
    chat.types("18.000")
    chat.press("Stimmt")
    assert chat.talk.amount == Decimal(18000)


def test_undone_the_price_before_it_holds_again(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    first = chat.data_of("Rückgängig")
    chat.types("8 %")
    chat.press("übernehmen")
    chat.press("Rückgängig")
    assert any(message.text == f"Zurückgenommen. Preis im Gespräch: 18.900{EUR} netto." for message in chat.phone)
    chat.sees_card(f"Preis: 18.900{EUR} netto")
    chat.press_data(first)
    assert chat.talk.price == Decimal("18900.00")
    assert chat.toast.startswith("Der Knopf war von vorhin")


def test_the_first_price_undone_leaves_none(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.press("Rückgängig")
    assert chat.talk.price is None
    assert any("Es steht kein Preis im Raum." in message.text for message in chat.phone)


def test_from_a_sent_sheet_to_the_order(chat: Chat, manager_chat: Chat) -> None:
    """The way of the figures: the manager's file, its rates, a product, the customer's 8 per cent, the order."""
    manager_chat.sends_file(file("Kostenart;Summe;Material;Fertigung;VwVt\nLöhne;180;60;40;80\nEinzelkosten;;600;100;"))
    manager_chat.sees("Material", "10,00", "Fertigung", "40,00", "VwVt")
    manager_chat.press("Speichern")
    manager_chat.types("Mai 2026")
    manager_chat.press("Ab heute")
    manager_chat.press("Freigeben")
    costed(manager_chat)
    manager_chat.press("Als Produkt speichern")
    manager_chat.types("Etikettierer E200")

    chat.sends("/bab")
    chat.sees("Freigegeben: Version 1 (Mai 2026)", "40,00")
    negotiates(chat)
    sells(chat, "8 %")
    chat.sees(f"13.068{EUR} − 8{NBSP}% = 12.022,56{EUR}", "🟡 Kaum noch Spielraum", "Nur gegen etwas")
    chat.press("übernehmen")
    chat.press("Abschluss")
    chat.press("Auftrag erhalten")
    chat.press(f"Wie verhandelt: 12.022,56{EUR}")
    chat.types("ein Etikettierer, Anzahlung ein Drittel")
    won = chat.talk
    assert (won.outcome, won.amount, won.product) == (OutcomeId.WON, Decimal("12022.56"), "p.1")


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
    assert "übernehmen" not in manager_chat.buttons
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


# What is meant


def test_a_bare_small_number_may_be_a_percentage(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("8")
    chat.sees("Was ist gemeint?", buttons=[f"8{NBSP}%".replace(NBSP, " "), "8"])
    chat.press("8 %")
    chat.sees(f"18.900{EUR} − 8{NBSP}% = 17.388{EUR}")


def test_what_can_be_read_in_two_ways_is_asked(chat: Chat) -> None:
    negotiates(chat)
    chat.types("12,500")
    chat.sees("Was ist gemeint?")
    chat.press("12.500")
    chat.sees(f"12.500{EUR}", buttons=["übernehmen"])


@pytest.mark.parametrize("typed", ["-30.000", "-100,5 %", "100 %"])
def test_nothing_left_is_no_price(chat: Chat, typed: str) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types(typed)
    chat.sees("Davon bleibt kein Preis übrig. Zum Beispiel: 8 %, -500 oder 17.500.")


def test_another_currency_is_not_mixed_in(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("CHF 17'000")
    chat.sees("Ich rechne hier in EUR.")


@pytest.mark.parametrize("typed", ["8 % sind zu viel", "ab 12 Stück", "zu teuer", "3 Tage"])
def test_only_a_text_that_is_nothing_but_a_price_counts(chat: Chat, typed: str) -> None:
    negotiates(chat)
    chat.types(typed)
    chat.sees("Was war das?")


@pytest.mark.parametrize("presses", [[], ["Weiter"]])
def test_before_the_negotiation_a_number_is_no_price(chat: Chat, presses: list[str]) -> None:
    chat.sends("/gespraech Muster GmbH")
    for label in presses:
        chat.press(label)
    chat.types("8 %")
    chat.sees("Was war das?")


def test_a_waiting_question_comes_first(chat: Chat) -> None:
    negotiates(chat)
    chat.press("Notiz")
    chat.types("8 %")
    assert any("Notiert: 8 %" in message.text for message in chat.new)
    assert chat.talk.price is None


def test_the_room_is_open_in_closing_too(chat: Chat) -> None:
    negotiates(chat)
    chat.press("Abschluss")
    chat.types("18.900")
    chat.sees(f"18.900{EUR}", buttons=["übernehmen"])


def test_in_english(english_chat: Chat, engine: Engine) -> None:
    english_chat.sends("/talk Sample Ltd")
    for label in ("Next", "Next", "Go on anyway", "Next"):
        english_chat.press(label)
    english_chat.types("18,900")
    english_chat.press("take over")
    english_chat.types("8% off")
    english_chat.sees("€18,900 − 8% = €17,388", "You give away €1,512", "Only for something: larger quantity")


# Buttons and coins


changes = st.builds(
    PriceChange,
    st.sampled_from(ChangeKind),
    st.decimals(-999_999_999_999, 999_999_999_999, allow_nan=False, places=2),
    gross=st.sampled_from([None, True, False]),
)


@given(changes)
def test_a_change_survives_its_button(change: PriceChange) -> None:
    token = token_of(change)
    assert change_from(token) == change
    press = Press("room_of", 2**31, value=f"abcdefgh={token}")
    assert write_press(press, f"room:{2**31}")


@given(st.decimals(1, 10**6, places=2), st.decimals(Decimal("0.01"), Decimal("0.99"), places=4))
def test_a_discount_makes_it_cheaper_by_that_share_to_the_coin(price: Decimal, share: Decimal) -> None:
    for currency, coin in (("EUR", Decimal("0.01")), ("CHF", Decimal("0.05"))):
        new = changed(Money(price, currency), PriceChange(ChangeKind.SHARE, -share))
        assert new.amount % coin == 0
        assert abs(new.amount - price * (1 - share)) <= coin / 2
