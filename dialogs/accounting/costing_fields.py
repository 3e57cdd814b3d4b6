"""What a costing asks for, by scheme and direction: one table of paths into the fields of the contract.

`fields` are those that `knowledge.accounting.json_costing` reads, exact numbers as text, and two of our own: `start`
(at full cost) and `vat` (which of the country's rates). Released rates fill what
nobody has typed; they are put in when it is computed, so that a product goes on with tomorrow's rates.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from dialogs.ports.costs import CostingInHand, ReleasedRates
from knowledge.accounting.exact import written
from knowledge.accounting.scheme import Direction, LineId, Scheme
from knowledge.accounting.sheet import CentreRole
from knowledge.accounting.summary import OverheadRate

FIGURE: Final = "figure"
OPTIONAL_FIGURE: Final = "optional_figure"
SHARE: Final = "share"
OPTIONAL_SHARE: Final = "optional_share"

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask for: where it is kept (`production.0.wages`), the form, the key of its name, its stage."""

    path: str
    form: str
    label: str
    stage: str = ""
    later: bool = False
    """Asked for only when somebody wants to change it."""

    @property
    def is_optional(self) -> bool:
        """Whether it is enough to have asked."""
        return self.form in (OPTIONAL_FIGURE, OPTIONAL_SHARE) or self.later


FULL_COST: Final = "full_cost"
"""The start at full cost (Selbstkosten), beside the two schemes."""


def begin(scheme: str, direction: Direction, rates: ReleasedRates | None) -> Fields:
    """The fields of a new costing: a stage for each production centre of the released rates, else one."""
    fields: Fields = {"kind": "costing", "direction": direction.value}
    if scheme == Scheme.INDUSTRY:
        stages = [_stage(rate) for rate in _of_role(rates, CentreRole.PRODUCTION)]
        fields |= {"scheme": scheme, "production": stages or [{}]}
    elif scheme == Scheme.TRADE:
        fields |= {"scheme": scheme, "purchase": {}}
    else:
        fields |= {"scheme": Scheme.INDUSTRY.value, "start": FULL_COST}
    return fields


def asks(fields: Mapping[str, Any], rates: ReleasedRates | None) -> tuple[Ask, ...]:
    """All that belongs to this costing, in the order in which it is asked for."""
    direction = Direction(fields["direction"])
    price = () if direction is Direction.FORWARD else (Ask("list_price", FIGURE, "costing.line.list_price"),)
    return (*price, *_cost_side(fields, direction, rates), *_terms(direction))


def missing(costing: CostingInHand, rates: ReleasedRates | None) -> Ask | None:
    """The first that was not answered yet."""
    filled = with_released(costing.fields, rates)
    for ask in asks(costing.fields, rates):
        known = value_at(filled, ask.path) is not None or ask.path in costing.skipped
        if not known and not ask.later:
            return ask
    return None


def with_released(fields: Mapping[str, Any], rates: ReleasedRates | None) -> Fields:
    """The same with the released rates where nothing was typed."""
    filled = deepcopy(dict(fields))
    if rates is None or filled.get("scheme") != Scheme.INDUSTRY or "start" in filled:
        return filled
    for role, name in _RATE_FIELDS.items():
        found = _of_role(rates, role)
        if len(found) == 1 and found[0].per is None:  # of several material centres nobody knows which one it is
            filled.setdefault(name, written(found[0].exact))
    by_name = {rate.name: rate for rate in _of_role(rates, CentreRole.PRODUCTION)}
    for stage in filled.get("production", ()):
        rate = by_name.get(stage.get("name", ""))
        if rate is None:
            continue
        if rate.per is None:
            stage.setdefault("overhead_rate", written(rate.exact))
        else:
            for machine in stage.get("machines", ()):
                machine.setdefault("hourly_rate", written(rate.exact))
    return filled


def asked_of(fields: Mapping[str, Any], rates: ReleasedRates | None, vat_rate: Fraction) -> Fields:
    """What is worked out: with the released rates, without what the direction does not use and nobody has entered."""
    filled = with_released(fields, rates)
    direction = Direction(filled["direction"])
    for name in (*_UNUSED[direction], "vat"):
        filled.pop(name, None)
    filled["vat_rate"] = written(vat_rate)
    if direction is Direction.BACKWARD and "purchase" in filled:
        filled["purchase"].pop("list_price", None)
    filled["production"] = [stage for stage in filled.get("production", ()) if _has_cost(stage)]
    for name in ("production", "start"):
        if name == "start" or not filled[name]:
            filled.pop(name, None)
    return filled


def value_at(fields: Mapping[str, Any], path: str) -> str | None:
    """What stands at a path; None where nothing does."""
    place: Any = fields
    for part in path.split("."):
        if isinstance(place, list):
            place = place[int(part)] if int(part) < len(place) else None
        else:
            place = place.get(part) if isinstance(place, Mapping) else None
    return place if isinstance(place, str) else None


def with_value(fields: Mapping[str, Any], path: str, value: str) -> Fields:
    """The same fields with this value at the path."""
    changed = deepcopy(dict(fields))
    place: Any = changed
    *way, last = path.split(".")
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
    place[last] = value
    return changed


