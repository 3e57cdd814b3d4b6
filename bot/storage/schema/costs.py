"""Cost accounting: amounts and rates are exact text such as '79/983'."""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.storage.schema.columns import UtcDateTime, key, metadata

cost_sheet = Table(
    "cost_sheet",
    metadata,
    key(),
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
    key(),
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
    key(),
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
