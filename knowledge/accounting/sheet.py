"""What a BAB (Betriebsabrechnungsbogen, cost distribution sheet) is made of, before anything is computed.

Amounts are in the sheet's unit, rates are fractions of 1, quantities in the unit of their allocation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

NOTHING: Final = Fraction(0)


class CentreRole(StrEnum):
    """What a cost centre (Kostenstelle) is there for. The values stand in files: add freely, rename never."""

    GENERAL = "general"  # allgemeine Kostenstelle
    AUXILIARY = "auxiliary"  # Hilfskostenstelle
    MATERIAL = "material"
    PRODUCTION = "production"
    ADMINISTRATION = "administration"
    SALES = "sales"
    ADMINISTRATION_SALES = "administration_sales"  # VwVt in one
    OTHER = "other"  # a main centre without a rate

    @property
    def is_allocated(self) -> bool:
        """General and auxiliary centres pass their costs on; all others are main centres (Hauptkostenstellen)."""
        return self in (CentreRole.GENERAL, CentreRole.AUXILIARY)

    @property
    def is_manufacturing(self) -> bool:
        """Whether its overheads are part of the manufacturing cost (Herstellkosten)."""
        return self in (CentreRole.MATERIAL, CentreRole.PRODUCTION)


class Method(StrEnum):
    """How general and auxiliary centres are allocated (innerbetriebliche Leistungsverrechnung)."""

    STEP_DOWN = "step_down"  # Stufenleiterverfahren
    DIRECT = "direct"  # Anbauverfahren
    SIMULTANEOUS = "simultaneous"  # Gleichungsverfahren


class BaseKind(StrEnum):
    """What an overhead rate is taken on (Zuschlagsgrundlage)."""

    DIRECT_MATERIAL = "direct_material"
    WAGES = "wages"
    MACHINE_HOURS = "machine_hours"
    LABOUR_HOURS = "labour_hours"
    MANUFACTURING_COST_OF_PRODUCTION = "manufacturing_cost_of_production"  # Herstellkosten der Erzeugung
    MANUFACTURING_COST_OF_SALES = "manufacturing_cost_of_sales"  # Herstellkosten des Umsatzes
    GIVEN = "given"

    @property
    def is_hours(self) -> bool:
        """Whether the rate is money per hour, not a share."""
        return self in (BaseKind.MACHINE_HOURS, BaseKind.LABOUR_HOURS)

    @property
    def is_manufacturing_cost(self) -> bool:
        """Whether the base is computed in the sheet."""
        return self in (BaseKind.MANUFACTURING_COST_OF_PRODUCTION, BaseKind.MANUFACTURING_COST_OF_SALES)


class NormalBasis(StrEnum):
    """On which manufacturing cost the normal administration and sales rates are taken."""

    ACTUAL = "actual"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class CostCentre:
    """A cost centre (Kostenstelle)."""

    id: str
    name: str
    role: CentreRole


@dataclass(frozen=True, slots=True)
class CostType:
    """A row of overheads (Gemeinkostenart): by vouchers (`amounts`), or `total` by a `key` (Schlüssel)."""

    name: str
    total: Fraction
    amounts: Mapping[str, Fraction] = field(default_factory=dict)
    key: Mapping[str, Fraction] = field(default_factory=dict)
    key_unit: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a centre delivers to others (Umlage), its own use included; `output` where more is made than is listed."""

    giver: str
    to: Mapping[str, Fraction]
    unit: str = ""
    output: Fraction | None = None

    @property
    def listed(self) -> Fraction:
        """All that is listed, own use included."""
        return sum(self.to.values(), NOTHING)

    @property
    def made(self) -> Fraction:
        """All that the centre makes."""
        return self.listed if self.output is None else self.output


@dataclass(frozen=True, slots=True)
class Base:
    """The base of a centre's rate: an amount, or hours; a manufacturing cost is computed and bears neither.

    `direct_costs` are the direct costs of a centre whose base are hours (its wages).
    """

    kind: BaseKind
    size: Fraction = NOTHING
    direct_costs: Fraction | None = None

    @property
    def direct(self) -> Fraction:
        """The direct costs (Einzelkosten) that this centre adds to the manufacturing cost."""
        if self.direct_costs is not None:
            return self.direct_costs
        return NOTHING if self.kind.is_hours or self.kind.is_manufacturing_cost else self.size


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet. `places` say where something stands in a file, by its path in JSON: `bases.mat.amount` → `C7`."""

    centres: tuple[CostCentre, ...]
    cost_types: tuple[CostType, ...] = ()
    primary: Mapping[str, Fraction] = field(default_factory=dict)
    method: Method = Method.STEP_DOWN
    allocations: tuple[Allocation, ...] = ()
    bases: Mapping[str, Base] = field(default_factory=dict)
    special_direct_costs_production: Fraction = NOTHING
    stock_increase: Fraction = NOTHING
    stock_decrease: Fraction = NOTHING
    normal_rates: Mapping[str, Fraction] = field(default_factory=dict)
    normal_basis: NormalBasis = NormalBasis.ACTUAL
    currency: str = ""
    unit: str = ""
    period: str = ""
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, CostCentre]:
        """The centres by their ids."""
        return {centre.id: centre for centre in self.centres}

    @property
    def main_centres(self) -> tuple[CostCentre, ...]:
        """The main centres (Hauptkostenstellen): those that are not allocated to others."""
        return tuple(centre for centre in self.centres if not centre.role.is_allocated)

    @property
    def manufacturing_centres(self) -> tuple[CostCentre, ...]:
        """Those whose costs are part of the manufacturing cost: material and production."""
        return tuple(centre for centre in self.centres if centre.role.is_manufacturing)

    def place(self, path: str, title: str = "") -> str:
        """The cell, or the path with the row's name behind it."""
        return self.places.get(path) or (f"{path} ({title})" if title else path)
