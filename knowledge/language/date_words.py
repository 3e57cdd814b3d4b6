"""Words of days, months and small numbers in both languages, as they are recognised (never shown).

All in the spelling of `plain`: lower case, 'ae' for 'ä', no commas, single spaces.
"""

import re
import unicodedata

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", ",": " ", "’": "'"})


def plain(text: str) -> str:
    """The one spelling that the patterns of days and times know."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_SPELT_OUT)
    return " ".join(composed.split())


def alternatives(words: dict[str, int]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def _table(*rows: str, start: int) -> dict[str, int]:
    return {word: value for value, row in enumerate(rows, start) for word in row.split()}


WEEKDAYS = _table(  # as date.weekday()
    "montag montags mo monday mon",
    "dienstag di tuesday tue tues",
    "mittwoch mi wednesday wed weds",
    "donnerstag do thursday thu thur thurs",
    "freitag fr friday fri",
    "samstag sonnabend sa saturday sat",
    "sonntag so sunday sun",
    start=0,
)
MONTHS = _table(
    "januar jaenner jaen january jan",
    "februar feber february feb",
    "maerz maer mrz march mar",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
    start=1,
)
COUNTS = _table(
    "ein eine einem einer einen a an one",
    "zwei zwo two",
    "drei three",
    "vier four",
    "fuenf five",
    "sechs six",
    "sieben seven",
    "acht eight",
    "neun nine",
    "zehn ten",
    "elf eleven",
    "zwoelf twelve",
    start=1,
)
HOURS = {word: count for word, count in COUNTS.items() if word not in {"eine", "einem", "einer", "einen", "a", "an"}}
HOURS["eins"] = 1

WEEKDAY = rf"(?:{alternatives(WEEKDAYS)})"
MONTH = rf"(?:{alternatives(MONTHS)})"
COUNT = rf"(?:[0-9]{{1,3}}|{alternatives(COUNTS)})"
NEXT = r"(?:naechste[nrsm]?|kommende[nrsm]?|next)"
AFTER_NEXT = r"(?:uebernaechste[nrsm]?)"
THIS = r"(?:diese[nrsm]?|this)"


def count(word: str) -> int:
    """The number that a match of COUNT stands for."""
    return int(word) if word.isdigit() else COUNTS[word]
