"""Reads a costing or a machine's year from JSON, strictly: unknown fields are refused by name, all faults together.

What is well formed but not used in the asked direction (a price going forward) is left out with a warning.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from knowledge.accounting.calculation import TimeAtRate
from knowledge.accounting.costing import Costing, FullCost, check
from knowledge.accounting.exact import CENT, rounded
from knowledge.accounting.faults import Caution, Findings
from knowledge.accounting.json_fields import Fields, read_number
from knowledge.accounting.json_machine import read_machine
from knowledge.accounting.machine_hour_rate import Machine
from knowledge.accounting.manufacture import Manufacture, Stage
from knowledge.accounting.purchase import Purchase
from knowledge.accounting.scheme import Direction, Rounding, Scheme
from knowledge.accounting.selling import Price, Terms

ZERO: Final = Fraction(0)


class Kind(StrEnum):
    """What is asked for."""

    COSTING = "costing"
    MACHINE_HOUR_RATE = "machine_hour_rate"


@dataclass(frozen=True, slots=True)
class Read:
    """What a file asks for, and what of it is not used."""

    asked: Costing | Machine
    cautions: tuple[Caution, ...] = ()


COST_FIELDS: Final = {
    Scheme.INDUSTRY: (
        "direct_material",
        "material_overhead_rate",
        "production",
        "special_direct_costs_production",
        "stock",
        "development_rate",
        "administration_rate",
        "sales_rate",
        "administration_sales_rate",
    ),
    Scheme.TRADE: ("purchase", "handling_rate"),
}
"""The cost side of each scheme; what follows full cost is the same in both."""

_AMOUNTS: Final = {
    Scheme.INDUSTRY: ("direct_material", "production", "special_direct_costs_production"),
    Scheme.TRADE: ("purchase",),
}
"""Without any of these there is nothing to cost."""


def read_costing(value: Any) -> Read:
    """What a parsed JSON value asks for. Raises WrongFields with every fault, those of `check` too."""
    findings = Findings()
    fields = Fields(value, findings)
    findings.refuse()  # no object, or a field twice: nothing that follows would be sure
    kind = fields.required_choice("kind", Kind)
    findings.refuse()  # which fields there may be hangs on the kind
    read = Read(read_machine(fields)) if kind is Kind.MACHINE_HOUR_RATE else _Costing(fields).read()
    fields.close()
    findings.refuse()
    return read


class _Costing:
    """One costing on its way from fields to values."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._unused: list[str] = []
        self._direction = fields.choice("direction", Direction, Direction.FORWARD) or Direction.FORWARD
        self._scheme = fields.choice("scheme", Scheme, Scheme.INDUSTRY) or Scheme.INDUSTRY
        self._rounding = fields.choice("rounding", Rounding, Rounding.EXACT) or Rounding.EXACT

    def read(self) -> Read:
        fields = self._fields
        terms = self._terms()
        cost = self._cost()
        in_profit_base = fields.flag("special_direct_costs_sales_in_profit_base", True)
        special = fields.size("special_direct_costs_sales", ZERO) or ZERO
        if isinstance(cost, FullCost) and in_profit_base:
            self._leave_out("special_direct_costs_sales")
            special = ZERO
        costing = Costing(
            cost=cost,
            direction=self._direction,
            terms=terms,
            special_direct_costs_sales=special,
            special_direct_costs_sales_in_profit_base=in_profit_base,
            price=self._price(terms.vat_rate),
            variable_cost=fields.size("variable_cost"),
            rounding=self._rounding,
        )
        with fields.findings.noting():
            check(costing)
        return Read(costing, tuple(Caution(fields.place(name), "costing.warning.not_used") for name in self._unused))

    def _leave_out(self, *names: str) -> None:
        """These fields are not used here; somebody who gave them should know."""
        self._unused += [name for name in names if name in self._fields and name not in self._unused]

    def _terms(self) -> Terms:
        fields = self._fields
        profit_rate = ZERO
        if "profit_rate" in fields:
            with fields.findings.noting():  # the one rate that may be below 0: a price that loses money
                profit_rate = read_number(fields.take("profit_rate"), fields.place("profit_rate"), rate=True)
        else:
            fields.take("profit_rate")
        if self._direction is Direction.DIFFERENCE:
            self._leave_out("profit_rate")
            profit_rate = ZERO
        return Terms(
            profit_rate=profit_rate,
            cash_discount_rate=_rate(fields, "cash_discount_rate"),
            commission_rate=_rate(fields, "commission_rate"),
            trade_discount_rate=_rate(fields, "trade_discount_rate"),
            vat_rate=_rate(fields, "vat_rate"),
        )

    def _price(self, vat_rate: Fraction) -> Price | None:
        """The list price or the gross price; where both stand, they have to agree to the cent."""
        fields = self._fields
        net, gross = fields.size("list_price"), fields.size("gross_price")
        if self._direction is Direction.FORWARD:
            self._leave_out("list_price", "gross_price")
            return None
        if net is not None and gross is not None:
            smallest = self._rounding.step or CENT
            expected = rounded(net * (1 + vat_rate), smallest)
            if rounded(gross, smallest) != expected:
                fields.wrong("gross_price", "costing.fault.prices_differ", expected=expected)
        if net is not None:
            return Price(net)
        if gross is not None:
            return Price(gross, gross=True)
        wrong_anyway = "list_price" in fields or "gross_price" in fields
        return Price(ZERO) if wrong_anyway else None

    def _cost(self) -> Manufacture | Purchase | FullCost:
        fields, scheme = self._fields, self._scheme
        made, bought = self._manufacture(), self._purchase()
        own = COST_FIELDS[scheme]
        foreign = [name for names in COST_FIELDS.values() if names != own for name in names]
        full_cost = fields.size("full_cost")
        if "full_cost" in fields and self._direction is not Direction.BACKWARD:
            self._leave_out(*own, *foreign)
            return FullCost(ZERO if full_cost is None else full_cost)
        self._leave_out("full_cost")
        for name in foreign:
            if name in fields:
                fields.wrong(name, "costing.fault.other_scheme", scheme=scheme)
        if self._direction is Direction.BACKWARD:
            self._leave_out("direct_material")
        elif not any(name in fields for name in _AMOUNTS[scheme]):
            fields.wrong(_AMOUNTS[scheme][0], "costing.fault.no_cost")
        return bought if scheme is Scheme.TRADE else made

    def _manufacture(self) -> Manufacture:
        fields = self._fields
        direct_material = fields.size("direct_material", ZERO) or ZERO
        stock = fields.object("stock")
        increase = stock.size("increase", ZERO) if stock else ZERO
        decrease = stock.size("decrease", ZERO) if stock else ZERO
        if stock:
            stock.close()
        return Manufacture(
            direct_material=direct_material,
            material_overhead_rate=_rate(fields, "material_overhead_rate"),
            stages=tuple(_stage(entry) for entry in fields.objects("production")),
            special_direct_costs=fields.size("special_direct_costs_production", ZERO) or ZERO,
            stock_increase=increase or ZERO,
            stock_decrease=decrease or ZERO,
            development_rate=_rate(fields, "development_rate"),
            administration_rate=_rate(fields, "administration_rate"),
            sales_rate=_rate(fields, "sales_rate"),
            administration_sales_rate=_rate(fields, "administration_sales_rate"),
        )

    def _purchase(self) -> Purchase:
        fields = self._fields
        handling_rate = _rate(fields, "handling_rate")
        purchase = fields.object("purchase")
        if purchase is None:
            return Purchase(handling_rate=handling_rate)
        list_price = purchase.size("list_price")
        if self._direction is Direction.BACKWARD:
            if "list_price" in purchase:
                self._unused.append("purchase.list_price")
        elif self._scheme is Scheme.TRADE and "full_cost" not in fields:
            purchase.required("list_price")
        bought = Purchase(
            list_price=list_price or ZERO,
            trade_discount_rate=_rate(purchase, "trade_discount_rate"),
            cash_discount_rate=_rate(purchase, "cash_discount_rate"),
            delivery_costs=purchase.size("delivery_costs", ZERO) or ZERO,
            handling_rate=handling_rate,
        )
        purchase.close()
        return bought


