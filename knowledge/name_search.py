"""Names of customers as one types them: a few letters, with typing errors, umlauts or ae, oe, ue.

All names of a seller come as one text, a line each, which is scanned for what was typed and for its pieces; only words
near a hit are compared letter by letter. So thousands are searched in a few milliseconds without an index.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import Final

from knowledge.mistyped import Mistyped
from knowledge.search_words import errors_allowed, errors_between, pieces

LONGEST_QUERY: Final = 80
MOST_WORDS: Final = 6
MOST_HITS: Final = 2_000
"""A few letters may stand in more names than anybody looks through."""

BREAK: Final = "\t"
"""Stands between a name and the company in a line."""

_WHOLE: Final = 1.0
_START: Final = 0.9
_ONE_ERROR: Final = 0.7
_INSIDE: Final = 0.6
_START_ONE_ERROR: Final = 0.55
_TWO_ERRORS: Final = 0.5
_START_TWO_ERRORS: Final = 0.4
_WITH_ERRORS: Final = {0: _WHOLE, 1: _ONE_ERROR, 2: _TWO_ERRORS}
_START_WITH_ERRORS: Final = {0: _START, 1: _START_ONE_ERROR, 2: _START_TWO_ERRORS}
_BEGINS_THE_NAME: Final = 0.2
_SAYS_THE_FORM: Final = 0.05
_SHORTEST_INSIDE: Final = 3
_MOST_MISTYPED: Final = 24
"""So many words, the likeliest, may have been meant by a mistyped one."""

_WORD: Final = re.compile(r"\w+")
_NO_WORD: Final = re.compile(r"\W+")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")

# One letter for one, so that a typing error stays one error.
_LETTERS: Final = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "s"), ("é", "e"))
_TYPED_OUT: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s"))

_FORMS: Final = frozenset(
    (
        "ag", "bv", "co", "corp", "ek", "eg", "ev", "gbr", "ges", "gesmbh", "gmbh", "inc", "kg", "kgaa", "llc", "llp",
        "ltd", "mbh", "nv", "ohg", "plc", "sa", "sarl", "se", "spa", "srl", "ug", "und", "and",
    )
)  # fmt: skip
"""Legal forms and what joins them: half of all names hold one, so it tells nothing."""


def plain_letters(text: str) -> str:
    """A text in lower case with umlauts and accents as plain letters."""
    text = text.lower()
    if text.isascii():
        return text
    for typed, plain in _LETTERS:  # much quicker than str.translate where a text is no ASCII
        text = text.replace(typed, plain)
    return text if text.isascii() else _BEYOND_ASCII.sub(_without_accent, text)


def typed_out(word: str) -> str:
    """A plain word as if 'ae', 'oe', 'ue' and 'ss' had been umlauts and 'ß': 'schaefer' becomes 'schafer'."""
    for typed, plain in _TYPED_OUT:
        word = word.replace(typed, plain)
    return word


def telling_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters, umlauts in any way, without its legal form where anything else is there."""
    words = tuple(_WORD.findall(plain_letters(name)))
    return tuple(typed_out(word) for word in words if _tells(word)) or words


