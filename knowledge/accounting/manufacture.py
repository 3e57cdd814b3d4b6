"""From the material to the full cost of what is made (differenzierende Zuschlagskalkulation), and back.

    direct material + material overheads                                  = material cost
    wages + production overheads + machine costs + special direct costs   = production cost
    material cost + production cost                                       = manufacturing cost (Herstellkosten)
    − increase + decrease of stock                                        = manufacturing cost of sales
    + development, administration and sales overheads on it
    + special direct costs of sales                                       = full cost (Selbstkosten)

The scheme of Schmolke/Deitermann (Industrielles Rechnungswesen IKR) and of Haberstock (Kostenrechnung I).
"""

from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.calculation import Calculation, TimeAtRate
from knowledge.accounting.scheme import LineId, stage_line
from knowledge.accounting.working import Figure, amount, share

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Stage:
    """A production stage (Fertigungsstelle): wages, overheads on them, and machines at their hourly rates.

    With machines the rate is that of the remaining overheads (Restfertigungsgemeinkosten).
    """

    wages: Fraction | TimeAtRate = ZERO
    overhead_rate: Fraction = ZERO
    machines: tuple[TimeAtRate, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Manufacture:
    """The cost side of what is made. Increase and decrease of stock are two words, never a sign."""

    direct_material: Fraction = ZERO
    material_overhead_rate: Fraction = ZERO
    stages: tuple[Stage, ...] = ()
    special_direct_costs: Fraction = ZERO
    stock_increase: Fraction = ZERO
    stock_decrease: Fraction = ZERO
    development_rate: Fraction = ZERO
    administration_rate: Fraction = ZERO
    sales_rate: Fraction = ZERO
    administration_sales_rate: Fraction = ZERO

    @property
    def overheads_on_sales(self) -> tuple[tuple[LineId, Figure], ...]:
        """The overheads on manufacturing cost of sales: their lines and rates."""
        return (
            (LineId.DEVELOPMENT_OVERHEADS, share(self.development_rate, "development_rate")),
            (LineId.ADMINISTRATION_OVERHEADS, share(self.administration_rate, "administration_rate")),
            (LineId.SALES_OVERHEADS, share(self.sales_rate, "sales_rate")),
            (LineId.ADMINISTRATION_SALES_OVERHEADS, share(self.administration_sales_rate, "administration_sales_rate")),
        )


def add_up(calculation: Calculation, made: Manufacture, special_direct_costs_sales: Fraction) -> None:
    """Forward: direct material and wages → full cost."""
    to = calculation
    material_rate = share(made.material_overhead_rate, "material_overhead_rate")
    to.given(LineId.DIRECT_MATERIAL, made.direct_material)
    to.of_hundred(LineId.MATERIAL_OVERHEADS, material_rate, to[LineId.DIRECT_MATERIAL])
    to.total(LineId.MATERIAL_COST, to[LineId.DIRECT_MATERIAL], to[LineId.MATERIAL_OVERHEADS])
    _add_production(to, made)
    to.total(LineId.MANUFACTURING_COST, to[LineId.MATERIAL_COST], to[LineId.PRODUCTION_COST])
    increase, decrease = _stock(made)
    to.total(LineId.MANUFACTURING_COST_OF_SALES, to[LineId.MANUFACTURING_COST], *decrease, less=increase)
    for line, rate in made.overheads_on_sales:
        to.of_hundred(line, rate, to[LineId.MANUFACTURING_COST_OF_SALES])
    to.given(LineId.SPECIAL_DIRECT_COSTS_SALES, special_direct_costs_sales)
    overheads = (to[line] for line, _ in made.overheads_on_sales)
    special = to[LineId.SPECIAL_DIRECT_COSTS_SALES]
    to.total(LineId.FULL_COST, to[LineId.MANUFACTURING_COST_OF_SALES], *overheads, special)


def work_back(calculation: Calculation, made: Manufacture) -> None:
    """Backward: full cost → the largest direct material; all other costs stand. It is below 0 where they are too high.

    The overheads are taken out auf Hundert; with several of them on one base, all at once.
    """
    to = calculation
    special = to[LineId.SPECIAL_DIRECT_COSTS_SALES]
    rates = [rate for _, rate in made.overheads_on_sales]
    for line, rate in made.overheads_on_sales:
        to.on_hundred(line, rate, to[LineId.FULL_COST], rates, less=special)
    overheads = [to[line] for line, _ in made.overheads_on_sales]
    to.total(LineId.MANUFACTURING_COST_OF_SALES, to[LineId.FULL_COST], less=[special, *overheads])
    increase, decrease = _stock(made)
    to.total(LineId.MANUFACTURING_COST, to[LineId.MANUFACTURING_COST_OF_SALES], *increase, less=decrease)
    _add_production(to, made)
    to.total(LineId.MATERIAL_COST, to[LineId.MANUFACTURING_COST], less=[to[LineId.PRODUCTION_COST]])
    material_rate = share(made.material_overhead_rate, "material_overhead_rate")
    to.on_hundred(LineId.MATERIAL_OVERHEADS, material_rate, to[LineId.MATERIAL_COST])
    to.total(LineId.DIRECT_MATERIAL, to[LineId.MATERIAL_COST], less=[to[LineId.MATERIAL_OVERHEADS]])


def _add_production(to: Calculation, made: Manufacture) -> None:
    """Wages, overheads on them and machine costs of each stage; with several stages their sums beside them."""
    wages, overheads, machines = LineId.PRODUCTION_WAGES, LineId.PRODUCTION_OVERHEADS, LineId.MACHINE_COSTS
    if len(made.stages) == 1:
        _add_stage(to, made.stages[0], wages, overheads, machines)
    else:
        places = range(1, len(made.stages) + 1)
        for place, stage in zip(places, made.stages, strict=True):
            _add_stage(to, stage, *(stage_line(line, place) for line in (wages, overheads, machines)))
        for line in (wages, overheads, machines):
            to.total(line, *(to[stage_line(line, place)] for place in places))
    to.given(LineId.SPECIAL_DIRECT_COSTS_PRODUCTION, made.special_direct_costs)
    special = to[LineId.SPECIAL_DIRECT_COSTS_PRODUCTION]
    to.total(LineId.PRODUCTION_COST, to[wages], to[overheads], to[machines], special)


def _add_stage(to: Calculation, stage: Stage, wages: str, overheads: str, machines: str) -> None:
    if isinstance(stage.wages, TimeAtRate):
        to.time(wages, [stage.wages], stage.name)
    else:
        to.given(wages, stage.wages, stage.name)
    to.of_hundred(overheads, share(stage.overhead_rate, "overhead_rate"), to[wages], stage=stage.name)
    to.time(machines, stage.machines, stage.name)


def _stock(made: Manufacture) -> tuple[list[Figure], list[Figure]]:
    """Increase and decrease of stock, as far as there are any."""
    increase = [amount(made.stock_increase, "stock.increase")] if made.stock_increase else []
    decrease = [amount(made.stock_decrease, "stock.decrease")] if made.stock_decrease else []
    return increase, decrease
