"""What helped against an objection."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema forward."""
    op.create_table(
        "helped",
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("objection", sa.String(length=32), nullable=False),
        sa.Column("technique", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_helped_team_id")),
        sa.PrimaryKeyConstraint("token", "objection", "technique", name=op.f("pk_helped")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("helped", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_helped_team_id_objection_technique_helped"),
            ["team_id", "objection", "technique", "helped"],
            unique=False,
        )


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("helped", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_helped_team_id_objection_technique_helped"))

    op.drop_table("helped")
