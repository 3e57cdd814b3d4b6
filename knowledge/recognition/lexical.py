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
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.text import clauses, folded

COLUMNS: Final = 1 << 17

_PIECES: Final = range(2, 6)
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
class Sparse:
    """A row: the columns that are not zero, in no order, with their values."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]


def counts(text: str) -> tuple[Counter[int], ...]:
    """How often which columns are hit: by pieces of words, by words and pairs of them, by how words belong together."""
    plain = folded(text)
    blocks = _pieces(plain), _words(plain), _relations(text, plain)
    return tuple(Counter(crc32(feature) % COLUMNS for feature in block) for block in blocks)


def weighted(blocks: Sequence[Counter[int]], rarity: NDArray[np.float32]) -> Sparse:
    """Counts → weights: damped by the logarithm, rare columns count more, each block has the length 1."""
    columns: list[int] = []
    values: list[float] = []
    for block in blocks:
        weights = [(1 + math.log(count)) * float(rarity[column]) for column, count in block.items()]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        columns += block
        values += [weight / length for weight in weights]
    return Sparse(np.array(columns, dtype=np.int32), np.array(values, dtype=np.float32))


def rarity_of(rows: Sequence[Sequence[Counter[int]]]) -> NDArray[np.float32]:
    """How rare each column is among the examples (smoothed inverse document frequency); never seen: zero."""
    seen = np.zeros(COLUMNS, dtype=np.int32)
    for blocks in rows:
        for block in blocks:
            seen[list(block)] += 1
    rarity = np.log((1 + len(rows)) / (1 + seen)) + 1
    rarity[seen < 2] = 0  # what one example alone has tells more about its writer than about its meaning
    return rarity.astype(np.float32)


def _pieces(plain: str) -> Iterator[bytes]:
    for word in plain.split():
        padded = f" {word} ".encode("ascii")
        for length in _PIECES:
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]


def _words(plain: str) -> Iterator[bytes]:
    words = [b"=" + word for word in plain.encode("ascii").split()]  # else a word would share a piece's column
    yield from words
    yield from map(b" ".join, pairwise(words))


def _relations(text: str, plain: str) -> Iterator[bytes]:
    words = plain.encode("ascii").split()
    for distance in _APART:
        for first, second in zip(words, words[distance:], strict=False):
            yield b"_" + first + b" " + second
    for clause in clauses(text):
        words = folded(clause).encode("ascii").split()
        if not _DENIALS.isdisjoint(words):
            yield from (b"~" + word for word in words)
            yield from (b"~" + first + b" " + second for first, second in pairwise(words))
        if not _CHANGES.isdisjoint(words):
            yield from (b"^" + word for word in words)
