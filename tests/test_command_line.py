"""The command line as an operator types it: exit code 0 fine, 1 with one line that says why, 2 wrong usage."""

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.playground.serving import running_standin
from bot.playground.standin import SELLER, Standin
from bot.storage.schema import metadata
from run_bot import app
from tests.bot.process import RUN_BOT, Ended, Process, run_bot, running

TOKEN = "1:TEST"
WITH_TOKEN = {"TELEGRAM_BOT_TOKEN": TOKEN}
INVITE = ("invite", "--role", "seller", "--team", "Team Süd", "--json")
COMMANDS = ("invite", "backup", "check", "migrate")


def counts(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 (our own tables)
            for table in sorted(metadata.tables)
        }


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Runs a command as `run_bot` does, but without a process: most of it would be spent on starting Python."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str, **settings: object) -> Ended:
        given = {"DATA_DIR": tmp_path / "data", **settings}
        ended = CliRunner().invoke(app, arguments, env={name: str(value) for name, value in given.items()})
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return typed


@pytest.fixture
def stored(empty_database: Path, tmp_path: Path) -> Path:
    """A database that is up to date, where the commands look for it."""
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(empty_database, tmp_path / "data" / "roter-faden.sqlite"))


def well(ended: Ended) -> Ended:
    """It went well, without a word on stderr."""
    assert (ended.code, ended.err) == (0, ""), ended.err
    return ended


@asynccontextmanager
async def bot_and_server(folder: Path) -> AsyncIterator[tuple[Process, Standin]]:
    """A bot that polls a stand-in."""
    async with (
        running_standin(TOKEN, limits=None) as standin,
        running(folder, **WITH_TOKEN, TELEGRAM_API_URL=standin.url) as bot,
    ):
        yield bot, standin


async def test_the_help_names_every_command(tmp_path: Path) -> None:
    said = well(await run_bot(tmp_path, "--help")).out
    assert all(command in said for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [("dance",), ("invite",), ("invite", "--role", "king", "--team", "Süd"), ("backup",), ("--fast",)]
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    ended = CliRunner().invoke(app, arguments)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert "Usage:" in ended.stderr


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"MESSAGES_PER_SECOND": "fast"}, "MESSAGES_PER_SECOND: Input should be a valid number"),
        ({"MESSAGES_PER_SECOND": "0.5"}, "MESSAGES_PER_SECOND: Input should be greater than or equal to 1"),
        ({"DEFAULT_TIMEZONE": "Europe/Bielefeld"}, "DEFAULT_TIMEZONE: Value error, is no zone, such as Europe/Berlin"),
        ({"TELEGRAM_BOT_TOKEN": "1:secret-word", "WEBHOOK_URL": "https://bot.example.org/hook"}, "WEBHOOK_SECRET"),
    ],
    ids=["rate", "too-slow", "zone", "webhook-secret"],
)
@pytest.mark.parametrize("command", [[], ["check"], ["migrate"], [*INVITE]], ids=lambda command: "".join(command[:1]))
def test_wrong_settings_end_every_command_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], settings: dict[str, str], complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)  # there is no .env here
    ended = CliRunner().invoke(app, command, env=settings)
    assert (ended.exit_code, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert complaint in line
    assert "secret-word" not in line


UNREACHED = "postgresql+psycopg://bot:secret-word@127.0.0.1:1/bot"


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({**WITH_TOKEN, "DATABASE_URL": "mysql://bot:secret-word@example.org/bot"}, "mysql"),
        ({**WITH_TOKEN, "DATABASE_URL": "no address"}, "DATABASE_URL is no database"),
        ({**WITH_TOKEN, "DATABASE_URL": "postgresql+psycopg://bot@host:secret-word/b"}, "DATABASE_URL is no database"),
        ({**WITH_TOKEN, "DATABASE_URL": UNREACHED}, "database"),
        ({**WITH_TOKEN, "DATA_DIR": "/dev/null/data"}, "can't start"),
    ],
    ids=["other-database", "no-address", "no-port", "no-server", "no-folder"],
)
def test_what_cannot_be_opened_is_told_in_one_line(
    typed: Callable[..., Ended], settings: dict[str, str], names: str
) -> None:
    ended = typed(*INVITE, **settings)
    assert ended.code == 1
    assert names in ended.complaint
    assert "secret-word" not in ended.err


