"""What a row of a BAB is, by the words at its beginning, in German and English.

The words are recognised, never shown. The first kind whose words are found is taken: a 'Zuschlagsgrundlage
(Herstellkosten)' is a base, a 'Maschinenstundensatz' no row of hours.
"""

import re
from enum import StrEnum, auto
from typing import Final

from knowledge.accounting.sheet import BaseKind
from knowledge.accounting.table_names import plain


class RowKind(StrEnum):
    """What a row says."""

    COST = auto()  # a cost type, or a row that nobody knows
    SUM = auto()
    ALLOCATION = auto()  # Umlage
    BASE = auto()  # Zuschlagsgrundlage
    HOURS = auto()  # Maschinen-, Arbeitsstunden
    DIRECT = auto()  # Einzelkosten
    SPECIAL = auto()  # Sondereinzelkosten der Fertigung
    SPECIAL_UNCLEAR = auto()  # Sondereinzelkosten, of production or of sales
    STOCK_INCREASE = auto()
    STOCK_DECREASE = auto()
    STOCK_UNCLEAR = auto()
    COST_OF_PRODUCTION = auto()
    COST_OF_SALES = auto()
    NORMAL_RATE = auto()
    NORMAL_COST = auto()  # manufacturing cost at normal rates, so these are taken on it
    LEFT_OUT = auto()  # computed again, or of no use here: rates, coverage, controls


def kind_of(label: str) -> RowKind:
    """The kind of row that begins with this label."""
    text = _SIGNS.sub("", plain(label))
    if _STOCK.search(text):
        return _stock(text)
    return next((kind for kind, words in _KINDS if words.search(text)), RowKind.COST)


def continues(label: str) -> bool:
    """Whether a row belongs to the one above: it has no name of its own, or one like 'Betrag'."""
    return not label or _AMOUNT.match(plain(label)) is not None


def allocated_name(label: str) -> str:
    """The centre that an allocation row names: 'Umlage der Kantine (Köpfe)' names 'kantine'."""
    text = re.sub(r"\(.*?\)|\[.*?\]", " ", _SIGNS.sub("", plain(label)))
    return " ".join(_ALLOCATION_WORDS.sub(" ", text).strip(" :.-–−/").split())


def unit_of(label: str) -> str:
    """What stands in brackets: 'Umlage Gebäude (m²)' is by m²."""
    found = re.search(r"\(([^)]{1,20})\)", label)
    return found[1].strip() if found else ""


def base_kind(text: str, row: str = "") -> BaseKind | None:
    """The kind of base that words beside a number or in a label name; a bare 'h' is explained by its row."""
    words = plain(text)
    if _HOURS.search(words):
        return BaseKind.LABOUR_HOURS if _LABOUR.search(f"{words} {plain(row)}") else BaseKind.MACHINE_HOURS
    return next((kind for kind, names in _BASES if names.search(words)), None)


def _stock(text: str) -> RowKind:
    more, less = bool(_MORE.search(text)), bool(_LESS.search(text))
    if more == less:
        return RowKind.STOCK_UNCLEAR
    return RowKind.STOCK_INCREASE if more else RowKind.STOCK_DECREASE


