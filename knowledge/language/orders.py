"""What a seller types when the order is there: 'Auftrag über 18,5k', 'Zuschlag bekommen 18.500 €', 'order for 18.5k'.

Only a text that says nothing but an order and its amount is one: 'kein Auftrag unter 18.500' is none. The words are
recognised, never shown.
"""

import re
from typing import Final

from knowledge.language.amounts import read_amount
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.money import Money
from knowledge.language.quantities import LONGEST_TEXT


def read_order(text: str, language: Language, default_currency: str) -> tuple[Money, ...]:
    """The net amount of the order that the whole text is about; two where it can be read in two ways, else none."""
    match = _ORDER.fullmatch(" ".join(text.split())) if len(text) <= LONGEST_TEXT else None
    if match is None or not _says_an_order(f"{match['before']} {match['after']}"):
        return ()
    try:
        readings: tuple[Money, ...] = (read_amount(match["amount"], language, default_currency),)
    except ReadingError as error:
        readings = tuple(
            found for found in (error.params.get("first"), error.params.get("second")) if isinstance(found, Money)
        )
    return tuple(amount for amount in readings if amount.amount > 0)


def _says_an_order(words: str) -> bool:
    said = _WORD.findall(words.casefold())
    return not _ORDERS.isdisjoint(said) and _BESIDE.issuperset(set(said) - _ORDERS)


_ORDER: Final = re.compile(
    r"(?P<before>(?:[^\W\d_][^\d€$£?]*?)?)[\s:,]*"
    r"(?P<amount>(?:(?:ca|EUR|CHF|TEUR|T€|[€$£])\.?\s*)?\d(?:[\d.,' ]*\d)?(?:[.,]--?)?\s*"
    r"(?:(?:k|tsd|mio|TEUR|T€|tausend|thousand|million(?:en)?)\b\.?\s*)?(?:€|\$|£|EUR|Euro|CHF|Franken|USD|GBP)?"
    r"(?:\s*(?:netto|net))?)"
    r"(?P<after>(?:[\s,]+[^\W\d_]+)*)[.!]*",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+|\S")
_ORDERS: Final = frozenset(("auftrag", "bestellung", "zuschlag", "order", "deal", "po"))
_BESIDE: Final = frozenset(
    (
        *("über", "ueber", "von", "für", "fuer", "mit", "zu", "in", "höhe", "hoehe", "der", "den", "die", "das"),
        *("ein", "eine", "einen", "wir", "ich", "haben", "habe", "hab", "ist", "da", "jetzt", "erhalten", "bekommen"),
        *("gewonnen", "erteilt", "unterschrieben", "geholt", "gekriegt", "steht", "an", "uns", "mündlich", "fest"),
        *("we", "i", "have", "got", "the", "a", "an", "for", "of", "at", "worth", "over", "received", "won", "signed"),
        *("is", "in", "placed", "confirmed", "closed", "purchase", ":", ",", ".", "!", "-", "–"),
    )
)
