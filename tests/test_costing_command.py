"""`costing FILE`: a table to read, exact JSON, or one line that says what is wrong and where."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.command_line.bab import UNREADABLE, no_access
from bot.sheets.limits import LARGEST_FILE
from run_bot import app
from tests.bot.process import run_bot

IDYLLIC = {
    "kind": "costing",
    "direction": "backward",
    "gross_price": "1450",
    "vat_rate": "16%",
    "trade_discount_rate": "33 1/3%",
    "cash_discount_rate": "3%",
    "commission_rate": "4%",
    "profit_rate": "25%",
    "administration_sales_rate": "12%",
    "production": [{"wages": "102", "overhead_rate": "115%"}],
    "material_overhead_rate": "12.5%",
    "variable_cost": "480",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # there is no .env here
    return tmp_path / "kalkulation.json"


def told(file: Path, content: Any, *options: str, language: str = "de") -> Result:
    """What the command answers to a file with this content."""
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        file.write_text(json.dumps(content), encoding="utf-8")
    return CliRunner().invoke(app, ["costing", str(file), *options], env={"DEFAULT_LANGUAGE": language})


def refused(result: Result) -> str:
    """The one line that it ended with."""
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    return str(line)


def test_a_costing_is_read_line_by_line_as_on_paper(file: Path) -> None:
    result = told(file, {**IDYLLIC, "stock": {"increase": "2", "decrease": "2"}})
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.replace("\u00a0", " ").splitlines() == [
        "  Fertigungsmaterial                                 297,13",
        "+ Materialgemeinkosten                     12,5 %     37,14",
        "= Materialkosten                                     334,27",
        "+ Fertigungslöhne                                    102,00",
        "+ Fertigungsgemeinkosten                    115 %    117,30",
        "= Fertigungskosten                                   219,30",
        "= Herstellkosten                                     553,57",
        "− Bestandsmehrung                                      2,00",
        "+ Bestandsminderung                                    2,00",
        "= Herstellkosten des Umsatzes                        553,57",
        "+ Verwaltungs- und Vertriebsgemeinkosten     12 %     66,43",
        "= Selbstkosten                                       620,00",
        "+ Gewinn                                     25 %    155,00",
        "= Barverkaufspreis                                   775,00",
        "+ Kundenskonto                                3 %     25,00",
        "+ Vertreterprovision                          4 %     33,33",
        "= Zielverkaufspreis                                  833,33",
        "+ Kundenrabatt                            33,33 %    416,67",
        "= Listenverkaufspreis                              1.250,00",
        "+ Mehrwertsteuer                             16 %    200,00",
        "= Bruttoverkaufspreis                              1.450,00",
        "",
        "Gewinn auf die Selbstkosten: 25 %",
        "Preisuntergrenze langfristig: 620,00",
        "Preisuntergrenze kurzfristig: 480,00",
    ]


def test_lines_that_say_nothing_are_left_out(file: Path) -> None:
    result = told(file, {"kind": "costing", "full_cost": "100", "direct_material": "5"}, language="en")
    assert result.stdout.splitlines() == [
        "  Full cost   100.00",
        "= List price  100.00",
        "",
        "Price floor, long-term: 100.00",
        "direct_material: is not needed in this direction and left out",
    ]


def test_each_stage_has_its_lines_above_their_sum(file: Path) -> None:
    stages = [{"name": "Säge", "wages": "10"}, {"wages": "5", "overhead_rate": "20%"}]
    result = told(file, {"kind": "costing", "production": stages})
    assert result.stdout.replace("\u00a0", " ").splitlines()[:7] == [
        "  Fertigungslöhne Säge            10,00",
        "  Fertigungslöhne 2                5,00",
        "+ Fertigungslöhne                 15,00",
        "  Fertigungsgemeinkosten 2  20 %   1,00",
        "+ Fertigungsgemeinkosten           1,00",
        "= Fertigungskosten                16,00",
        "= Selbstkosten                    16,00",
    ]


def test_a_loss_is_said_below_the_table(file: Path) -> None:
    result = told(file, {"kind": "costing", "direction": "difference", "full_cost": "100", "list_price": "90"})
    assert "Gewinn auf die Selbstkosten: -10 %" in result.stdout.replace("\u00a0", " ")
    assert result.stdout.splitlines()[-1] == "profit: Verlust: der Preis deckt die Selbstkosten nicht"


def test_trade_takes_the_suppliers_discounts_off(file: Path) -> None:
    purchase = {"list_price": "1000", "trade_discount_rate": "10%", "cash_discount_rate": "2%", "delivery_costs": "18"}
    result = told(file, {"kind": "costing", "scheme": "trade", "purchase": purchase, "handling_rate": "25%"})
    assert result.stdout.replace("\u00a0", " ").splitlines()[:9] == [
        "  Listeneinkaufspreis        1.000,00",
        "− Lieferantenrabatt    10 %    100,00",
        "= Zieleinkaufspreis            900,00",
        "− Lieferantenskonto     2 %     18,00",
        "= Bareinkaufspreis             882,00",
        "+ Bezugskosten                  18,00",
        "= Bezugspreis                  900,00",
        "+ Handlungskosten      25 %    225,00",
        "= Selbstkosten               1.125,00",
    ]


def test_a_machine_is_shown_by_the_year_and_by_the_hour(file: Path) -> None:
    result = told(
        file,
        {
            "kind": "machine_hour_rate",
            "hours": "2000",
            "depreciation": {"value": "500000", "years": "10"},
            "energy": {"kw": "10", "price": "0.3"},
            "other": [{"name": "Wagnisse", "amount": "2400"}],
            "remaining_overheads": {"amount": "37700", "wages": "65000"},
        },
    )
    assert result.stdout.replace("\u00a0", " ").splitlines() == [
        "Laufstunden: 2.000",
        "Kosten                          im Jahr  je Stunde",
        "Kalkulatorische Abschreibung  50.000,00      25,00",
        "Energiekosten                  6.000,00       3,00",
        "Wagnisse                       2.400,00       1,20",
        "Maschinenstundensatz          58.400,00      29,20",
        "Restgemeinkostenzuschlag auf die Löhne: 58 %",
    ]


def test_json_is_exact(file: Path) -> None:
    result = told(file, IDYLLIC, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = json.loads(result.stdout)
    lines = {line["id"]: line["amount"] for line in answer["lines"]}
    assert (lines["list_price"], lines["trade_discount"], lines["full_cost"]) == ("1250", "1250/3", "620")
    assert (answer["profit_rate"], answer["price_floor_short_term"]) == ("0.25", "480")


async def test_the_real_process_answers_too(file: Path) -> None:
    told(file, {"kind": "machine_hour_rate", "hours": "3", "energy": {"kw": "1", "price": "2"}})  # writes it
    ended = await run_bot(file.parent, "costing", str(file), "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["rate"] == "2"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "kalkulation.json: "),
        (b"", "kalkulation.json: "),
        (b"{'kind'", "kalkulation.json: "),
        (b"\x00\xff", "kalkulation.json: "),
        (b" " * (LARGEST_FILE + 1), "kalkulation.json: ist größer als 5 MB"),
        (b"[" * 100_000, "kalkulation.json: ist tiefer geschachtelt"),
        (b'{"kind": "costing", "full_cost": NaN}', "full_cost: "),
        (b'{"kind": "costing", "full_cost": "1", "full_cost": "1"}', "full_cost: steht doppelt da"),
        ([], "JSON: erwartet ist ein Objekt"),
        (
            {"kind": "costing", "full_cost": "1", "trade_discount_rate": "100%"},
            "trade_discount_rate: weniger als 100 %",
        ),
    ],
    ids=["no-file", "empty", "no-json", "no-text", "too-large", "too-deep", "nan", "twice", "list", "impossible"],
)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "json"])
def test_what_cannot_be_used_ends_with_one_line(file: Path, content: Any, line: str, options: tuple[str, ...]) -> None:
    assert refused(told(file, content, *options)).startswith(line)


@pytest.mark.parametrize(
    ("language", "missing", "folder"),
    [
        ("de", "kalkulation.json: diese Datei gibt es nicht", "ordner.json: das ist ein Ordner und keine Datei"),
        ("en", "kalkulation.json: there is no such file", "ordner.json: this is a folder and no file"),
    ],
)
def test_why_a_file_is_not_read_is_said_in_the_person_s_language(
    file: Path, language: str, missing: str, folder: str
) -> None:
    assert refused(told(file, None, language=language)) == missing
    (file.parent / "ordner.json").mkdir()
    assert refused(told(file.parent / "ordner.json", None, language=language)) == folder


@pytest.mark.parametrize("command", ["costing", "bab"])
def test_a_file_that_may_not_be_read_is_no_riddle(file: Path, command: str) -> None:
    told(file, {"kind": "costing", "full_cost": "1"})
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("root may read everything")
    result = CliRunner().invoke(app, [command, str(file)], env={"DEFAULT_LANGUAGE": "de"})
    assert refused(result) == "kalkulation.json: ich darf diese Datei nicht lesen"


def test_what_the_system_says_is_told_by_its_number() -> None:
    def key(number: int) -> str:
        return no_access(Path("a.json"), OSError(number, os.strerror(number)), UNREADABLE, "otherwise").key

    assert key(errno.EACCES) == key(errno.EPERM) == "accounting.file.not_allowed"
    assert key(errno.EIO) == "otherwise"


@pytest.mark.parametrize("written", ["19", 19, "19.0", "1"])
def test_per_cent_without_its_sign_is_computed_and_asked_about(file: Path, written: str | int) -> None:
    result = told(file, {"kind": "costing", "full_cost": "100", "vat_rate": written})
    last = result.stdout.replace("\u00a0", " ").splitlines()[-1]
    assert (result.exit_code, last.startswith("vat_rate: das sind ")) == (0, True)
    assert last.endswith(f'gemeint ist wohl "{written}%", mit Prozentzeichen')
    (warning,) = json.loads(told(file, {"kind": "costing", "full_cost": "1", "vat_rate": "19"}, "--json").stdout)[
        "warnings"
    ]
    assert warning["code"] == "no_percent_sign"


def test_rates_with_their_sign_and_money_per_hour_are_not_asked_about(file: Path) -> None:
    stages = [{"hours": "2", "hourly_rate": "12.50", "overhead_rate": "110%"}, {"wages": "1", "overhead_rate": "0.4"}]
    answer = json.loads(told(file, {"kind": "costing", "production": stages, "vat_rate": "19%"}, "--json").stdout)
    assert answer["warnings"] == []


def test_a_machine_s_interest_is_asked_about_too(file: Path) -> None:
    year = {"kind": "machine_hour_rate", "hours": "1000", "interest": {"value": "1000", "rate": "8"}}
    assert "interest.rate: das sind 800" in told(file, year).stdout
    assert "warnings" in json.loads(told(file, year, "--json").stdout)
    sound = {**year, "interest": {"value": "1000", "rate": "8%"}}
    assert "warnings" not in json.loads(told(file, sound, "--json").stdout)


def test_many_faults_stay_one_line_of_300_characters(file: Path) -> None:
    stages = [{"wages": "1,5", "overhead_rate": "x"} for _ in range(100)]
    line = refused(told(file, {"kind": "costing", "production": stages}))
    assert line.startswith("production[0].wages: erwartet ist ein Dezimalpunkt")
    assert line.endswith(" weitere")
    assert len(line) <= 300