def alike(one: str, other: str) -> bool:
    """Whether two names may be the same customer: the same words in any order, typing errors and legal form aside."""
    return _alike(telling_words(one), telling_words(other))


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if not 0 < len(ours) == len(theirs):
        return False
    left = list(theirs)
    for word in ours:
        same = next((other for other in left if _nearly(word, other)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _tells(word: str) -> bool:
    return word not in _FORMS and (len(word) > 1 or word.isdigit())


def _nearly(one: str, other: str) -> bool:
    if one == other:
        return True
    if _holds_a_number(one + other):  # 'Werk 1' and 'Werk 2' are two
        return False
    most = min(errors_allowed(one), errors_allowed(other))
    return bool(most) and errors_between(one, other, most) is not None


def _allows_errors(typed: str) -> bool:
    return not _holds_a_number(typed) and any(map(errors_allowed, (typed, typed_out(typed))))


def _holds_a_number(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


class Directory:
    """The customers of a seller by their names.

    Line n of `lines` is a name, or name, break and company; `keys[n]` says whose it is.
    """

    def __init__(self, keys: Sequence[str], lines: str) -> None:
        self._keys = keys
        self._lines = lines

    def __len__(self) -> int:
        return len(self._keys)

    def exactly(self, name: str) -> int | None:
        """The customer of this name, upper and lower case aside; of several the newest."""
        text, wanted = f"\n{self._lines}\n".casefold(), f"\n{name.casefold()}"
        found = -1
        at = text.find(wanted) if self._keys else -1
        while at >= 0:
            if text[at + len(wanted)] in f"\n{BREAK}":
                found = max(found, int(self._keys[text.count("\n", 0, at)]))
            at = text.find(wanted, at + 1)
        return None if found < 0 else found

    def find(self, query: str, limit: int = 50, *, meant: bool = False) -> tuple[int, ...]:
        """Who is found by all of these words, best first: the beginning of the name, of a word, then by likeness.

        Of those that fit alike the newest comes first. Typing errors are looked for where nothing else fits: what is
        spelt right means itself. `meant`: whom one may have meant by a whole name. Parts inside a word don't count
        then, and numbers have to be the same.
        """
        return tuple(int(self._keys[line]) for line in self._ranked(query, meant)[:limit])

    def _ranked(self, query: str, meant: bool) -> Sequence[int]:
        """The lines that `find` finds, best first."""
        asked = _WORD.findall(plain_letters(query[:LONGEST_QUERY]))[:MOST_WORDS]
        telling = [word for word in asked if _tells(word)] or asked
        if not telling or not self._keys:
            return ()
        scores = self._search(telling, meant, tolerant=meant)
        may_err = not meant and any(map(_allows_errors, telling))
        if may_err and max(scores.values(), default=0.0) <= _ONE_ERROR * len(telling):
            scores = self._search(telling, meant, tolerant=True)
        typed = " ".join(asked), " ".join(map(typed_out, asked))
        forms = [word for word in asked if word not in telling]

        def rank(line: int) -> tuple[float, int]:
            text = self._text.line(line)
            value = scores[line] / len(telling) + _SAYS_THE_FORM * sum(form in text for form in forms)
            return value + _BEGINS_THE_NAME * text.startswith(typed), int(self._keys[line])

        return sorted(scores, key=rank, reverse=True)

    def alike(self, name: str, limit: int = 5) -> tuple[int, ...]:
        """Customers whose names are alike, one of exactly this name included."""
        asked = telling_words(name)
        lines = self._lines.split("\n")
        near = (
            int(self._keys[line])
            for line in self._ranked(name, meant=True)[:MOST_HITS]
            if _alike(asked, telling_words(lines[line].partition(BREAK)[0]))
        )
        return tuple(islice(near, limit))

    @cached_property
    def _text(self) -> "_Text":
        return _Text(plain_letters(self._lines))

    def _search(self, telling: Sequence[str], meant: bool, tolerant: bool) -> dict[int, float]:
        """Lines that hold all of the words, with the sum of how well each fits; the longest is looked for first."""
        first, *others = (_Likeness(word, meant, tolerant) for word in sorted(telling, key=len, reverse=True))
        scores = self._text.with_word(first)
        for likeness in others:
            both = {line: likeness.best(self._text.line(line)) for line in scores}
            scores = {line: scores[line] + score for line, score in both.items() if score}
        return scores


class _Likeness:
    """How well words answer a typed one; each known word is compared once."""

    def __init__(self, typed: str, meant: bool, tolerant: bool) -> None:
        self.ways = tuple(dict.fromkeys((typed, typed_out(typed))))
        """As it was typed, and with 'ae' read as an umlaut."""
        self.inside = not meant and len(typed) >= _SHORTEST_INSIDE
        self._number = _holds_a_number(typed)
        self._tolerant = tolerant and not self._number
        self._meant = meant
        self._mistyped = {way: Mistyped(way, most) for way in self.ways if (most := self.most(way))}
        self._known: dict[str, float] = {}

    def most(self, way: str) -> int:
        """How many errors may be in the word, written this way."""
        return errors_allowed(way) if self._tolerant else 0

    def best(self, line: str) -> float:
        """How well a line's best word fits."""
        if not self._mistyped and not any(way in line for way in self.ways):
            return 0.0
        return max(map(self.of, _WORD.findall(line)), default=0.0)

    def of(self, word: str) -> float:
        """1 for the word itself down to 0 for another one."""
        score = self._known.get(word)
        if score is None:
            score = self._known[word] = max(self._compare(way, word) for way in self.ways)
        return score

    def _compare(self, typed: str, word: str) -> float:
        if word.startswith(typed):
            return _WHOLE if word == typed else 0.0 if self._meant and self._number else _START
        if self.inside and typed in word:
            return _INSIDE
        mistyped = self._mistyped.get(typed)
        if mistyped is None:
            return 0.0
        whole, start = mistyped.errors(word)
        if whole is not None:
            return _WITH_ERRORS[whole]
        return 0.0 if start is None or (self._meant and start > 1) else _START_WITH_ERRORS[start]


class _Text:
    """The lines in plain letters."""

    def __init__(self, lines: str) -> None:
        self._text = f"\n{lines}\n"
        self._lines = lines.split("\n")

    def line(self, number: int) -> str:
        return self._lines[number]

    def with_word(self, likeness: _Likeness) -> dict[int, float]:
        """The lines with such a word, with how well it fits."""
        scores: dict[int, float] = {}
        for way in likeness.ways:
            self._note(scores, islice(self._places(way, likeness.inside), MOST_HITS), likeness)
        for word in self._mistyped(likeness):
            self._note(scores, islice(self._places(word, False), MOST_HITS), likeness)
        return scores

    def _note(self, scores: dict[int, float], places: Iterable[int], likeness: _Likeness) -> None:
        text, line, counted = self._text, -1, 0
        for place in places:  # in their order, so that each line break is counted once
            line += text.count("\n", counted, place)
            counted = place
            match = _WORD.match(text, place)
            score = likeness.of(match[0]) if match else 0.0
            if score > scores.get(line, 0.0):
                scores[line] = score

    def _places(self, letters: str, inside: bool) -> Iterator[int]:
        """Where words begin that begin with the letters, or hold them."""
        text = self._text
        at = text.find(letters)
        while at >= 0:
            begin = at
            if inside:
                while text[begin - 1].isalnum():
                    begin -= 1
            if inside or not text[at - 1].isalnum():
                yield begin
            at = text.find(letters, at + 1)

    @cached_property
    def _vocabulary(self) -> str:
        """Each word once: 'GmbH' and 'Maschinenbau' stand in hundreds of names."""
        rough = "\n".join(set(self._text.split()))
        for mark in ".-&/()+,'":  # the usual ones, quicker one by one
            rough = rough.replace(mark, "\n")
        words = rough if rough.replace("\n", "").isalnum() else _NO_WORD.sub("\n", rough)
        return f"\n{words}\n"

    def _mistyped(self, likeness: _Likeness) -> Sequence[str]:
        """The words that may have been meant, other than those that begin with what was typed; the likeliest first."""
        words: set[str] = set()
        for way in likeness.ways:
            if likeness.most(way):
                words |= self._near(way, likeness.most(way))
        meant = [word for word in words if likeness.of(word) and not word.startswith(likeness.ways)]
        return sorted(meant, key=lambda word: (-likeness.of(word), word))[:_MOST_MISTYPED]

    def _near(self, typed: str, most: int) -> set[str]:
        """Known words that share a part with the typed one at about the same place."""
        known = self._vocabulary
        words: set[str] = set()
        for needle, offset in _needles(typed, most):
            at = known.find(needle)
            while at >= 0:
                begin = known.rfind("\n", 0, at) + 1
                after = at + 1
                if abs(at - begin - offset) <= most:
                    after = known.find("\n", at)
                    words.add(known[begin:after])
                at = known.find(needle, after)
        return words


def _needles(typed: str, most: int) -> Iterator[tuple[str, int]]:
    """Parts of the word, one of which stands unchanged in whatever it is mistyped for, and where they begin.

    Two letters swapped across a cut spoil both parts beside it; so the word is also taken with these two swapped back.
    """
    parts = pieces(typed, most + 1)
    cuts = list(accumulate(map(len, parts), initial=0))
    yield from zip(parts, cuts, strict=False)
    for cut in cuts[1:-1]:
        swapped = typed[: cut - 1] + typed[cut] + typed[cut - 1] + typed[cut + 1 :]
        if most == 1:  # nothing else can be wrong then
            yield swapped, 0
        else:
            yield from zip(pieces(swapped, most + 1), cuts, strict=False)


def _without_accent(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFKD", match[0])[0]
    return letter.lower() if letter.isascii() and letter.isalpha() else match[0]
