"""A backup is a whole and consistent copy, taken while the bot runs, and never writes over anything."""

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.storage.backup import NoBackup, back_up
from bot.storage.engine import sqlite_url
from bot.storage.facts import write_fact
from tests.bot.storage.databases import ONLY_POSTGRES, ONLY_SQLITE, Database


def facts_in(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [name for (name,) in connection.execute("SELECT name FROM fact ORDER BY name")]
    finally:
        connection.close()


@ONLY_SQLITE
def test_a_backup_holds_what_was_committed_and_nothing_half_done(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    target = folder / "monday.sqlite"
    with database.engine.begin() as connection:
        write_fact(connection, "committed", "and only in the journal yet")
    with database.engine.begin() as connection:
        write_fact(connection, "half done", "")
        size = back_up(database.url, target)
    assert facts_in(target) == ["committed"]
    assert size == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600, "it holds what people wrote"
    assert list(folder.iterdir()) == [target], "nothing else is left lying about"


@ONLY_SQLITE
def test_a_backup_writes_over_nothing(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "monday.sqlite"
    target.write_text("an older backup")
    with pytest.raises(NoBackup, match="is there already"):
        back_up(database.url, target)
    assert target.read_text() == "an older backup"


@ONLY_SQLITE
def test_a_folder_that_is_not_there_is_said_so(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="can't be written"):
        back_up(database.url, tmp_path / "nowhere" / "monday.sqlite")


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="start the bot once"):
        back_up(sqlite_url(tmp_path / "none.sqlite"), tmp_path / "monday.sqlite")
    assert list(tmp_path.iterdir()) == []


@ONLY_POSTGRES
def test_postgresql_is_backed_up_with_its_own_tool(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="pg_dump"):
        back_up(database.url, tmp_path / "monday.sqlite")
