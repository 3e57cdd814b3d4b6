"""Which texts are an order with its amount, and which only talk about one."""

from decimal import Decimal

import pytest

from knowledge.language.languages import Language
from knowledge.language.orders import read_order


def amounts(text: str, language: Language) -> list[Decimal]:
    return [amount.amount for amount in read_order(text, language, "EUR")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Auftrag über 18,5k", Language.DE),
        ("Auftrag 18.500", Language.DE),
        ("18.500 € Auftrag", Language.DE),
        ("Zuschlag bekommen 18.500 €", Language.DE),
        ("Wir haben den Auftrag: ca. 18,5 TEUR netto!", Language.DE),
        ("order for 18.5k", Language.EN),
        ("Got the order, €18,500.", Language.EN),
        ("PO 18500 signed", Language.EN),
    ],
)
def test_nothing_but_an_order_and_its_amount_is_one(text: str, language: Language) -> None:
    assert amounts(text, language) == [Decimal(18500)]


@pytest.mark.parametrize(
    "text",
    [
        "kein Auftrag unter 18.500",
        "Auftrag erst ab 18.500",
        "Auftrag über 18.500?",
        "Auftrag um 10:30",
        "Auftrag am 12.12.",
        "Auftrag in 2 Wochen",
        "Bestellung über 20 Stück",
        "Auftrag über 2 %",
        "Auftrag über 0",
        "18.500",
        "no order below 18,500",
        "Auftrag" + " 1" * 200,
    ],
)
def test_a_text_that_says_more_or_less_is_none(text: str) -> None:
    assert amounts(text, Language.DE) == amounts(text, Language.EN) == []


def test_one_separator_and_three_places_can_be_read_in_two_ways() -> None:
    assert amounts("Auftrag über 18,500", Language.DE) == [Decimal(18500), Decimal("18.50")]