_AMOUNT: Final = re.compile(r"(?:betrag|betraege|hoehe|wert|amount|value|menge)\b|in \S")
_SIGNS: Final = re.compile(r"^[^\w%∑@]+")  # '+', './.', '=', an arrow
# fmt: off
_STOCK: Final = re.compile(
    r"\bbestands?(?:-|\b|e?s?(?:veraend|aend|mehr|minder|erhoeh|zunahme|abnahme|abbau|aufbau|vermind|vermehr|zugang|abgang))"
    r"|(?:mehr|minder)bestand|\blager(?:zunahme|abnahme|aufbau|abbau|veraenderung)"
    r"|\b(?:increase|decrease|change|reduction)s? (?:in|of) (?:stock|inventor)"
    r"|\b(?:stock|inventory) (?:increase|decrease|change)"
)
_MORE: Final = re.compile(r"mehr|erhoeh|zunahme|aufbau|zugang|increase")
_LESS: Final = re.compile(r"minder|abnahme|abbau|abgang|decrease|reduction")
_ALLOCATION: Final = (
    r"^(?:(?:[1-9]\.|first|second|third|secondary) ?)*(?:(?:kosten|sekundaer)?umlagen?|umlegung|umverteilung|uml|ilv"
    r"|innerbetriebliche (?:leistungs-?)?verrechnung|(?:re-?)?(?:allocation|apportionment)|redistribution"
    r"|allocate|apportion)(?![a-z])"
)
_ALLOCATION_WORDS: Final = re.compile(
    rf"{_ALLOCATION}|^(?:verteilung|verrechnung)\b"
    r"|\b(?:der|des|die|von|vom|of|the|kostenstellen?|kst|cost cent(?:re|er)s?)\b"
)
_PRODUCED: Final = (
    r"herstellkosten (?:d\.?|der) ?(?:e\b|erzeugung|produktion|fertigung|(?:rechnungs-?)?periode)|^hkd?[ep]\b"
    r"|^hk (?:d\.?|der) ?[ep]"
    r"|hergestellten|manufacturing costs? of production|costs? of production"
)
_SOLD: Final = (
    r"herstellkosten (?:d\.?|des|der)? ?(?:u\b|umsatz|absatz|abgesetzt|verkauft)|^hkd?u\b|^hk (?:d\.?|des) ?u"
    r"|umgesetzten"
    r"|manufacturing costs? of (?:sales|goods sold)|costs? of (?:sales|goods sold)"
)
_WORDS: Final = (
    (RowKind.NORMAL_COST, (
        r"^normal-?herstellkosten|herstellkosten (?:zu|auf) normal|^normal manufacturing cost",
        r"^(?:zuschlags|bezugs)-?(?:grundlagen?|basis|groessen?) \(?normal",
    )),
    (RowKind.LEFT_OUT, (
        r"selbstkosten|^full costs?$|^(?:summe )?herstellkosten$",
        r"ueber-? ?(?:/|und|u\.|oder|bzw\.?)? ?-?unterdeckung|^kosten(?:ueber|unter)?deckung"
        r"|^(?:ueber|unter)deckung|^over- ?(?:and|or|/) ?under",
        r"^verrechnete|^(?:normal|soll)-?(?:gemeinkosten|gk)(?!-?(?:zuschl|s(?:a|ae)tz|z\b))"
        r"|^(?:normal|absorbed|charged) overheads",
        r"^(?:kontrolle|kontrollsumme|probe|differenz|(?:kosten)?abweichung|check|control(?! room)|difference"
        r"|variance)\b",
        r"\bsekv\b|sondereinzelkosten (?:d\.?|des) ?v|special direct costs? of (?:sales|selling)",
        r"^(?:lfd\.? ?)?nr\b|^kostenstellen?-?(?:nr|nummer)|^(?:umlage|verteilungs)-?schluessel",
    )),
    (RowKind.NORMAL_RATE, (
        r"norm(?:al)?.{0,3}(?:gemeinkosten|gk)?.{0,3}(?:zuschl|saetze|satz|z\b)",
        r"^soll.{0,3}(?:gemeinkosten|gk)?.{0,3}(?:zuschl|saetze|satz)",
        r"^normal (?:overhead )?rates?\b",
    )),
    (RowKind.BASE, (r"^(?:basis|grundlagen?|bezugs\w+) (?:fuer|der|des) ",)),
    (RowKind.LEFT_OUT, (
        r"zuschlags?-?(?:s(?:a|ae)tz|prozent)|^(?:gemein)?kostens(?:a|ae)tz|^[a-z]{0,4}gkz(?:s|\b)|^gk-?zuschl|^oar\b"
        r"|^(?:ist|gemeinkosten|[a-z]{1,4}gk)?-?zuschl(?:ag|aege)\b|kalkulationss(?:a|ae)tz|stundens(?:a|ae)tz",
        r"verrechnungs(?:s(?:a|ae)tz|preis)|^(?:hourly|absorption) rates?\b"
        r"|overhead (?:absorption |recovery )?rate|^s(?:a|ae)tz\b|^rate\b|^%",
    )),
    (RowKind.BASE, (
        r"zuschlags?-?(?:grundlage|groesse|traeger|bas(?:is|en))|bezugs-?(?:grundlage|groesse|basis)",
        r"^(?:berechnungs|kalkulations|verrechnungs)-?(?:grundlage|basis)",
        r"^(?:basis|grundlagen?|bases?)\b|(?:allocation|overhead|rate|absorption) bas(?:e|i)s?\b|cost driver",
    )),
    (RowKind.ALLOCATION, (_ALLOCATION, r"^(?:verteilung|verrechnung) ")),
    (RowKind.SPECIAL, (
        r"\bsekf\b|\bsek d?\.? ?f|sondereinzelkosten (?:d\.?|der) ?f|special direct costs? of (?:prod|manuf)",
    )),
    (RowKind.SPECIAL_UNCLEAR, (r"^(?:summe )?sondereinzelkosten\b|^special direct costs?$",)),
    (RowKind.COST_OF_PRODUCTION, (_PRODUCED,)),
    (RowKind.COST_OF_SALES, (_SOLD,)),
    (RowKind.HOURS, (
        r"^(?:(?:ist|plan|geplante|tatsaechliche|anzahl|summe|gesamte?)\b[ -]*(?:der )?)*"
        r"(?:maschinen|fertigungs|arbeits|lauf|lohn|akkord|leistungs)-?(?:stunden|std)\b|^(?:produktive )?stunden\b",
        r"^(?:(?:total|budgeted|actual|planned|estimated|number of|direct) )*(?:machine|labou?r|working) hours",
    )),
    (RowKind.DIRECT, (
        r"^(?:summe )?einzelkosten|^(?:fertigungs|einzel)-?(?:material|loehne|lohn|lohnkosten)\b",
        r"^(?:material|fertigungs|lohn)-?einzelkosten|^(?:mek|fek|fm|fl)\b|^(?:(?:material|fertigungs|lohn)-?)?ek\b",
        r"^direct (?:materials?|labou?r|wages|costs?)\b|^total direct costs?\b|^production wages",
    )),
    (RowKind.SUM, (
        r"^(?:zwischen|end|(?:gemein)?kosten)?summen?\b|^σ|^∑|^gesamt(?:kosten|summe|betrag|e)?\b|^insgesamt",
        r"^(?:sub-?|grand )?totals?\b|^sum\b|^overheads? as per|^ist[ -]*kosten$"
        r"|^(?:ist[ -]*)?gk(?: gesamt| insgesamt| total|$)",
        r"^kosten (?:gesamt|insgesamt|total|(?:nach|vor) (?:der )?umlage)",
        r"^(?:(?:primaere|sekundaere|ist|gesamte|end)[- ]*)?(?:stellen)?gemeinkosten"
        r"(?: (?:nach|vor|gesamt|insgesamt|total|der|je)\b|$)",
        r"^(?:(?:primaere |sekundaere )?stellen|primaer|stellenend|end)kosten\b"
        r"|^(?:primary |total )?overheads?(?: after| before| per|$)",
    )),
)
_KINDS: Final = tuple((kind, re.compile("|".join(words))) for kind, words in _WORDS)
_HOURS: Final = re.compile(r"(?:^|[^a-z])(?:m?h|hrs?|hours?|m?std)(?:[^a-z]|$)|stunden?\b|\bstd")
_LABOUR: Final = re.compile(r"arbeit|lohn|mann|personal|fertigungs-?st|akkord|labou?r|working|man hours")
_BASES: Final = (
    (BaseKind.MANUFACTURING_COST_OF_SALES, re.compile(_SOLD)),
    (BaseKind.MANUFACTURING_COST_OF_PRODUCTION, re.compile(_PRODUCED + r"|herstellkosten|^hk\b|manufacturing cost")),
    (BaseKind.WAGES, re.compile(r"loehne|lohn|wages|\bf(?:l|ek)\b|fertigungs-?einzel|direct labou?r")),
    (BaseKind.DIRECT_MATERIAL, re.compile(r"material|\bfm\b|\bmek\b")),
)
# fmt: on
