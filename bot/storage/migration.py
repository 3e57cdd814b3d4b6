"""Brings the schema up to date; the only way in which tables come into being.

A new migration is written by `python -m bot.storage.migration 0002 "What changes"`.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

from bot.storage.engine import open_engine, sqlite_url

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK: Final = 5_170_341
"""Names PostgreSQL's lock that lets one process migrate at a time; any number that nobody else takes."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, to: str = "head") -> None:
    """Applies all migrations that are missing, in one transaction; processes that start together do it in turn.

    `to` is another revision than the last one, such as `0001`: the schema as it once was.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite has begun with its one writer's lock
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        command.upgrade(_config(connection), to)


def is_current(connection: Connection) -> bool:
    """Whether the schema is that of this version."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def write_revision(revision: str, message: str) -> None:
    """Writes the migration that leads from the last one to today's tables, for a person to read and correct."""
    with TemporaryDirectory() as folder:
        engine = open_engine(sqlite_url(Path(folder) / "last.sqlite"))
        migrate(engine)
        with engine.begin() as connection:
            command.revision(_config(connection), message=message, autogenerate=True, rev_id=revision)
        engine.dispose()


if __name__ == "__main__":
    import typer

    typer.run(write_revision)
