"""`INSERT … ON CONFLICT`, which SQLAlchemy offers for each database by itself."""

from typing import Final

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERT: Final = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(connection: Connection, table: Table) -> sqlite.Insert:
    """The insert of the connection's database, with `on_conflict_do_update` and `on_conflict_do_nothing`.

    Typed as SQLite's; PostgreSQL's has the same two methods.
    """
    return _INSERT[connection.dialect.name](table)  # type: ignore[return-value]
