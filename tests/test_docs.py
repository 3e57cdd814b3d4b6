"""The pages keep pace with the code."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import run_bot
from bot.settings import Settings
from bot.sheets.limits import LARGEST_FILE
from bot.storage.housekeeping import KEYS_KEPT, PUT_ASIDE_KEPT
from bot.storage.pushes import KEPT as PUSHES_KEPT
from dialogs import menu
from dialogs.ports.people import PushTimes
from dialogs.pushes.due import IN_USE_FOR
from dialogs.pushes.offers import NO_LATER
from dialogs.reports.facts import SELLERS_FROM
from dialogs.team.members import INVITE_HOLDS
from knowledge.calendar import reading
from knowledge.catalogue import CONTENT_DIR
from knowledge.language.messages import Language, Messages

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
OF_BOTFATHER = {"setinline", "setinlinefeedback"}


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_command_that_is_not_built(page: Path) -> None:
    words = set(re.findall(r"`/([a-z]+)\b", page.read_text())) - OF_BOTFATHER
    assert [word for word in sorted(words) if menu.find(word) is None] == []


def test_the_readme_s_table_has_every_command_with_those_who_may_use_it() -> None:
    told: dict[str, str] = {}
    for words, who in re.findall(r"^\| (`/.+?) \| (all|managers) \|", (ROOT / "README.md").read_text(), re.MULTILINE):
        told |= dict.fromkeys(re.findall(r"`/([a-z]+)`", words), who)
    assert told == {
        command.german: "managers" if command.roles == menu.MANAGERS else "all" for command in menu.COMMANDS
    }


def test_readme_s_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert {"run", "test"} <= targets
    assert [target for target in sorted(targets) if f"\n{target}:" not in makefile] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_a_section_find_it(page: Path) -> None:
    for target, section in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text()):
        text = (page.parent / target if target else page).read_text()
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert section in anchors, f"{page.name} links to {target}#{section}"


def test_every_picture_is_shown_on_a_page() -> None:
    shown = {name for page in PAGES for name in re.findall(r"!\[[^\]]+\]\((?:docs/)?([\w-]+\.png)\)", page.read_text())}
    assert shown == {picture.name for picture in (ROOT / "docs").glob("*.png")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_has_a_gap_to_fill_in(page: Path) -> None:
    assert re.findall(r"@[A-Z0-9_]+@|TODO|TBD|XXX", page.read_text()) == []


def test_the_house_names_every_room() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    named = set(re.findall(r"^\| `((?:bot|dialogs|knowledge)/\w+)/` \|", page, re.MULTILINE))
    rooms = {
        str(door.parent.relative_to(ROOT))
        for top in ("bot", "dialogs", "knowledge")
        for door in ROOT.glob(f"{top}/*/__init__.py")
    }
    assert named == rooms | {"knowledge/content"}


BUTTONS_NAMED = {
    "README.md": ("card.button.next", "report.explained"),
    "docs/operations.md": (
        "settings.times.title", "team.evening.button", "team.evening.sellers", "my_numbers.what_is_seen",
        "report.explained", "agenda.button.file",
    ),
    "docs/bab.md": (
        "bab.button.template", "bab.button.example", "bab.button.go_on", "bab.button.workbook", "bab.button.save",
        "bab.working",
    ),
    "docs/costing.md": (
        "team.sight", "costing.button.working", "costing.button.change", "costing.button.save", "form.resume",
        "price_room.take", "price_room.drop", "price_room.undo",
    ),
    "docs/help.md": (
        "objection_help.more", "objection_help.not_fitting", "objection_help.did_help", "objection.open", "note.keep",
    ),
}  # fmt: skip
"""Messages whose words the pages quote."""


@pytest.mark.parametrize("page", BUTTONS_NAMED)
def test_buttons_are_called_what_they_say(page: str) -> None:
    messages, text = Messages.load(CONTENT_DIR), (ROOT / page).read_text()
    labels = [messages.text(key, Language.DE) for key in BUTTONS_NAMED[page]]
    assert [label for label in labels if f"'{label}'" not in text] == []


def test_operations_gives_the_figures_that_hold() -> None:
    page, times = " ".join((ROOT / "docs/operations.md").read_text().split()), PushTimes()
    assert times.morning is not None
    assert NO_LATER.hour == 12
    assert SELLERS_FROM == 4
    told = [
        f"{times.morning:%H:%M} on working days, until noon",
        f"{times.briefing.seconds // 60} minutes before it",
        f"{Settings.model_fields['summary_time'].default} on working days",
        f"quiet hours ({times.quiet_from:%H:%M} to {times.quiet_until:%H:%M})",
        f"within {IN_USE_FOR.seconds // 60} minutes after they used an open conversation",
        f"from {reading.DAYS_BACK} days back to {reading.DAYS_AHEAD} days ahead",
        f"at most {reading.MOST_OCCURRENCES:,} appointments and {LARGEST_FILE // 2**20} MB",
        f"their keys stay {KEYS_KEPT.days} days",
        f"what was pushed stays {PUSHES_KEPT.days} days",
        f"their text is kept for {PUT_ASIDE_KEPT.days} days",
    ]
    assert [words for words in told if words not in page] == []
    assert INVITE_HOLDS.days == 7
    assert "holds for seven days" in page


def test_the_readme_is_two_screens() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 110


def test_every_command_line_is_documented_and_understood() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    commands = {shlex.split(found)[0] for found in re.findall(r"run_bot\.py (\w.*?)\s{2,}", page)}
    assert commands == {command.callback.__name__ for command in run_bot.app.registered_commands if command.callback}
    for command in sorted(commands):
        done = subprocess.run(
            [sys.executable, str(ROOT / "run_bot.py"), command, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


@pytest.mark.parametrize(
    ("page", "command", "ending", "told"),
    [("costing.md", "costing", "json", "10.246,66"), ("bab.md", "bab", "csv", "Fertigung 65 80 200 40,00 %")],
)
def test_examples_to_copy_are_computed(page: str, command: str, ending: str, told: str, tmp_path: Path) -> None:
    found = re.search(rf"^```{ending}\n(.+?)^```$", (ROOT / "docs" / page).read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    file = tmp_path / f"example.{ending}"
    file.write_text(found[1], encoding="utf-8")
    result = CliRunner().invoke(run_bot.app, [command, str(file)], env={"DEFAULT_LANGUAGE": "de"})
    assert (result.exit_code, result.stderr) == (0, "")
    assert told in re.sub(r"\s+", " ", result.stdout)
