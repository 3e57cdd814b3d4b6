"""What a seller types in a negotiation: '8 %', '-500', '500 € weniger', '18.900', 'auf 17,5k'.

Only a text that is nothing but a percentage, a difference or a price is one. The words are recognised, never shown.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.quantities import read_quantity


class ChangeKind(StrEnum):
    """What the number says about the price."""

    SHARE = "share"
    DIFFERENCE = "difference"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A change of price. A share is a fraction of 1; shares and differences below 0 make the price lower."""

    kind: ChangeKind
    value: Decimal
    currency: str | None = None
    gross: bool | None = None
    """Whether VAT is said to be in it; None where nothing is said."""
    grouped: Decimal | None = None
    """The other meaning of one separator and three places, as in 12,500."""
    bare: bool = False
    """Nothing but digits: a number that is far too small for a price may be meant as a percentage."""


def read_price_change(text: str, language: Language) -> PriceChange | None:
    """The change that the whole text is; None for any other text."""
    try:
        quantity = read_quantity(text, language)
    except ReadingError:
        return None
    before, after = set(quantity.before), list(quantity.after)
    gross = None
    for words, means in ((_NET, False), (_GROSS, True)):
        if after and after[-1] in words:
            gross, after = means, after[:-1]
    less = bool(after) and after[-1] in _LESS
    if less:
        after = after[:-1]
    signed = text.strip()[:1] in "+-−–" or text.strip().casefold().startswith("minus")
    if tuple(after) in _PERCENT and not quantity.currency and gross is None and before <= _BY:
        value = quantity.value.scaleb(-2)
        return PriceChange(ChangeKind.SHARE, value if text.strip().startswith("+") else -abs(value))
    if after:
        return None
    if signed or less or before & _BY:
        if not before <= _BY:
            return None
        value = quantity.value if signed else -quantity.value
        return PriceChange(ChangeKind.DIFFERENCE, -abs(value) if less else value, quantity.currency, gross)
    if not before <= _TO:
        return None
    bare = not before and quantity.currency is None and gross is None
    return PriceChange(ChangeKind.PRICE, quantity.value, quantity.currency, gross, quantity.grouped_value, bare=bare)


_PERCENT: Final = {("%",), ("prozent",), ("percent",), ("per", "cent"), ("pct",)}
_LESS: Final = frozenset(
    ("weniger", "rabatt", "nachlass", "günstiger", "billiger", "runter", "discount", "off", "less", "down", "cheaper")
)
_BY: Final = frozenset(("um", "by", "nochmal", "noch", "another"))
_TO: Final = frozenset(("auf", "für", "zu", "to", "for", "at", "bei"))
_NET: Final = frozenset(("netto", "net"))
_GROSS: Final = frozenset(("brutto", "gross"))
