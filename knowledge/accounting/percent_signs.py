"""Rates that were written without a per cent sign although they seem to bear one: `"vat_rate": "19"` is 1,900 %.

A rate is a fraction of 1 where there is no sign (the contract), so this is computed; but somebody should be asked.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from knowledge.accounting.faults import Caution
from knowledge.accounting.json_fields import exactly, joined

_AMOUNTS: Final = frozenset({"hourly_rate"})
"""Called a rate, and money per hour."""


def without_percent_sign(value: Any, path: str = "") -> Iterator[Caution]:
    """The rates of a file that was read without a fault that are 100 % or more and bear no per cent sign."""
    if isinstance(value, list):
        for place, entry in enumerate(value):
            yield from without_percent_sign(entry, f"{path}[{place}]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            place_of_it = joined(path, name)
            if isinstance(inner, dict | list):
                yield from without_percent_sign(inner, place_of_it)
            elif _is_rate(name) and not str(inner).endswith("%"):
                rate = exactly(inner, rate=True)
                if rate >= 1:
                    params: dict[str, str | int | Fraction] = {"percent": rate * 100, "here": str(inner)}
                    yield Caution(place_of_it, "costing.warning.no_percent_sign", params)


def _is_rate(name: str) -> bool:
    return (name == "rate" or name.endswith("_rate")) and name not in _AMOUNTS
