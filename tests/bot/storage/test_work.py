"""Jobs on the database: what ran is committed before anyone hears of it, and what raised has changed nothing."""

import asyncio
import gc
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event, insert
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.storage.facts import read_fact, write_fact
from bot.storage.schema import fact, note
from bot.storage.work import MAX_GROUP, Storage, open_storage
from tests.bot.storage.databases import ONLY_SQLITE, Database
from tests.chat import MONDAY_MORNING
from tests.properties import tries

NO_CONVERSATION = 999


def writes(name: str, value: str = "kept") -> Callable[[Connection], str]:
    """A job that keeps a fact."""

    def job(connection: Connection) -> str:
        write_fact(connection, name, value)
        return name

    return job


def raises_after_writing(name: str) -> Callable[[Connection], None]:
    """A job that changes something and then fails."""

    def job(connection: Connection) -> None:
        write_fact(connection, name, "must not be kept")
        raise ZeroDivisionError(name)

    return job


def spoils_the_commit(name: str) -> Callable[[Connection], None]:
    """A job whose fault shows only when the whole is committed."""

    def job(connection: Connection) -> None:
        write_fact(connection, name, "must not be kept")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        values = {"conversation_id": NO_CONVERSATION, "kind": "note", "at": MONDAY_MORNING, "text": ""}
        connection.execute(note.insert().values(values))

    return job


def takes_all_down(name: str) -> Callable[[Connection], None]:
    """A job that loses the whole transaction, as SQLite does by itself when the disk is full."""

    def job(connection: Connection) -> None:
        write_fact(connection, name, "must not be kept")
        connection.execute(insert(fact).prefix_with("OR ROLLBACK").values(name=name, value="a second one"))

    return job


def facts_in(engine: Engine) -> set[str]:
    with engine.connect().execution_options(reading=True) as connection:
        return set(connection.exec_driver_sql("SELECT name FROM fact").scalars())


@contextmanager
def counted(engine: Engine, what: str) -> Iterator[list[None]]:
    """How often the engine commits (or rolls back) meanwhile."""
    happened: list[None] = []

    def note_it(_connection: Connection) -> None:
        happened.append(None)

    event.listen(engine, what, note_it)
    yield happened
    event.remove(engine, what, note_it)


