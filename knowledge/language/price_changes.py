"""What a seller types in a negotiation: '8 %', '-500', '500 € weniger', '18.900', 'auf 17,5k', '3 % Skonto'.

'8 % auf 20.000' names the price that it starts from. Only a text that is nothing but a percentage, a difference or a
price is one, or says who wants it ('er will 8 %'). The words are recognised, never shown.
"""

import re
from dataclasses import dataclass, replace
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
    CASH_DISCOUNT = "cash_discount"  # Skonto: the price stays, less is paid by those who pay early


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A change of price. A share is a fraction of 1; shares and differences below 0 make the price lower.

    A cash discount is a fraction of 1 too, and above 0.
    """

    kind: ChangeKind
    value: Decimal
    currency: str | None = None
    gross: bool | None = None
    """Whether VAT is said to be in it; None where nothing is said."""
    grouped: Decimal | None = None
    """The other meaning of one separator and three places, as in 12,500."""
    bare: bool = False
    """Nothing but digits: a number that is far too small for a price may be meant as a percentage."""
    base: Decimal | None = None
    """The price that a share is taken of, where it was named with it."""


def read_price_change(text: str, language: Language) -> PriceChange | None:
    """The change that the whole text is; None for any other text."""
    text = _WITHIN.sub("", _WANTED.sub("", text.strip().rstrip("?").rstrip()))
    of_a_price = _OF_A_PRICE.fullmatch(text)
    if of_a_price is None:
        return _read(text, language)
    share, price = _read(of_a_price["share"], language), _read(of_a_price["price"], language)
    if share is None or price is None or share.kind not in (ChangeKind.SHARE, ChangeKind.CASH_DISCOUNT):
        return None
    if price.kind is not ChangeKind.PRICE or price.value <= 0:
        return None
    base = price.value if price.grouped is None else price.grouped  # '20,000' beside a percentage is no 20.0
    return replace(share, base=base, currency=price.currency, gross=price.gross)


def _read(text: str, language: Language) -> PriceChange | None:
    try:
        quantity = read_quantity(text, language)
    except ReadingError:
        return None
    before, after = set(quantity.before), list(quantity.after)
    gross = None
    for words, means in ((_NET, False), (_GROSS, True)):
        if after and after[-1] in words:
            gross, after = means, after[:-1]
    if _CASH_DISCOUNT & {*before, *after}:
        rest = [word for word in after if word not in _CASH_DISCOUNT | {"discount"}]
        is_share = tuple(rest) in _PERCENT and not quantity.currency and gross is None
        if not is_share or not before <= _CASH_DISCOUNT | _BY | {"discount"} or not 0 <= abs(quantity.value) < 100:
            return None
        return PriceChange(ChangeKind.CASH_DISCOUNT, abs(quantity.value).scaleb(-2))
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
_CASH_DISCOUNT: Final = frozenset(("skonto", "cash"))
_OF_A_PRICE: Final = re.compile(
    r"(?P<share>.*(?:%|prozent|percent)(?:\s+(?:skonto|rabatt|nachlass|discount|off))?)"
    r"\s+(?:auf|von|vom|off|of|on|from)\s+(?P<price>.*[0-9].*)",
    re.IGNORECASE,
)
_WANTED: Final = re.compile(
    r"^(?:(?:(?:er|sie|die|der kunde|he|she|they|the customer)\s+)?"
    r"(?:will|wollen|möchten?|sagt|sagen|bietet|bieten|fordert|verlangt|wants?|says?|offers?|asks? for)"
    r"|max\.?|maximal|letzter preis:?|final price:?|down(?= to ))\s+",
    re.IGNORECASE,
)
"""Who names the number, and that it is the last one: it is the same number."""
_WITHIN: Final = re.compile(
    r"(?<=skonto)\s+(?:bei|innerhalb(?: von)?|binnen|in)\s+[0-9]{1,3}\s+tagen$"
    r"|(?<=cash discount)\s+(?:in|within)\s+[0-9]{1,3}\s+days$",
    re.IGNORECASE,
)
_BY: Final = frozenset(("um", "by", "nochmal", "noch", "another"))
_TO: Final = frozenset(("auf", "für", "zu", "to", "for", "at", "bei"))
_NET: Final = frozenset(("netto", "net"))
_GROSS: Final = frozenset(("brutto", "gross"))
