"""A mistyped word beside the many that may be meant."""


class Mistyped:
    """A typed word, to be compared with many: letters left out, added, changed, or two neighbours swapped.

    A column of the usual table of distances is two numbers here: bit n says whether the distance grows, or falls, from
    letter n of the typed word to the next (G. Myers 1999; with swapped neighbours H. Hyyrö 2003). `errors_between`
    says the same of two words; here both answers come from one pass, in a fraction of the time.
    """

    def __init__(self, typed: str, most: int) -> None:
        self._length = len(typed)
        self._most = most
        self._letters = frozenset(typed)
        self._places: dict[str, int] = {}
        for place, letter in enumerate(typed):
            self._places[letter] = self._places.get(letter, 0) | 1 << place

    def errors(self, meant: str) -> tuple[int | None, int | None]:
        """The typing errors against the whole word, and against its nearest beginning; None where they are too many.

        A beginning counts where `meant` is longer than what was typed.
        """
        longest, most = self._length + self._most, self._most
        if len(meant) < self._length - most or len(self._letters.difference(meant)) > most:
            return None, None  # each error brings, or leaves out, one letter at most
        beginning = meant[:longest]
        every, last = (1 << self._length) - 1, 1 << (self._length - 1)
        grows, falls, diagonal, matched, errors = every, 0, 0, 0, self._length
        fewest, left = errors, len(beginning)
        for letter in beginning:
            here = self._places.get(letter, 0)
            swapped = ((every ^ diagonal) & here) << 1 & matched
            diagonal = (((here & grows) + grows ^ grows) | here | falls) & every | swapped
            right = falls | every ^ (diagonal | grows)
            back = diagonal & grows
            if right & last:
                errors += 1
            elif back & last:
                errors -= 1
                if errors < fewest:
                    fewest = errors
            left -= 1
            if errors - left > most < fewest:
                return None, None
            right, back = (right << 1 | 1) & every, back << 1 & every
            grows = back | every ^ (diagonal | right)
            falls = right & diagonal
            matched = here
        whole = errors if errors <= most and len(meant) <= longest else None
        start = fewest if fewest <= most and len(meant) > self._length else None
        return whole, start
