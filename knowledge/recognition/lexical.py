"""The lexical part: words and pieces of words, hashed into a fixed number of columns.

Pieces of words forgive typing errors and find compounds ('Lieferzeitproblem'); pairs of words tell 'kein Budget' from
'Budget'. Pairs at a distance, and words marked as denied or as past, tell 'Unterlagen brauche ich keine' and 'war erst
zu teuer' from the objection that they deny. Hashing needs no vocabulary in memory; that two pieces share a column now
and then does no harm.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.text import clauses, folded

COLUMNS: Final = 1 << 17

_PIECES: Final = range(2, 6)
_LONGEST_REMEMBERED: Final = 24
"""Characters of a word whose pieces are kept: longer ones are rare, and would let one text fill the memory."""

_APART: Final = range(2, 5)
"""Distances of words that are paired although others stand between them."""

_DENIALS: Final = frozenset(
    b"kein keine keinen keinem keiner keins nicht nichts nie niemals niemand nimmer ned net nix ohne weder "
    b"no not never none nothing without nobody hardly isn't don't doesn't didn't won't can't couldn't wasn't aren't "
    b"haven't hasn't wouldn't isnt dont doesnt didnt wont cant couldnt wasnt".split()
)
_CHANGES: Final = frozenset(
    b"erst zuerst anfangs frueher damals war hatte hatten waren jetzt inzwischen mittlerweile nun schon bereits "
    b"laengst durch erledigt geklaert weg tisch used initially first was were had now already sorted done settled "
    b"since anymore longer".split()
)
"""Words that say that something was so and is not any more, or is dealt with."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Which columns a text hits, in three blocks: by pieces of words, by words and pairs of them, by how words belong
    together. A column stands once in a block."""

    columns: NDArray[np.int32]
    damped: NDArray[np.float32]
    """1 + the logarithm of how often the column is hit."""
    ends: tuple[int, ...]
    """Where each block ends."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """A row: the columns that are not zero, in no order, with their values."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    words_from: int
    """Where the pieces of words end and the blocks of whole words begin."""

    @property
    def by_words(self) -> "Sparse":
        """The row without the pieces of words."""
        return Sparse(self.columns[self.words_from :], self.values[self.words_from :], 0)


def counts(text: str) -> Counted:
    """What the text hits, whatever was learnt."""
    plain = folded(text)
    words = plain.encode("ascii").split()
    blocks = (
        Counter(chain.from_iterable(map(_pieces, words))),
        Counter(crc32(feature) % COLUMNS for feature in _words(words)),
        Counter(crc32(feature) % COLUMNS for feature in _relations(text, words)),
    )
    length = sum(map(len, blocks))
    often = np.fromiter(chain.from_iterable(block.values() for block in blocks), dtype=np.float32, count=length)
    first, second, third = map(len, blocks)
    return Counted(
        np.fromiter(chain.from_iterable(blocks), dtype=np.int32, count=length),
        1 + np.log(often),
        (first, first + second, first + second + third),
    )


def weighted(counted: Counted, rarity: NDArray[np.float32]) -> Sparse:
    """Counts → weights: rare columns count more, each block has the length 1."""
    values = counted.damped * rarity[counted.columns]
    for start, end in pairwise((0, *counted.ends)):
        block = values[start:end]
        block /= math.sqrt(float(block @ block)) or 1.0
    return Sparse(counted.columns, values, counted.ends[0])


def rarity_of(rows: Sequence[Counted]) -> NDArray[np.float32]:
    """How rare each column is among the examples (smoothed inverse document frequency); never seen: zero."""
    seen = hits(rows)
    rarity = np.log((1 + len(rows)) / (1 + seen)) + 1
    rarity[seen < 2] = 0  # what one example alone has tells more about its writer than about its meaning
    return rarity.astype(np.float32)


def hits(rows: Sequence[Counted]) -> NDArray[np.int64]:
    """How many blocks of the rows hit each column."""
    columns = [np.zeros(0, dtype=np.int32), *(row.columns for row in rows)]
    return np.bincount(np.concatenate(columns), minlength=COLUMNS)


def _pieces(word: bytes) -> tuple[int, ...]:
    """The columns of a word's pieces, its ends marked."""
    return _pieces_once(word) if len(word) <= _LONGEST_REMEMBERED else _pieces_once.__wrapped__(word)


@lru_cache(maxsize=4096)
def _pieces_once(word: bytes) -> tuple[int, ...]:
    padded = b" " + word + b" "
    return tuple(
        crc32(padded[start : start + length]) % COLUMNS
        for length in _PIECES
        for start in range(max(1, len(padded) - length + 1))
    )


def _words(words: Sequence[bytes]) -> Iterator[bytes]:
    marked = [b"=" + word for word in words]  # else a word would share a piece's column
    yield from marked
    yield from map(b" ".join, pairwise(marked))


def _relations(text: str, words: Sequence[bytes]) -> Iterator[bytes]:
    for distance in _APART:
        for first, second in zip(words, words[distance:], strict=False):
            yield b"_" + first + b" " + second
    if _DENIALS.isdisjoint(words) and _CHANGES.isdisjoint(words):
        return
    for clause in clauses(text):
        inside = folded(clause).encode("ascii").split()
        if not _DENIALS.isdisjoint(inside):
            yield from (b"~" + word for word in inside)
            yield from (b"~" + first + b" " + second for first, second in pairwise(inside))
        if not _CHANGES.isdisjoint(inside):
            yield from (b"^" + word for word in inside)
