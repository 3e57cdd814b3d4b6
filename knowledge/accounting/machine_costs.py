"""The costs of a machine and its hours of running, each as its line in the textbook.

    hours         days × shifts × hours a shift × (1 − downtime); or what the products need: quantity × minutes ÷ 60
    depreciation  (value × index now ÷ index then + scrapping − residual) ÷ years
    interest      (value + residual) ÷ 2 × rate; without a residual on half of the value
    room          area × price of a m² and month × months
    energy        kW × price of a kWh, for each hour
    maintenance   an amount, a share of the value, or what it takes in all ÷ years

The scheme of VDI 3258 and of Schmolke/Deitermann, Industrielles Rechnungswesen IKR (Maschinenstundensatzrechnung).
`Formula` is the line with its numbers, for the working.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from knowledge.accounting.working import Figure, amount, price, quantity, share

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
MINUTES_PER_HOUR: Final = 60

Formula = tuple[str, Mapping[str, Figure]]
"""The pattern of a step and the numbers in it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of running that are known."""

    hours: Fraction

    def formula(self) -> Formula:
        """As entered."""
        return "{hours}", {"hours": quantity(self.hours, "hours")}


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """Hours from the calendar, less downtime (set-up, maintenance, no work)."""

    days: Fraction
    shifts: Fraction
    hours_per_shift: Fraction
    downtime_rate: Fraction = ZERO

    @property
    def hours(self) -> Fraction:
        """Days × shifts × hours a shift × (1 − downtime)."""
        return self.days * self.shifts * self.hours_per_shift * (1 - self.downtime_rate)

    def formula(self) -> Formula:
        """As `hours` says, with the downtime only where there is some."""
        operands = {
            "days": quantity(self.days),
            "shifts": quantity(self.shifts),
            "hours_per_shift": quantity(self.hours_per_shift),
        }
        if not self.downtime_rate:
            return "{days} * {shifts} * {hours_per_shift}", operands
        operands["downtime_rate"] = share(self.downtime_rate)
        return "{days} * {shifts} * {hours_per_shift} * (1 - {downtime_rate})", operands


@dataclass(frozen=True, slots=True)
class Load:
    """What one product needs of the machine: pieces, and minutes for each."""

    id: str
    quantity: Fraction
    minutes: Fraction


@dataclass(frozen=True, slots=True)
class Loads:
    """Hours from what is made on the machine."""

    products: tuple[Load, ...]

    @property
    def hours(self) -> Fraction:
        """Σ quantity × minutes ÷ 60."""
        return sum((load.quantity * load.minutes for load in self.products), ZERO) / MINUTES_PER_HOUR

    def formula(self) -> Formula:
        """As `hours` says, product by product."""
        operands: dict[str, Figure] = {}
        for place, load in enumerate(self.products, 1):
            operands |= {f"quantity{place}": quantity(load.quantity), f"minutes{place}": quantity(load.minutes)}
        places = range(1, len(self.products) + 1)
        sum_ = " + ".join(f"{{quantity{place}}} * {{minutes{place}}}" for place in places)
        return f"({sum_}) / {MINUTES_PER_HOUR}", operands


@dataclass(frozen=True, slots=True)
class Depreciation:
    """On replacement value: what was paid, at today's index of prices. Scrapping costs, a residual value brings."""

    value: Fraction
    years: Fraction
    residual: Fraction = ZERO
    scrapping: Fraction = ZERO
    index_then: Fraction = ONE
    index_now: Fraction = ONE

    @property
    def per_year(self) -> Fraction:
        """(Replacement value + scrapping − residual) ÷ years."""
        return self.to_be_earned / self.years

    @property
    def to_be_earned(self) -> Fraction:
        """What has to come in over the years of use."""
        return self.value * self.index_now / self.index_then + self.scrapping - self.residual

    def formula(self) -> Formula:
        """As `per_year` says, with what there is of index, scrapping and residual value."""
        operands = {"value": amount(self.value), "years": quantity(self.years)}
        pattern = "{value}"
        if self.index_now != self.index_then:
            pattern += " * {index_now} / {index_then}"
            operands |= {"index_now": quantity(self.index_now), "index_then": quantity(self.index_then)}
        if self.scrapping:
            pattern += " + {scrapping}"
            operands["scrapping"] = amount(self.scrapping)
        if self.residual:
            pattern += " - {residual}"
            operands["residual"] = amount(self.residual)
        simple = not (self.scrapping or self.residual)
        return f"{pattern} / {{years}}" if simple else f"({pattern}) / {{years}}", operands


