"""The bell between processes: who stores something for a chat that another one works on tells that one at once.

Only PostgreSQL has it. What rings while nobody listens is lost, and does no harm: each process looks by itself, only
not as often.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

import structlog
from sqlalchemy import Connection, Engine, String, cast, func, select

from bot.storage.schema import lane

log = structlog.get_logger()

_CHANNEL: Final = "lane"
_AGAIN_AFTER: Final = 1.0
"""Seconds until a listener that lost the database tries again."""


def ring(connection: Connection, chat_ids: Iterable[int]) -> None:
    """Rings for those who hold the lanes of these chats; it is heard when the transaction commits."""
    wanted = sorted(chat_ids)
    if wanted:
        message = lane.c.owner + " " + cast(lane.c.chat_id, String)
        connection.execute(
            select(func.pg_notify(_CHANNEL, message)).where(lane.c.chat_id.in_(wanted), lane.c.owner.is_not(None))
        )


async def listen(engine: Engine, owner: str, rung: Callable[[int], None]) -> None:
    """Calls `rung` with each chat for which `owner` is rung, on a connection of its own, until it is cancelled."""
    import psycopg  # nobody else names the driver, and SQLite needs none

    _, given = engine.dialect.create_connect_args(engine.url)
    parameters = {**given, "autocommit": True, "connect_timeout": 5}
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**parameters) as connection:
                await connection.execute(f"LISTEN {_CHANNEL}")
                async for notice in connection.notifies():
                    to, _, chat_id = notice.payload.partition(" ")
                    if to == owner:
                        rung(int(chat_id))
        except (psycopg.Error, OSError) as error:
            log.warning("bell_not_heard", fault=type(error).__name__)
            await asyncio.sleep(_AGAIN_AFTER)
