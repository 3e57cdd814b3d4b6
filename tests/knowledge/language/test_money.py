"""Money: exact, in one currency, rounded on purpose only."""

from decimal import Decimal
from typing import Any

import pytest

from knowledge.language.money import CurrencyMismatch, Money


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_sums_and_multiples_stay_exact() -> None:
    assert eur("0.1") + eur("0.2") == eur("0.3")
    assert eur("100") - eur("0.005") == eur("99.995")
    assert eur("33.335") * 3 == eur("100.005")
    assert eur("100") * Decimal("0.92") == eur("92")
    assert -eur("5") == eur("-5")


def test_two_currencies_have_no_sum_and_no_difference() -> None:
    francs = Money(Decimal(1), "CHF")
    with pytest.raises(CurrencyMismatch, match="EUR and CHF"):
        eur("1") + francs
    with pytest.raises(CurrencyMismatch, match="CHF and EUR"):
        francs - eur("1")


@pytest.mark.parametrize(
    ("exact", "cents"), [("0.005", "0.01"), ("0.015", "0.02"), ("0.0149", "0.01"), ("-0.005", "-0.01"), ("7", "7")]
)
def test_half_a_cent_is_rounded_away_from_zero(exact: str, cents: str) -> None:
    assert eur(exact).rounded() == eur(cents)


@pytest.mark.parametrize(
    ("amount", "currency", "error"),
    [
        (1.5, "EUR", TypeError),
        (1, "EUR", TypeError),
        (Decimal("NaN"), "EUR", ValueError),
        (Decimal("Infinity"), "EUR", ValueError),
        (Decimal(1), "eur", ValueError),
        (Decimal(1), "€", ValueError),
    ],
)
def test_what_is_no_money_is_refused(amount: Any, currency: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Money(amount, currency)
