"""Value added tax by country, kind and day; coins."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from knowledge.accounting.coins import in_cents, in_coins
from knowledge.accounting.vat import GROSS, RATES, VatKind, country_of, vat_kinds, vat_rate
from knowledge.language.money import Money
from knowledge.taxonomy import Country, TargetGroupId

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("country", "percents"),
    [(Country.DE, ["19", "7"]), (Country.AT, ["20", "10", "13"]), (Country.CH, ["8.1", "2.6", "3.8"])],
)
def test_the_rates_of_today(country: Country, percents: list[str]) -> None:
    kinds = [kind for kind in VatKind if kind is not VatKind.NONE]
    found = [vat_rate(country, kind, TODAY) * 100 for kind in kinds]
    assert [rate for rate in found if rate] == [Fraction(percent) for percent in percents]


@pytest.mark.parametrize(
    ("country", "day", "percent"),
    [
        (Country.DE, date(2020, 6, 30), "19"),
        (Country.DE, date(2020, 7, 1), "16"),
        (Country.DE, date(2020, 12, 31), "16"),
        (Country.DE, date(2021, 1, 1), "19"),
        (Country.CH, date(2023, 12, 31), "7.7"),
        (Country.CH, date(2024, 1, 1), "8.1"),
        (Country.AT, date(1983, 12, 31), "0"),
    ],
)
def test_a_rate_holds_from_its_day_on(country: Country, day: date, percent: str) -> None:
    assert vat_rate(country, VatKind.STANDARD, day) * 100 == Fraction(percent)


def test_each_rate_stands_once_for_its_day() -> None:
    assert len({(rate.country, rate.kind, rate.since) for rate in RATES}) == len(RATES)


@pytest.mark.parametrize(
    ("region", "country"), [("DE-BY", Country.DE), ("AT-9", Country.AT), ("ch-ZH", Country.CH), ("FR", Country.DE)]
)
def test_a_team_has_the_vat_of_its_region(region: str, country: Country) -> None:
    assert country_of(region) is country


def test_one_can_choose_what_the_country_has_and_none() -> None:
    assert vat_kinds(Country.DE, TODAY) == (VatKind.STANDARD, VatKind.REDUCED, VatKind.NONE)
    assert VatKind.SPECIAL in vat_kinds(Country.AT, TODAY)


def test_companies_are_told_net_prices_everybody_else_gross_ones() -> None:
    assert set(TargetGroupId) - GROSS == {TargetGroupId.B2B}


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("1.005", "EUR", "1.01"), ("-1.005", "EUR", "-1.01"), ("1.024", "CHF", "1.00"), ("1.025", "CHF", "1.05")],
)
def test_prices_are_rounded_half_up_to_coins(amount: str, currency: str, expected: str) -> None:
    assert in_coins(Fraction(amount), currency) == Money(Decimal(expected), currency)


def test_what_nobody_pays_is_rounded_to_cents() -> None:
    assert in_cents(Fraction("1.024"), "CHF") == Money(Decimal("1.02"), "CHF")
