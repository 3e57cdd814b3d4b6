"""Search over everything that the bot knows, in one language, as people type it: with errors, half words, compounds.

There is no index of letters. All distinct words stand in one long string, which is scanned for a typed word or for its
pieces; a word with one error keeps one of its two halves, one with two errors one of its three thirds.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.contents import Contents
from knowledge.search_entries import Searchable, searchable
from knowledge.search_terms import EntryKind
from knowledge.search_words import errors_allowed, errors_between, pieces, stem, words_of
from knowledge.taxonomy import Country

LONGEST_QUERY: Final = 256
"""Characters that are looked at; nobody types a longer question."""
MOST_WORDS: Final = 12

TITLE: Final = 8.0
TAG: Final = 4.0
ALSO: Final = 3.0
LEAD: Final = 2.0
BODY: Final = 1.0

_SAME: Final = 1.0
_SAME_STEM: Final = 0.95
_ONE_ERROR: Final = 0.8
_TWO_ERRORS: Final = 0.6
_ERRORS: Final = {0: _SAME_STEM, 1: _ONE_ERROR, 2: _TWO_ERRORS}

_SHORTEST_PREFIX: Final = 3
_SHORTEST_PART: Final = 4
"""Letters of a word that counts inside another one: 'preis' in 'preisgesprach'."""

_HARDLY_TELLING: Final = 5
"""Added to the number of entries, so that even a word that stands everywhere counts a little."""
_COVERS: Final = 0.3
"""A hit answers at least this share of what was asked, each word weighed by how much it tells."""
_FAR_BEHIND: Final = 0.25
"""What scores less than this share of the best hit is left out."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. `score` only orders the hits of one query."""

    kind: EntryKind
    id: str
    title: str
    score: float


