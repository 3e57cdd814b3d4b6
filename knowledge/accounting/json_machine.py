"""Reads a machine's year from JSON, strictly; where the contract offers several ways, exactly one is taken."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from knowledge.accounting.json_fields import Fields
from knowledge.accounting.machine_costs import (
    ZERO,
    Depreciation,
    Energy,
    Hourly,
    Hours,
    Interest,
    Load,
    Loads,
    OfValue,
    OverYears,
    Room,
    WorkPlan,
    Yearly,
)
from knowledge.accounting.machine_hour_rate import Machine, RemainingOverheads, check

_HARMLESS: Final = Fraction(1)
"""Stands for a number that is missing or wrong and has been told: nothing is divided by 0 for its sake."""

_RUNNING: Final = {"hours": ("hours",), "work_plan": ("work_plan",), "products": ("products",)}
_MAINTENANCE: Final = {"amount": ("amount",), "value": ("value", "rate"), "total": ("total", "years")}
_OWN: Final = {"amount": ("amount",), "per_hour": ("per_hour",)}


def read_machine(fields: Fields) -> Machine:
    """The machine; faults are noted in the findings of `fields`, what `check` finds among them."""
    remaining = fields.object("remaining_overheads")
    machine = Machine(
        running=_running(fields),
        depreciation=_depreciation(fields.object("depreciation")),
        interest=_interest(fields.object("interest")),
        room=_room(fields.object("room")),
        energy=_energy(fields.object("energy")),
        maintenance=_maintenance(fields.object("maintenance")),
        other=tuple(_own(entry) for entry in fields.objects("other")),
        remaining_overheads=_remaining(remaining),
    )
    with fields.findings.noting():
        check(machine)
    return machine


def _running(fields: Fields) -> Hours | WorkPlan | Loads:
    hours, plan, products = fields.size("hours"), fields.object("work_plan"), fields.objects("products")
    way = _one_of(fields, _RUNNING)
    plan_read, loads = _work_plan(plan), tuple(_load(entry) for entry in products)
    if way == "work_plan" and plan_read:
        return plan_read
    if way == "products":
        return Loads(loads) if isinstance(fields.take("products"), list) else Hours(_HARMLESS)
    return Hours(_HARMLESS if hours is None else hours)


def _work_plan(fields: Fields | None) -> WorkPlan | None:
    if fields is None:
        return None
    plan = WorkPlan(
        days=_required(fields, "days"),
        shifts=_or(fields.size("shifts"), _HARMLESS),
        hours_per_shift=_required(fields, "hours_per_shift"),
        downtime_rate=_or(fields.rate("downtime_rate"), ZERO),
    )
    fields.close()
    return plan


def _load(fields: Fields) -> Load:
    load = Load(fields.text("id"), _required(fields, "quantity"), _required(fields, "minutes"))
    fields.close()
    return load


def _depreciation(fields: Fields | None) -> Depreciation | None:
    if fields is None:
        return None
    index_then, index_now = fields.size("index_then"), fields.size("index_now")
    if ("index_then" in fields) != ("index_now" in fields):
        fields.required("index_then" if "index_now" in fields else "index_now")
    depreciation = Depreciation(
        value=_required(fields, "value"),
        years=_required(fields, "years"),
        residual=_or(fields.size("residual"), ZERO),
        scrapping=_or(fields.size("scrapping"), ZERO),
        index_then=_or(index_then, _HARMLESS),
        index_now=_or(index_now, _HARMLESS),
    )
    fields.close()
    return depreciation


def _interest(fields: Fields | None) -> Interest | None:
    if fields is None:
        return None
    value, residual = _required(fields, "value"), _or(fields.size("residual"), ZERO)
    interest = Interest(value, _required_rate(fields, "rate"), residual)
    fields.close()
    return interest


def _room(fields: Fields | None) -> Room | None:
    if fields is None:
        return None
    area, price = _required(fields, "area"), _required(fields, "price")
    months = fields.size("months")
    fields.close()
    return Room(area, price) if months is None else Room(area, price, months)


def _energy(fields: Fields | None) -> Energy | None:
    if fields is None:
        return None
    energy = Energy(_required(fields, "kw"), _required(fields, "price"))
    fields.close()
    return energy


def _maintenance(fields: Fields | None) -> Yearly | OfValue | OverYears | None:
    if fields is None:
        return None
    for name in ("amount", "value", "total", "years"):
        fields.size(name)
    fields.rate("rate")
    way = _one_of(fields, _MAINTENANCE)
    fields.close()
    if way == "value":
        return OfValue(_required(fields, "value"), _required_rate(fields, "rate"))
    if way == "total":
        return OverYears(_required(fields, "total"), _required(fields, "years"))
    return Yearly(_or(fields.size("amount"), ZERO))


def _own(fields: Fields) -> Yearly | Hourly:
    fields.required("name")
    name = fields.text("name")
    per_year, per_hour = fields.size("amount"), fields.size("per_hour")
    way = _one_of(fields, _OWN)
    fields.close()
    return Hourly(_or(per_hour, ZERO), name) if way == "per_hour" else Yearly(_or(per_year, ZERO), name)


def _remaining(fields: Fields | None) -> RemainingOverheads | None:
    if fields is None:
        return None
    remaining = RemainingOverheads(_required(fields, "amount"), _required(fields, "wages"))
    fields.close()
    return remaining


def _one_of(fields: Fields, ways: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one way that was taken; noted where it is none, or more than one."""
    taken = [way for way, names in ways.items() if any(name in fields for name in names)]
    if len(taken) == 1:
        return taken[0]
    expected = " / ".join(" + ".join(names) for names in ways.values())
    fields.wrong(taken[1] if taken else next(iter(ways)), "costing.fault.one_of", expected=expected)
    return None


def _required(fields: Fields, name: str) -> Fraction:
    """A number from 0 on that has to be there."""
    return _or(fields.size(name), _HARMLESS) if fields.required(name) else _HARMLESS


def _required_rate(fields: Fields, name: str) -> Fraction:
    return _or(fields.rate(name), _HARMLESS) if fields.required(name) else _HARMLESS


def _or(value: Fraction | None, otherwise: Fraction) -> Fraction:
    return otherwise if value is None else value
