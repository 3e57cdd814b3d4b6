"""Exact numbers in and out: machine notation, and the one place where something is rounded.

In: "525000", "1978.5", "-12", "5/3", "33 1/3", rates also "25%" and "33 1/3%". Never a float, because 0.1 is none.
Out: a decimal where it ends, else the fraction: "0.42", "79/983".
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

CENT: Final = Fraction(1, 100)
FIVE_CENTS: Final = Fraction(1, 20)
"""The smallest Swiss coin: prices in francs are rounded to it."""

LONGEST_NUMBER: Final = 100
"""Characters of a number; what is longer is no amount of money."""

_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_FRACTION = re.compile(r"(-?)(?:([0-9]+) )?([0-9]+)/([0-9]+)")
_COMMA = re.compile(r"-?[0-9.]*[0-9],[0-9]+( ?%)?")
_SAFE_DIGITS: Final = 4000
"""Python refuses to write longer integers by `str`; Decimal does it."""


class NotExact(ValueError):
    """The text is no number in machine notation; `reason` is the key of the sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def number(text: str) -> Fraction:
    """The number that `text` is in machine notation. Raises NotExact."""
    plain = _DECIMAL.fullmatch(text)
    if plain and len(text) <= LONGEST_NUMBER:
        sign, whole, places = plain.groups()
        if places is None:
            return Fraction(int(text))
        return Fraction(int(f"{sign}{whole}{places}"), 10 ** len(places))
    if len(text) > LONGEST_NUMBER:
        raise NotExact("accounting.fault.too_long")
    fraction = _FRACTION.fullmatch(text)
    if fraction is None:
        raise NotExact(_why_not(text))
    sign, whole, above, below = fraction.groups()
    if int(below) == 0:
        raise NotExact("accounting.fault.divided_by_zero")
    size = int(whole or 0) + Fraction(int(above), int(below))
    return -size if sign else size


def share(text: str) -> Fraction:
    """A rate as a fraction of 1: `25%` and `0.25` are 1/4. Raises NotExact."""
    if text.endswith("%"):
        return number(text[:-1].removesuffix(" ")) / 100
    return number(text)


def written(value: Fraction) -> str:
    """Machine notation: a decimal where it ends, else the fraction: `0.42`, `79/983`."""
    if value.denominator == 1:
        return _digits(value.numerator)
    places = _places(value.denominator)
    if places is None:
        return ratio(value)
    return _with_places(value.numerator * 10**places // value.denominator, places)


def ratio(value: Fraction) -> str:
    """A rate as a fraction of 1 in lowest terms, for machines: `21/50`, `79/983`."""
    above, below = _digits(value.numerator), _digits(value.denominator)
    return above if below == "1" else f"{above}/{below}"


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum. Many amounts have few denominators (1, 10, 100), so numerators are added first: ten times faster."""
    numerators: dict[int, int] = {}
    for value in values:
        above, below = value.as_integer_ratio()
        numerators[below] = numerators.get(below, 0) + above
    return sum((Fraction(above, below) for below, above in numerators.items()), Fraction(0))


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """The multiple of `step` that is nearest; a half goes up in size, as merchants round (DIN 1333)."""
    steps = (2 * abs(value) + step) // (2 * step)
    return steps * step if value >= 0 else -steps * step


def fixed(value: Fraction, places: int = 2) -> str:
    """Machine notation with exactly so many places, rounded half up: `8.04`."""
    scaled = rounded(value, Fraction(1, 10**places)) * 10**places
    return _with_places(int(scaled), places) if places else _digits(int(scaled))


def percent(rate: Fraction, places: int = 2) -> str:
    """A fraction of 1 in per cent, without the sign, rounded half up: 79/983 is `8.04`."""
    return fixed(rate * 100, places)


def as_decimal(value: Fraction) -> Decimal | None:
    """The same number as a Decimal, or None where no decimal is the same."""
    return None if _places(value.denominator) is None else Decimal(written(value))


def _why_not(text: str) -> str:
    """The key of the sentence that says what to write instead."""
    if text.startswith("+"):
        return "accounting.fault.plus"
    if text.endswith("%"):
        return "accounting.fault.percent_sign"
    if _COMMA.fullmatch(text):
        return "accounting.fault.comma"
    return "accounting.fault.number"


def _places(denominator: int) -> int | None:
    """How many decimal places it takes to divide by this; None where no number of them is enough."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _with_places(scaled: int, places: int) -> str:
    digits = _digits(abs(scaled)).rjust(places + 1, "0")
    return f"{'-' if scaled < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _digits(whole: int) -> str:
    return str(whole) if whole.bit_length() < 3 * _SAFE_DIGITS else f"{Decimal(whole):f}"
