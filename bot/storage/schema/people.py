"""Who: teams, members, invites, and the question that waits for a member."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Integer, String, Table, false, true

from bot.storage.schema.columns import UtcDateTime, key, metadata

team = Table(
    "team",
    metadata,
    key(),
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
    Column("joined_at", UtcDateTime, nullable=False, doc="the present team in the present role"),
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
    key(),
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

waiting = Table(
    "waiting",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", JSON, nullable=False, doc="the question, what was entered, and the question before it"),
)
