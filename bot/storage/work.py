"""Jobs on the database, off the event loop: a job is a plain function of a connection, run in one transaction.

On SQLite one thread takes all jobs that are ready into one commit, each behind a savepoint; what a job returned is
seen by nobody before the commit. On PostgreSQL each job has a connection and a transaction of its own. A job may be
run again, so it must have no effect beyond the connection.
"""

import asyncio
import queue
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
Job = Callable[[Connection], T]

MAX_GROUP: Final = 64


class Storage(ABC):
    """Runs jobs for the event loop; `write` returns after the commit."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="storage-read")

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the same database."""
        return self.engine.dialect.name != "sqlite"

    @abstractmethod
    async def write(self, job: Job[T]) -> T:
        """The job's result, once it is committed. What the job raised is raised here; it has changed nothing."""

    async def read(self, job: Job[T]) -> T:
        """The result of a job that only reads, on a connection of its own."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, job)

    def _read(self, job: Job[T]) -> T:
        with self.engine.connect().execution_options(reading=True) as connection:
            return job(connection)

    def close(self) -> None:
        """Ends the work that was handed in, then closes the database."""
        self._readers.shutdown()
        self.engine.dispose()


def open_storage(engine: Engine, *, threads: int = 4) -> Storage:
    """The storage that suits the engine's database."""
    if engine.dialect.name == "sqlite":
        return GroupedStorage(engine)
    return PooledStorage(engine, threads)


class PooledStorage(Storage):
    """A transaction a job, several jobs at once; for PostgreSQL."""

    def __init__(self, engine: Engine, threads: int) -> None:
        super().__init__(engine)
        self._writers = ThreadPoolExecutor(threads, thread_name_prefix="storage-write")

    async def write(self, job: Job[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writers, self._write, job)

    def _write(self, job: Job[T]) -> T:
        with self.engine.begin() as connection:
            return job(connection)

    def close(self) -> None:
        self._writers.shutdown()
        super().close()


@dataclass(slots=True)
class _Task:
    """A job on its way; exactly one of result and error is set at the end."""

    job: Job[Any]
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: BaseException | None = None


class GroupedStorage(Storage):
    """One writer thread, several jobs a commit; for SQLite."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="storage-write", daemon=True)
        self._thread.start()

    async def write(self, job: Job[T]) -> T:
        if self._closed:
            raise RuntimeError("the storage is closed")
        loop = asyncio.get_running_loop()
        task = _Task(job, loop.create_future(), loop)
        self._queue.put(task)
        result: T = await asyncio.shield(task.future)
        return result

    def close(self) -> None:
        self._closed = True
        self._queue.put(None)
        self._thread.join()
        super().close()

    def _run(self) -> None:
        with self.engine.connect() as connection:
            while True:
                group, last = self._next_group()
                if group:
                    self._commit_together(connection, group)
                    _report(group)
                if last:
                    return

    def _next_group(self) -> tuple[list[_Task], bool]:
        """All tasks that are ready, at least one; and whether the storage is being closed."""
        group: list[_Task] = []
        task = self._queue.get()
        while task is not None:
            group.append(task)
            if len(group) == MAX_GROUP:
                return group, False
            try:
                task = self._queue.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _commit_together(self, connection: Connection, group: Sequence[_Task]) -> None:
        begun = False
        try:
            with _transaction(connection):
                begun = True
                for task in group:
                    _run_behind_savepoint(connection, task)
        except Exception as error:
            if not begun:  # another process holds the file: that each job waited for it again would take minutes
                for task in group:
                    task.error = error
                return
            # The commit itself failed (or a savepoint could not be rolled back): nothing of the group was kept.
            for task in group:
                _run_alone(connection, task)


def _run_behind_savepoint(connection: Connection, task: _Task) -> None:
    task.result = task.error = None
    savepoint = connection.begin_nested()
    try:
        task.result = task.job(connection)
    except Exception as error:
        savepoint.rollback()
        task.error = error
    else:
        savepoint.commit()


def _run_alone(connection: Connection, task: _Task) -> None:
    task.result = task.error = None
    try:
        with _transaction(connection):
            task.result = task.job(connection)
    except Exception as error:
        task.error = error


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    try:
        with connection.begin():
            yield
    except Exception:
        # A COMMIT that fails leaves SQLite's transaction open, while SQLAlchemy holds it for ended.
        connection.connection.rollback()
        raise


def _report(group: Sequence[_Task]) -> None:
    """Hands the results over in one hop to the loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Task]] = {}
    for task in group:
        by_loop.setdefault(task.loop, []).append(task)
    for loop, tasks in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, tasks)


def _resolve(tasks: Sequence[_Task]) -> None:
    for task in tasks:
        if task.future.cancelled():
            continue
        if task.error is not None:
            task.future.set_exception(task.error)
        else:
            task.future.set_result(task.result)