@dataclass(frozen=True, slots=True)
class Interest:
    """On the capital that is bound on average: half of the value, and half of the residual that stays bound."""

    value: Fraction
    rate: Fraction
    residual: Fraction = ZERO

    @property
    def per_year(self) -> Fraction:
        """(Value + residual) ÷ 2 × rate."""
        return (self.value + self.residual) / 2 * self.rate

    def formula(self) -> Formula:
        """As `per_year` says, with the residual value only where there is one."""
        operands = {"value": amount(self.value), "rate": share(self.rate)}
        if not self.residual:
            return "{value} / 2 * {rate}", operands
        return "({value} + {residual}) / 2 * {rate}", {**operands, "residual": amount(self.residual)}


@dataclass(frozen=True, slots=True)
class Room:
    """Floor space at a price for each m² and month."""

    area: Fraction
    price: Fraction
    months: Fraction = Fraction(12)

    @property
    def per_year(self) -> Fraction:
        """Area × price × months."""
        return self.area * self.price * self.months

    def formula(self) -> Formula:
        """As `per_year` says."""
        operands = {"area": quantity(self.area), "price": price(self.price), "months": quantity(self.months)}
        return "{area} * {price} * {months}", operands


@dataclass(frozen=True, slots=True)
class Energy:
    """What the machine draws, at a price for each kWh."""

    kw: Fraction
    price: Fraction

    @property
    def per_hour(self) -> Fraction:
        """kW × price."""
        return self.kw * self.price

    def formula(self) -> Formula:
        """As `per_hour` says."""
        return "{kw} * {price}", {"kw": quantity(self.kw), "price": price(self.price)}


@dataclass(frozen=True, slots=True)
class Yearly:
    """An amount a year; `name` where it is a line of the person's own."""

    amount: Fraction
    name: str = ""

    @property
    def per_year(self) -> Fraction:
        """As entered."""
        return self.amount

    def formula(self) -> Formula:
        """As entered."""
        return "{amount}", {"amount": amount(self.amount)}


@dataclass(frozen=True, slots=True)
class Hourly:
    """An amount for each hour of running, a line of the person's own."""

    amount: Fraction
    name: str

    @property
    def per_hour(self) -> Fraction:
        """As entered."""
        return self.amount

    def formula(self) -> Formula:
        """As entered."""
        return "{amount}", {"amount": price(self.amount)}


@dataclass(frozen=True, slots=True)
class OfValue:
    """Maintenance as a share of the machine's value a year."""

    value: Fraction
    rate: Fraction

    @property
    def per_year(self) -> Fraction:
        """Value × rate."""
        return self.value * self.rate

    def formula(self) -> Formula:
        """As `per_year` says."""
        return "{value} * {rate}", {"value": amount(self.value), "rate": share(self.rate)}


@dataclass(frozen=True, slots=True)
class OverYears:
    """Maintenance of the whole time of use."""

    total: Fraction
    years: Fraction

    @property
    def per_year(self) -> Fraction:
        """Total ÷ years."""
        return self.total / self.years

    def formula(self) -> Formula:
        """As `per_year` says."""
        return "{total} / {years}", {"total": amount(self.total), "years": quantity(self.years)}
