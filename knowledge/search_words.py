"""Words as one types them, made comparable: folded to plain letters, stemmed a little, compared with typing errors."""

import re
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"[a-z0-9]+")

# Both ways of typing an umlaut become its plain letter, and so does leaving the dots out: 'Einwände', 'einwaende',
# 'einwande'. English words suffer the same on both sides ('value' and 'valu'), so they still find each other.
_FOLDS: Final = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "ss"), ("é", "e"), ("ae", "a"), ("oe", "o"), ("ue", "u"))

_ENDINGS: Final = ("ern", "ing", "en", "er", "es", "em", "ed", "e", "n", "s", "y")
"""Longest first. What is left has at least `_SHORTEST_STEM` letters."""
_SHORTEST_STEM: Final = 4


def words_of(text: str) -> list[str]:
    """The words of a text in lower case and plain letters, in their order."""
    return _WORD.findall(folded(text))


def folded(text: str) -> str:
    """The text in lower case, with umlauts as plain letters however they were typed."""
    text = text.lower()
    for typed, plain in _FOLDS:  # much quicker than str.translate where a text is no ASCII
        text = text.replace(typed, plain)
    return text


def stem(word: str) -> str:
    """A folded word without its ending, roughly: 'einwande' and 'einwanden' become 'einwand'."""
    if not word.endswith(_ENDINGS):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def errors_allowed(word: str) -> int:
    """How many typing errors a word may hold: none in short ones, where another word is too near."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def pieces(word: str, count: int) -> list[str]:
    """The word cut into `count` pieces: whatever differs from it in fewer places holds one of them unchanged."""
    cuts = [round(place * len(word) / count) for place in range(count + 1)]
    return [word[start:end] for start, end in pairwise(cuts)]


def errors_between(typed: str, meant: str, most: int) -> int | None:
    """Letters left out, added, changed, or two neighbours swapped; None where these are more than `most`."""
    if abs(len(typed) - len(meant)) > most or len(set(typed) ^ set(meant)) > 2 * most:
        return None  # each error brings at most two letters that only one of them has
    above: list[int] = []
    row = list(range(len(meant) + 1))
    for place, letter in enumerate(typed, 1):
        before, above, row = above, row, [place]
        for other, wanted in enumerate(meant, 1):
            cost = min(above[other] + 1, row[other - 1] + 1, above[other - 1] + (letter != wanted))
            swapped = place > 1 and other > 1 and letter == meant[other - 2] and typed[place - 2] == wanted
            row.append(min(cost, before[other - 2] + 1) if swapped else cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
