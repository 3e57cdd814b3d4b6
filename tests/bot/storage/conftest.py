"""Fixtures: the same test on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage.work import Storage, open_storage
from tests.bot.storage.databases import BOTH, Database, fresh_database


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with 'Team Süd' in it."""
    with fresh_database(request, tmp_path, empty_database) as database:
        yield database


@pytest.fixture(params=BOTH)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    with fresh_database(request, tmp_path) as database:
        yield database


@pytest.fixture
def engine(database: Database) -> Engine:
    """In place of the SQLite file that other tests use, so that a chat can be had on either database."""
    return database.engine


@pytest.fixture
def storage(engine: Engine) -> Iterator[Storage]:
    """What the bot hands its jobs to."""
    storage = open_storage(engine)
    yield storage
    storage.close()
