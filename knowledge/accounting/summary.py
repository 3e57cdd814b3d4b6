"""What one wants to know of a computed BAB at a glance: rates, manufacturing cost, checks, warnings.

Small, however large the sheet is; it is computed once, kept as JSON, and the chat draws from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, overload

from knowledge.accounting.bab import Bab
from knowledge.accounting.checks import Check, CheckKind
from knowledge.accounting.exact import rounded, written
from knowledge.accounting.faults import Caution, FaultParam
from knowledge.accounting.sheet import BaseKind, CentreRole

LONGEST_RATE: Final = 100
"""Characters of a rate as a fraction; what many simultaneous centres leave longer is rounded to 20 places."""

_FINEST: Final = Fraction(1, 10**20)


@dataclass(frozen=True, slots=True)
class OverheadRate:
    """The rate of a centre: a fraction of 1, or money per hour where the base are hours (`per`)."""

    centre: str
    name: str
    role: CentreRole
    overheads: Fraction
    base: Fraction
    exact: Fraction
    per: BaseKind | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Amounts in the sheet's unit. `overheads` are those of all centres together."""

    overheads: Fraction
    currency: str = ""
    unit: str = ""
    period: str = ""
    cells: int = 0
    """How many amounts the sheet may hold: what is too large for a telephone is shown in a workbook."""
    rates: Sequence[OverheadRate] = ()
    cost_of_production: Fraction | None = None
    cost_of_sales: Fraction | None = None
    covered: Fraction | None = None
    """Over- (positive) or Unterdeckung of all centres; None without normal rates."""
    checks: tuple[Check, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)


def summarise(bab: Bab) -> Summary:
    """The gist of a computed sheet."""
    centres, cost = bab.sheet.by_id, bab.manufacturing_cost
    return Summary(
        overheads=bab.distribution.total,
        currency=bab.sheet.currency,
        unit=bab.sheet.unit,
        period=bab.sheet.period,
        cells=(len(bab.sheet.cost_types) + len(bab.sheet.allocations) + 1) * len(bab.sheet.centres),
        rates=tuple(
            OverheadRate(
                rate.centre,
                centres[rate.centre].name,
                centres[rate.centre].role,
                _writable(rate.overheads),
                _writable(rate.base),
                _writable(rate.exact),
                rate.per,
            )
            for rate in bab.rates
        ),
        cost_of_production=_writable(cost.of_production) if cost else None,
        cost_of_sales=_writable(cost.of_sales) if cost else None,
        covered=_writable(bab.coverage.total.difference) if bab.coverage else None,
        checks=bab.checks,
        cautions=bab.cautions,
    )


def summary_as_json(summary: Summary) -> dict[str, Any]:
    """Exact numbers as text."""
    return {
        "overheads": written(summary.overheads),
        "currency": summary.currency,
        "unit": summary.unit,
        "period": summary.period,
        "cells": summary.cells,
        "rates": _rates_as_json(summary.rates),
        "cost_of_production": _optional(summary.cost_of_production),
        "cost_of_sales": _optional(summary.cost_of_sales),
        "covered": _optional(summary.covered),
        "checks": [
            {"kind": check.kind.value, "left": written(check.left), "right": written(check.right)}
            for check in summary.checks
        ],
        "cautions": [
            {"place": caution.place, "key": caution.key, "params": fault_params_as_json(caution.params)}
            for caution in summary.cautions
        ],
    }


def summary_from_json(value: Mapping[str, Any]) -> Summary:
    """What `summary_as_json` wrote."""
    return Summary(
        overheads=Fraction(value["overheads"]),
        currency=value["currency"],
        unit=value["unit"],
        period=value["period"],
        cells=value["cells"],
        rates=_StoredRates(value["rates"]),
        cost_of_production=_number(value["cost_of_production"]),
        cost_of_sales=_number(value["cost_of_sales"]),
        covered=_number(value["covered"]),
        checks=tuple(
            Check(CheckKind(check["kind"]), Fraction(check["left"]), Fraction(check["right"]))
            for check in value["checks"]
        ),
        cautions=tuple(
            Caution(caution["place"], caution["key"], fault_params_from_json(caution["params"]))
            for caution in value["cautions"]
        ),
    )


def _rate_as_json(rate: OverheadRate) -> dict[str, str]:
    """Exact numbers as text; `per` is left out where the rate is a share."""
    fields = {
        "centre": rate.centre,
        "name": rate.name,
        "role": rate.role.value,
        "overheads": written(rate.overheads),
        "base": written(rate.base),
        "exact": written(rate.exact),
    }
    return fields | ({"per": rate.per.value} if rate.per else {})


def _rate_from_json(value: Mapping[str, str]) -> OverheadRate:
    """What `_rate_as_json` wrote."""
    return OverheadRate(
        value["centre"],
        value["name"],
        CentreRole(value["role"]),
        Fraction(value["overheads"]),
        Fraction(value["base"]),
        Fraction(value["exact"]),
        BaseKind(value["per"]) if "per" in value else None,
    )


def fault_params_as_json(params: Mapping[str, FaultParam]) -> dict[str, Any]:
    """Fractions in an object of their own, so that they are told from texts."""
    return {name: {"exact": written(value)} if isinstance(value, Fraction) else value for name, value in params.items()}


def fault_params_from_json(params: Mapping[str, Any]) -> dict[str, FaultParam]:
    """What `fault_params_as_json` wrote."""
    return {name: Fraction(value["exact"]) if isinstance(value, Mapping) else value for name, value in params.items()}


def _rates_as_json(rates: Sequence[OverheadRate]) -> list[Mapping[str, str]]:
    return list(rates.stored) if isinstance(rates, _StoredRates) else [_rate_as_json(rate) for rate in rates]


class _StoredRates(Sequence[OverheadRate]):
    """Rates as they were written, each made when somebody asks: of two hundred a screen shows eight."""

    def __init__(self, stored: Sequence[Mapping[str, str]]) -> None:
        self.stored = stored

    def __len__(self) -> int:
        return len(self.stored)

    @overload
    def __getitem__(self, place: int) -> OverheadRate: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[OverheadRate, ...]: ...

    def __getitem__(self, place: int | slice) -> OverheadRate | tuple[OverheadRate, ...]:
        if isinstance(place, slice):
            return tuple(_rate_from_json(rate) for rate in self.stored[place])
        return _rate_from_json(self.stored[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _writable(value: Fraction) -> Fraction:
    return value if len(written(value)) <= LONGEST_RATE else rounded(value, _FINEST)


def _optional(value: Fraction | None) -> str | None:
    return None if value is None else written(value)


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
