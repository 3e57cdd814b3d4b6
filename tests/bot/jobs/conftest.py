"""Fixtures: the same looks on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage.work import Storage, open_storage
from bot.turns import House
from tests.bot.jobs.watch import Watch
from tests.bot.storage.databases import BOTH, Database, fresh_database


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with 'Team Süd' in it."""
    with fresh_database(request, tmp_path, empty_database) as database:
        yield database


@pytest.fixture
def engine(database: Database) -> Engine:
    """The database of chats and looks."""
    return database.engine


@pytest.fixture
def storage(engine: Engine) -> Iterator[Storage]:
    """What the bot hands its jobs to."""
    storage = open_storage(engine)
    yield storage
    storage.close()


@pytest.fixture
def watch(engine: Engine, storage: Storage, house: House) -> Watch:
    """Looks."""
    return Watch(engine, storage, house)
