"""The durable turn: inbox, outbox, and what is known of chats and of the bot itself."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.schema.columns import UtcDateTime, key, metadata

inbox = Table(
    "inbox",
    metadata,
    key(),
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
    key(),
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
