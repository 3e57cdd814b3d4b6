"""The tables. Times are UTC; money is text of an exact decimal inside the steps' payload.

Changes need an Alembic migration beside them; a test builds the database both ways and finds no difference.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's form)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up only an INTEGER key, PostgreSQL wants 64 bits. Where buttons or queues remember ids,
# `sqlite_autoincrement` keeps SQLite from giving the id of a removed row out again.
_Key = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("id", _Key, primary_key=True, autoincrement=True)


# Who

team = Table(
    "team",
    metadata,
    _key(),
    Column("name", String(80), nullable=False, unique=True),
    Column("language", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("region", String(8), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("summary_time", String(5), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sellers_see_costs", Boolean, nullable=False, server_default=false()),
    Column("working_days", String(7), nullable=False, server_default="12345", doc="ISO: 1 is Monday"),
    Column("half_holidays_off", Boolean, nullable=False, server_default=true(), doc="24 and 31 December"),
    Column("quiet_line", Boolean, nullable=False, server_default=true(), doc="a line on a day without activity"),
    Column("shows_sellers", Boolean, nullable=False, server_default=false(), doc="figures of each seller"),
    sqlite_autoincrement=True,
)

day_off = Table(
    "day_off",
    metadata,
    Column("team_id", ForeignKey("team.id"), primary_key=True),
    Column("day", Date, primary_key=True),
)

person = Table(
    "person",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False, doc="Telegram's user id"),
    Column("chat_id", BigInteger, nullable=False),
    Column("name", String(128), nullable=False),
    Column("language", String(5), nullable=False),
    Column("role", String(16), nullable=False),
    Column("team_id", ForeignKey("team.id"), nullable=False, index=True),
    Column("own_zone", String(64)),
    Column("active_conversation_id", BigInteger),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Column("blocked_at", UtcDateTime),
    Column("menu", String(32), doc="mark of the command menu that Telegram was given for this chat"),
    Column("morning", String(5), server_default="07:30", doc="local time of the morning message; empty: none"),
    Column("briefing", Integer, nullable=False, server_default="15", doc="minutes before an appointment; 0: none"),
    Column("quiet_from", String(5), nullable=False, server_default="20:00"),
    Column("quiet_until", String(5), nullable=False, server_default="07:00"),
    Column("hardship_month", String(7), doc="the last one of which the person said what had made selling hard"),
)

invite = Table(
    "invite",
    metadata,
    _key(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", BigInteger, doc="the manager; empty for the command line"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by", BigInteger),
    sqlite_autoincrement=True,
)

# The matter

customer = Table(
    "customer",
    metadata,
    _key(),
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
    _key(),
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
    _key(),
    Column("owner_id", BigInteger, index=True),
    Column("conversation_id", ForeignKey("conversation.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("file_id", String(256)),
    Column("customer_id", _Key, index=True, doc="of a note that belongs to a customer and no conversation"),
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

# The day

appointment = Table(
    "appointment",
    metadata,
    _key(),
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
    _key(),
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

# What winning customers costs, and what makes selling hard: the latter without who

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

waiting = Table(
    "waiting",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", JSON, nullable=False, doc="the question, what was entered, and the question before it"),
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

# Cost accounting: amounts and rates are exact text such as '79/983'

cost_sheet = Table(
    "cost_sheet",
    metadata,
    _key(),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("owner_id", BigInteger, index=True, doc="who entered it; empty after their data were deleted"),
    Column("name", String(120), nullable=False),
    Column("summary", JSON(none_as_null=True), doc="rates, checks, warnings; empty while it is not finished"),
    Column("version", Integer, doc="empty: nobody has saved it"),
    Column("period", String(40), nullable=False),
    Column("valid_from", Date),
    Column("touched_at", UtcDateTime, nullable=False),
    Column("released_at", UtcDateTime),
    Column("released_by", BigInteger),
    UniqueConstraint("team_id", "version"),
    sqlite_autoincrement=True,
)

# Apart from its sheet: it may be megabytes, and most turns need none of it.
sheet_text = Table(
    "sheet_text",
    metadata,
    Column("sheet_id", ForeignKey("cost_sheet.id"), primary_key=True),
    Column("text", Text, nullable=False, doc="the sheet as JSON, a long one packed"),
)

overhead_rate = Table(
    "overhead_rate",
    metadata,
    Column("sheet_id", ForeignKey("cost_sheet.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("centre", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(24), nullable=False),
    Column("overheads", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("exact", Text, nullable=False, doc="a fraction of 1, or money per hour"),
    Column("per", String(16), doc="the kind of hours; empty where the rate is a share"),
)

costing = Table(
    "costing",
    metadata,
    _key(),
    Column("owner_id", BigInteger, nullable=False, index=True),
    Column("fields", JSON, nullable=False, doc="as its JSON is read"),
    Column("skipped", JSON, nullable=False),
    Column("product_id", String(48)),
    Column("touched_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

product = Table(
    "product",
    metadata,
    _key(),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("content_id", String(40), doc="its id in the company's own content, where it stands there"),
    Column("name", String(60), nullable=False),
    Column("offer", String(16), nullable=False),
    Column("list_price", Text),
    Column("fields", JSON, nullable=False, doc="what was entered of its costing"),
    Column("vat", String(16), nullable=False),
    Column("owner_id", BigInteger, index=True),
    Column("touched_at", UtcDateTime, nullable=False),
    UniqueConstraint("team_id", "content_id"),
    sqlite_autoincrement=True,
)

# The durable turn

inbox = Table(
    "inbox",
    metadata,
    _key(),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False, doc="the turn's time"),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False, doc="open, done, aside"),
    Column("tries", Integer, nullable=False),
    Column("raw", Text, doc="emptied with 'done'"),
    Column("reason", String(200)),
    UniqueConstraint("bot_id", "update_id"),
    Index(None, "state", "id"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    _key(),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False, doc="send, edit, retire, file"),
    Column("screen", String(48), nullable=False),
    Column("payload", JSON(none_as_null=True), doc="emptied with 'sent'"),
    Column("state", String(12), nullable=False, doc="open, sent, superseded, aside"),
    Column("pushed", Boolean, nullable=False, doc="nobody waits for it: answers go first"),
    Column("tries", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("reason", String(200)),
    Index(None, "state", "chat_id", "id"),
    sqlite_autoincrement=True,
)

lane = Table(
    "lane",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", String(64)),
    Column("lease_until", UtcDateTime),
    Column("messages", Integer, nullable=False, doc="how many messages the chat has seen"),
    Column("talked_at", UtcDateTime, doc="when something was last pressed or typed that belongs to a conversation"),
)

screen = Table(
    "screen",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(48), primary_key=True),
    Column("message_id", BigInteger),
    Column("drawn", String(32), doc="digest of what stands there"),
    Column("place", Integer, nullable=False, doc="count of the chat's messages when it was sent"),
)

fact = Table(
    "fact",
    metadata,
    Column("name", String(48), primary_key=True),
    Column("value", Text, nullable=False, doc="what the bot learnt about itself, such as its user name"),
)