class Search:
    """The entries of one language, ready to be searched."""

    def __init__(self, contents: Contents) -> None:
        self._entries = tuple(searchable(contents))
        self._countries = {its: set(words_of(contents.language.locale.territories[its])) for its in Country}
        self._weights = _weights(self._entries)
        self._words = sorted(self._weights)
        self._text = "\n" + "\n".join(self._words) + "\n"
        self._starts = _starts(self._words)
        self._by_stem: dict[str, list[str]] = {}
        for word in self._words:
            self._by_stem.setdefault(stem(word), []).append(word)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, query: str, limit: int = 6, country: Country | None = None) -> tuple[Hit, ...]:
        """The entries that answer the query, best first; a title counts more than tags, tags more than text.

        With a country, what holds only in another one is left out, unless the query names that one.
        """
        asked = list(dict.fromkeys(words_of(query[:LONGEST_QUERY])))[:MOST_WORDS]
        scores: dict[int, float] = {}
        answered: dict[int, float] = {}
        well: dict[int, float] = {}
        total = 0.0
        for word in asked:
            strength = self._matches(word)
            telling = math.log((len(self._entries) + _HARDLY_TELLING) / (len(strength) or 1))
            total += telling
            for entry, value in strength.items():
                scores[entry] = scores.get(entry, 0.0) + telling * value
                answered[entry] = answered.get(entry, 0.0) + telling
                well[entry] = well.get(entry, 0.0) + telling * min(1.0, value / ALSO)
        ranked = sorted(
            (
                (score * (well[entry] / total) ** 2 * self._named_by(query, entry), -entry)
                for entry, score in scores.items()
                if answered[entry] >= _COVERS * total and self._holds_in(entry, country, asked)
            ),
            reverse=True,
        )
        best = ranked[0][0] if ranked else 0.0
        return tuple(self._hit(-place, score) for score, place in ranked[:limit] if score >= _FAR_BEHIND * best)

    def nearest(self, query: str, limit: int = 3) -> tuple[Hit, ...]:
        """The entries whose titles look most like the query, however little; for a query that finds nothing."""
        asked = _threes(query[:LONGEST_QUERY])
        ranked = sorted((-_likeness(asked, _threes(entry.title)), place) for place, entry in enumerate(self._entries))
        return tuple(self._hit(place, -likeness) for likeness, place in ranked[:limit])

    def _holds_in(self, place: int, country: Country | None, asked: list[str]) -> bool:
        its = self._entries[place].country
        return its is None or country in (None, its) or bool(self._countries[its] & set(asked))

    def _hit(self, place: int, score: float) -> Hit:
        entry = self._entries[place]
        return Hit(entry.kind, entry.id, entry.title, score)

    def _named_by(self, query: str, place: int) -> float:
        """Whoever types a title, or the field's English term for it, means that entry."""
        entry, asked = self._entries[place], "".join(words_of(query))
        title = "".join(words_of(entry.title))
        if asked in (title, entry.id.replace("_", "")):
            return 2.0
        return 1.3 if len(asked) >= _SHORTEST_PART and asked in title else 1.0

    def _matches(self, asked: str) -> dict[int, float]:
        """How strongly a typed word speaks for each entry."""
        strength: dict[int, float] = {}
        for word, quality in self._alike(asked).items():
            for entry, weight in self._weights[word].items():
                value = quality * weight
                if value > strength.get(entry, 0.0):
                    strength[entry] = value
        return strength

    def _alike(self, asked: str) -> dict[str, float]:
        """The known words that a typed word may stand for, each with how well it fits (0 to 1).

        Errors are looked for only where nothing else fits at once: what is spelt right means itself.
        """
        found: dict[str, float] = {}

        def add(word: str, quality: float) -> None:
            if quality > found.get(word, 0.0):
                found[word] = quality

        for word in self._by_stem.get(stem(asked), ()):
            add(word, _SAME_STEM)
        if asked in self._weights:
            add(asked, _SAME)
        for word, place in self._containing(asked):
            share = len(asked) / len(word)
            if place == 0:
                add(word, 0.6 + 0.3 * share)
            elif len(asked) >= _SHORTEST_PART:
                add(word, (0.55 if place + len(asked) == len(word) else 0.4) + 0.25 * share)
        if not found:
            for word, errors in self._mistyped(asked):
                add(word, _ERRORS[errors])
        if not any(len(word) >= len(asked) for word in found):
            for part in self._parts(asked):
                add(part, 0.7 * len(part) / len(asked))
        return found

    def _containing(self, part: str) -> Iterator[tuple[str, int]]:
        """Known words that hold these letters, and at which place."""
        if len(part) < _SHORTEST_PREFIX:
            return
        needle = part if len(part) >= _SHORTEST_PART else "\n" + part
        at = self._text.find(needle)
        while at >= 0:
            start = at if needle is part else at + 1
            which = bisect_right(self._starts, start) - 1
            yield self._words[which], start - self._starts[which]
            at = self._text.find(needle, self._text.find("\n", at + 1))

    def _mistyped(self, asked: str) -> Iterator[tuple[str, int]]:
        """Known words that differ in no more letters than one mistypes, and in how many.

        Compared without the ending as well, so that an error and another ending count as one error.
        """
        most = errors_allowed(asked)
        if not most:
            return
        short = stem(asked)
        seen: set[str] = set()
        for form in dict.fromkeys((asked, short)):
            for piece in pieces(form, most + 1):
                for word in self._holding(piece, len(form) + most + 2):
                    if word in seen:
                        continue
                    seen.add(word)
                    errors = errors_between(asked, word, most)
                    if errors is None and short != asked:
                        errors = errors_between(short, stem(word), most)
                    if errors is not None:
                        yield word, errors

    def _holding(self, piece: str, longest: int) -> Iterator[str]:
        """Known words that hold a piece, of at most so many letters."""
        at = self._text.find(piece)
        while at >= 0:
            which = bisect_right(self._starts, at) - 1
            if len(self._words[which]) <= longest:
                yield self._words[which]
            at = self._text.find(piece, self._text.find("\n", at))

    def _parts(self, asked: str) -> Iterator[str]:
        """Known words at the beginning or end of a typed compound: 'preisgesprach' → 'preis', 'gesprach'."""
        for cut in range(_SHORTEST_PART, len(asked) - 1):
            if asked[:cut] in self._weights:
                yield asked[:cut]
        for cut in range(2, len(asked) - _SHORTEST_PART + 1):
            if asked[cut:] in self._weights:
                yield asked[cut:]


def _weights(entries: tuple[Searchable, ...]) -> dict[str, dict[int, float]]:
    """For each word: the entries that hold it, and how much it says there. A short title says more by each word."""
    weights: dict[str, dict[int, float]] = {}
    for place, entry in enumerate(entries):
        title = words_of(entry.title)
        seen: set[str] = set()
        for weight, words in (
            (TITLE * (0.7 + 0.3 / (len(title) or 1)), title),
            (TAG, words_of(entry.tags)),
            (ALSO, words_of(entry.also)),
            (LEAD, words_of(entry.lead)),
            (BODY, words_of(entry.body)),
        ):
            new = set(words) - seen
            seen |= new
            for word in new:
                weights.setdefault(word, {})[place] = weight
    return weights


def _starts(words: list[str]) -> list[int]:
    """Where each word begins in the string that holds them all, a line break before each."""
    starts, at = [], 1
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _threes(text: str) -> frozenset[str]:
    """All runs of three letters of a text's words, ends marked."""
    return frozenset(
        padded[place : place + 3]
        for padded in (f" {word} " for word in words_of(text))
        for place in range(len(padded) - 2)
    )


def _likeness(asked: frozenset[str], title: frozenset[str]) -> float:
    return 2 * len(asked & title) / (len(asked) + len(title) or 1)
