"""Money agreed with a customer: an exact amount in one currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

CENT = Decimal("0.01")


class CurrencyMismatch(ValueError):
    """Two amounts in different currencies have no sum: convert one of them first, or keep two sums."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount (exact, any number of places, may be negative) and its ISO 4217 code, such as `EUR`.

    Raises TypeError for an amount that is no Decimal, ValueError for NaN, infinity and a code that is none.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"an amount of money is a Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError(f"an amount of money is finite, not {self.amount}")
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            raise ValueError(f"a currency is a code of three capitals such as EUR, not {self.currency!r}")

    @property
    def is_whole(self) -> bool:
        """Whether there are no cents, not even fractions of one."""
        return self.amount == self.amount.to_integral_value()

    def rounded(self) -> Self:
        """The amount in cents, half up: half a cent goes away from zero, as on invoices."""
        return type(self)(self.amount.quantize(CENT, ROUND_HALF_UP), self.currency)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.amount + self._in_same_currency(other).amount, self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.amount - self._in_same_currency(other).amount, self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Self:
        return type(self)(self.amount * factor, self.currency)

    def _in_same_currency(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot be taken together")
        return other
