"""What the buttons of one objection help carry: enough to draw the screen again, and to count on it only once.

Nothing of it is stored. The answers shown are named one by one, so that a press means what stood above it, whatever
the order has become since; a mark tells whether the content still has the same answers. Ids are shortened, because
Telegram takes 64 bytes a button.
"""

import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Final, Self

from knowledge.entries import Answer
from knowledge.recognition.matches import Label
from knowledge.taxonomy import ObjectionId, SignalId

SHOWN_AT_ONCE: Final = 2
MOST_ANSWERS: Final = 20
"""So many answers of an objection, the first of the content, come up one after the other; 'mehr' shows all."""

_LABELS: Final = (*ObjectionId, *SignalId)
_BY_CODE: Final[dict[str, Label]] = {f"{id_[:2]}{id_[-2:]}": id_ for id_ in _LABELS}
_SIGNS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
LAST_PAGE: Final = len(_SIGNS) - 1
_VALUE: Final = re.compile(
    r"([a-z_]{4})([a-z2-7]{8})([a-z2-7]{2})?\.([0-9a-z]{0,2})\.([0-9a-f]{0,5})\.([a-z_]{0,4})\.([0-9a-z]?)"
)


def code_of(label: Label) -> str:
    """An objection or a signal in four letters."""
    return f"{label[:2]}{label[-2:]}"


def label_of(code: str) -> Label | None:
    """The objection or signal behind four letters."""
    return _BY_CODE.get(code)


def page_sign(page: int) -> str:
    """The sign of a page of 'mehr', up to LAST_PAGE; `int(sign, 36)` is the page."""
    return _SIGNS[page]


def token_from(secret: str) -> str:
    """The random mark of one help screen, short and in lower case."""
    return b32encode(blake2s(secret.encode(), digest_size=5).digest()).decode().lower()


def mark_of(answers: Sequence[Answer]) -> str:
    """Two letters that change when a company changes which answers there are, or the other language has others."""
    return token_from(" ".join(answer.technique for answer in answers))[:2]


@dataclass(frozen=True, slots=True)
class HelpState:
    """One help screen: what it is about, which answers stand on it and which stood on it before.

    Answers are named by their places in the content, which hold as long as its answers have this mark. `also` is what
    the same text held besides.
    """

    objection: ObjectionId
    token: str
    shown: tuple[int, ...] = ()
    seen: frozenset[int] = frozenset()
    also: Label | None = None
    mark: str = ""

    def showing(self, places: tuple[int, ...], answers: Sequence[Answer]) -> Self:
        """The same screen with others of these answers on it."""
        return replace(self, shown=places, seen=self.seen | {*places}, mark=mark_of(answers))

    def is_of(self, answers: Sequence[Answer]) -> bool:
        """Whether what it names are still the same answers."""
        return not self.mark or self.mark == mark_of(answers)

    def emptied(self) -> Self:
        """The same screen without any answer chosen yet."""
        return replace(self, shown=(), seen=frozenset(), mark="")

    def written(self, extra: str = "") -> str:
        """The value of a button; `extra` is one sign that says more, such as a page."""
        shown = "".join(_SIGNS[place] for place in self.shown)
        seen = f"{sum(1 << place for place in self.seen):x}"
        also = code_of(self.also) if self.also else ""
        return f"{code_of(self.objection)}{self.token}{self.mark}.{shown}.{seen}.{also}.{extra}"


def read_state(value: str) -> tuple[HelpState, str] | None:
    """(state, extra) of a button's value; None where it is none of ours."""
    found = _VALUE.fullmatch(value)
    objection = label_of(found[1]) if found else None
    if found is None or not isinstance(objection, ObjectionId):
        return None
    shown = tuple(_SIGNS.find(sign) for sign in found[4])
    bits = int(found[5] or "0", 16)
    seen = frozenset(place for place in range(MOST_ANSWERS) if bits >> place & 1)
    return HelpState(objection, found[2], shown, seen, label_of(found[6]), found[3] or ""), found[7]
