"""Costings for tests, as they stand in files."""

import json
from fractions import Fraction
from typing import Any

from knowledge.accounting.costing import Costed, Costing, calculate
from knowledge.accounting.exact import rounded
from knowledge.accounting.json_costing import Read, read_costing
from knowledge.accounting.json_fields import parse
from knowledge.accounting.machine_hour_rate import Machine, MachineHourRate, machine_hour_rate

Json = dict[str, Any]


def read(kind: str = "costing", **fields: Any) -> Read:
    """What a file with these fields asks for."""
    return read_costing(parse(json.dumps({"kind": kind, **fields}).encode(), "file.json"))


def costing(**fields: Any) -> Costing:
    """The costing that these fields are."""
    asked = read(**fields).asked
    assert isinstance(asked, Costing)
    return asked


def costed(**fields: Any) -> Costed:
    """The costing of these fields, worked out."""
    return calculate(costing(**fields))


def machine(**fields: Any) -> Machine:
    """The machine that these fields are."""
    asked = read("machine_hour_rate", **fields).asked
    assert isinstance(asked, Machine)
    return asked


def machine_rate(**fields: Any) -> MachineHourRate:
    """The machine of these fields, worked out."""
    return machine_hour_rate(machine(**fields))


def to_the_cent(value: Fraction) -> Fraction:
    """As a book prints it."""
    return rounded(value, Fraction(1, 100))
