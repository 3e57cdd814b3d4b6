"""Which kind of appointment a line is about, by the words in it."""

import re
from collections.abc import Iterable

from knowledge.language.date_words import plain
from knowledge.taxonomy import AppointmentKind


class KindWords:
    """Words of kinds. Of several in a text the first one counts, of two that begin there the longer one."""

    def __init__(self, words: Iterable[tuple[str, AppointmentKind]]) -> None:
        self._kinds = {plain(word): kind for word, kind in words}
        longest_first = sorted(map(re.escape, self._kinds), key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)") if longest_first else None

    def kind_in(self, text: str) -> AppointmentKind | None:
        """The kind that the text names; None where it names none."""
        found = self._any.search(plain(text)) if self._any else None
        return self._kinds[found[0]] if found else None
