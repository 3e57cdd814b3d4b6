"""Value added tax (Mehrwertsteuer) of Germany, Austria and Switzerland: rates with the day they hold from.

Sources: DE § 12 Abs. 1 and 2, § 28 UStG (the lower rates of the second half of 2020); AT § 10 Abs. 1, 2 and 3 UStG
1994; CH Art. 25 Abs. 1, 2 and 4 MWSTG. It reminds, it is no tax advice: which rate a product bears, its seller knows.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from knowledge.taxonomy import Country, TargetGroupId


class VatKind(StrEnum):
    """Which of a country's rates. The values are stored: add freely, rename never."""

    STANDARD = "standard"
    REDUCED = "reduced"
    SPECIAL = "special"  # AT 13 %; CH 3.8 % for lodging
    NONE = "none"


@dataclass(frozen=True, slots=True)
class VatRate:
    """A rate (a fraction of 1) and the first day on which it holds."""

    country: Country
    kind: VatKind
    since: date
    rate: Fraction


def _percent(tenths: int) -> Fraction:
    return Fraction(tenths, 1000)


# fmt: off
RATES: Final = (
    VatRate(Country.DE, VatKind.STANDARD, date(2007, 1, 1), _percent(190)),
    VatRate(Country.DE, VatKind.STANDARD, date(2020, 7, 1), _percent(160)),
    VatRate(Country.DE, VatKind.STANDARD, date(2021, 1, 1), _percent(190)),
    VatRate(Country.DE, VatKind.REDUCED,  date(2007, 1, 1), _percent(70)),
    VatRate(Country.DE, VatKind.REDUCED,  date(2020, 7, 1), _percent(50)),
    VatRate(Country.DE, VatKind.REDUCED,  date(2021, 1, 1), _percent(70)),
    VatRate(Country.AT, VatKind.STANDARD, date(1984, 1, 1), _percent(200)),
    VatRate(Country.AT, VatKind.REDUCED,  date(1984, 1, 1), _percent(100)),
    VatRate(Country.AT, VatKind.SPECIAL,  date(2016, 1, 1), _percent(130)),
    VatRate(Country.CH, VatKind.STANDARD, date(2018, 1, 1), _percent(77)),
    VatRate(Country.CH, VatKind.STANDARD, date(2024, 1, 1), _percent(81)),
    VatRate(Country.CH, VatKind.REDUCED,  date(2018, 1, 1), _percent(25)),
    VatRate(Country.CH, VatKind.REDUCED,  date(2024, 1, 1), _percent(26)),
    VatRate(Country.CH, VatKind.SPECIAL,  date(2018, 1, 1), _percent(37)),
    VatRate(Country.CH, VatKind.SPECIAL,  date(2024, 1, 1), _percent(38)),
)
# fmt: on

GROSS: Final = frozenset({TargetGroupId.B2C, TargetGroupId.FREELANCE_PROFESSION, TargetGroupId.B2G})
"""Who is shown prices with VAT, because most of them can't deduct it; companies are shown net ones."""


def country_of(region: str) -> Country:
    """The country of a team's region (`DE-BY`); Germany where the code is of none that is known."""
    code = region.partition("-")[0].upper()
    return Country(code) if code in set(Country) else Country.DE


def vat_rate(country: Country, kind: VatKind, on: date) -> Fraction:
    """The rate that holds on a day, 0 where the country has no such rate then."""
    found = [known for known in RATES if (known.country, known.kind) == (country, kind) and known.since <= on]
    return max(found, key=lambda known: known.since).rate if found else Fraction(0)


def vat_kinds(country: Country, on: date) -> tuple[VatKind, ...]:
    """The kinds that a country has on a day, none among them."""
    return tuple(kind for kind in VatKind if kind is VatKind.NONE or vat_rate(country, kind, on))
