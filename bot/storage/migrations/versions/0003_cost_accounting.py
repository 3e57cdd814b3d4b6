"""Cost accounting."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema forward."""
    op.create_table(
        "costing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("product_id", sa.String(length=48), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_costing")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("costing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_costing_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "cost_sheet",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_cost_sheet_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_sheet")),
        sa.UniqueConstraint("team_id", "version", name=op.f("uq_cost_sheet_team_id_version")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cost_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_sheet_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("offer", sa.String(length=16), nullable=False),
        sa.Column("list_price", sa.Text(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("vat", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_product_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("team_id", "content_id", name=op.f("uq_product_team_id_content_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "overhead_rate",
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("centre", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("overheads", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("per", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["sheet_id"], ["cost_sheet.id"], name=op.f("fk_overhead_rate_sheet_id")),
        sa.PrimaryKeyConstraint("sheet_id", "place", name=op.f("pk_overhead_rate")),
    )
    op.create_table(
        "sheet_text",
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["cost_sheet.id"], name=op.f("fk_sheet_text_sheet_id")),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_sheet_text")),
    )
    # Added in place: SQLite would build the table anew, and rows of other tables point to it.
    op.add_column("team", sa.Column("sellers_see_costs", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Takes it back."""
    op.drop_column("team", "sellers_see_costs")

    op.drop_table("sheet_text")
    op.drop_table("overhead_rate")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_owner_id"))

    op.drop_table("product")
    with op.batch_alter_table("cost_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cost_sheet_owner_id"))

    op.drop_table("cost_sheet")
    with op.batch_alter_table("costing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_costing_owner_id"))

    op.drop_table("costing")
