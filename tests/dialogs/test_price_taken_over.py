"""A price that is taken over: a step of the conversation, the price of all sentences, the order that follows it."""

from decimal import Decimal

import pytest

from dialogs.conversation.talk import Trigger
from knowledge.taxonomy import ObjectionId, OutcomeId, PhaseId
from tests.chat import Chat, sure
from tests.dialogs.cost_sheets import file
from tests.dialogs.costings import costed, saved
from tests.dialogs.negotiation import EUR, NBSP, negotiates, sells


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


def test_a_cash_discount_is_kept_with_the_price_and_told_with_the_order(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("2 % Skonto")
    chat.sees(f"18.900{EUR} mit 2{NBSP}% Skonto: 18.522{EUR}", buttons=["übernehmen", "verwerfen"])
    chat.press("übernehmen")
    assert any(f"18.900{EUR} netto. Dazu 2{NBSP}% Skonto." in message.text for message in chat.phone)
    chat.sees_card(f"Preis: 18.900{EUR} netto, 2{NBSP}% Skonto")
    step = chat.steps[-1]
    assert step.payload == {
        "price": "18900.00", "price_currency": "EUR", "price_gross": False, "cash_discount": "0.02",
    }  # fmt: skip
    chat.types("-400")
    chat.press("übernehmen")
    chat.press("Abschluss")
    chat.press("Auftrag erhalten")
    chat.press("Wie verhandelt: 18.500")
    chat.press("Stimmt")
    assert (chat.talk.amount, chat.talk.cash_discount) == (Decimal(18500), Decimal("0.02"))
    chat.sees_card(f"18.500{EUR}, 2{NBSP}% Skonto")
    chat.press("Mail an den Kunden")
    chat.press("Deutsch")
    chat.sees(f"18.500{EUR}", f"2{NBSP}% Skonto bei früher Zahlung")


def test_a_cash_discount_of_a_named_price_takes_the_price_along(chat: Chat) -> None:
    negotiates(chat)
    chat.types("3 % Skonto auf 20.000")
    chat.press("übernehmen")
    chat.sees_card(f"Preis: 20.000{EUR} netto, 3{NBSP}% Skonto")


def test_a_cash_discount_undone_leaves_the_price_as_it_was(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.900")
    chat.press("übernehmen")
    chat.types("2 % Skonto")
    chat.press("übernehmen")
    chat.press("Rückgängig")
    assert (chat.talk.price, chat.talk.cash_discount) == (Decimal("18900.00"), None)
    chat.types("2 % Skonto")
    chat.press("übernehmen")
    chat.types("0 % Skonto")
    chat.press("übernehmen")
    assert (chat.talk.price, chat.talk.cash_discount) == (Decimal("18900.00"), None)


@pytest.mark.parametrize("forged", ["x0.02=p100n", "p5n=p100n", "k0.02", "k0.02=", "=p100n"])
def test_a_forged_cash_discount_changes_nothing(chat: Chat, forged: str) -> None:
    negotiates(chat)
    before = chat.steps
    chat.press_data(f"room:{chat.talk.id}|room_take:{chat.talk.id}::{forged}")
    assert chat.steps == before


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
