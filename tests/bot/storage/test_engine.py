"""How the databases are opened: what SQLite is told on every connection, and times that come back aware."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.pool import Pool

from bot.storage.engine import BUSY_TIMEOUT_MS, open_engine, passing_trouble, sqlite_url
from bot.storage.facts import read_fact, write_fact
from bot.storage.people import SqlPeople
from bot.storage.schema import follow_up, person
from dialogs.conversation.talk import PersonId
from tests.bot.storage.databases import ONLY_POSTGRES, ONLY_SQLITE
from tests.bot.storage.letters import SABINE
from tests.chat import MONDAY_MORNING
from tests.conftest import join, waits_for_no_disk


@pytest.fixture
def as_in_operation() -> Iterator[None]:
    """Tests wait for no disk; the bot does."""
    event.remove(Pool, "checkout", waits_for_no_disk)
    yield
    event.listen(Pool, "checkout", waits_for_no_disk)


@ONLY_SQLITE
@pytest.mark.usefixtures("as_in_operation")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: what was committed is there after a power cut
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", BUSY_TIMEOUT_MS),
    ],
)
def test_sqlite_is_told_on_every_connection(engine: Engine, pragma: str, value: object) -> None:
    readers = engine.execution_options(reading=True)
    with readers.connect() as first, readers.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


@ONLY_SQLITE
def test_sqlites_driver_begins_nothing_by_itself(engine: Engine) -> None:
    with engine.execution_options(reading=True).connect() as connection:
        own = connection.connection.driver_connection
        assert own is not None
        assert own.isolation_level is None


@ONLY_SQLITE
def test_a_writer_has_its_lock_from_the_beginning_and_readers_go_on(engine: Engine) -> None:
    reading = engine.execution_options(reading=True)
    with engine.connect() as writer, writer.begin(), reading.connect() as reader:
        assert read_fact(reader, "bot_username") is None
    with engine.connect() as writer, writer.begin(), engine.connect() as second:
        own = second.connection.driver_connection
        assert own is not None
        own.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(OperationalError, match="locked"):
            second.begin()
        own.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def test_a_row_that_belongs_to_nothing_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError), connection.begin():
        connection.execute(follow_up.insert().values(conversation_id=99, task="thank", due_on=MONDAY_MORNING.date()))


def test_an_error_of_the_database_does_not_show_what_people_wrote(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError) as raised, connection.begin():
        connection.execute(person.insert().values(id=1, chat_id=1, name="Sabine Geheim", language="de", role="seller"))
    assert "Geheim" not in str(raised.value)


def test_a_new_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    engine = open_engine(sqlite_url(file))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (text TEXT)")
        made = {found.name: stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()}
    engine.dispose()
    assert made == dict.fromkeys((file.name, f"{file.name}-wal", f"{file.name}-shm"), 0o600)


def test_no_other_database_is_opened() -> None:
    with pytest.raises(ValueError, match="mysql is no database we know"):
        open_engine("mysql://localhost/bot")


def test_a_time_comes_back_as_the_same_moment_in_utc(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    in_vienna = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    with engine.begin() as connection:
        connection.execute(update(person).values(blocked_at=in_vienna))
        found = connection.execute(select(person.c.blocked_at)).scalar_one()
    assert (found, found.tzinfo) == (in_vienna, UTC)


def test_a_time_without_a_zone_is_refused(engine: Engine) -> None:
    naive = datetime(2026, 3, 29, 3, 30)  # noqa: DTZ001 - that is the point
    with engine.connect() as connection, connection.begin(), pytest.raises(StatementError, match="must be aware"):
        SqlPeople(connection).remove(PersonId(SABINE), naive)


def test_a_fact_is_what_was_learnt_last(engine: Engine) -> None:
    with engine.begin() as connection:
        assert read_fact(connection, "bot_username") is None
        write_fact(connection, "bot_username", "old_bot")
        write_fact(connection, "bot_username", "roter_faden_bot")
        assert read_fact(connection, "bot_username") == "roter_faden_bot"


def test_a_wrong_question_is_no_trouble_that_passes(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as raised:
        connection.exec_driver_sql("SELECT * FROM nothing_of_that_name")
    assert passing_trouble(raised.value) is None
    assert passing_trouble(ValueError("no room")) is None


@ONLY_SQLITE
def test_a_full_disk_is_trouble_that_passes(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are
        with pytest.raises(OperationalError) as raised:
            write_fact(connection, "size", "x" * 1_000_000)
    assert passing_trouble(raised.value) == "SQLITE_FULL"


@ONLY_POSTGRES
def test_a_server_that_goes_away_is_trouble_that_passes(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
    assert passing_trouble(raised.value) == "57P01"
    with pytest.raises(OperationalError) as away:
        open_engine("postgresql+psycopg://127.0.0.1:1/nothing").connect()
    assert passing_trouble(away.value) == "not reached"
