"""Tables beside the bot's own in which its database notes what the bot itself forgets on purpose.

The inbox and the outbox are emptied as soon as they may be. Triggers write down, in the very transaction that does
it, which rows the outbox was given and how often an update was marked as done.
"""

import sqlite3
from pathlib import Path
from typing import Final

_TABLES: Final = """
CREATE TABLE witness_outbox (
    id INTEGER PRIMARY KEY, chat_id INTEGER NOT NULL, kind TEXT NOT NULL, screen TEXT NOT NULL, payload TEXT NOT NULL
);
CREATE TABLE witness_done (inbox_id INTEGER NOT NULL);
CREATE TRIGGER witness_posted AFTER INSERT ON outbox BEGIN
    INSERT INTO witness_outbox VALUES (new.id, new.chat_id, new.kind, new.screen, new.payload);
END;
CREATE TRIGGER witness_handled AFTER UPDATE OF state ON inbox WHEN old.state = 'open' AND new.state = 'done' BEGIN
    INSERT INTO witness_done VALUES (new.id);
END;
"""


def install(database: Path) -> None:
    """Puts the witness into a database that no bot works on yet."""
    connection = sqlite3.connect(database)
    connection.executescript(_TABLES)
    connection.close()
