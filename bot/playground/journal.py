"""The stand-in's file: what is in memory, written behind in batches, so that a restart goes on where it was.

One table of JSON values by kind and key. Puts and drops of one key between two flushes become one write, so a
message that is sent and edited ten times costs one row. What the page or a bot was told to be done is flushed
before they are told; a killed process never gives an id out twice: counters are reserved in blocks before their use.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any, Final

ABSENT: Final = object()
BLOCK: Final = 1000

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class Journal:
    """Without a file it keeps nothing, at no cost."""

    def __init__(self, file: Path | None = None) -> None:
        self._connection: sqlite3.Connection | None = None
        self._waiting: dict[tuple[str, str], Any] = {}
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            # a killed process loses nothing that was flushed; only a power cut may, which play can bear
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(SCHEMA)

    def put(self, kind: str, key: int | str, body: Any) -> None:
        """Remembers a JSON value (or bytes) for the next flush; it must not be changed in place afterwards."""
        if self._connection is not None:
            self._waiting[kind, str(key)] = body

    def drop(self, kind: str, key: int | str) -> None:
        if self._connection is not None:
            self._waiting[kind, str(key)] = ABSENT

    def read(self, kind: str) -> list[tuple[str, Any]]:
        """All that the file holds of a kind, in no particular order. Meant for the start."""
        if self._connection is None:
            return []
        rows = self._connection.execute("SELECT key, body FROM entry WHERE kind = ?", (kind,))
        return [(key, body if isinstance(body, bytes) else json.loads(body)) for key, body in rows]

    def flush(self) -> None:
        """Writes what waits, in one transaction."""
        if self._connection is None or not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        puts = [(kind, key, encoded(body)) for (kind, key), body in waiting.items() if body is not ABSENT]
        drops = [place for place, body in waiting.items() if body is ABSENT]
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("DELETE FROM entry WHERE kind = ? AND key = ?", drops)
            connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", puts)

    def close(self) -> None:
        self.flush()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def encoded(body: Any) -> str | bytes:
    if isinstance(body, bytes):
        return body
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


class Counter:
    """Ascending ids that are never given twice, not even after the process was killed.

    A block of ids is written to the journal as used before the first of them is given out; a clean end writes
    the exact place back, a kill skips the rest of the block.
    """

    def __init__(self, journal: Journal, name: str, first: int) -> None:
        self._journal = journal
        self._name = name
        kept = dict(journal.read("counter"))
        self._next = self._reserved = int(kept.get(name, first))

    @property
    def last(self) -> int:
        """The id that was given out last."""
        return self._next - 1

    def __call__(self) -> int:
        if self._next >= self._reserved:
            self._reserved = self._next + BLOCK
            self._journal.put("counter", self._name, self._reserved)
            self._journal.flush()
        self._next += 1
        return self._next - 1

    def settle(self) -> None:
        """Gives the rest of the block back; for the clean end."""
        self._reserved = self._next
        self._journal.put("counter", self._name, self._next)
