"""Manufacturing cost and overhead rates (Herstellkosten, Zuschlagssätze).

rate = overheads ÷ base; manufacturing cost of production = direct costs + material and production overheads + special
direct costs of production; manufacturing cost of sales = of production − increase + decrease of stock.
Source: Schmolke/Deitermann, Industrielles Rechnungswesen IKR: the parts on the BAB and on Bestandsveränderungen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.exact import total
from knowledge.accounting.faults import Caution, Findings, Impossible
from knowledge.accounting.sheet import BaseKind, Sheet


@dataclass(frozen=True, slots=True)
class ManufacturingCost:
    """Herstellkosten der Erzeugung und des Umsatzes."""

    of_production: Fraction
    of_sales: Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """`exact` is a fraction of 1, or money per hour where the base are hours (`per`)."""

    centre: str
    overheads: Fraction
    base: Fraction
    exact: Fraction
    per: BaseKind | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of all centres that have a base, in the order of the sheet."""

    rates: tuple[Rate, ...]
    cautions: tuple[Caution, ...] = ()


def manufacturing_cost(sheet: Sheet, overheads: Mapping[str, Fraction]) -> ManufacturingCost | None:
    """From the overheads of the centres; None unless every material and production centre has a base."""
    centres = sheet.manufacturing_centres
    if not centres or any(centre.id not in sheet.bases for centre in centres):
        return None
    direct_costs = total(sheet.bases[centre.id].direct for centre in centres)
    overheads_of_manufacturing = total(overheads[centre.id] for centre in centres)
    of_production = direct_costs + overheads_of_manufacturing + sheet.special_direct_costs_production
    return ManufacturingCost(of_production, of_production - sheet.stock_increase + sheet.stock_decrease)


def base_sizes(sheet: Sheet, cost: ManufacturingCost | None) -> dict[str, Fraction]:
    """What each rate is taken on: the base as given, or the manufacturing cost."""
    sizes = {}
    for centre, base in sheet.bases.items():
        if not base.kind.is_manufacturing_cost:
            sizes[centre] = base.size
        elif cost is not None:
            of_production = base.kind is BaseKind.MANUFACTURING_COST_OF_PRODUCTION
            sizes[centre] = cost.of_production if of_production else cost.of_sales
    return sizes


def overhead_rates(sheet: Sheet, overheads: Mapping[str, Fraction], sizes: Mapping[str, Fraction]) -> Rates:
    """Overheads ÷ base of each centre that has one: a fraction of 1, or money per hour where the base are hours.

    Raises Impossible for a base of 0 that bears cost, and for a negative one; all of them together.
    """
    findings = Findings()
    rates, cautions = [], []
    for centre in sheet.centres:
        if centre.id not in sizes:
            continue
        kind, base, cost = sheet.bases[centre.id].kind, sizes[centre.id], overheads[centre.id]
        given_in = f"bases.{centre.id}" + (
            "" if kind.is_manufacturing_cost else ".hours" if kind.is_hours else ".amount"
        )
        place = sheet.place(given_in)
        if base < 0:
            findings.add(place, "accounting.sheet_fault.negative_base", base=base)
        elif base:
            rates.append(Rate(centre.id, cost, base, cost / base, kind if kind.is_hours else None))
        elif cost:
            findings.add(place, "accounting.sheet_fault.base_of_nothing", cost=cost)
        else:
            cautions.append(Caution(place, "accounting.warning.no_base"))
    findings.refuse(Impossible)
    return Rates(tuple(rates), tuple(cautions))
