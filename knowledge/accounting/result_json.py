"""A computed BAB as JSON: exact numbers as text, names of checks in English, since programs read them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from knowledge.accounting.bab import Bab
from knowledge.accounting.coverage import Covered
from knowledge.accounting.exact import percent, ratio, written
from knowledge.accounting.faults import Caution
from knowledge.accounting.rates import Rate
from knowledge.language.languages import Language
from knowledge.language.messages import Messages


def bab_as_json(bab: Bab, messages: Messages, language: Language) -> dict[str, Any]:
    """Values that `json.dumps` takes. Manufacturing cost and coverage are left out where there are none."""
    primary, allocated = bab.distribution.primary, bab.allocated
    result: dict[str, Any] = {
        "overheads": [{"name": row.name, "amounts": _written(row.amounts)} for row in bab.distribution.rows],
        "primary": {**_written(primary), "total": written(bab.distribution.total)},
        "allocation_prices": _written(allocated.prices),
        "after_allocation": _written(allocated.after),
        "outside": _written(allocated.outside),
    }
    if cost := bab.manufacturing_cost:
        result["manufacturing_cost_of_production"] = written(cost.of_production)
        result["manufacturing_cost_of_sales"] = written(cost.of_sales)
    result["rates"] = {rate.centre: _rate(rate) for rate in bab.rates}
    if bab.coverage:
        covered = {**bab.coverage.centres, "total": bab.coverage.total}
        result["coverage"] = {centre: _covered(entry) for centre, entry in covered.items()}
    result["checks"] = [
        {
            "name": messages.text(f"accounting.check.{check.kind}", Language.EN),
            "left": written(check.left),
            "right": written(check.right),
            "holds": check.holds,
        }
        for check in bab.checks
    ]
    result["warnings"] = warnings_as_json(bab.cautions, messages, language)
    return result


def warnings_as_json(cautions: Iterable[Caution], messages: Messages, language: Language) -> list[dict[str, str]]:
    """Code and sentence of each; the sentence names the place."""
    return [{"code": caution.code, "message": caution.sentence(messages, language)} for caution in cautions]


def _rate(rate: Rate) -> dict[str, str]:
    if rate.per:
        return {"exact": written(rate.exact), "per": rate.per.value, "base": written(rate.base)}
    return {"exact": ratio(rate.exact), "percent": percent(rate.exact), "base": written(rate.base)}


def _covered(covered: Covered) -> dict[str, str]:
    return {
        "normal": written(covered.normal),
        "actual": written(covered.actual),
        "difference": written(covered.difference),
    }


def _written(amounts: Mapping[str, Fraction]) -> dict[str, str]:
    return {centre: written(amount) for centre, amount in amounts.items()}
