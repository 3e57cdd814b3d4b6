"""Sheets to compute with, as the JSON of the contract."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.json_fields import parse
from knowledge.accounting.json_sheet import read_sheet
from knowledge.accounting.result_json import bab_as_json
from knowledge.language.languages import Language
from tests.conftest import built_in

_, MESSAGES = built_in()

Json = dict[str, Any]


def centres(**roles: str) -> list[Json]:
    """`geb="general"`: a centre and its role."""
    return [{"id": name, "role": role} for name, role in roles.items()]


def computed(sheet: Json) -> Bab:
    """By way of the text of a file."""
    return compute(read_sheet(parse(json.dumps(sheet).encode(), "sheet.json")))


def result(sheet: Json) -> Json:
    """What the command line gives."""
    answer: Json = json.loads(json.dumps(bab_as_json(computed(sheet), MESSAGES, Language.EN)))
    return answer


def written_to(folder: Path, content: str | bytes | Mapping[str, Any], name: str = "sheet.json") -> Path:
    """A file with this content."""
    file = folder / name
    if isinstance(content, Mapping):
        content = json.dumps(content)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


MODEL: Json = {
    "currency": "EUR",
    "unit": "1000",
    "cost_centres": [
        {"id": "geb", "name": "Gebäude", "role": "general"},
        {"id": "fuhr", "name": "Fuhrpark", "role": "general"},
        {"id": "f1", "name": "Fertigung I", "role": "production"},
        {"id": "f2", "name": "Fertigung II", "role": "production"},
        {"id": "mat", "name": "Material", "role": "material"},
        {"id": "vv", "name": "Verwaltung und Vertrieb", "role": "administration_sales"},
    ],
    "overheads": [
        {
            "name": name,
            "total": total,
            "amounts": dict(zip(("geb", "fuhr", "f1", "f2", "mat", "vv"), amounts.split(), strict=True)),
        }
        for name, total, amounts in (
            ("Hilfslöhne", "125", "10 5 15 20 12 63"),
            ("Gehälter", "20", "10 2 2 2 2 2"),
            ("Sozialleistungen", "30", "4 8 7 8 2 1"),
            ("Instandhaltung", "62", "4 8 10 12 24 4"),
        )
    ]
    + [{"name": "Kalkulatorische Zinsen"}],
    "allocations": [
        {"from": "geb", "to": {"fuhr": "4", "f1": "8", "f2": "6", "mat": "8", "vv": "2"}, "unit": "m²"},
        {"from": "fuhr", "to": {"f1": "0", "f2": "5", "mat": "15", "vv": "7"}, "unit": "km"},
    ],
    "bases": {
        "f1": {"kind": "wages", "amount": "100"},
        "f2": {"kind": "wages", "amount": "200"},
        "mat": {"kind": "direct_material", "amount": "525"},
        "vv": {"kind": "manufacturing_cost_of_production"},
    },
}
"""The model calculation of an article on the multi-step BAB, in thousand EUR."""
