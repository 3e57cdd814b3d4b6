"""The matter: customers, conversations with their steps and notes, and what is due of them."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.schema.columns import Key, UtcDateTime, key, metadata

customer = Table(
    "customer",
    metadata,
    key(),
    Column("owner_id", BigInteger, index=True, doc="empty after the owner's data were deleted"),
    Column("name", String(120), nullable=False),
    Column("alias", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    Column("company", String(120), nullable=False, server_default=""),
    Column("target_group", String(24)),
    Column("potential", String(1), doc="A, B or C"),
    Column("quality", String(8), doc="hot, warm or cold"),
    Column("acquisition", String(24)),
    Column("stage", String(16), doc="of the funnel, where the seller has set it"),
    Column("first_contact", Date),
    Column("contact", Text, nullable=False, server_default="", doc="phone, mail, as typed"),
    Column("interests", Text, nullable=False, server_default=""),
    Column("permission", String(24), doc="on what ground contact is allowed, or that it is not"),
    Column("permission_at", UtcDateTime),
    Column("satisfaction", Integer, doc="1 to 5"),
    Column("satisfaction_at", UtcDateTime),
    Column("reference_at", UtcDateTime, doc="since when it may be named as a reference"),
    sqlite_autoincrement=True,
)

conversation = Table(
    "conversation",
    metadata,
    key(),
    Column("owner_id", BigInteger),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("phase", String(24), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("seq", Integer, nullable=False, doc="of the last step; guards against two writers"),
    Column("state", JSON, nullable=False, doc="what the steps lead to"),
    Column("touched_at", UtcDateTime, nullable=False),
    Column("until", Date, doc="the day on which a postponed one goes on"),
    Index(None, "owner_id", "standing", "touched_at"),
    Index(None, "owner_id", "until"),
    Index(None, "team_id", "touched_at"),
    sqlite_autoincrement=True,
)

step = Table(
    "step",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigInteger),
    Column("trigger", String(32), nullable=False),
    Column("source", String(24)),
    Column("target", String(24), nullable=False),
    Column("payload", JSON, nullable=False),
)

note = Table(
    "note",
    metadata,
    key(),
    Column("owner_id", BigInteger, index=True),
    Column("conversation_id", ForeignKey("conversation.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("file_id", String(256)),
    Column("customer_id", Key, index=True, doc="of a note that belongs to a customer and no conversation"),
    Index(None, "kind", "at"),
    sqlite_autoincrement=True,
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("task", String(32), primary_key=True),
    Column("due_on", Date, nullable=False, index=True),
    Column("owner_id", BigInteger, doc="the conversation's, so that one index finds what a seller has to do"),
    Index(None, "owner_id", "due_on", "conversation_id", "task"),
)
