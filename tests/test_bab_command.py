"""`run_bot.py bab FILE`: a sheet in, the completed sheet out; one line on stderr for whatever is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from run_bot import app
from tests.bot.process import run_bot
from tests.knowledge.accounting.sheets import MODEL, written_to


def bab(*arguments: object, **settings: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["bab", *map(str, arguments)], env={"DEFAULT_LANGUAGE": "en", **settings})


@pytest.fixture(autouse=True)
def nothing_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # there is no .env here


async def test_the_model_calculation_from_the_command_line(tmp_path: Path) -> None:
    ended = await run_bot(tmp_path, "bab", str(written_to(tmp_path, MODEL)), "--json")
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert {centre: rate["percent"] for centre, rate in found["rates"].items()} == {
        "f1": "42.00",
        "f2": "26.50",
        "mat": "12.00",
        "vv": "8.04",
    }
    assert not (tmp_path / "data").exists(), "computing needs no database"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "✓ Hauptkostenstellen tragen alle Gemeinkosten: 237 = 237"),
        ("en", "✓ main centres carry all overheads: 237 = 237"),
    ],
)
def test_without_json_it_is_a_table_in_the_default_language(tmp_path: Path, language: str, words: str) -> None:
    ended = bab(written_to(tmp_path, MODEL), DEFAULT_LANGUAGE=language)
    assert ended.exit_code == 0
    assert words in ended.stdout.splitlines()


def test_the_name_of_a_check_is_the_same_for_programs_in_every_language(tmp_path: Path) -> None:
    found: Any = json.loads(bab(written_to(tmp_path, MODEL), "--json", DEFAULT_LANGUAGE="de").stdout)
    assert [check["name"] for check in found["checks"]] == [
        "rows add up",
        "what is allocated arrives",
        "main centres carry all overheads",
    ]


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "table"])
@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("empty.json", "", "empty.json: is no valid JSON"),
        ("list.json", "[]", "JSON: expected an object"),
        ("float.json", '{"cost_centres": [], "primary": {"a": 1.5}}', "cost_centres: expected at least one"),
        ("nan.json", '{"special_direct_costs_production": NaN}', "cost_centres: is missing; special_direct_costs"),
        ("twice.json", '{"unit": "1", "unit": "1"}', "unit: stands there twice"),
        ("deep.json", "[" * 200_000, "deep.json: is nested deeper"),
        ("latin.json", '{"unit": "é"}'.encode("latin-1"), "latin.json: is no text in UTF-8"),
        ("large.json", b" " * (5 * 2**20 + 1), "large.json: is larger than 5 MB"),
        ("sheet.pdf", "%PDF", "sheet.pdf: this kind of file can't be read; expected is .json"),
        ("sheet", "{}", "sheet: this kind of file can't be read"),
    ],
)
def test_whatever_is_wrong_is_one_line_and_nothing_on_stdout(
    tmp_path: Path, name: str, content: str | bytes, line: str, as_json: bool
) -> None:
    ended = bab(written_to(tmp_path, content, name), *(["--json"] if as_json else []))
    assert (ended.exit_code, ended.stdout) == (1, "")
    (said,) = ended.stderr.splitlines()
    assert line in said
    assert len(said) <= 300


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for name, reason in (("none.json", "there is no such file"), ("folder.json", "this is a folder and no file")):
        ended = bab(tmp_path / name, "--json")
        assert (ended.exit_code, ended.stdout) == (1, "")
        (said,) = ended.stderr.splitlines()
        assert reason in said


def test_without_a_file_it_is_wrong_usage() -> None:
    assert bab().exit_code == 2
