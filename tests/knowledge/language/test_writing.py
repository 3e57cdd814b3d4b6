"""Numbers, money, shares and days as German and English write them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.money import Money

DE, EN = Language.DE, Language.EN


@pytest.mark.parametrize(
    ("x", "places", "german", "english"),
    [
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (-12500, None, "-12.500", "-12,500"),
        (Decimal("1234567.8900"), None, "1.234.567,89", "1,234,567.89"),
        (Decimal("1E+5"), None, "100.000", "100,000"),
        (Decimal("100.00"), None, "100", "100"),
        (5, 2, "5,00", "5.00"),
        (Decimal("2.5"), 0, "3", "3"),
        (Decimal("0.125"), 2, "0,13", "0.13"),
        (Decimal("-0.4"), 0, "0", "0"),
        (Decimal("12345678901234567890123456789012.5"), None, "12.345.678.901.234.567.890.123.456.789.012,5",
         "12,345,678,901,234,567,890,123,456,789,012.5"),
    ],
)  # fmt: skip
def test_numbers_are_grouped_and_rounded_half_up(
    x: int | Decimal, places: int | None, german: str, english: str
) -> None:
    assert writing.number(x, DE, places) == german
    assert writing.number(x, EN, places) == english


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        writing.number(Decimal("NaN"), DE)


@pytest.mark.parametrize(
    ("amount", "currency", "german", "english"),
    [
        ("12500", "EUR", "12.500 €", "€12,500"),
        ("12500.00", "EUR", "12.500 €", "€12,500"),
        ("12500.5", "EUR", "12.500,50 €", "€12,500.50"),
        ("0.004", "EUR", "0 €", "€0"),
        ("-0.004", "EUR", "0 €", "€0"),
        ("-500", "EUR", "-500 €", "-€500"),
        ("12500", "CHF", "CHF 12’500", "CHF 12,500"),
        ("12500.5", "CHF", "CHF 12’500.50", "CHF 12,500.50"),
        ("-500", "CHF", "CHF-500", "-CHF 500"),
        ("500", "SEK", "500 SEK", "SEK 500"),
        ("500", "USD", "500 $", "US$500"),
    ],
)
def test_money_shows_cents_only_where_there_are_some(amount: str, currency: str, german: str, english: str) -> None:
    money = Money(Decimal(amount), currency)
    assert writing.money(money, DE) == german.replace(" ", writing.NBSP)
    assert writing.money(money, EN) == english.replace(" ", writing.NBSP)


def test_a_share_is_a_fraction_inside_and_per_cent_on_the_screen() -> None:
    assert writing.percent(Decimal("0.08"), DE) == f"8{writing.NBSP}%"
    assert writing.percent(Decimal("0.08"), EN) == "8%"
    assert writing.percent(Decimal("0.36"), DE, 2) == f"36,00{writing.NBSP}%"
    assert writing.percent(Decimal("0.07125"), EN, 2) == "7.13%"


def test_a_day_carries_its_year_only_where_it_is_another_one() -> None:
    today = date(2026, 11, 18)
    assert writing.day(date(2026, 11, 20), DE, today) == "Fr., 20.11."
    assert writing.day(date(2026, 11, 20), EN, today) == "Fri 20 Nov"
    assert writing.day(date(2027, 3, 1), DE, today) == "Mo., 1.3.2027"
    assert writing.day(date(2027, 3, 1), EN, today) == "Mon, 1 Mar 2027"
    assert writing.day(date(2026, 11, 20), DE) == "Fr., 20.11.2026"


def test_a_moment_is_no_day() -> None:
    with pytest.raises(TypeError, match="in the person's zone first"):
        writing.day(datetime(2026, 11, 20, tzinfo=UTC), DE)


def test_the_clock_has_24_hours_in_both_languages() -> None:
    assert writing.clock(time(9, 5), DE) == writing.clock(time(9, 5), EN) == "09:05"
    assert writing.clock(time(15, 30), EN) == "15:30"
