"""The exact numbers of spreadsheets: what a person sees, in the fifteen digits that they compute with and show.

For results of formulas it is the simple fraction that has these digits (1/3).
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

DIGITS: Final = 15
"""Significant digits that spreadsheets compute with and show."""

_CERTAIN: Final = DIGITS - 2
"""So many digits of a result are all that it has: a fraction that does not end has more."""


def exact_from_text(text: str, *, is_computed: bool) -> Fraction | None:
    """The number of a short plain decimal, as nearly all are ('-12.5'); None where `exact` has to look closer."""
    whole, _, places = text.partition(".")
    digits = whole.removeprefix("-") + places
    if len(digits) > (_CERTAIN if is_computed else DIGITS) or not (digits.isascii() and digits.isdecimal()):
        return None
    number = int(digits)
    if text[0] == "-":
        number = -number
    return Fraction(number, _POWERS[len(places)]) if places else Fraction(number)


@lru_cache(maxsize=10_000)
def exact(value: float, *, is_computed: bool) -> Fraction | None:
    """The number that is shown; None from 10¹⁵ on, where not all digits are known, and for what is no number."""
    if not abs(value) < 10**DIGITS:
        return None
    shown = Decimal(f"{value:.{DIGITS}g}")
    if not is_computed or len(shown.normalize().as_tuple().digits) < DIGITS - 1:
        return Fraction(shown)
    # A result like 9.33333333333333 is 28/3, if so few fractions are as simple that this one can't be by chance.
    step = Fraction(10) ** (shown.adjusted() - DIGITS + 1)
    simple = Fraction(shown).limit_denominator(max(int((Fraction(1, 1000) / step) ** Fraction(1, 2)), 1))
    return simple if abs(simple - Fraction(shown)) <= step else Fraction(shown)


_POWERS: Final = tuple(10**power for power in range(DIGITS + 1))
