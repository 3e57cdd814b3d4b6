"""The schema comes from the migrations alone, and is the one that the tables describe."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, insert, inspect, select

from bot.storage.migration import is_current, migrate
from bot.storage.people import team_by_name
from bot.storage.schema import metadata
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId, replay
from knowledge.taxonomy import PhaseId
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


def differences(connection: Connection) -> list[str]:
    """What the database has otherwise than the tables say; empty where all is well."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(found) for found in compare_metadata(context, metadata)]


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


NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

ROWS_OF_THE_FIRST_SCHEMA: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "team": [
        {
            "id": 1, "name": "Team Süd", "language": "de", "zone": "Europe/Berlin", "region": "DE-BY",
            "currency": "EUR", "summary_time": "18:00", "created_at": NINE,
        }
    ],
    "person": [
        {
            "id": 5_000_000_001, "chat_id": 5_000_000_001, "name": "Sabine", "language": "de", "role": "seller",
            "team_id": 1, "active_conversation_id": 7, "joined_at": NINE,
        }
    ],
    "customer": [
        {
            "id": 3, "owner_id": 5_000_000_001, "name": "Müller & Söhne GmbH", "alias": False, "created_at": NINE,
            "used_at": NINE,
        }
    ],
    "conversation": [
        {
            "id": 7, "owner_id": 5_000_000_001, "team_id": 1, "customer_id": 3, "phase": "presentation",
            "standing": "open", "seq": 3, "touched_at": NINE, "state": {
                "id": 7, "seq": 3, "version": 3, "started_at": NINE.isoformat(), "touched_at": NINE.isoformat(),
                "customer_id": 3, "phase": "presentation", "trial_close": "interest",
            },
        }
    ],
    "step": [
        {
            "conversation_id": 7, "seq": seq, "at": NINE, "actor_id": 5_000_000_001, "trigger": trigger,
            "source": source, "target": target, "payload": payload,
        }
        for seq, trigger, source, target, payload in [
            (1, "start", None, "relationship", {"customer_id": 3}),
            (2, "advance", "relationship", "analysis", {}),
            (3, "trial_close_yes", "analysis", "presentation", {"trial_close": "interest"}),
        ]
    ],
    "note": [
        {
            "id": 11, "owner_id": 5_000_000_001, "conversation_id": 7, "kind": "note", "at": NINE,
            "text": "Rückruf „nach der Messe“, 100 % sicher",
        }
    ],
    "follow_up": [{"conversation_id": 7, "task": "order_monitoring", "due_on": date(2026, 3, 9)}],
    "fact": [{"name": "bot.username", "value": "roter_faden_bot"}],
}  # fmt: skip


def every_row(connection: Connection, tables: MetaData) -> dict[str, list[tuple[Any, ...]]]:
    """All that stands in the columns of these tables."""
    return {
        name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
        for name, table in tables.tables.items()
    }


def test_what_was_written_under_the_first_schema_stands_unchanged_under_the_last(bare: Database) -> None:
    migrate(bare.engine, "0001")
    first = MetaData()
    with bare.engine.begin() as connection:
        first.reflect(connection, only=sorted(tables_in(connection)))
        for name, rows in ROWS_OF_THE_FIRST_SCHEMA.items():
            connection.execute(insert(first.tables[name]), rows)
        before = every_row(connection, first)
    assert {name for name, rows in before.items() if rows} == set(ROWS_OF_THE_FIRST_SCHEMA)
    migrate(bare.engine)
    with bare.reopened().connect() as connection:
        assert every_row(connection, first) == before
        assert is_current(connection)
        assert differences(connection) == []


def test_a_conversation_of_the_first_schema_goes_on(bare: Database) -> None:
    migrate(bare.engine, "0001")
    first = MetaData()
    with bare.engine.begin() as connection:
        first.reflect(connection, only=sorted(tables_in(connection)))
        for name, rows in ROWS_OF_THE_FIRST_SCHEMA.items():
            connection.execute(insert(first.tables[name]), rows)
    migrate(bare.engine)
    with bare.engine.connect() as connection:
        store = SqlStore(connection)
        sabine = store.people.get(PersonId(5_000_000_001))
        assert sabine is not None
        assert sabine.active is not None
        talk = store.conversations.load(sabine.id, sabine.active)
        assert talk is not None
        assert (talk.phase, talk.price) == (PhaseId.PRESENTATION, None)
        assert replay(talk.id, store.conversations.steps(talk.id)) == talk
        assert not sabine.team.sellers_see_costs
        assert store.cost_sheets.released_rates(sabine.team.id, NINE.date()) is None


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
    with (tmp_path / "bot/storage/schema/conversations.py").open("a", encoding="utf-8") as schema:
        schema.write('note.append_column(Column("mood", String(8)))\n')
    last = max(file.name[:4] for file in (HOUSE / "bot/storage/migrations/versions").glob("0*.py"))
    command = [sys.executable, "-m", "bot.storage.migration", "9999", "A mood for notes"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (written,) = (tmp_path / "bot/storage/migrations/versions").glob("9999_*.py")
    text = written.read_text(encoding="utf-8")
    assert f'down_revision = "{last}"' in text.replace("'", '"')
    assert 'sa.Column("mood", sa.String(length=8), nullable=True)' in text.replace("'", '"')
