"""Fixtures: a fresh database and people who have joined."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage.engine import open_engine, sqlite_url
from bot.storage.migration import migrate
from bot.storage.people import SqlPeople, create_team, team_by_name
from bot.turns import House
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Invite, Role
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Language, Messages
from tests.chat import MONDAY_MORNING, Chat, house_for_tests


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


@pytest.fixture
def engine(empty_database: Path, tmp_path: Path) -> Iterator[Engine]:
    file = tmp_path / "bot.sqlite"
    shutil.copy(empty_database, file)
    engine = open_engine(sqlite_url(file))
    yield engine
    engine.dispose()


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
