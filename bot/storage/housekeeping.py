"""Removes what is kept only for a while."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, delete, func, select, update

from bot.storage import inbox as letters
from bot.storage.costs import tidy_costs
from bot.storage.outbox import OPEN, Ended
from bot.storage.pushes import tidy_pushes
from bot.storage.schema import inbox, note, outbox
from dialogs.ports.conversations import NoteKind

KEYS_KEPT: Final = timedelta(days=30)
"""So long a second delivery of an update is recognised."""
PUT_ASIDE_KEPT: Final = timedelta(days=14)
"""So long the text of what was put aside is there for the operator."""
DRAFTS_KEPT: Final = timedelta(days=2)
PORTION: Final = 500
"""So many of the oldest rows are looked at in one go: turns wait meanwhile."""


def tidy(connection: Connection, now: datetime) -> bool:
    """Empties what was put aside, and removes drafts and a portion of the old keys; whether there may be more."""
    old_aside = now - PUT_ASIDE_KEPT
    connection.execute(
        update(inbox).where(inbox.c.state == letters.ASIDE, inbox.c.received_at < old_aside).values(raw=None)
    )
    connection.execute(
        update(outbox).where(outbox.c.state == Ended.ASIDE, outbox.c.created_at < old_aside).values(payload=None)
    )
    connection.execute(delete(note).where(and_(note.c.kind == NoteKind.DRAFT, note.c.at < now - DRAFTS_KEPT)))
    tidy_costs(connection, now)
    horizon = now - KEYS_KEPT
    oldest = select(inbox.c.id).order_by(inbox.c.id).limit(PORTION)
    updates = connection.execute(
        delete(inbox).where(inbox.c.id.in_(oldest), inbox.c.state != letters.OPEN, inbox.c.received_at < horizon)
    )
    oldest = select(outbox.c.id).order_by(outbox.c.id).limit(PORTION)
    # The newest stays: SQLite would give its id out again, and delivery knows ended rows by their ids.
    newest = select(func.max(outbox.c.id)).scalar_subquery()
    messages = connection.execute(
        delete(outbox).where(
            outbox.c.id.in_(oldest), outbox.c.id < newest, outbox.c.state != OPEN, outbox.c.created_at < horizon
        )
    )
    pushes = tidy_pushes(connection, now)
    return updates.rowcount > 0 or messages.rowcount > 0 or pushes
