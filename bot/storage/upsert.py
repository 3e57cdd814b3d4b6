"""`INSERT … ON CONFLICT`, which SQLAlchemy offers for each database by itself."""

from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Statement = TypeVar("Statement")
Inserting = Callable[[Table], sqlite.Insert]

_INSERT: Final = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(connection: Connection, table: Table) -> sqlite.Insert:
    """The insert of the connection's database, with `on_conflict_do_update` and `on_conflict_do_nothing`.

    Typed as SQLite's; PostgreSQL's has the same two methods.
    """
    return _INSERT[connection.dialect.name](table)  # type: ignore[return-value]  # see above


def made_once(make: Callable[[Inserting], Statement]) -> Callable[[Connection], Statement]:
    """The statement that `make` writes with a database's insert, made once for each database.

    In the hot path making a statement costs more than running it.
    """

    @cache
    def of(dialect: str) -> Statement:
        return make(_INSERT[dialect])  # type: ignore[arg-type]  # see insert_into

    return lambda connection: of(connection.dialect.name)
