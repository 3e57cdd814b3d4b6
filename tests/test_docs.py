"""The pages keep pace with the code."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from dialogs import menu

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_explained_with_its_default(name: str) -> None:
    page = (ROOT / "docs/settings.md").read_text()
    rows = re.findall(rf"^\| `{name}` \| (.+?) \| .{{10,}} \|$", page, re.MULTILINE)
    assert len(rows) == 1, f"{name} needs one row in docs/settings.md"
    default = Settings.model_fields[name.lower()].default
    written = "none" if default is None else f"`{default}`"
    assert rows[0] == written or (name == "DATABASE_URL" and "SQLite" in rows[0])


def test_no_setting_is_explained_that_does_not_exist() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    named = re.findall(r"`((?:bot|dialogs|knowledge|tests|docs)/[\w/.-]+\.(?:py|yaml|md|toml))`", page.read_text())
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_readme_names_only_commands_that_are_built() -> None:
    words = set(re.findall(r"`/([a-z]+)", (ROOT / "README.md").read_text()))
    assert words
    assert [word for word in sorted(words) if menu.find(word) is None] == []


def test_readme_s_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert {"run", "test"} <= targets
    assert [target for target in sorted(targets) if f"\n{target}:" not in makefile] == []


def test_the_readme_is_two_screens() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 110


def test_documented_command_lines_are_understood() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    commands = {shlex.split(found)[0] for found in re.findall(r"run_bot\.py (\w.*?)\s{2,}", page)}
    assert {"invite", "check", "backup", "migrate"} <= commands
    for command in sorted(commands):
        done = subprocess.run(
            [sys.executable, str(ROOT / "run_bot.py"), command, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