async def test_a_start_without_its_database_ends_with_one_line(tmp_path: Path) -> None:
    ended = await run_bot(tmp_path, **WITH_TOKEN, DATABASE_URL=UNREACHED)
    assert ended.code == 1
    assert "database" in ended.complaint
    assert "secret-word" not in ended.err


async def test_a_second_process_on_the_same_data_is_refused_however_they_are_named(tmp_path: Path) -> None:
    async with bot_and_server(tmp_path) as (first, standin):
        await first.logs("polling")
        by_its_url = {"DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'roter-faden.sqlite'}"}
        others = (run_bot(tmp_path, **WITH_TOKEN, TELEGRAM_API_URL=standin.url, **named) for named in ({}, by_its_url))
        for second in await asyncio.gather(*others):
            assert second.code == 1
            assert "another process is running" in second.complaint
        assert not first.ended


async def test_an_invite_has_no_link_until_the_bot_was_online_and_lets_in_while_it_runs(
    tmp_path: Path, typed: Callable[..., Ended]
) -> None:
    early = json.loads(well(typed(*INVITE, **WITH_TOKEN)).out)
    assert early["link"] is None
    async with bot_and_server(tmp_path) as (bot, standin):
        await bot.logs("polling")
        late = json.loads(well(await run_bot(tmp_path, *INVITE, **WITH_TOKEN)).out)
        assert late["link"] == f"https://t.me/roter_faden_bot?start={late['code']}"
        assert late["code"] != early["code"]
        for invite in (late, early):
            sent = standin.say(SELLER.id, f"/start {invite['code']}")
            answer = await standin.next_message(SELLER.id, after=sent["message_id"], within=10)
            assert "Team Süd" in answer["text"]
    assert datetime.fromisoformat(early["expires_at"]).utcoffset() == timedelta(0), "a time with its zone"
    stored = (tmp_path / "data" / "roter-faden.sqlite").read_bytes()
    assert early["code"].encode() not in stored, "only its hash is kept"


def test_an_invite_for_people_says_what_to_do(typed: Callable[..., Ended]) -> None:
    said = well(typed(*INVITE[:-1], **WITH_TOKEN)).out.splitlines()
    assert said[0].startswith("/start ")
    assert said[1].startswith("for one seller, valid until ")


