"""Reads amounts of money: 'ca. 12k', '12.500 Euro netto', '€ 9.990', "CHF 1'000", '9990 Franken'."""

import re

from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.money import Money
from knowledge.language.quantities import LONGEST_TEXT, read_quantity


def read_amount(text: str, language: Language, default_currency: str) -> Money:
    """The amount in `text`, exact to the cent; the currency is `default_currency` where none is named.

    'ca.', 'rund', 'netto', 'plus MwSt.' and the like are understood and left out: what is kept is read back.
    A sign is kept. Raises ReadingError, each with `text`:

    - `reading.amount`: not understood
    - `reading.amount_gross`: with VAT, and amounts here are net
    - `reading.amount_ambiguous`: one separator with three places ('12,500' in German); `first` and `second`
      are the two readings as Money
    - `reading.amount_cents`: more than two places
    - `reading.amount_too_large`: 10¹² or more
    """
    try:
        quantity = read_quantity(text, language)
    except ReadingError as error:
        raise ReadingError(_AMOUNT_KEYS[error.key], **error.params) from error
    shown = text[:LONGEST_TEXT]
    tail = " ".join(quantity.after)
    if _GROSS.fullmatch(tail):
        raise ReadingError("reading.amount_gross", text=shown)
    if not _ABOUT.issuperset(quantity.before) or not _NET.fullmatch(tail):
        raise ReadingError("reading.amount", text=shown)

    amount = Money(quantity.value, quantity.currency or default_currency)
    if quantity.grouped_value is not None:
        grouped = Money(quantity.grouped_value, amount.currency)
        raise ReadingError("reading.amount_ambiguous", text=shown, first=grouped, second=amount.rounded())
    if amount != amount.rounded():
        raise ReadingError("reading.amount_cents", text=shown)
    return amount


_AMOUNT_KEYS = {
    "reading.number": "reading.amount",
    "reading.number_too_large": "reading.amount_too_large",
}
# fmt: off
_ABOUT = frozenset((
    "ca", "circa", "zirka", "etwa", "ungefähr", "ungefaehr", "rund", "knapp", "gut", "fast",
    "about", "around", "approx", "approximately", "roughly", "nearly", "almost", "c", "~", "≈",
))
# fmt: on
_TAX = "(?:der )?(?:gesetzl(?:iche|icher)? )?(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat)"
_NET = re.compile(rf"(?:netto|net)?(?: ?(?:zzgl|zuzüglich|plus|\+|ohne|exkl|excl|ex|excluding|without) {_TAX})?")
_GROSS = re.compile(rf"brutto|gross|(?:(?:brutto|gross) )?(?:inkl|inklusive|mit|incl|including|with) {_TAX}")
