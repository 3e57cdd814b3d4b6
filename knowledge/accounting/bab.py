"""The whole BAB: primary overheads, allocation, manufacturing cost, rates, coverage, checks."""

from dataclasses import dataclass

from knowledge.accounting.allocation import Allocated, allocate
from knowledge.accounting.checks import Check, checks
from knowledge.accounting.coverage import Coverage, coverage
from knowledge.accounting.distribution import Distribution, distribute
from knowledge.accounting.faults import Caution
from knowledge.accounting.rates import (
    ManufacturingCost,
    Rate,
    base_sizes,
    manufacturing_cost,
    overhead_rates,
)
from knowledge.accounting.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Bab:
    """A sheet and all that follows from it, exact."""

    sheet: Sheet
    distribution: Distribution
    allocated: Allocated
    manufacturing_cost: ManufacturingCost | None
    rates: tuple[Rate, ...]
    coverage: Coverage | None
    checks: tuple[Check, ...]
    cautions: tuple[Caution, ...]


def compute(sheet: Sheet) -> Bab:
    """The completed sheet. Raises Impossible where well-formed figures have no result."""
    distribution = distribute(sheet)
    allocated = allocate(sheet, distribution.primary)
    overheads = allocated.after
    cost = manufacturing_cost(sheet, overheads)
    sizes = base_sizes(sheet, cost)
    rates = overhead_rates(sheet, overheads, sizes)
    return Bab(
        sheet=sheet,
        distribution=distribution,
        allocated=allocated,
        manufacturing_cost=cost,
        rates=rates.rates,
        coverage=coverage(sheet, overheads, sizes),
        checks=checks(sheet, distribution, allocated),
        cautions=(*distribution.cautions, *allocated.cautions, *rates.cautions),
    )
