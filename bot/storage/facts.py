"""What the bot learnt about itself."""

from typing import Final

from sqlalchemy import Connection, select

from bot.storage.schema import fact
from bot.storage.upsert import insert_into

USERNAME: Final = "bot_username"


def read_fact(connection: Connection, name: str) -> str | None:
    """The value, None where it is not known yet."""
    found: str | None = connection.execute(select(fact.c.value).where(fact.c.name == name)).scalar_one_or_none()
    return found


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Keeps a value in place of what was known."""
    statement = insert_into(connection, fact).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
