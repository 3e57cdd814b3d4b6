"""One number as people type it, with sign, multiplier and currency: '12,5k', 'TEUR 12', '-€5', '300,-'.

The words stand here because they are recognised, never shown. Both languages' are understood in both, but for
'm' and 'billion': 'm' may be metres in German, and a German Billion is a thousand times the English one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.digits import DECIMAL_PLACES, Readings, chosen, readings
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language

LONGEST_TEXT = 60
LARGEST = Decimal(10) ** 12  # more is no sum of a sale but a slip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, exact, and what stood around it; `before` and `after` are the words not understood here."""

    value: Decimal
    currency: str | None
    before: tuple[str, ...]  # lower case, abbreviations without their point
    after: tuple[str, ...]
    grouped_value: Decimal | None  # the other meaning of one separator and three places, as in 12,500


def read_quantity(text: str, language: Language) -> Quantity:
    """The one number in `text`.

    Raises ReadingError with `text`: `reading.number` where there is none, several, or no clear one, or where
    signs, multipliers or currencies contradict each other; `reading.number_too_large` from 10¹² on.
    """
    parts = parts_of(text, language)
    digits = chosen(parts.readings, language)
    if digits is None or (parts.even and digits.places):
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    factor = Decimal(parts.sign).scaleb(parts.exponent)
    one_separator = digits.places == 3 and not digits.grouped and not parts.exponent
    grouped = parts.readings.by(language)[1] if one_separator else None
    return Quantity(
        value=simplest(digits.value * factor, text),
        currency=parts.currency,
        before=parts.before,
        after=parts.after,
        grouped_value=simplest(grouped.value * factor, text) if grouped and grouped.grouped else None,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """A text with one number taken apart, before it is decided what its separators mean."""

    readings: Readings
    even: bool  # a dash for the cents: '300,-'
    sign: int
    exponent: int
    currency: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]


def parts_of(text: str, language: Language, most_places: int = DECIMAL_PLACES) -> Parts:
    """The parts of `text`; raises ReadingError `reading.number` where it is not one number with its surroundings."""
    match = _ONE_NUMBER.fullmatch(_plain(text)) if len(text) <= LONGEST_TEXT else None
    if match is None:
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    before = _Surroundings.of(match["before"], language)
    after = _Surroundings.of(match["after"], language)
    signs = [_SIGNS[word] for word in before.words if word in _SIGNS]
    exponents = before.exponents + after.exponents
    currencies = {*before.currencies, *after.currencies}
    if len(signs) > 1 or len(exponents) > 1 or len(currencies) > 1:
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    return Parts(
        readings=readings(match["run"], most_places),
        even=match["even"] is not None,
        sign=signs[0] if signs else 1,
        exponent=exponents[0] if exponents else 0,
        currency=next(iter(currencies), None),
        before=tuple(word for word in before.words if word not in _SIGNS),
        after=after.words,
    )


def unit_in(text: str) -> tuple[int, str | None] | None:
    """The power of ten and the currency that a text names: 'Beträge in TEUR' is (3, 'EUR'); None where it names none.

    Raises ReadingError `reading.number` where it names several.
    """
    thousand = _THOUSAND.search(_plain(text))
    found = _Surroundings.of(_THOUSAND.sub(" ", _plain(text)), Language.DE)
    exponents = {*found.exponents, *([3] if thousand else [])}
    currencies = set(found.currencies)
    if len(exponents) > 1 or len(currencies) > 1:
        raise ReadingError("reading.number", text=text[:LONGEST_TEXT])
    if not exponents and not currencies:
        return None
    return next(iter(exponents), 0), next(iter(currencies), None)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands on one side of the digits."""

    exponents: tuple[int, ...]
    currencies: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str, language: Language) -> "_Surroundings":
        found = [word.rstrip(".") or word for word in _WORD.findall(text.casefold())]
        if len(found) > 1 and found[-1] == ".":  # the end of a sentence
            found.pop()
        units = _ENGLISH_UNITS if language is Language.EN else _UNITS
        exponents, currencies, words, place = [], [], [], 0
        while place < len(found):
            length = next(
                length for length in (2, 1, 0) if length == 0 or " ".join(found[place : place + length]) in units
            )
            if length == 0:
                words.append(found[place])
            else:
                exponent, currency = units[" ".join(found[place : place + length])]
                exponents += [exponent] if exponent else []
                currencies += [currency] if currency else []
            place += length or 1
        return cls(tuple(exponents), tuple(currencies), tuple(words))


def _plain(text: str) -> str:
    """One kind of space, of apostrophe and of dash."""
    return re.sub(r"\s", " ", text).translate(_ONE_KIND).strip()


def simplest(value: Decimal, text: str) -> Decimal:
    """Without idle zeros, without an exponent, without a negative zero."""
    if abs(value) >= LARGEST:
        raise ReadingError("reading.number_too_large", text=text[:LONGEST_TEXT])
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize()


_ONE_KIND = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("−–—‐‑‒", "-"))
_ONE_NUMBER = re.compile(
    r"(?P<before>[^0-9]*?)"
    r"(?P<run>(?:(?<!\w)[.,])?[0-9](?:[0-9., ']*[0-9])?)"
    r"(?P<even>[.,] ?--?)?"  # '300,-': no cents
    r"(?P<after>[^0-9]*)"
)
_THOUSAND = re.compile(r"(?<![0-9.,])1[.,' ]?000(?![0-9.,])")  # 'in 1.000 EUR'
_WORD = re.compile(r"[^\W\d_]+\.?|\S")
_SIGNS = {"-": -1, "minus": -1, "+": 1}

_CODES = ("EUR", "CHF", "USD", "GBP", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF")
_CURRENCIES = {
    **{code.casefold(): code for code in _CODES},
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("franken", "francs", "fr", "sfr"), "CHF"),
    **dict.fromkeys(("$", "us $", "dollar", "dollars", "us dollar", "us dollars"), "USD"),
    **dict.fromkeys(("£", "pfund", "pound", "pounds"), "GBP"),
}
_EXPONENTS = {
    **dict.fromkeys(("k", "tsd", "tausend", "thousand", "grand"), 3),
    **dict.fromkeys(("mio", "mill", "million", "millionen", "millions", "mn"), 6),
    **dict.fromkeys(("mrd", "milliarde", "milliarden", "bn"), 9),
}
_ENGLISH_EXPONENTS = {"m": 6, "b": 9, "billion": 9, "billions": 9}
# Letters that mean a power of ten only right before a currency: T€, TEUR, k€, MEUR.
_LETTERS = {"t": 3, "k": 3, "m": 6}

_Unit = tuple[int, str | None]  # a power of ten (0: none) and a currency
_UNITS: dict[str, _Unit] = {
    **{word: (0, currency) for word, currency in _CURRENCIES.items()},
    **{word: (exponent, None) for word, exponent in _EXPONENTS.items()},
    **{f"{letter} {sign}": (_LETTERS[letter], _CURRENCIES[sign]) for letter in _LETTERS for sign in "€$£"},
    **{letter + code.casefold(): (_LETTERS[letter], code) for letter in _LETTERS for code in _CODES},
}
_ENGLISH_UNITS: dict[str, _Unit] = _UNITS | {word: (power, None) for word, power in _ENGLISH_EXPONENTS.items()}
