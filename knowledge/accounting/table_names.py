"""The names that cost centres usually have, in German, Austrian, Swiss and English sheets, and the role each tells.

The words are recognised, never shown. Order matters: 'Allgemeine Verwaltung' is administration, 'Fertigungshilfsstelle'
auxiliary, 'Verwaltung und Vertrieb' both.
"""

import re
from typing import Final

from knowledge.accounting.sheet import CentreRole

_ASCII: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "\N{NO-BREAK SPACE}": " "})


def plain(text: str) -> str:
    """Lower case, umlauts in two letters, one blank: what all names are compared in."""
    return " ".join(text.casefold().translate(_ASCII).split())


def role_of(name: str) -> CentreRole | None:
    """The role that a heading tells; None where the name is not a usual one."""
    text = plain(name)
    if _BOTH.search(text) or (_ADMINISTRATION.search(text) and _SALES.search(text)):
        return CentreRole.ADMINISTRATION_SALES
    return next((role for role, names in _ROLES if names.search(text)), None)


# fmt: off
_BOTH: Final = re.compile(
    r"\b(?:vwvtr?(?:gk)?|vw ?/ ?vtr?|vv(?:gk)?|v ?[+&/u] ?v|vuv|sg ?& ?a|a ?& ?s)\b"
)
_ADMINISTRATION: Final = re.compile(
    r"\b(?:verw|vwgk\b|vw\b|vwst\b|admin|kaufm|geschaefts(?:leitung|fuehrung)|unternehmensleitung|direktion"
    r"|zentralverwaltung|rechnungswesen|buchhaltung|personal(?:abteilung|wesen|buero)"
    r"|management\b|accounting\b|head office)"
)
_SALES: Final = re.compile(
    r"\b(?:vertr|vtr?gk\b|vtr?\b|absatz|verkauf|versand|fertig(?:waren)?lager|aussendienst|auslieferung|marketing|kundendienst|sales|selling|distribution|dispatch)"
)
_AUXILIARY: Final = re.compile(
    r"hilfs|\bhiko|\bhks\b|\bfhk?s(?:t|\b)|nebenkostenstelle|reparatur|instandhaltung|wartung|vorbereitung|\bav\b|werkzeug|vorkostenstelle|planung\b|konstruktion"
    r"|technische leitung|betriebs(?:leitung|buero|schlosserei)|meister|qualitaet|pruef(?:feld|stelle|raum)"
    r"|\bauxiliary|\bservice (?:(?:cent(?:re|er)|dep(?:artmen)?t)s?|[a-z0-9])\b"
    r"|maintenance|\brepair|\btool|work preparation"
)
_GENERAL: Final = re.compile(
    r"\b(?:gebaeude|grundstueck|fuhrpark|fahrzeug|(?:werks?|betriebs)?-?kantine|kueche|pforte|aks\b|zentrale dienste"
    r"|sozial|heiz|energie|strom|wasser|dampf"
    r"|kraft(?:werk|zentrale|anlage|station)|kesselhaus|druckluft|werks?(?:schutz|kueche|arzt)|pfoertner|feuerwehr|betriebsrat|it\b|edv\b|informatik"
    r"|rechenzentrum|transport|raum|immobilien|liegenschaft|haus(?:verwaltung|dienst|meister)|telefon|sanitaet"
    r"|buildings?\b|premises|personnel|time (?:office|keeping)|fleet|vehicle|canteen|cafeteria|power"
    r"|energy|electric|heating|facilit|boiler|steam)"
)
_MATERIAL: Final = re.compile(
    r"\b(?:material|mat\b|mgk\b|einkauf|beschaffung|wareneingang|rohstoff|lager|warenlager|magazin\b|stores?\b|purchasing|procurement|warehouse)"
)
_PRODUCTION: Final = re.compile(
    r"fertigung|\bfert\b|\bfgk\b|\bf ?(?:[0-9]+|[ivx]+)\b|produktion|montage|[a-z]{3,}er(?:ei|ie)\b|schmiede|zuschnitt"
    r"|galvanik|werkstatt|werkstaette|maschinen?|bearbeitung|bankraum|backstube|oberflaeche|walzwerk|saegewerk|veredelung"
    r"|\b(?:fraesen|drehen|bohren|schleifen|stanzen|pressen|haerten|saegen|lackieren|schweissen|druck(?:en)?)\b"
    r"|\bprod(?:uction)?\b|\bmanufactur|\bmachin|\bassembly|\bmilling|\bturning|\bdrilling|\bwelding|\bpaint|\bfinishing"
    r"|\bfoundry|\bforming|\bgrinding|\bmou?lding|\bfabrication|\bcutting|\bworkshop"
)
_OTHER: Final = re.compile(
    r"forschung|entwicklung|\bf ?(?:&|\+|u\.?|und) ?e\b|\br ?& ?d\b|research|development|\bsonstige|\buebrige|\bother\b"
)
_OFFICE: Final = re.compile(r"\b(?:finanz|buero\b|leitung\b)")
_COMMON: Final = re.compile(r"\ballg(?:emein|\b)|\bgeneral\b|\bshared\b")
# fmt: on

_ROLES: Final = (
    (CentreRole.AUXILIARY, _AUXILIARY),
    (CentreRole.GENERAL, _GENERAL),
    (CentreRole.MATERIAL, _MATERIAL),
    (CentreRole.OTHER, _OTHER),
    (CentreRole.PRODUCTION, _PRODUCTION),
    (CentreRole.ADMINISTRATION, _ADMINISTRATION),
    (CentreRole.SALES, _SALES),
    (CentreRole.ADMINISTRATION, _OFFICE),
    (CentreRole.GENERAL, _COMMON),
)
