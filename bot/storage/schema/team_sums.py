"""What is summed for a team: the costs of winning customers, what makes selling hard, what helps. No row says who."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from bot.storage.schema.columns import metadata

spending = Table(
    "spending",
    metadata,
    Column("team_id", ForeignKey("team.id"), primary_key=True),
    Column("month", String(7), primary_key=True, doc="2026-11"),
    Column("channel", String(24), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("amount", Text, nullable=False),
)

hardship = Table(
    "hardship",
    metadata,
    Column("token", String(24), primary_key=True),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("theme", String(24), nullable=False),
    Index(None, "team_id", "month"),
    sqlite_with_rowid=False,
)

# What helps

helped = Table(
    "helped",
    metadata,
    Column("token", String(16), primary_key=True, doc="of one help screen; only its buttons know it"),
    Column("objection", String(32), primary_key=True),
    Column("technique", String(32), primary_key=True),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("helped", Boolean, nullable=False),
    Index(None, "team_id", "objection", "technique", "helped"),
    # Nothing in a row says who or when. Its place would: SQLite numbers rows as they come, unless the key is the place.
    sqlite_with_rowid=False,
)
