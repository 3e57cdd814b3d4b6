"""Alembic's entry: the connection is handed in by `bot.storage.migration`."""

from typing import Any, Literal

from alembic import context

from bot.storage.schema import UtcDateTime, metadata


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations outlive our types: a time is written as what the database keeps."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_type=True,
    render_item=plain_types,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
