"""What an hour of a machine costs (Maschinenstundensatz), and the rate of what is left of the overheads.

All costs of the machine's year ÷ its hours of running; the remaining overheads (Restgemeinkosten) are put on wages
(VDI 3258; Schmolke/Deitermann, Industrielles Rechnungswesen IKR).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.faults import Findings, Impossible
from knowledge.accounting.machine_costs import (
    ZERO,
    Depreciation,
    Energy,
    Hourly,
    Hours,
    Interest,
    Loads,
    OfValue,
    OverYears,
    Room,
    WorkPlan,
    Yearly,
)
from knowledge.accounting.working import Step, Working, amount, price, quantity, share, step

Cost = Depreciation | Interest | Room | Energy | Yearly | Hourly | OfValue | OverYears


@dataclass(frozen=True, slots=True)
class RemainingOverheads:
    """What of the production overheads does not depend on the machine, and the wages that it is put on."""

    amount: Fraction
    wages: Fraction


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine's year. Of the costs, None is what there is not."""

    running: Hours | WorkPlan | Loads
    depreciation: Depreciation | None = None
    interest: Interest | None = None
    room: Room | None = None
    energy: Energy | None = None
    maintenance: Yearly | OfValue | OverYears | None = None
    other: tuple[Yearly | Hourly, ...] = ()
    remaining_overheads: RemainingOverheads | None = None

    def costs(self) -> Iterator[tuple[str, Cost]]:
        """The costs that there are, with the ids of their lines; the person's own are `other.1`, `other.2` …"""
        for name in ("depreciation", "interest", "room", "energy", "maintenance"):
            cost: Cost | None = getattr(self, name)
            if cost is not None:
                yield name, cost
        for place, own in enumerate(self.other, 1):
            yield f"other.{place}", own


@dataclass(frozen=True, slots=True)
class MachineLine:
    """One cost of the machine, exact; `name` is the person's own, else the id says what it is."""

    id: str
    per_year: Fraction
    per_hour: Fraction
    name: str = ""


@dataclass(frozen=True, slots=True)
class MachineHourRate:
    """What the machine costs an hour; the rate of the remaining overheads (a fraction of 1), where they are given."""

    hours: Fraction
    lines: tuple[MachineLine, ...]
    rate: Fraction
    remaining_rate: Fraction | None
    working: Working


def machine_hour_rate(machine: Machine) -> MachineHourRate:
    """Costs of the year ÷ hours of running, and costs by the hour, line by line. Raises Impossible (see `check`)."""
    check(machine)
    hours = machine.running.hours
    lines = tuple(_line(id_, cost, hours) for id_, cost in machine.costs())
    rate = sum((line.per_hour for line in lines), ZERO)
    remaining = machine.remaining_overheads
    remaining_rate = remaining.amount / remaining.wages if remaining else None
    return MachineHourRate(hours, lines, rate, remaining_rate, tuple(_working(machine, lines, rate)))


def check(machine: Machine) -> None:
    """Raises Impossible with everything that would be divided by 0, and where nothing is left to depreciate.

    Each fault stands at its field of the contract.
    """
    findings = Findings()
    if isinstance(machine.running, WorkPlan) and machine.running.downtime_rate >= 1:
        downtime = machine.running.downtime_rate * 100
        findings.add("work_plan.downtime_rate", "costing.fault.whole", percent=downtime)
    elif machine.running.hours == 0:
        place = {Hours: "hours", WorkPlan: "work_plan", Loads: "products"}[type(machine.running)]
        findings.add(place, "costing.fault.no_hours")
    depreciation, remaining = machine.depreciation, machine.remaining_overheads
    if depreciation and depreciation.years == 0:
        findings.add("depreciation.years", "costing.fault.above_zero")
    if depreciation and depreciation.index_then == 0:
        findings.add("depreciation.index_then", "costing.fault.above_zero")
    elif depreciation and depreciation.to_be_earned < 0:
        findings.add("depreciation.residual", "costing.fault.residual_above_value")
    if isinstance(machine.maintenance, OverYears) and machine.maintenance.years == 0:
        findings.add("maintenance.years", "costing.fault.above_zero")
    if remaining and remaining.wages == 0:
        findings.add("remaining_overheads.wages", "costing.fault.above_zero")
    if not remaining and not any(machine.costs()):
        findings.add("depreciation", "costing.fault.no_machine_cost")
    findings.refuse(Impossible)


def _line(id_: str, cost: Cost, hours: Fraction) -> MachineLine:
    name = cost.name if isinstance(cost, Yearly | Hourly) else ""
    if isinstance(cost, Energy | Hourly):
        return MachineLine(id_, cost.per_hour * hours, cost.per_hour, name)
    return MachineLine(id_, cost.per_year, cost.per_year / hours, name)


def _working(machine: Machine, lines: tuple[MachineLine, ...], rate: Fraction) -> Iterator[Step]:
    """The hours, each cost (by the hour where it arises so, else by the year), the rate, the remaining rate."""
    pattern, operands = machine.running.formula()
    hours = quantity(machine.running.hours, "hours")
    yield step("hours", "costing.machine.hours", pattern, operands, hours)
    for line, (_, cost) in zip(lines, machine.costs(), strict=True):
        pattern, operands = cost.formula()
        hourly = isinstance(cost, Energy | Hourly)
        result = price(line.per_hour, line.id) if hourly else amount(line.per_year, line.id)
        name, _, own = line.id.partition(".")
        params = {"name": line.name} if own else {}
        yield step(line.id, f"costing.machine.{name}", pattern, operands, result, **params)
    per_year = [amount(line.per_year, line.id) for line in lines]
    terms = {f"cost{place}": figure for place, figure in enumerate(per_year, 1)}
    sum_ = " + ".join(f"{{{name}}}" for name in terms) or "0"
    yield step("rate", "costing.machine.rate", f"({sum_}) / {{hours}}", {**terms, "hours": hours}, price(rate, "rate"))
    if remaining := machine.remaining_overheads:
        operands = {"overheads": amount(remaining.amount), "wages": amount(remaining.wages)}
        result = share(remaining.amount / remaining.wages, "remaining_rate")
        yield step("remaining_rate", "costing.machine.remaining_rate", "{overheads} / {wages}", operands, result)