class Gate:
    """A job that holds the writer until it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def job(self, _connection: Connection) -> None:
        self.reached.set()
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()


async def together(storage: Storage, *jobs: Callable[[Connection], Any]) -> list[Any]:
    """Has jobs become ready while the writer is busy, so that they form one group; their results or errors."""
    gate = Gate()
    busy = asyncio.create_task(storage.write(gate.job))
    await asyncio.to_thread(gate.reached.wait, 10)
    waiting = [asyncio.create_task(storage.write(job)) for job in jobs]
    await asyncio.sleep(0)  # each task has handed its job in and waits
    gate.open()
    await busy
    return await asyncio.gather(*waiting, return_exceptions=True)


# On both databases


async def test_the_result_comes_after_the_commit(storage: Storage, engine: Engine) -> None:
    with counted(engine, "commit") as commits:
        assert await storage.write(writes("a")) == "a"
        assert len(commits) == 1
    assert facts_in(engine) == {"a"}


async def test_nobody_sees_a_job_before_its_commit(storage: Storage, engine: Engine) -> None:
    gate = Gate()

    def job(connection: Connection) -> None:
        write_fact(connection, "a", "kept")
        gate.job(connection)

    task = asyncio.create_task(storage.write(job))
    await asyncio.to_thread(gate.reached.wait, 10)
    assert await storage.read(lambda connection: read_fact(connection, "a")) is None
    assert not task.done()
    gate.open()
    await task
    assert await storage.read(lambda connection: read_fact(connection, "a")) == "kept"


async def test_a_raising_job_says_why_and_changes_nothing(storage: Storage, engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError, match="b"):
        await storage.write(raises_after_writing("b"))
    await storage.write(writes("c"))
    assert facts_in(engine) == {"c"}


async def test_a_raising_job_harms_none_that_runs_beside_it(storage: Storage, engine: Engine) -> None:
    results = await together(storage, writes("a"), raises_after_writing("b"), writes("c"))
    assert [results[0], type(results[1]), results[2]] == ["a", ZeroDivisionError, "c"]
    assert facts_in(engine) == {"a", "c"}


async def test_closing_ends_what_was_handed_in(database: Database) -> None:
    storage = open_storage(database.engine)
    tasks = [asyncio.create_task(storage.write(writes(str(number)))) for number in range(3 * MAX_GROUP)]
    await asyncio.sleep(0)
    storage.close()
    assert sorted(await asyncio.gather(*tasks)) == sorted(str(number) for number in range(3 * MAX_GROUP))
    assert len(facts_in(database.reopened())) == 3 * MAX_GROUP


async def test_after_closing_a_job_is_refused_at_once(database: Database) -> None:
    storage = open_storage(database.engine)
    storage.close()
    with pytest.raises(RuntimeError):
        await asyncio.wait_for(storage.write(writes("late")), 5)


async def test_a_caller_who_goes_away_takes_nothing_along(storage: Storage, engine: Engine) -> None:
    complaints: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context))
    gate = Gate()

    def slow(connection: Connection) -> None:
        gate.job(connection)
        write_fact(connection, "slow", "kept")

    def fails(connection: Connection) -> None:
        raise ZeroDivisionError

    started = asyncio.create_task(storage.write(slow))
    await asyncio.to_thread(gate.reached.wait, 10)
    queued = [asyncio.create_task(storage.write(job)) for job in (fails, writes("queued"))]
    await asyncio.sleep(0)
    for task in (started, *queued):
        task.cancel()
    assert [type(end) for end in await asyncio.gather(started, *queued, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 3
    gate.open()
    await storage.write(writes("next"))
    storage.close()
    await asyncio.sleep(0)
    gc.collect()
    assert {"slow", "next"} <= facts_in(engine)
    assert complaints == []


async def test_reading_goes_on_while_the_writers_are_busy(storage: Storage) -> None:
    await storage.write(writes("a"))
    gate = Gate()
    busy = [asyncio.create_task(storage.write(gate.job)) for _ in range(4)]
    await asyncio.to_thread(gate.reached.wait, 10)
    assert await asyncio.wait_for(storage.read(lambda connection: read_fact(connection, "a")), 5) == "kept"
    gate.open()
    await asyncio.gather(*busy)


# Several jobs a commit: SQLite


@ONLY_SQLITE
async def test_jobs_that_are_ready_share_one_commit(storage: Storage, engine: Engine) -> None:
    with counted(engine, "commit") as commits:
        results = await together(storage, *(writes(str(number)) for number in range(20)))
    assert results == [str(number) for number in range(20)]
    assert len(commits) == 2, "one for the job that held the writer, one for all that waited"


@ONLY_SQLITE
async def test_a_group_has_an_end(storage: Storage, engine: Engine) -> None:
    with counted(engine, "commit") as commits:
        await together(storage, *(writes(str(number)) for number in range(MAX_GROUP + 1)))
    assert len(commits) == 3


@ONLY_SQLITE
async def test_the_file_holds_two_kept_turns_and_not_the_one_between_them(database: Database) -> None:
    storage = open_storage(database.engine)
    with counted(database.engine, "commit") as commits:
        await together(storage, writes("first"), raises_after_writing("between"), writes("last"))
        assert len(commits) == 2, "the three were one group"
    storage.close()
    with sqlite3.connect(database.file) as file:
        assert [name for (name,) in file.execute("SELECT name FROM fact ORDER BY name")] == ["first", "last"]
    file.close()


@ONLY_SQLITE
async def test_when_the_commit_fails_each_job_runs_again_by_itself(database: Database) -> None:
    storage = open_storage(database.engine)
    runs: list[str] = []

    def good(name: str) -> Callable[[Connection], str]:
        def job(connection: Connection) -> str:
            runs.append(name)
            return writes(name)(connection)

        return job

    def bad(connection: Connection) -> None:
        runs.append("bad")
        spoils_the_commit("bad")(connection)

    results = await together(storage, good("a"), bad, good("c"))
    assert [results[0], type(results[1]), results[2]] == ["a", IntegrityError, "c"]
    assert runs == ["a", "bad", "c"] * 2
    assert await storage.write(writes("later")) == "later"
    storage.close()
    assert facts_in(database.reopened()) == {"a", "c", "later"}


@ONLY_SQLITE
async def test_a_job_that_loses_the_whole_transaction_loses_only_itself(storage: Storage, engine: Engine) -> None:
    results = await together(storage, writes("a"), takes_all_down("b"), writes("c"))
    assert [results[0], type(results[1]), results[2]] == ["a", IntegrityError, "c"]
    assert await storage.write(writes("later")) == "later"
    assert facts_in(engine) == {"a", "c", "later"}


@ONLY_SQLITE
@settings(max_examples=tries(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(company=st.lists(st.sampled_from([writes, raises_after_writing, spoils_the_commit, takes_all_down]), max_size=7))
def test_in_any_company_the_good_jobs_are_kept_and_the_bad_ones_are_not(
    storage: Storage, engine: Engine, company: list[Callable[[str], Callable[[Connection], Any]]]
) -> None:
    before = facts_in(engine)
    names = [f"{len(before)}-{place}" for place in range(len(company))]
    jobs = [make(name) for make, name in zip(company, names, strict=True)]
    results = asyncio.run(together(storage, *jobs))
    good = [name for make, name in zip(company, names, strict=True) if make is writes]
    assert [result for result in results if not isinstance(result, Exception)] == good
    assert facts_in(engine) - before == set(good)


@ONLY_SQLITE
async def test_a_database_that_another_process_holds_refuses_and_works_again_later(database: Database) -> None:
    def be_impatient(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 20")

    engine = database.reopened()
    waits: list[None] = []
    event.listen(engine, "connect", be_impatient)
    event.listen(engine, "handle_error", lambda _context: waits.append(None))
    storage = open_storage(engine)
    other = sqlite3.connect(database.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits.clear()
    refused = await asyncio.gather(*(storage.write(writes(str(n))) for n in range(20)), return_exceptions=True)
    assert {(type(error), "locked" in str(error)) for error in refused} == {(OperationalError, True)}
    assert 0 < len(waits) < len(refused), "a group waits once for the other process, not each job after the other"
    assert await storage.read(lambda connection: read_fact(connection, "a")) is None
    other.execute("ROLLBACK")
    other.close()
    assert [await storage.write(writes(name)) for name in ("a", "b")] == ["a", "b"]
    storage.close()
