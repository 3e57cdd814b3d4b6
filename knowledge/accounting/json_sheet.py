"""Reads a BAB from JSON, strictly: what nobody knows is refused by name, all faults are told together."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from knowledge.accounting.consistency import inconsistencies
from knowledge.accounting.exact import total
from knowledge.accounting.faults import Findings
from knowledge.accounting.json_fields import Fields
from knowledge.accounting.sheet import (
    NOTHING,
    Allocation,
    Base,
    BaseKind,
    CentreRole,
    CostCentre,
    CostType,
    Method,
    NormalBasis,
    Sheet,
)


def read_sheet(value: Any) -> Sheet:
    """The sheet that a parsed JSON value is. Raises WrongFields with every fault."""
    findings = Findings()
    sheet = _sheet(Fields(value, findings))
    _look_over_the_rest(sheet, findings)
    findings.refuse()
    return sheet


def _look_over_the_rest(sheet: Sheet, findings: Findings) -> None:
    """Rows whose fields are wrong have been told already: that they do not add up either would be noise."""
    centres = [place for place in findings.places() if place == "JSON" or place.startswith("cost_centres")]
    roles_only = all(".role" in place for place in centres)
    if not roles_only:
        return
    wrong = {_row(place) for place in findings.places()}
    found = inconsistencies(sheet, roles_are_sure=not centres)
    findings.take(*(fault for fault in found if _row(fault.place) not in wrong))


def _row(place: str) -> str:
    """The row that a path belongs to: `overheads[0]`, `bases.mat`."""
    row = _ROW.match(place)
    return row[0] if row else place


_ROW = re.compile(r"(?:bases|normal_rates|primary)\.[^.]+|[^.\s]+")


def _sheet(fields: Fields) -> Sheet:
    centres = _centres(fields)
    bases = {id_: base for id_, entry in fields.entries("bases") if (base := _base(entry)) is not None}
    stock = fields.object("stock")
    sheet = Sheet(
        centres=centres,
        cost_types=tuple(_cost_type(row) for row in fields.objects("overheads")),
        primary=_numbers(fields.object("primary")),
        method=fields.choice("method", Method) or Method.STEP_DOWN,
        allocations=tuple(_allocation(row) for row in fields.objects("allocations")),
        bases=bases,
        special_direct_costs_production=fields.number("special_direct_costs_production") or NOTHING,
        stock_increase=(stock and stock.size("increase")) or NOTHING,
        stock_decrease=(stock and stock.size("decrease")) or NOTHING,
        normal_rates=_normal_rates(fields.object("normal_rates"), bases),
        normal_basis=fields.choice("normal_basis", NormalBasis) or NormalBasis.ACTUAL,
        currency=fields.label("currency"),
        unit=fields.label("unit"),
        period=fields.label("period"),
    )
    if stock:
        stock.close()
    fields.close()
    return sheet


def _centres(fields: Fields) -> tuple[CostCentre, ...]:
    fields.required("cost_centres")
    centres = []
    for row in fields.objects("cost_centres"):
        if row.required("id"):
            row.title = row.text("id")
        name = row.text("name", row.title)
        role = row.required_choice("role", CentreRole)
        row.close()
        centres.append(CostCentre(row.title, name, role or CentreRole.OTHER))
    return tuple(centres)


def _cost_type(row: Fields) -> CostType:
    if row.required("name"):
        row.title = row.text("name")
    key = _numbers(row.object("key"), least=NOTHING)
    if key:
        row.required("total")
    amounts = _numbers(row.object("amounts"))
    given = row.number("total")
    cost_type = CostType(
        name=row.title,
        total=total(amounts.values()) if given is None else given,
        amounts=amounts,
        key=key,
        key_unit=row.label("key_unit"),
    )
    row.close()
    return cost_type


def _allocation(row: Fields) -> Allocation:
    row.required("from")
    row.title = row.text("from")
    row.required("to")
    allocation = Allocation(
        giver=row.title,
        to=_numbers(row.object("to"), least=NOTHING),
        unit=row.label("unit"),
        output=row.size("output"),
    )
    row.close()
    return allocation


def _base(entry: Fields) -> Base | None:
    """The base, and the fields that its kind has: an amount, hours with direct costs, or none."""
    kind = entry.required_choice("kind", BaseKind)
    if kind is None:
        return None
    if kind.is_manufacturing_cost:
        base = Base(kind)
    elif kind.is_hours:
        entry.required("hours")
        base = Base(kind, entry.size("hours") or NOTHING, entry.size("direct_costs"))
    else:
        entry.required("amount")
        direct_costs = entry.size("direct_costs") if kind is BaseKind.GIVEN else None
        base = Base(kind, entry.size("amount") or NOTHING, direct_costs)
    entry.close()
    return base


def _normal_rates(fields: Fields | None, bases: Mapping[str, Base]) -> dict[str, Fraction]:
    """Per cent or plain fractions; money per hour where the base are hours."""
    if fields is None:
        return {}
    rates = {}
    for centre in fields.names():
        base = bases.get(centre)
        read = fields.size if base and base.kind.is_hours else fields.rate
        rate = read(centre)
        if rate is not None:
            rates[centre] = rate
    return rates


def _numbers(fields: Fields | None, least: Fraction | None = None) -> dict[str, Fraction]:
    """Numbers by centre; from 0 up where that is the least."""
    if fields is None:
        return {}
    read = fields.number if least is None else fields.size
    return {name: value for name in fields.names() if (value := read(name)) is not None}
