"""The whole bot in a world of its own, and real processes."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs import pushes
from bot.logs import set_up_logging
from tests.bot.world import World, world_of


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_operation() -> None:
    """Without it structlog would draw each traceback with all its values, which takes seconds."""
    set_up_logging("info", "json")


@pytest.fixture(autouse=True)
def _nothing_is_pushed_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the real clock a summary may be due while a test runs; those about pushes look at once."""
    monkeypatch.setattr(pushes, "FIRST", timedelta(days=1))


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file with 'Team Süd' in it."""
    file = tmp_path / "bot.sqlite"
    shutil.copy(empty_database, file)
    return file


@pytest.fixture
def at_home(database: Path, tmp_path: Path) -> Path:
    """The same file where a process with `tmp_path` as its folder finds it."""
    home = tmp_path / "data"
    home.mkdir()
    return database.rename(home / "roter-faden.sqlite")


@pytest.fixture
async def resting_world(database: Path) -> AsyncIterator[World]:
    """Sabine and Markus have joined; the bot is not online. Whoever starts it stops it."""
    async with world_of(database) as world:
        yield world


@pytest.fixture
async def world(resting_world: World) -> AsyncIterator[World]:
    """The same, and the bot polls."""
    await resting_world.start()
    yield resting_world
    await resting_world.stop()
