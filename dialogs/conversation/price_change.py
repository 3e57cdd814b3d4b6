"""A change of price on its way through buttons, and what it makes of the price on the table."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from knowledge.accounting.coins import in_coins
from knowledge.language.money import Money
from knowledge.language.price_changes import ChangeKind, PriceChange

SMALLEST_SHARE_OF_A_PRICE: Final = Fraction(1, 5)
"""A bare number up to 100 that is less than this share of the price may be meant as a percentage."""

_KINDS: Final = {
    "s": ChangeKind.SHARE,
    "d": ChangeKind.DIFFERENCE,
    "p": ChangeKind.PRICE,
    "k": ChangeKind.CASH_DISCOUNT,
}
_LETTERS: Final = {kind: letter for letter, kind in _KINDS.items()}
_TOKEN: Final = re.compile(r"([sdpk])(-?[0-9]{1,15}(?:\.[0-9]{1,10})?)([gn]?)", re.ASCII)


def token_of(change: PriceChange) -> str:
    """The change in a button: `s-0.08`, `d-500`, `p18900`, `k0.03`; `g` for gross and `n` for net where it was said."""
    vat = "" if change.gross is None else "g" if change.gross else "n"
    return f"{_LETTERS[change.kind]}{change.value:f}{vat}"


def change_from(token: str) -> PriceChange | None:
    """What `token_of` wrote; None for anything else."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    return PriceChange(_KINDS[match[1]], Decimal(match[2]), gross={"": None, "g": True, "n": False}[match[3]])


def changed(price: Money, change: PriceChange) -> Money:
    """The new price, in coins; of a cash discount what is paid by those who pay early."""
    before, value = Fraction(price.amount), Fraction(change.value)
    exact = {
        ChangeKind.SHARE: before * (1 + value),
        ChangeKind.DIFFERENCE: before + value,
        ChangeKind.PRICE: value,
        ChangeKind.CASH_DISCOUNT: before * (1 - value),
    }
    return in_coins(exact[change.kind], price.currency)


def readings(price: Money | None, change: PriceChange) -> tuple[PriceChange, ...]:
    """What may be meant, if more than one thing: '12,500' in German, or a bare '8' beside a price of thousands."""
    if change.grouped is not None:
        plain = replace(change, grouped=None, bare=False)
        return replace(plain, value=change.grouped), plain
    is_small = change.kind is ChangeKind.PRICE and change.bare and change.value <= 100
    if is_small and price and Fraction(change.value) < SMALLEST_SHARE_OF_A_PRICE * Fraction(price.amount):
        return PriceChange(ChangeKind.SHARE, -change.value / Decimal(100)), replace(change, bare=False)
    return ()
