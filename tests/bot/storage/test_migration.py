"""The schema comes from the migrations alone, and is the one that the tables describe."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from bot.storage.migration import differences, is_current, migrate
from bot.storage.people import team_by_name
from bot.storage.schema import metadata
from tests.bot.storage.databases import Database

HOUSE = Path(__file__).parents[3]


def tables_in(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def columns_of(connection: Connection) -> dict[str, Sequence[object]]:
    """Name, type and whether it may be empty, of every column."""
    known = inspect(connection)
    return {
        table: [(column["name"], str(column["type"]), column["nullable"]) for column in known.get_columns(table)]
        for table in tables_in(connection)
    }


def test_a_database_is_empty_until_it_is_migrated(bare: Database) -> None:
    with bare.engine.connect() as connection:
        assert tables_in(connection) == set()
        assert not is_current(connection)
    migrate(bare.engine)
    with bare.engine.connect() as connection:
        assert tables_in(connection) == set(metadata.tables)
        assert is_current(connection)


def test_migrations_and_tables_make_the_same_database(bare: Database) -> None:
    with bare.engine.begin() as connection:
        metadata.create_all(connection)
        from_tables = columns_of(connection)
        metadata.drop_all(connection)
    migrate(bare.engine)
    with bare.engine.connect() as connection:
        assert columns_of(connection) == from_tables
        assert differences(connection) == []


def test_a_column_that_no_migration_made_is_found(bare: Database) -> None:
    migrate(bare.engine)
    with bare.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE note ADD COLUMN mood VARCHAR(8)")
        assert len(differences(connection)) == 1


def test_migrating_again_keeps_everything(database: Database) -> None:
    migrate(database.engine)
    migrate(database.engine)
    with database.reopened().connect() as connection:
        assert is_current(connection)
        assert team_by_name(connection, "Team Süd") is not None


def test_processes_that_start_together_do_not_migrate_against_each_other(bare: Database) -> None:
    start = threading.Barrier(3)
    faults: list[Exception] = []

    def begins(engine: Engine) -> None:
        start.wait()
        try:
            migrate(engine)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=begins, args=(bare.engine,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with bare.engine.connect() as connection:
        assert is_current(connection)
        assert differences(connection) == []


def test_a_new_migration_is_written_as_the_docs_say(tmp_path: Path) -> None:
    for room in ("bot", "dialogs", "knowledge"):
        shutil.copytree(HOUSE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "bot/storage/schema.py").open("a", encoding="utf-8") as schema:
        schema.write('note.append_column(Column("mood", String(8)))\n')
    last = max(file.name[:4] for file in (HOUSE / "bot/storage/migrations/versions").glob("0*.py"))
    command = [sys.executable, "-m", "bot.storage.migration", "9999", "A mood for notes"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (written,) = (tmp_path / "bot/storage/migrations/versions").glob("9999_*.py")
    text = written.read_text(encoding="utf-8")
    assert f'down_revision = "{last}"' in text.replace("'", '"')
    assert 'sa.Column("mood", sa.String(length=8), nullable=True)' in text.replace("'", '"')
