"""Is all well? Settings, content, database and schema, each with a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.clock import now
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migration import is_current
from bot.storage.outbox import Ended
from bot.storage.schema import inbox, outbox
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.faults import ContentError
from knowledge.language.messages import MessageError, Messages
from knowledge.overlay import Ids, Laid
from knowledge.recognition.utterances import read_utterances
from knowledge.reviews import overdue


class Mark(StrEnum):
    """How it stands with a thing, as the report shows it."""

    WELL = "ok"
    WARNING = "warn"
    """The bot works; somebody should look."""
    WRONG = "BAD"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    mark: Mark
    words: str

    def __str__(self) -> str:
        """One line that every terminal takes: a company's file may have any name, and say anything."""
        line = " ".join(f"{self.subject}: {self.words}".split())
        return "".join(sign if sign.isprintable() else "?" for sign in line)


def look(settings: Settings) -> Iterator[Finding]:
    """Looks at everything that a start needs; changes nothing."""
    mode = "playground" if settings.is_playground else "webhook" if settings.webhook_url else "polling"
    yield Finding("settings", Mark.WELL, f"mode {mode}, data in {settings.home}")
    content = _content()
    yield content
    if settings.knowledge_dir is not None and content.mark is Mark.WELL:
        yield from _own_content(settings.knowledge_dir, now().astimezone(ZoneInfo(settings.default_timezone)).date())
    yield from _database(settings)


def _content() -> Finding:
    try:
        catalogue = Catalogue.load()
        keys = len(Messages.load(CONTENT_DIR).keys())
    except (ContentError, MessageError) as error:
        return Finding("content", Mark.WRONG, str(error))
    return Finding("content", Mark.WELL, f"{len(catalogue.by_language)} languages, {keys} messages")


_OWN = "own content"


def _own_content(folder: Path, today: date) -> Iterator[Finding]:
    """What a company's folder adds, changes and switches off, each of its faults, and what is due for review."""
    faults: list[str] = []
    utterances = 0
    try:
        utterances = len(read_utterances(folder))
    except ContentError as error:
        faults += error.faults
    try:
        catalogue = Catalogue.load(overlay=folder)
    except ContentError as error:
        yield from (Finding(_OWN, Mark.WRONG, fault) for fault in (*error.faults, *faults))
        return
    yield from (Finding(_OWN, Mark.WRONG, fault) for fault in faults)
    if catalogue.laid is not None and not faults:
        yield Finding(_OWN, Mark.WELL, _summary(catalogue.laid, utterances))
        if off := catalogue.laid.off:
            names = (f"{_kind(shelf)} {', '.join(ids)}" for shelf, ids in off.items())
            yield Finding("switched off", Mark.WELL, "; ".join(names))
    for late in overdue(catalogue, today):
        owner = f", owner: {late.owner}" if late.owner else ""
        yield Finding("review overdue", Mark.WARNING, f"{late.file}, {late.entry}: {late.due.isoformat()}{owner}")


def _summary(laid: Laid, utterances: int) -> str:
    said = [f"{laid.folder}"]
    said += [f"{how}: {_counts(ids)}" for how, ids in (("added", laid.added), ("changed", laid.changed)) if ids]
    said += [f"utterances: {utterances}"] if utterances else []
    return "; ".join(said if len(said) > 1 else [*said, "nothing in it"])


def _counts(ids: Ids) -> str:
    return ", ".join(f"{_kind(shelf)} {len(named)}" for shelf, named in ids.items())


def _kind(shelf: str) -> str:
    return shelf.replace("_", " ")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        url = make_url(settings.database)
    except (ArgumentError, ValueError):
        yield Finding("database", Mark.WRONG, "DATABASE_URL is no address of a database")
        return
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        yield Finding("database", Mark.WELL, "none yet, made at the first start")
        return
    try:
        engine = open_engine(settings.database)
        with engine.connect().execution_options(reading=True) as connection:
            current = is_current(connection)
            yield Finding("database", Mark.WELL, url.render_as_string(hide_password=True))
            yield Finding(
                "schema",
                Mark.WELL if current else Mark.WRONG,
                "up to date" if current else "old: run `python run_bot.py migrate`",
            )
            if current:
                aside = [
                    connection.execute(
                        select(func.count()).select_from(table).where(table.c.state == Ended.ASIDE)
                    ).scalar_one()
                    for table in (inbox, outbox)
                ]
                words = f"{aside[0]} updates and {aside[1]} messages put aside in the last 30 days"
                yield Finding("put aside", Mark.WELL, words)
        engine.dispose()
    except (SQLAlchemyError, ValueError) as error:
        yield Finding("database", Mark.WRONG, f"can't be opened: {type(error).__name__}")
