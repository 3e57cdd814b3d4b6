"""A BAB in one line, as it is typed: 'MGK 63.000/525.000; FGK I 42.000/100.000; VwGK 79.000'.

Each part is a centre: its overheads over its base. Hours are a base of their own ('42.000/175 h'); administration and
sales without a base are taken on the manufacturing cost. The words are recognised, never shown.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, TypeVar

from knowledge.accounting.faults import Fault
from knowledge.accounting.sheet import Base, BaseKind, CentreRole, CostCentre, Sheet
from knowledge.accounting.table_names import role_of
from knowledge.accounting.table_rows import base_kind
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.quantities import Quantity, parts_of, read_quantity

AnyFault = TypeVar("AnyFault", bound=Fault)

MOST_CENTRES: Final = 20
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    cost: Fraction
    base: Fraction | None
    hours: bool


def read_line(text: str, language: Language, unnamed: str) -> Sheet:
    """The sheet of one line; `unnamed` is what a centre without a name is called.

    Raises ReadingError, each with `text` (the part): `bab.line.part` (not understood), `bab.line.no_base` (only
    administration and sales can do without, and only beside material and production), `bab.line.twice`,
    `bab.line.too_many`.
    """
    texts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if not texts:
        raise ReadingError("bab.line.part", text=text.strip())
    if len(texts) > MOST_CENTRES:
        raise ReadingError("bab.line.too_many", n=MOST_CENTRES)
    parts = [_part(part, language) for part in texts]
    roles = [main_role_of(part.name) for part in parts]
    makes = {CentreRole.MATERIAL, CentreRole.PRODUCTION} <= set(roles)
    centres, primary, bases = [], {}, {}
    for part, role, typed in zip(parts, roles, texts, strict=True):
        name = part.name or unnamed
        if name in primary:
            raise ReadingError("bab.line.twice", text=name)
        centres.append(CostCentre(name, name, role or CentreRole.ADMINISTRATION))
        primary[name] = part.cost
        bases[name] = _base(part, role, makes, typed)
    return Sheet(centres=tuple(centres), primary=primary, bases=bases)


def main_role_of(name: str) -> CentreRole | None:
    """What a centre that gets a rate is there for; None where its name does not tell, or tells of an auxiliary one."""
    role = role_of(name)
    return None if role is None or role.is_allocated or role is CentreRole.OTHER else role


def as_typed(fault: AnyFault) -> AnyFault:
    """The same at the centre's name, for sheets whose ids are names: nobody has typed `bases.MGK.amount`, but MGK."""
    path = _PATH.fullmatch(fault.place)
    return replace(fault, place=path[1]) if path else fault


def usual_base(role: CentreRole) -> BaseKind:
    """What the rate of a centre with this role is taken on in the textbooks."""
    return _USUAL.get(role, BaseKind.GIVEN)


def _base(part: _Part, role: CentreRole | None, makes: bool, typed: str) -> Base:
    if part.base is None:
        if role not in _ON_MANUFACTURING_COST or not makes:
            raise ReadingError("bab.line.no_base", text=typed)
        return Base(BaseKind.MANUFACTURING_COST_OF_PRODUCTION)
    if part.hours:
        return Base(BaseKind.MACHINE_HOURS, part.base)
    kind = usual_base(role) if role else BaseKind.GIVEN
    return Base(BaseKind.GIVEN if kind.is_manufacturing_cost else kind, part.base)


def _part(text: str, language: Language) -> _Part:
    plain = _ANSWER.sub("", _BULLET.sub("", _AFTER_NAME.sub(r"\1 ", text)))
    over = _SLASH.search(plain) or _OVER.search(plain)
    left, right = (plain[: over.end(over.lastindex or 0)], plain[over.end() :]) if over else (plain, "")
    name, cost, in_thousands = _name_and_number(left.strip(), text, language)
    if not over or _is_manufacturing_cost(right):
        return _Part(name, cost, None, hours=False)
    try:
        base = read_quantity(right, language)
        is_bare = not parts_of(right, language).exponent and base.currency is None
    except ReadingError as error:
        raise ReadingError("bab.line.part", text=text) from error
    kind = base_kind(" ".join((*base.before, *base.after)))
    hours = kind is not None and kind.is_hours
    if (base.before or base.after) and kind is None:
        raise ReadingError("bab.line.part", text=text)
    scale = in_thousands if is_bare and not hours else 1
    return _Part(name, cost, Fraction(base.value) * scale, hours)


def _is_manufacturing_cost(words: str) -> bool:
    """'HKU', 'Herstellkosten': the base by its name, without a number."""
    kind = None if any(sign.isdigit() for sign in words) else base_kind(words)
    return kind is not None and kind.is_manufacturing_cost


def _name_and_number(text: str, part: str, language: Language) -> tuple[str, Fraction, int]:
    """The longest end of the text that is a number, and the name before it: 'Fertigung 1 42 000'.

    Last, what a unit such as TEUR multiplies by: it holds for a base behind it that names none ('TEUR 63/525').
    """
    words = text.split()
    for place in range(len(words)):
        number = _number(" ".join(words[place:]), language)
        name = " ".join(words[:place]).rstrip(":= ")
        if number is not None and len(name) <= LONGEST_NAME:
            parts = parts_of(" ".join(words[place:]), language)
            return name, Fraction(number.value), 10**parts.exponent if parts.currency else 1
    raise ReadingError("bab.line.part", text=part)


def _number(text: str, language: Language) -> Quantity | None:
    try:
        quantity = read_quantity(text, language)
    except ReadingError:
        return None
    return None if quantity.before or quantity.after else quantity


_PARTS: Final = re.compile(r"[;\n]|,\s+(?=[^\W\d_])")
"""Between centres; a comma only before a word, so that it is none of a number's."""
_SLASH: Final = re.compile(r"(\d[^/÷]*)[/÷]")
"""Between a cost and its base; not in a name such as 'Verw./Vertr.'."""
_OVER: Final = re.compile(r"([\d€]) : (?=\d)|(\d):(?=\d)|(\d\s?\w*€?)\s(?:von|auf|of|on)\s(?=\w*\s?\d)")
"""What else stands there: '63.000 : 525.000', '63.000 von 525.000'; not in 'Fertigung 1: 42.000'."""
_AFTER_NAME: Final = re.compile(r"([^\W\d_])\s*[=:]\s*(?=\d)")
_BULLET: Final = re.compile(r"^[-–•*·]\s+(?=[^\W\d_])")
_ANSWER: Final = re.compile(r"\s*=\s*(?:\?|[\d.,]+\s*%)?\s*$")
_PATH: Final = re.compile(r"(?:primary|bases)\.(.+?)(?:\.(?:amount|hours|direct_costs|kind))?")
_ON_MANUFACTURING_COST: Final = (CentreRole.ADMINISTRATION, CentreRole.SALES, CentreRole.ADMINISTRATION_SALES)
_USUAL: Final = {
    CentreRole.MATERIAL: BaseKind.DIRECT_MATERIAL,
    CentreRole.PRODUCTION: BaseKind.WAGES,
    CentreRole.ADMINISTRATION: BaseKind.MANUFACTURING_COST_OF_PRODUCTION,
    CentreRole.SALES: BaseKind.MANUFACTURING_COST_OF_PRODUCTION,
    CentreRole.ADMINISTRATION_SALES: BaseKind.MANUFACTURING_COST_OF_PRODUCTION,
}
