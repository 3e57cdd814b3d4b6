"""Tables beside the bot's own in which its database notes what the bot itself forgets on purpose.

The inbox and the outbox are emptied as soon as they may be. Triggers write down, in the very transaction that does
it, which rows the outbox was given and when an update was marked as done.
"""

from typing import Final

from sqlalchemy import Engine

_TABLES: Final = (
    """
    CREATE TABLE witness_outbox (
        id BIGINT PRIMARY KEY, chat_id BIGINT NOT NULL, kind TEXT NOT NULL, screen TEXT NOT NULL, payload TEXT NOT NULL
    )
    """,
    "CREATE TABLE witness_done (inbox_id BIGINT NOT NULL, seconds DOUBLE PRECISION NOT NULL)",
)
_TRIGGERS: Final = {
    "sqlite": (
        """
        CREATE TRIGGER witness_posted AFTER INSERT ON outbox BEGIN
            INSERT INTO witness_outbox VALUES (new.id, new.chat_id, new.kind, new.screen, new.payload);
        END
        """,
        """
        CREATE TRIGGER witness_handled AFTER UPDATE OF state ON inbox WHEN old.state = 'open' AND new.state = 'done'
        BEGIN
            INSERT INTO witness_done VALUES (new.id, (julianday('now') - 2440587.5) * 86400.0);
        END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION witness_posted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO witness_outbox VALUES (new.id, new.chat_id, new.kind, new.screen, new.payload);
            RETURN NULL;
        END $$
        """,
        "CREATE TRIGGER witness_posted AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION witness_posted()",
        """
        CREATE FUNCTION witness_handled() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO witness_done VALUES (new.id, extract(epoch FROM clock_timestamp()));
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER witness_handled AFTER UPDATE OF state ON inbox FOR EACH ROW
        WHEN (old.state = 'open' AND new.state = 'done') EXECUTE FUNCTION witness_handled()
        """,
    ),
}


def install(engine: Engine) -> None:
    """Puts the witness into a database that no bot works on yet."""
    with engine.begin() as connection:
        for statement in (*_TABLES, *_TRIGGERS[engine.dialect.name]):
            connection.exec_driver_sql(statement)
