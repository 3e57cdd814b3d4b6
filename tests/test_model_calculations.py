"""The two calculations of the article on the BAB, through the command line: as JSON, as .xlsx, as .csv, and written.

In the chat: tests/dialogs/test_bab.py.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from run_bot import app
from tests.bot.sheets.books import MODEL as MODEL_TABLE
from tests.bot.sheets.books import csv_file, workbook
from tests.knowledge.accounting.sheets import MODEL, centres

CASE: dict[str, Any] = {
    "currency": "EUR",
    "period": "2013-05",
    "cost_centres": centres(
        Material="material", Fertigung="production", Verwaltung="administration", Vertrieb="sales"
    ),
    "overheads": [
        {"name": "Übrige", "total": "398000",
         "amounts": {"Material": "84200", "Fertigung": "108500", "Verwaltung": "168500", "Vertrieb": "36800"}},
        {"name": "Ohne Namen", "total": "16000", "amounts": {"Fertigung": "4000", "Verwaltung": "12000"}},
    ],
    "bases": {
        "Material": {"kind": "direct_material", "amount": "360000"},
        "Fertigung": {"kind": "wages", "amount": "450000"},
        "Verwaltung": {"kind": "manufacturing_cost_of_production"},
        "Vertrieb": {"kind": "manufacturing_cost_of_production"},
    },
}  # fmt: skip
CASE_TABLE = """
Kostenart (EUR)    | Summe  | Material | Fertigung | Verwaltung | Vertrieb
Übrige             | 398000 | 84200    | 108500    | 168500     | 36800
Ohne Namen         | 16000  |          | 4000      | 12000      |
Summe              | 414000 | 84200    | 112500    | 180500     | 36800
Zuschlagsgrundlage |        | 360000   | 450000    |            |
"""
MODEL_FOUND = ("983", ["8.04", "12.00", "26.50", "42.00"])
CASE_FOUND = ("1006700", ["3.66", "17.93", "23.39", "25.00"])


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("model.json", json.dumps(MODEL).encode(), MODEL_FOUND),
        ("model.xlsx", workbook(MODEL_TABLE), MODEL_FOUND),
        ("model.csv", csv_file(MODEL_TABLE), MODEL_FOUND),
        ("case.json", json.dumps(CASE).encode(), CASE_FOUND),
        ("case.xlsx", workbook(CASE_TABLE), CASE_FOUND),
        ("case.csv", csv_file(CASE_TABLE), CASE_FOUND),
    ],
)
def test_manufacturing_cost_and_rates_are_those_of_the_article_and_survive_the_workbook(
    name: str, content: bytes, expected: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    assert answer(name, "--out", "written.xlsx") == expected
    assert answer("written.xlsx") == expected


def answer(*arguments: str) -> tuple[str, list[str]]:
    """Manufacturing cost and rates in per cent, smallest first."""
    ended = CliRunner().invoke(app, ["bab", *arguments, "--json"])
    assert (ended.exit_code, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)
    assert all(check["holds"] for check in found["checks"])
    rates = sorted((rate["percent"] for rate in found["rates"].values()), key=float)
    return found["manufacturing_cost_of_production"], rates
