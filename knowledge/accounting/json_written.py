"""A sheet in the JSON that `json_sheet` reads: what is kept and what travels to where a workbook is made.

Reading it again gives the same sheet, but for the cells of the file that it once came from.
"""

from typing import Any

from knowledge.accounting.exact import written
from knowledge.accounting.sheet import Allocation, Base, CostType, Method, NormalBasis, Sheet


def sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    """Exact numbers as text; what is empty or as usual is left out."""
    centres = [{"id": centre.id, "name": centre.name, "role": centre.role.value} for centre in sheet.centres]
    stock = {"increase": sheet.stock_increase, "decrease": sheet.stock_decrease}
    fields: dict[str, Any] = {
        "currency": sheet.currency,
        "unit": sheet.unit,
        "period": sheet.period,
        "cost_centres": centres,
        "overheads": [_cost_type(row) for row in sheet.cost_types],
        "primary": _amounts(sheet.primary),
        "method": "" if sheet.method is Method.STEP_DOWN else sheet.method.value,
        "allocations": [_allocation(row) for row in sheet.allocations],
        "bases": {centre: _base(base) for centre, base in sheet.bases.items()},
        "special_direct_costs_production": _if_any(sheet.special_direct_costs_production),
        "stock": {name: written(value) for name, value in stock.items() if value},
        "normal_rates": _amounts(sheet.normal_rates),
        "normal_basis": "" if sheet.normal_basis is NormalBasis.ACTUAL else sheet.normal_basis.value,
    }
    return {name: value for name, value in fields.items() if value or name == "cost_centres"}


def _cost_type(row: CostType) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": row.name,
        "total": written(row.total),
        "amounts": _amounts(row.amounts),
        "key": _amounts(row.key),
        "key_unit": row.key_unit,
    }
    return {name: value for name, value in fields.items() if value}


def _allocation(row: Allocation) -> dict[str, Any]:
    fields: dict[str, Any] = {"from": row.giver, "to": _amounts(row.to)}
    if row.unit:
        fields["unit"] = row.unit
    if row.output is not None:
        fields["output"] = written(row.output)
    return fields


def _base(base: Base) -> dict[str, str]:
    fields = {"kind": base.kind.value}
    if not base.kind.is_manufacturing_cost:
        fields["hours" if base.kind.is_hours else "amount"] = written(base.size)
    if base.direct_costs is not None:
        fields["direct_costs"] = written(base.direct_costs)
    return fields


def _amounts(amounts: Any) -> dict[str, str]:
    return {centre: written(amount) for centre, amount in amounts.items()}


def _if_any(amount: Any) -> str:
    return written(amount) if amount else ""