def _stage(fields: Fields) -> Stage:
    """Wages as an amount, or hours at a rate per hour; machines alone will do."""
    stage = Stage(
        wages=_wages(fields),
        overhead_rate=_rate(fields, "overhead_rate"),
        machines=tuple(_machine_time(entry) for entry in fields.objects("machines")),
        name=fields.text("name"),
    )
    fields.close()
    return stage


def _wages(fields: Fields) -> Fraction | TimeAtRate:
    wages, hours, hourly_rate = fields.size("wages"), fields.size("hours"), fields.size("hourly_rate")
    by_hours = "hours" in fields or "hourly_rate" in fields
    if "wages" in fields and by_hours:
        fields.wrong("wages", "costing.fault.either", one="wages", other="hours, hourly_rate")
    elif by_hours:
        fields.required("hours")
        fields.required("hourly_rate")
        return TimeAtRate(hours or ZERO, hourly_rate or ZERO)
    elif "wages" not in fields and ("machines" not in fields or "overhead_rate" in fields):
        fields.required("wages")
    return wages or ZERO


def _machine_time(fields: Fields) -> TimeAtRate:
    hours, hourly_rate = fields.size("hours"), fields.size("hourly_rate")
    fields.required("hours")
    fields.required("hourly_rate")
    time = TimeAtRate(hours or ZERO, hourly_rate or ZERO, fields.text("name"))
    fields.close()
    return time


def _rate(fields: Fields, name: str) -> Fraction:
    return fields.rate(name, ZERO) or ZERO
