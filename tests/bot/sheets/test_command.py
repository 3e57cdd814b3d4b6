"""`run_bot.py bab FILE.xlsx|csv [--json] [--out FILE.xlsx]`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from run_bot import app
from tests.bot.sheets.books import MODEL, MODEL_RATES, csv_file, rates, read, workbook


@pytest.fixture(autouse=True)
def nothing_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # there is no .env here


def bab(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["bab", *arguments], env={"DEFAULT_LANGUAGE": "de"})


@pytest.mark.parametrize(("name", "content"), [("bab.xlsx", workbook(MODEL)), ("bab.csv", csv_file(MODEL))])
def test_the_model_calculation_as_a_file(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    ended = bab(name, "--json")
    assert (ended.exit_code, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)
    assert {centre: rate["exact"] for centre, rate in found["rates"].items()} == MODEL_RATES
    assert found["manufacturing_cost_of_production"] == "983"


def test_the_completed_sheet_comes_back_as_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "bab.csv").write_bytes(csv_file(MODEL))
    ended = bab("bab.csv", "--out", "fertig.xlsx")
    assert "✓ Hauptkostenstellen tragen alle Gemeinkosten: 237 = 237" in ended.stdout
    assert rates(read((tmp_path / "fertig.xlsx").read_bytes())) == MODEL_RATES


def test_a_wrong_sheet_is_one_line_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "bab.csv").write_bytes(csv_file("Kostenart|Summe|Material|Fertigung\nLöhne|12|5|sieben"))
    ended = bab("bab.csv", "--json", "--out", "fertig.xlsx")
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == "D2: erwartet ist ein Betrag wie 1.234,50, hier steht sieben\n"
    assert not (tmp_path / "fertig.xlsx").exists()


@pytest.mark.parametrize(
    ("out", "line"),
    [
        ("fertig.pdf", "fertig.pdf: der Name der Arbeitsmappe endet auf .xlsx\n"),
        ("nirgends/fertig.xlsx", "fertig.xlsx: den Ordner dafür gibt es nicht\n"),
    ],
)
def test_where_it_can_not_be_written(out: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "bab.csv").write_bytes(csv_file(MODEL))
    ended = bab("bab.csv", "--out", out)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", line)
