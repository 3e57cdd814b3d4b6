"""The day: appointments, reminders, and what was pushed, so that nothing goes out twice."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from bot.storage.schema.columns import UtcDateTime, key, metadata

appointment = Table(
    "appointment",
    metadata,
    key(),
    Column("owner_id", BigInteger, nullable=False),
    Column("customer_id", ForeignKey("customer.id"), index=True),
    Column("conversation_id", ForeignKey("conversation.id"), index=True),
    Column("kind", String(24), nullable=False),
    Column("title", String(200), nullable=False),
    Column("place", String(200), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Column("uid", String(255), doc="of an event that came in a calendar file"),
    Column("occurrence", String(32), nullable=False, doc="which one of a series; empty for a single event"),
    Column("stamp", String(48), nullable=False, doc="sequence and time of the event's version"),
    Column("cancelled_at", UtcDateTime),
    Index(None, "owner_id", "starts_at"),
    Index(None, "starts_at"),
    UniqueConstraint("owner_id", "uid", "occurrence"),
    sqlite_autoincrement=True,
)

reminder = Table(
    "reminder",
    metadata,
    key(),
    Column("owner_id", BigInteger, nullable=False),
    Column("customer_id", ForeignKey("customer.id"), index=True),
    Column("conversation_id", ForeignKey("conversation.id"), index=True),
    Column("kind", String(24), nullable=False, doc="referral, satisfaction, check-in, cross-selling"),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "owner_id", "done_on", "due_on"),
    sqlite_autoincrement=True,
)

# What was pushed, so that nothing goes out twice
push = Table(
    "push",
    metadata,
    Column("recipient_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("subject", BigInteger, primary_key=True, autoincrement=False, doc="appointment, team; 0 for nothing"),
    Column("day", Date, primary_key=True, doc="the local date"),
    Column("at", UtcDateTime, nullable=False, index=True),
)
