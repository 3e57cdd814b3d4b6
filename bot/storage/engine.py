"""Engines for SQLite and PostgreSQL, with transactions that begin when we say so."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_MS = 5000


def sqlite_url(file: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{file}"


class UnknownDatabase(ValueError):
    """DATABASE_URL names no database that we work with; the text says which ones there are."""


_PASSING_CLASSES: Final = ("08", "40", "53", "57", "58")
"""PostgreSQL's: no connection, deadlock, out of room, being stopped or started, trouble of the system."""
_PASSING_CODES: Final = frozenset(
    (
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
    )
)  # fmt: skip


def passing_trouble(error: BaseException) -> str | None:
    """What ails the database (away, locked, full) where that passes by itself; None where what was asked is at fault.

    A short word for the log: SQLite's name, PostgreSQL's code, or that it was not reached.
    """
    if not isinstance(error, DBAPIError):
        return None
    inner = error.orig
    if isinstance(inner, sqlite3.Error):
        code: int = getattr(inner, "sqlite_errorcode", 0)
        return str(getattr(inner, "sqlite_errorname", code)) if code & 0xFF in _PASSING_CODES else None
    state = getattr(inner, "sqlstate", None)
    if state is None:
        return "not reached" if isinstance(error, OperationalError) or error.connection_invalidated else None
    return str(state) if str(state)[:2] in _PASSING_CLASSES else None


def open_engine(url: str, *, pool_size: int = 5) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; raises UnknownDatabase for anything else."""
    try:
        driver = make_url(url).drivername
    except (ArgumentError, ValueError):  # the latter would quote what it took for a port, maybe of the password
        driver = "DATABASE_URL"
    match driver:
        case "sqlite":
            return _sqlite(url)
        case "postgresql+psycopg":
            return _postgresql(url, pool_size)
        case _:
            raise UnknownDatabase(f"{driver} is no database we know: use sqlite:///FILE or postgresql+psycopg://…")


def _sqlite(url: str) -> Engine:
    _make_private(make_url(url).database)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,  # an error in the log must not show what people wrote
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: str | None) -> None:
    """A new file is its owner's alone, as it will hold names and notes; its journals take after it."""
    with suppress(OSError):  # what is wrong with the place is told when the file is opened
        if file:
            Path(file).touch(mode=0o600)


def _postgresql(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5},
    )
    event.listen(engine, "handle_error", _keep_to_the_point)
    return engine


def _keep_to_the_point(context: ExceptionContext) -> None:
    """PostgreSQL's details of an error quote the whole row, names and texts, and errors are logged."""
    error, wrapped = context.original_exception, context.sqlalchemy_exception
    point = getattr(getattr(error, "diag", None), "message_primary", None)
    if point is not None and wrapped is not None:
        error.args = (point,)
        wrapped.args = (f"({type(error).__name__}) {point}",)


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver in autocommit mode: its own idea of when a transaction begins loses rollbacks of savepoints.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
