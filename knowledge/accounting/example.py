"""The model calculation that is given away as an example: a multi-step BAB in thousand EUR.

Source: an article on the multi-step BAB with a model calculation: rates 42.0 %, 26.5 %, 12.0 % and 8.04 %.
"""

from fractions import Fraction
from typing import Final

from knowledge.accounting.sheet import Allocation, Base, BaseKind, CentreRole, CostCentre, CostType, Sheet
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

# fmt: off
_CENTRES: Final = (
    ("building",       CentreRole.GENERAL),
    ("fleet",          CentreRole.GENERAL),
    ("production_i",   CentreRole.PRODUCTION),
    ("production_ii",  CentreRole.PRODUCTION),
    ("material",       CentreRole.MATERIAL),
    ("administration", CentreRole.ADMINISTRATION_SALES),
)
_COST_TYPES: Final = (
    ("auxiliary_wages", (10, 5, 15, 20, 12, 63)),
    ("salaries",        (10, 2,  2,  2,  2,  2)),
    ("social_benefits", ( 4, 8,  7,  8,  2,  1)),
    ("maintenance",     ( 4, 8, 10, 12, 24,  4)),
    ("interest",        ()),
)
_SQUARE_METRES: Final = (None, 4, 8, 6, 8, 2)
_KILOMETRES: Final = (None, None, 0, 5, 15, 7)
# fmt: on


def example_sheet(messages: Messages, language: Language) -> Sheet:
    """The sheet with its names in the language; ids are the names."""
    names = [messages.text(f"example.centre.{centre}", language) for centre, _ in _CENTRES]
    roles = [role for _, role in _CENTRES]
    building, fleet, first, second, material, administration = names
    cost_types = []
    for key, amounts in _COST_TYPES:
        exact = {name: Fraction(amount) for name, amount in zip(names, amounts, strict=False)}
        cost_types.append(CostType(messages.text(f"example.cost_type.{key}", language), Fraction(sum(amounts)), exact))
    return Sheet(
        centres=tuple(CostCentre(name, name, role) for name, role in zip(names, roles, strict=True)),
        cost_types=tuple(cost_types),
        allocations=(
            Allocation(building, _quantities(names, _SQUARE_METRES), "m²"),
            Allocation(fleet, _quantities(names, _KILOMETRES), "km"),
        ),
        bases={
            first: Base(BaseKind.WAGES, Fraction(100)),
            second: Base(BaseKind.WAGES, Fraction(200)),
            material: Base(BaseKind.DIRECT_MATERIAL, Fraction(525)),
            administration: Base(BaseKind.MANUFACTURING_COST_OF_PRODUCTION),
        },
        currency="EUR",
        unit="1000",
    )


def _quantities(names: list[str], quantities: tuple[int | None, ...]) -> dict[str, Fraction]:
    return {name: Fraction(quantity) for name, quantity in zip(names, quantities, strict=True) if quantity is not None}
