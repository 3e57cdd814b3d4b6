"""What people type, brought to one form: case, umlauts, numbers; and cut into its clauses."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

MAX_READ: Final = 600
"""Characters of a text that are looked at; what somebody says in one breath is shorter."""

_FOLDED: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "´": "'", "€": " euro "}
)
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_OTHER: Final = re.compile(r"[^a-z0-9' %?$]+")
_SPACES: Final = re.compile(r"\s+")

_PARTED: Final = re.compile(
    r"[.,;:!?\n]+|\s[-–+/&]\s|"
    r"\b(?:und|oder|aber|außerdem|ausserdem|dazu|zudem|plus|and|or|but|also|besides|moreover)\b",
    re.IGNORECASE,
)


def cleaned(text: str) -> str:
    """The text as the sentence encoder gets it: compatible characters only, no control characters, cut to length."""
    plain = unicodedata.normalize("NFKC", text[:MAX_READ])
    if not plain.isprintable():
        plain = "".join(char if char.isprintable() else " " for char in plain)
    return _SPACES.sub(" ", plain).strip()[:MAX_READ]


def folded(text: str) -> str:
    """The text as the lexical part gets it: lower case, ä = ae, every number one sign, no punctuation but '?'."""
    lower = cleaned(text).lower().translate(_FOLDED)
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode() if not lower.isascii() else lower
    return _SPACES.sub(" ", _OTHER.sub(" ", _NUMBER.sub("0", plain).replace("?", " ? "))).strip()


def clauses(text: str) -> Sequence[str]:
    """The parts of a text, cut where a clause may end; at least one where it has any words."""
    return [part for piece in _PARTED.split(cleaned(text)) if (part := piece.strip(" -–"))]
