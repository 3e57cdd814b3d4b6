"""What a column of a BAB is, by its heading, and the units of money that stand in headings.

The words are recognised, never shown.
"""

import re
from enum import Enum, auto
from typing import Final

from knowledge.accounting.table_names import plain
from knowledge.language.quantities import unit_in

Unit = tuple[int, str | None]
"""A power of ten and a currency: (3, 'EUR') is TEUR."""


class ColumnKind(Enum):
    """What a column is there for."""

    LABELS = auto()  # cost types
    TOTAL = auto()
    KEY = auto()  # Schlüssel
    CENTRE = auto()
    LEFT_OUT = auto()  # numbers of accounts, remarks, subtotals


def column_kind(name: str) -> ColumnKind:
    """The kind of column under this heading; whatever is nothing else is a centre."""
    words = plain(name)
    if is_unit(name) or _TOTAL.fullmatch(_without_unit(words)):
        return ColumnKind.TOTAL
    return next((kind for kind, names in _KINDS if names.search(words)), ColumnKind.CENTRE)


def is_unit(text: str) -> bool:
    """Whether a text is a unit of money and nothing else: 'TEUR', '(in €)'."""
    return bool(text) and not _without_unit(plain(text))


def unit_said(text: str) -> Unit | None:
    """The unit that a line above the table names: 'BAB Mai 2013, in TEUR', but not 'Fr. Muster'.

    Raises ReadingError where it names several.
    """
    words = plain(text)
    return unit_in(text) if is_unit(text) or _SAYS_UNIT.search(words) else None


def _without_unit(words: str) -> str:
    return " ".join(re.sub(r"[()\[\]]", " ", _UNIT.sub(" ", words)).split())


# fmt: off
_TOTAL: Final = re.compile(
    r"summen?|(?:gesamt|total)(?:-?(?:kosten|betrag|summe))?|insgesamt|totals?|total (?:costs?|overheads?)|sum|amount"
    r"|betrag|kosten(?: gesamt| insgesamt)?|gemeinkosten(?: gesamt| insgesamt)?|summe (?:der )?(?:gemein)?kosten|σ|∑"
    r"|(?:zahlen|werte|betraege|kosten|summe) (?:der|lt\.?|laut|aus|gemaess) .*|buchhaltung|fibu|klr"
    r"|betriebsergebnisrechnung|ergebnistabelle|ist-?kosten"
)
_KINDS: Final = (
    (ColumnKind.KEY, re.compile(
        r"schluessel|^verteilung(?:s(?:basis|grundlage))?\b|^umlage(?:basis|grundlage)|^grundlage\b|^verhaeltnis(?:se)?\b"
        r"|^anteile?\b|\bkey\b|^bas[ei]s\b|\b(?:apportionment|allocation) bas[ei]s\b"
    )),
    (ColumnKind.LABELS, re.compile(
        r"kostenart|^(?:gemein)?kosten$|^gemeinkosten\b|^bezeichnung|^position(?:en)?$|^text$|^overheads?$|^costs?$"
        r"|^(?:cost|expense|overhead)s? (?:type|item|element|categor)|^types? of (?:cost|overhead|expense)|^description"
        r"|^items?\b|^expenses?$|^particulars?\b|^nature of|^aufwand(?:s-?art)?|^aufwendungen\b"
    )),
    (ColumnKind.LEFT_OUT, re.compile(
        r"^(?:lfd|nr|no|number|konto|kto|account|pos|(?:be|an)merkung(?:en)?|kommentare?|notiz(?:en)?|hinweise?|notes?"
        r"|comments?|remarks?|quelle|belege?|prozent"
        r"|source|kontrolle|check|probe|differenz|einzelkosten|ek)\b|^(?:summe|gesamt|total) |\b(?:gesamt|summe|total)$"
    )),
)
_UNIT: Final = re.compile(
    r"\b(?:(?:angaben|alle|betraege|werte|zahlen|amounts?|all|figures) )*(?:in )?"
    r"(?:(?:tsd\.?|tausend|thousand|mio\.?|1[.,' ]?000) ?)?(?:[tkm] ?)?"
    r"(?:(?:eur|euro|chf|franken|sfr|fr|usd|gbp|rs|inr)\b\.?|[€$£₹])"
    r"|[€$£₹]|\b(?:in )?(?:tsd\.?|tausend|thousands?|1[.,' ]?000)(?!\w)"
)
_SAYS_UNIT: Final = re.compile(
    r"\bin\b|angaben|betraege|\balle\b|waehrung|currency|einheit|\bunit|figures|amounts|€|\bt?(?:eur|euro|chf)\b"
)
# fmt: on
