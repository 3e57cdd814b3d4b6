"""One process at a time on a SQLite database: the second one is told so instead of sharing the chats by accident."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process works on this folder's database."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; the system frees it when the process ends, however it ends."""
    with (folder / "running.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"another process is running on {folder}; stop it, or set another DATA_DIR") from None
        yield
