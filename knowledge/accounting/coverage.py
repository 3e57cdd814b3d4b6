"""Normal costing: what was charged at normal rates against what the overheads really were.

Overheads charged = normal rate × base; Über- (positive) or Unterdeckung (negative) = charged − actual overheads.
Source: Schmolke/Deitermann, Industrielles Rechnungswesen IKR: Normalzuschlagssätze, Kostenüber- und -unterdeckung.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.exact import total
from knowledge.accounting.rates import ManufacturingCost, base_sizes, manufacturing_cost
from knowledge.accounting.sheet import NormalBasis, Sheet


@dataclass(frozen=True, slots=True)
class Covered:
    """One centre, or all of them together."""

    normal: Fraction
    actual: Fraction

    @property
    def difference(self) -> Fraction:
        """Positive: more was charged than it cost (Überdeckung)."""
        return self.normal - self.actual


@dataclass(frozen=True, slots=True)
class Coverage:
    """The centres that have normal rates, in the order of the sheet; `bases` are what those are taken on."""

    centres: Mapping[str, Covered]
    bases: Mapping[str, Fraction]
    manufacturing_cost: ManufacturingCost | None

    @property
    def total(self) -> Covered:
        """All of these centres together."""
        return Covered(
            total(covered.normal for covered in self.centres.values()),
            total(covered.actual for covered in self.centres.values()),
        )


def coverage(sheet: Sheet, overheads: Mapping[str, Fraction], actual_bases: Mapping[str, Fraction]) -> Coverage | None:
    """None where there are no normal rates.

    On the normal basis administration and sales are charged on the manufacturing cost at normal rates; a material or
    production centre without a normal rate stands in it with its actual overheads.
    """
    if not sheet.normal_rates:
        return None
    charged = {
        centre.id: sheet.normal_rates[centre.id] * actual_bases[centre.id]
        for centre in sheet.manufacturing_centres
        if centre.id in sheet.normal_rates
    }
    normal_cost = manufacturing_cost(sheet, {**overheads, **charged})
    bases = actual_bases if sheet.normal_basis is NormalBasis.ACTUAL else base_sizes(sheet, normal_cost)
    centres = {
        centre.id: Covered(sheet.normal_rates[centre.id] * bases[centre.id], overheads[centre.id])
        for centre in sheet.centres
        if centre.id in sheet.normal_rates
    }
    return Coverage(centres, bases, normal_cost)
