"""From exact amounts to money that somebody can pay: the one place where a Fraction becomes a price."""

from decimal import Decimal
from fractions import Fraction

from knowledge.accounting.exact import CENT, FIVE_CENTS, fixed, rounded
from knowledge.language.money import Money


def in_coins(amount: Fraction, currency: str) -> Money:
    """Rounded half up to cents, in Swiss francs to the smallest coin of five."""
    smallest = FIVE_CENTS if currency == "CHF" else CENT
    return Money(Decimal(fixed(rounded(amount, smallest))), currency)


def in_cents(amount: Fraction, currency: str) -> Money:
    """Rounded half up to cents, for sums that nobody pays: profits, floors, lines of a costing."""
    return Money(Decimal(fixed(amount)), currency)