def without_value(fields: Mapping[str, Any], path: str) -> Fields:
    """The same fields with nothing at the path."""
    changed = deepcopy(dict(fields))
    place: Any = changed
    *way, last = path.split(".")
    for part in way:
        place = place[int(part)] if isinstance(place, list) else place.get(part, {})
    place.pop(last, None)
    return changed


def _cost_side(fields: Mapping[str, Any], direction: Direction, rates: ReleasedRates | None) -> Iterator[Ask]:
    backward = direction is Direction.BACKWARD
    if "start" in fields:
        if not backward:
            yield Ask("full_cost", FIGURE, "costing.line.full_cost")
    elif fields["scheme"] == Scheme.TRADE:
        if not backward:
            yield Ask("purchase.list_price", FIGURE, "costing.line.purchase_list_price")
        yield Ask("purchase.trade_discount_rate", OPTIONAL_SHARE, "costing.line.purchase_trade_discount")
        yield Ask("purchase.cash_discount_rate", OPTIONAL_SHARE, "costing.line.purchase_cash_discount")
        yield Ask("purchase.delivery_costs", OPTIONAL_FIGURE, "costing.line.delivery_costs")
        yield Ask("handling_rate", SHARE, "costing.line.handling_costs")
    else:
        if not backward:
            yield Ask("direct_material", FIGURE, "costing.line.direct_material")
        yield Ask("material_overhead_rate", SHARE, "costing.line.material_overheads")
        yield from _stages(fields, rates)
        yield Ask("special_direct_costs_production", OPTIONAL_FIGURE, _line(LineId.SPECIAL_DIRECT_COSTS_PRODUCTION))
        yield from _on_manufacturing_cost(with_released(fields, rates))
    if "start" not in fields:
        yield Ask("special_direct_costs_sales", OPTIONAL_FIGURE, _line(LineId.SPECIAL_DIRECT_COSTS_SALES), later=True)


def _stages(fields: Mapping[str, Any], rates: ReleasedRates | None) -> Iterator[Ask]:
    by_hours = {rate.name for rate in _of_role(rates, CentreRole.PRODUCTION) if rate.per}
    for place, stage in enumerate(fields.get("production", ())):
        name, path = stage.get("name", ""), f"production.{place}"
        if name in by_hours or "machines" in stage:
            yield Ask(f"{path}.machines.0.hours", FIGURE, "costing.hours", name)
        else:
            yield Ask(f"{path}.wages", FIGURE, "costing.line.production_wages", name)
            yield Ask(f"{path}.overhead_rate", SHARE, "costing.line.production_overheads", name)


def _on_manufacturing_cost(filled: Mapping[str, Any]) -> Iterator[Ask]:
    """Administration and sales as the released rates have them; where there are none, in one rate."""
    apart = [name for name in ("administration_rate", "sales_rate") if name in filled]
    labels = {"administration_rate": LineId.ADMINISTRATION_OVERHEADS, "sales_rate": LineId.SALES_OVERHEADS}
    if not apart:
        yield Ask("administration_sales_rate", SHARE, _line(LineId.ADMINISTRATION_SALES_OVERHEADS))
    for name in apart:
        yield Ask(name, SHARE, _line(labels[name]))


def _terms(direction: Direction) -> Iterator[Ask]:
    if direction is not Direction.DIFFERENCE:
        yield Ask("profit_rate", SHARE, "costing.line.profit")
    yield Ask("cash_discount_rate", OPTIONAL_SHARE, "costing.line.cash_discount")
    yield Ask("commission_rate", OPTIONAL_SHARE, "costing.line.commission", later=True)
    yield Ask("trade_discount_rate", OPTIONAL_SHARE, "costing.line.trade_discount")
    if direction is not Direction.BACKWARD:
        yield Ask("variable_cost", OPTIONAL_FIGURE, "costing.variable_cost")


def _line(line: LineId) -> str:
    return f"costing.line.{line}"


def _stage(rate: OverheadRate) -> Fields:
    return {"name": rate.name, "machines": [{"name": rate.name}]} if rate.per else {"name": rate.name}


def _has_cost(stage: Mapping[str, Any]) -> bool:
    return "wages" in stage or any("hours" in machine for machine in stage.get("machines", ()))


def _of_role(rates: ReleasedRates | None, role: CentreRole) -> list[OverheadRate]:
    return [rate for rate in rates.rates if rate.role is role] if rates else []


_RATE_FIELDS: Final = {
    CentreRole.MATERIAL: "material_overhead_rate",
    CentreRole.ADMINISTRATION: "administration_rate",
    CentreRole.SALES: "sales_rate",
    CentreRole.ADMINISTRATION_SALES: "administration_sales_rate",
}
_UNUSED: Final = {
    Direction.FORWARD: ("list_price", "gross_price"),
    Direction.BACKWARD: ("direct_material", "full_cost", "variable_cost"),
    Direction.DIFFERENCE: ("profit_rate",),
}
