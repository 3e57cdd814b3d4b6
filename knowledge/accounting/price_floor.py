"""How low a price may go: price floors (Preisuntergrenzen).

In the long term a price has to bear full cost; in the short term, with capacity idle, each price above variable cost
still contributes to the fixed cost that is there anyway (Haberstock, Kostenrechnung I; Coenenberg, Kostenrechnung und
Kostenanalyse). Both are compared with what is left of the price: the cash price.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PriceFloor:
    """Long-term: full cost. Short-term: variable cost, None where it is not known."""

    long_term: Fraction
    short_term: Fraction | None = None