async def test_a_database_of_another_version_is_told_in_one_line(
    tmp_path: Path, stored: Path, typed: Callable[..., Ended]
) -> None:
    with closing(sqlite3.connect(stored, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for ended in (await run_bot(tmp_path, **WITH_TOKEN), typed(*INVITE, **WITH_TOKEN)):
        assert ended.code == 1
        assert ended.complaint.startswith("the database belongs to another version of the bot")


def test_a_team_without_a_name_is_refused(typed: Callable[..., Ended]) -> None:
    ended = typed("invite", "--role", "manager", "--team", "  ", **WITH_TOKEN)
    assert ended.code == 1
    assert "the team's name" in ended.complaint


async def test_a_backup_is_taken_while_the_bot_works_and_is_a_whole_database(
    tmp_path: Path, typed: Callable[..., Ended]
) -> None:
    copy = tmp_path / "copy.sqlite"
    async with bot_and_server(tmp_path) as (bot, standin):
        await bot.logs("polling")
        invite = json.loads(well(typed(*INVITE, **WITH_TOKEN)).out)
        for text in (f"/start {invite['code']}", "/gespraech Muster GmbH", "Er parkt im Hof"):
            sent = standin.say(SELLER.id, text)
            await standin.next_message(SELLER.id, after=sent["message_id"], within=10)
        well(await run_bot(tmp_path, "backup", str(copy), **WITH_TOKEN))
        bot.terminate()
        assert await bot.code() == 0
    live = counts(tmp_path / "data" / "roter-faden.sqlite")
    assert counts(copy) == live
    assert (live["person"], live["conversation"], live["inbox"]) == (1, 1, 3)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert copy.stat().st_mode & 0o077 == 0, "nobody else may read it"
    again = typed("backup", str(copy), **WITH_TOKEN)
    assert again.code == 1
    assert "is there already" in again.complaint


def test_a_backup_of_nothing_is_refused(typed: Callable[..., Ended]) -> None:
    ended = typed("backup", "copy.sqlite", **WITH_TOKEN)
    assert ended.code == 1
    assert "no database" in ended.complaint


async def test_check_finds_all_well_before_the_first_start_and_after_migrate(
    tmp_path: Path, typed: Callable[..., Ended]
) -> None:
    before = well(typed("check", **WITH_TOKEN)).out
    assert "none yet" in before
    assert "own content" not in before
    assert not (tmp_path / "data").exists(), "looking changes nothing"
    well(typed("migrate", **WITH_TOKEN))
    well(typed("migrate", **WITH_TOKEN))
    after = well(await run_bot(tmp_path, "check", **WITH_TOKEN)).out
    assert "schema: up to date" in after
    assert "BAD" not in after


def test_check_tells_an_old_schema(stored: Path, typed: Callable[..., Ended]) -> None:
    with closing(sqlite3.connect(stored, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    ended = typed("check", **WITH_TOKEN)
    assert ended.code == 1
    assert ended.complaint == "schema: old: run `python run_bot.py migrate`"


def test_check_tells_a_file_that_is_no_database(tmp_path: Path, typed: Callable[..., Ended]) -> None:
    file = tmp_path / "data" / "roter-faden.sqlite"
    file.parent.mkdir()
    file.write_bytes(b"this is a letter, not a database" * 200)
    ended = typed("check", **WITH_TOKEN)
    assert ended.code == 1
    assert ended.complaint.startswith("database: can't be opened")


async def test_check_tells_broken_content(tmp_path: Path) -> None:
    """On a copy of the program whose content somebody has changed by hand."""
    house = await asyncio.to_thread(_copy_of_the_house, tmp_path)
    messages = house / "knowledge" / "content" / "de" / "messages.yaml"
    messages.write_text(messages.read_text().replace("turn:", "turn: [", 1))
    code = f"import sys; sys.path.insert(0, {str(house)!r}); import run_bot; run_bot.main()"
    ended = await run_bot(tmp_path, "-c", code, "check", **WITH_TOKEN)
    assert ended.code == 1
    assert ended.complaint.startswith("content: ")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A company's own content: something added, changed, switched off, and overdue."""
    german = tmp_path / "own" / "de"
    (german / "utterances" / "none").mkdir(parents=True)
    (german / "products.yaml").write_text(
        "e200: {name: E200, offer: goods, benefits: [Freitags um vier Schluss], owner: Vertrieb, review_by: 2024-03-31}"
    )
    (german / "signals.yaml").write_text("smiles: {label: strahlt über beide Ohren}")
    (german / "closing.yaml").write_text("acceleration_close: {off: true}")
    (german / "utterances" / "none" / "fair.txt").write_text("Wann fährt der Bus zur Messe\nWo parke ich\n")
    return german.parent


def test_check_reports_on_the_company_s_own_content(own: Path, typed: Callable[..., Ended]) -> None:
    lines = well(typed("check", **WITH_TOKEN, KNOWLEDGE_DIR=own)).out.splitlines()
    assert f"ok    own content: {own}; added: products 1; changed: signals 1; utterances: 2" in lines
    assert "ok    switched off: closing acceleration_close" in lines
    assert f"warn  review overdue: {own}/de/products.yaml, e200: 2024-03-31, owner: Vertrieb" in lines


def test_check_names_every_fault_of_own_content(own: Path, typed: Callable[..., Ended]) -> None:
    (own / "de" / "closing.yaml").write_text("weigh_upp: {}\ntrial_order: {sayy: Hm}")
    (own / "de" / "utterances" / "signals").mkdir()
    (own / "de" / "utterances" / "signals" / "winks.txt").write_text("zwinkert")
    ended = typed("check", **WITH_TOKEN, KNOWLEDGE_DIR=own)
    assert ended.code == 1
    bad = [line.removeprefix(f"BAD   own content: {own}/de/") for line in ended.out.splitlines() if "BAD" in line]
    assert [fault.split(":")[0] for fault in bad] == [
        "closing.yaml, weigh_upp",
        "closing.yaml, trial_order → sayy",
        "utterances/signals/winks.txt",
    ]
    assert ended.complaint.startswith(
        f"own content: {own}/de/closing.yaml, weigh_upp: is no id here; did you mean weigh_up?"
    )
    assert ended.complaint.endswith("(and 2 more, named above)")


async def test_check_names_each_fault_in_one_line_whatever_a_file_is_called(tmp_path: Path) -> None:
    own = tmp_path / "own" / "de"
    own.mkdir(parents=True)
    for name in (b"a\nok    content: all is well.yaml", b"\xff.yaml", b"\x1b[2J.yaml"):
        (own / os.fsdecode(name)).touch()
    settings = {**WITH_TOKEN, "KNOWLEDGE_DIR": str(tmp_path / "own"), "PYTHONIOENCODING": "utf-8:strict"}
    ended = await run_bot(tmp_path, "check", **settings)
    assert ended.code == 1
    assert len([line for line in ended.out.splitlines() if line.startswith("BAD   own content: ")]) == 3
    assert not [line for line in ended.out.splitlines() if "all is well" in line and line.startswith("ok")]
    assert "\x1b" not in ended.out


async def test_a_start_on_broken_own_content_is_refused_in_one_line(tmp_path: Path, own: Path) -> None:
    (own / "de" / "closing.yaml").write_text("weigh_upp: {}\ntrial_order: {sayy: Hm}")
    ended = await run_bot(tmp_path, **WITH_TOKEN, KNOWLEDGE_DIR=own)
    assert ended.code == 1
    assert ended.complaint.startswith(f"{own}/de/closing.yaml, weigh_upp: is no id here")
    assert ended.complaint.endswith("(and 1 more: `python run_bot.py check` names them)")


async def test_the_bot_says_it_in_the_company_s_own_words(
    tmp_path: Path, own: Path, typed: Callable[..., Ended]
) -> None:
    async with (
        running_standin(TOKEN, limits=None) as standin,
        running(tmp_path, **WITH_TOKEN, TELEGRAM_API_URL=standin.url, KNOWLEDGE_DIR=own) as bot,
    ):
        await bot.logs("polling")
        invite = json.loads(well(typed(*INVITE, **WITH_TOKEN)).out)
        for text, seen in ((f"/start {invite['code']}", "Team Süd"), ("/signal", "strahlt über beide Ohren")):
            sent = standin.say(SELLER.id, text)
            answer = await standin.next_message(SELLER.id, after=sent["message_id"], within=10)
            assert seen in json.dumps(answer, ensure_ascii=False)
        bot.terminate()  # not killed: whoever is learning the company's words for it would go on alone
        assert await bot.code() == 0


def _copy_of_the_house(folder: Path) -> Path:
    house = folder / "house"
    for package in ("bot", "dialogs", "knowledge"):
        shutil.copytree(RUN_BOT.parent / package, house / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(RUN_BOT, house)
    return house
