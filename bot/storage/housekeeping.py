"""Removes what is kept only for a while."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, delete, update

from bot.storage import inbox as letters
from bot.storage.outbox import Ended
from bot.storage.schema import inbox, note, outbox
from dialogs.ports import NoteKind

KEYS_KEPT: Final = timedelta(days=30)
"""So long a second delivery of an update is recognised."""
PUT_ASIDE_KEPT: Final = timedelta(days=14)
"""So long the text of what was put aside is there for the operator."""
DRAFTS_KEPT: Final = timedelta(days=2)


def tidy(connection: Connection, now: datetime) -> None:
    """Empties what was put aside, and removes old keys and drafts."""
    old_aside = now - PUT_ASIDE_KEPT
    connection.execute(
        update(inbox).where(inbox.c.state == letters.ASIDE, inbox.c.received_at < old_aside).values(raw=None)
    )
    connection.execute(
        update(outbox).where(outbox.c.state == Ended.ASIDE, outbox.c.created_at < old_aside).values(payload=None)
    )
    horizon = now - KEYS_KEPT
    connection.execute(delete(inbox).where(inbox.c.state != letters.OPEN, inbox.c.received_at < horizon))
    connection.execute(delete(outbox).where(outbox.c.state != "open", outbox.c.created_at < horizon))
    connection.execute(delete(note).where(and_(note.c.kind == NoteKind.DRAFT, note.c.at < now - DRAFTS_KEPT)))
