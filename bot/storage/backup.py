"""A consistent copy of the SQLite database, taken while the bot runs."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError


class NoBackup(Exception):
    """A copy can't be made; the text says why and what to do."""


def back_up(url: str, target: Path) -> int:
    """Copies the database into a new file and gives its size in bytes. Raises NoBackup."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise NoBackup("DATABASE_URL is no address of a database") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise NoBackup("DATABASE_URL is PostgreSQL: back it up with pg_dump")
    source = Path(parsed.database)
    if not source.is_file():
        raise NoBackup(f"there is no database at {source} yet; start the bot once")
    if target.exists():
        raise NoBackup(f"{target} is there already; name a new file")
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with sqlite3.connect(source) as live, sqlite3.connect(unfinished) as copy:
            live.backup(copy)
        live.close()
        copy.close()
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise NoBackup(f"{target} can't be written: {error}") from error
    return target.stat().st_size
