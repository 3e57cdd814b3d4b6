"""What is typed in a negotiation: percentages, differences, prices; and what is none of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.languages import Language
from knowledge.language.price_changes import ChangeKind, read_price_change

SHARE, DIFFERENCE, PRICE = ChangeKind.SHARE, ChangeKind.DIFFERENCE, ChangeKind.PRICE


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("8 %", SHARE, "-0.08"),
        ("8%", SHARE, "-0.08"),
        ("-8 %", SHARE, "-0.08"),
        ("minus 8 Prozent", SHARE, "-0.08"),
        ("um 8 %", SHARE, "-0.08"),
        ("noch 2,5 %", SHARE, "-0.025"),
        ("8 % Nachlass", SHARE, "-0.08"),
        ("+3 %", SHARE, "0.03"),
        ("-500", DIFFERENCE, "-500"),
        ("– 500 €", DIFFERENCE, "-500"),
        ("500 € weniger", DIFFERENCE, "-500"),
        ("500 Rabatt", DIFFERENCE, "-500"),
        ("um 500", DIFFERENCE, "-500"),
        ("+500", DIFFERENCE, "500"),
        ("18.900", PRICE, "18900"),
        ("18.900 €", PRICE, "18900"),
        ("auf 18,9k", PRICE, "18900"),
        ("für 18.900", PRICE, "18900"),
        ("CHF 18'900", PRICE, "18900"),
        ("er will 8 %", SHARE, "-0.08"),
        ("Will 10% Rabatt", SHARE, "-0.10"),
        ("er bietet 18.000", PRICE, "18000"),
        ("maximal 18k", PRICE, "18000"),
        ("letzter Preis 18.500 €", PRICE, "18500"),
        ("18k?", PRICE, "18000"),
    ],
)
def test_what_sellers_type(text: str, kind: ChangeKind, value: str) -> None:
    change = read_price_change(text, Language.DE)
    assert change is not None
    assert (change.kind, change.value) == (kind, Decimal(value))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("8% off", SHARE, "-0.08"),
        ("another 2 percent", SHARE, "-0.02"),
        ("500 less", DIFFERENCE, "-500"),
        ("$500 off", DIFFERENCE, "-500"),
        ("18,900", PRICE, "18900"),
        ("for 18.9k", PRICE, "18900"),
        ("he wants 8%", SHARE, "-0.08"),
        ("down to 17.5k", PRICE, "17500"),
    ],
)
def test_what_they_type_in_english(text: str, kind: ChangeKind, value: str) -> None:
    change = read_price_change(text, Language.EN)
    assert change is not None
    assert (change.kind, change.value) == (kind, Decimal(value))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3 Prozent Skonto", Language.DE),
        ("3% Skonto", Language.DE),
        ("Skonto 3 %", Language.DE),
        ("-3 % Skonto", Language.DE),
        ("3 % Skonto bei 10 Tagen", Language.DE),
        ("3% cash discount within 10 days", Language.EN),
        ("3% cash discount", Language.EN),
    ],
)
def test_a_cash_discount_is_no_lower_price(text: str, language: Language) -> None:
    change = read_price_change(text, language)
    assert change is not None
    assert (change.kind, change.value) == (ChangeKind.CASH_DISCOUNT, Decimal("0.03"))


@pytest.mark.parametrize(
    ("text", "language", "gross"),
    [
        ("8 % auf 20.000", Language.DE, None),
        ("8 Prozent von 20k", Language.DE, None),
        ("8 % Rabatt auf 20.000 € brutto", Language.DE, True),
        ("8% off 20,000", Language.EN, None),
        ("8 % auf 20,000", Language.DE, None),
    ],
)
def test_a_percentage_may_name_its_price(text: str, language: Language, gross: bool | None) -> None:
    change = read_price_change(text, language)
    assert change is not None
    assert (change.kind, change.value, change.base, change.gross) == (SHARE, Decimal("-0.08"), Decimal(20000), gross)


@pytest.mark.parametrize(
    "text",
    ["3 € Skonto", "Skonto", "100 % Skonto", "8 % auf 3 Jahre", "8 % von -5", "500 von 20.000", "8 % auf 8 %",
     "", "Rabatt", "ab 12 Stück", "8 % auf alles", "3 Tage", "8.12.", "10 Uhr", "zu teuer", "8 % oder 9 %",
     "30 Tage Ziel", "% 8 %", "acht Prozent"],
)  # fmt: skip
def test_any_other_text_is_none(text: str) -> None:
    assert read_price_change(text, Language.DE) is None


@pytest.mark.parametrize(
    ("text", "gross"),
    [("17.500", None), ("17.500 netto", False), ("17.500 € brutto", True), ("-500 netto", False)],
)
def test_net_and_gross_are_heard(text: str, gross: bool | None) -> None:
    change = read_price_change(text, Language.DE)
    assert change is not None
    assert change.gross is gross


def test_one_separator_and_three_places_have_two_meanings() -> None:
    change = read_price_change("12,500", Language.DE)
    assert change is not None
    assert (change.value, change.grouped) == (Decimal("12.5"), Decimal(12500))


@given(st.text(max_size=80), st.sampled_from(Language))
def test_no_text_raises(text: str, language: Language) -> None:
    change = read_price_change(text, language)
    assert change is None or change.value.is_finite()
