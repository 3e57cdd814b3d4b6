"""What a run of digits and separators means: '12.500' is 12500 where the comma is the decimal mark, else 12.5.

Groups of three are parted by the other mark, a space or an apostrophe ("12'500.50", '12 500,00'). In a chat
the person's language decides, and the foreign convention is taken only where the own cannot be meant ('500.50' in
German). Files have no language: `readings` gives both, so that the rest of the column can decide.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from knowledge.language.languages import Language

_INTEGER_DIGITS = 15
DECIMAL_PLACES = 8


class Digits(NamedTuple):
    """The meaning in one convention."""

    value: Decimal
    places: int  # typed behind the decimal mark
    grouped: bool


class Readings(NamedTuple):
    """The meaning with the point and with the comma as decimal mark; None where it is not well formed."""

    point: Digits | None
    comma: Digits | None

    def by(self, language: Language) -> tuple[Digits | None, Digits | None]:
        """The reading in the convention of the language, then the foreign one."""
        return (self.point, self.comma) if language is Language.EN else (self.comma, self.point)


def readings(run: str, most_places: int = DECIMAL_PLACES) -> Readings:
    """Both meanings of an unsigned run such as `1.234,5`; ASCII digits, spaces and apostrophes only."""
    return Readings(_in_convention(_POINT, run, most_places), _in_convention(_COMMA, run, most_places))


def chosen(both: Readings, language: Language) -> Digits | None:
    """What a person who writes this language means, or None where that is not clear."""
    own, foreign = both.by(language)
    if own is not None:
        return own
    # '12.5000' in German is a slip of the finger; '500.50' and '0.500' are not.
    if foreign and (foreign.grouped or foreign.places <= 2 or foreign.value < 1):
        return foreign
    return None


def _in_convention(convention: re.Pattern[str], run: str, most_places: int) -> Digits | None:
    match = convention.fullmatch(run)
    if match is None:
        return None
    integer, places = re.sub(r"[^0-9]", "", match["integer"] or ""), match["places"] or ""
    if not (integer or places) or len(integer) > _INTEGER_DIGITS or len(places) > most_places:
        return None
    return Digits(Decimal(f"{integer or '0'}.{places or '0'}"), len(places), match["group"] is not None)


def _convention(decimal_mark: str, group_mark: str) -> re.Pattern[str]:
    groups = rf"[1-9][0-9]{{0,2}}(?P<group>[{group_mark} '])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(rf"(?P<integer>[0-9]+|{groups})?(?:[{decimal_mark}](?P<places>[0-9]+))?")


_POINT = _convention(decimal_mark=".", group_mark=",")
_COMMA = _convention(decimal_mark=",", group_mark=".")
