"""A, B or C (ABC-Analyse): what a customer has brought, held against the seller's other customers.

The few that bring the first four fifths of the turnover are A, those that bring the next part up to 95 % are B, the
others C.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal, TypeVar

FEWEST: Final = 5
"""Of fewer customers with orders nothing is proposed."""

_A_UP_TO: Final = Decimal("0.80")
_B_UP_TO: Final = Decimal("0.95")

K = TypeVar("K")


def proposed_class(turnover: Mapping[K, Decimal], customer: K) -> Literal["A", "B", "C"] | None:
    """The class of this customer by turnover; None for one without orders, and where the numbers are too small.

    Counted is the share of those who bring more, so that equal turnover means an equal class and the largest is A.
    """
    bought = {key: amount for key, amount in turnover.items() if amount > 0}
    if len(bought) < FEWEST or customer not in bought:
        return None
    own, total = bought[customer], sum(bought.values(), Decimal(0))
    above = sum((amount for amount in bought.values() if amount > own), Decimal(0)) / total
    return "A" if above < _A_UP_TO else "B" if above < _B_UP_TO else "C"
