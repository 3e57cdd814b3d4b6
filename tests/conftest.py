"""Fixtures: a fresh database and people who have joined."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import Pool

from bot.storage.engine import open_engine, sqlite_url
from bot.storage.migration import migrate
from bot.storage.people import SqlPeople, create_team, team_by_name
from bot.turns import House
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Invite, Role
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Language, Messages
from tests import properties
from tests.chat import MONDAY_MORNING, Chat, house_for_tests

properties.register()


@event.listens_for(Pool, "checkout")
def waits_for_no_disk(connection: DBAPIConnection, *_: object) -> None:
    """A commit would wait a millisecond for the disk, and a turn makes three; what a test writes need not outlive the
    machine. A process of its own, as in the tests that kill it, waits as in operation.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@cache
def built_in() -> tuple[Catalogue, Messages]:
    """The content, read once: each bot of a test would spend most of its start on it."""
    return Catalogue.load(), Messages.load(CONTENT_DIR)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return built_in()[0]


@pytest.fixture(scope="session")
def messages() -> Messages:
    return built_in()[1]


@pytest.fixture(scope="session")
def house(catalogue: Catalogue, messages: Messages) -> House:
    return house_for_tests(catalogue, messages)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once and copied for each test."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite"
    engine = open_engine(sqlite_url(file))
    migrate(engine)
    with engine.begin() as connection:
        create_team(connection, "Team Süd", Language.DE, "Europe/Berlin", "DE", "18:00", MONDAY_MORNING)
    engine.dispose()  # the last connection writes the journal back into the file
    return file


@pytest.fixture(scope="session")
def lasting_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Stays while databases come and go below it: what it has compiled once, a fifth of a short test, it knows."""
    return open_engine(sqlite_url(tmp_path_factory.mktemp("engine") / "bot.sqlite"))


@contextmanager
def on_a_copy(engine: Engine, of: Path) -> Iterator[Engine]:
    """The engine, on a fresh copy of a database while the block runs; nothing of the last one is left."""
    file = Path(str(engine.url.database))
    for left in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        left.unlink(missing_ok=True)
    shutil.copy(of, file)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture
def engine(lasting_engine: Engine, empty_database: Path) -> Iterator[Engine]:
    """A database with 'Team Süd' in it."""
    with on_a_copy(lasting_engine, empty_database) as engine:
        yield engine


def join(engine: Engine, person_id: int, name: str, role: Role = Role.SELLER, language: Language = Language.DE) -> None:
    """Makes a person a member of 'Team Süd'."""
    with engine.begin() as connection:
        team = team_by_name(connection, "Team Süd")
        assert team is not None
        SqlPeople(connection).join(
            Invite(0, team, role), PersonId(person_id), person_id, name, language, MONDAY_MORNING
        )


@pytest.fixture
def chat(engine: Engine, house: House) -> Chat:
    """A seller."""
    join(engine, 1001, "Sabine")
    return Chat(engine, house, 1001)


@pytest.fixture
def manager_chat(engine: Engine, house: House) -> Chat:
    """A manager."""
    join(engine, 1002, "Markus", Role.MANAGER)
    return Chat(engine, house, 1002, name="Markus")


@pytest.fixture
def english_chat(engine: Engine, house: House) -> Chat:
    """A seller who reads English."""
    join(engine, 1003, "Emma", language=Language.EN)
    return Chat(engine, house, 1003, Language.EN, "Emma")


@pytest.fixture
def stranger_chat(engine: Engine, house: House) -> Chat:
    """Somebody who has not joined."""
    return Chat(engine, house, 1009, name="Otto")
