"""The schema comes from the migrations alone, and is the one that the tables describe."""

import threading
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, inspect

from bot.storage.migration import differences, is_current, migrate
from bot.storage.people import team_by_name
from bot.storage.schema import metadata
from tests.bot.storage.databases import Database


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
