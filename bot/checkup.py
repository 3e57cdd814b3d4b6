"""Is all well? Settings, content, database and schema, each with a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migration import is_current
from bot.storage.outbox import Ended
from bot.storage.schema import inbox, outbox
from knowledge.catalogue import CONTENT_DIR, Catalogue, ContentError
from knowledge.language.messages import MessageError, Messages


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    is_well: bool
    words: str


def look(settings: Settings) -> Iterator[Finding]:
    """Looks at everything that a start needs; changes nothing."""
    mode = "playground" if settings.is_playground else "webhook" if settings.webhook_url else "polling"
    yield Finding("settings", True, f"mode {mode}, data in {settings.home}")
    yield _content()
    yield from _database(settings)


def _content() -> Finding:
    try:
        catalogue = Catalogue.load()
        keys = len(Messages.load(CONTENT_DIR).keys())
    except (ContentError, MessageError) as error:
        return Finding("content", False, str(error))
    return Finding("content", True, f"{len(catalogue.by_language)} languages, {keys} messages")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        url = make_url(settings.database)
    except (ArgumentError, ValueError):
        yield Finding("database", False, "DATABASE_URL is no address of a database")
        return
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        yield Finding("database", True, "none yet, made at the first start")
        return
    try:
        engine = open_engine(settings.database)
        with engine.connect().execution_options(reading=True) as connection:
            current = is_current(connection)
            yield Finding("database", True, url.render_as_string(hide_password=True))
            yield Finding("schema", current, "up to date" if current else "old: run `python run_bot.py migrate`")
            if current:
                aside = [
                    connection.execute(
                        select(func.count()).select_from(table).where(table.c.state == Ended.ASIDE)
                    ).scalar_one()
                    for table in (inbox, outbox)
                ]
                words = f"{aside[0]} updates and {aside[1]} messages put aside in the last 30 days"
                yield Finding("put aside", True, words)
        engine.dispose()
    except (SQLAlchemyError, ValueError) as error:
        yield Finding("database", False, f"can't be opened: {type(error).__name__}")
