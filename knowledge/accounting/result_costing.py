"""A costing or a machine-hour rate as JSON: exact numbers as text, labels in the person's language."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from knowledge.accounting.costing import Costed
from knowledge.accounting.exact import written
from knowledge.accounting.faults import Caution
from knowledge.accounting.machine_hour_rate import MachineHourRate, MachineLine
from knowledge.accounting.result_json import warnings_as_json
from knowledge.language.languages import Language
from knowledge.language.messages import Messages


def costing_as_json(
    costed: Costed, messages: Messages, language: Language, further: Iterable[Caution] = ()
) -> dict[str, Any]:
    """Values that `json.dumps` takes; `further` are warnings from reading. What is not known is None."""
    floor = costed.price_floor
    return {
        "lines": [
            {
                "id": line.id,
                "label": messages.text(line.step.label, language, **line.step.params),
                "amount": written(line.amount),
            }
            for line in costed.lines
        ],
        "profit_rate": _written(costed.profit_rate),
        "price_floor_long_term": written(floor.long_term),
        "price_floor_short_term": _written(floor.short_term),
        "warnings": warnings_as_json([*costed.cautions, *further], messages, language),
    }


def machine_as_json(
    result: MachineHourRate, messages: Messages, language: Language, cautions: Iterable[Caution] = ()
) -> dict[str, Any]:
    """Values that `json.dumps` takes; `remaining_rate` is None where there are no remaining overheads."""
    warnings = warnings_as_json(cautions, messages, language)
    return {
        "hours": written(result.hours),
        "lines": [
            {
                "id": line.id,
                "label": machine_label(line, messages, language),
                "per_year": written(line.per_year),
                "per_hour": written(line.per_hour),
            }
            for line in result.lines
        ],
        "rate": written(result.rate),
        "remaining_rate": _written(result.remaining_rate),
        **({"warnings": warnings} if warnings else {}),
    }


def machine_label(line: MachineLine, messages: Messages, language: Language) -> str:
    """The person's own name of the line, else the textbook's."""
    return line.name or messages.text(f"costing.machine.{line.id}", language)


def _written(value: Fraction | None) -> str | None:
    return None if value is None else written(value)
