"""The seller's day and the manager's evening.

Columns are added in place: SQLite would build the tables anew, and rows of other tables point to them.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema forward."""
    op.create_table(
        "push",
        sa.Column("recipient_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", "kind", "subject", "day", name=op.f("pk_push")),
    )
    op.create_index(op.f("ix_push_at"), "push", ["at"], unique=False)

    op.create_table(
        "day_off",
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_day_off_team_id")),
        sa.PrimaryKeyConstraint("team_id", "day", name=op.f("pk_day_off")),
    )
    op.create_table(
        "hardship",
        sa.Column("token", sa.String(length=24), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("theme", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_hardship_team_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_hardship")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hardship_team_id_month"), "hardship", ["team_id", "month"], unique=False)

    op.create_table(
        "spending",
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_spending_team_id")),
        sa.PrimaryKeyConstraint("team_id", "month", "channel", "currency", name=op.f("pk_spending")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=True),
        sa.Column("occurrence", sa.String(length=32), nullable=False),
        sa.Column("stamp", sa.String(length=48), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_appointment_conversation_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_appointment_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("owner_id", "uid", "occurrence", name=op.f("uq_appointment_owner_id_uid_occurrence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_appointment_conversation_id"), "appointment", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_appointment_customer_id"), "appointment", ["customer_id"], unique=False)
    op.create_index(op.f("ix_appointment_owner_id_starts_at"), "appointment", ["owner_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_appointment_starts_at"), "appointment", ["starts_at"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_reminder_conversation_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_reminder_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminder_conversation_id"), "reminder", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_reminder_customer_id"), "reminder", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_reminder_owner_id_done_on_due_on"), "reminder", ["owner_id", "done_on", "due_on"], unique=False
    )

    op.drop_index(op.f("ix_conversation_team_id"), "conversation")
    op.create_index(op.f("ix_conversation_team_id_touched_at"), "conversation", ["team_id", "touched_at"], unique=False)

    op.add_column("conversation", sa.Column("until", sa.Date(), nullable=True))
    op.create_index(op.f("ix_conversation_owner_id_until"), "conversation", ["owner_id", "until"], unique=False)
    op.add_column("follow_up", sa.Column("owner_id", sa.BigInteger(), nullable=True))
    op.create_index(
        op.f("ix_follow_up_owner_id_due_on_conversation_id_task"),
        "follow_up",
        ["owner_id", "due_on", "conversation_id", "task"],
        unique=False,
    )
    _fill_what_is_due()

    op.add_column("customer", sa.Column("company", sa.String(length=120), server_default="", nullable=False))
    op.add_column("customer", sa.Column("target_group", sa.String(length=24), nullable=True))
    op.add_column("customer", sa.Column("potential", sa.String(length=1), nullable=True))
    op.add_column("customer", sa.Column("quality", sa.String(length=8), nullable=True))
    op.add_column("customer", sa.Column("acquisition", sa.String(length=24), nullable=True))
    op.add_column("customer", sa.Column("stage", sa.String(length=16), nullable=True))
    op.add_column("customer", sa.Column("first_contact", sa.Date(), nullable=True))
    op.add_column("customer", sa.Column("contact", sa.Text(), server_default="", nullable=False))
    op.add_column("customer", sa.Column("interests", sa.Text(), server_default="", nullable=False))
    op.add_column("customer", sa.Column("permission", sa.String(length=24), nullable=True))
    op.add_column("customer", sa.Column("permission_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customer", sa.Column("satisfaction", sa.Integer(), nullable=True))
    op.add_column("customer", sa.Column("satisfaction_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customer", sa.Column("reference_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("note", sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.create_index(op.f("ix_note_customer_id"), "note", ["customer_id"], unique=False)

    op.add_column("lane", sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("person", sa.Column("morning", sa.String(length=5), server_default="07:30", nullable=True))
    op.add_column("person", sa.Column("briefing", sa.Integer(), server_default="15", nullable=False))
    op.add_column("person", sa.Column("quiet_from", sa.String(length=5), server_default="20:00", nullable=False))
    op.add_column("person", sa.Column("quiet_until", sa.String(length=5), server_default="07:00", nullable=False))
    op.add_column("person", sa.Column("hardship_month", sa.String(length=7), nullable=True))

    op.add_column("team", sa.Column("working_days", sa.String(length=7), server_default="12345", nullable=False))
    op.add_column("team", sa.Column("half_holidays_off", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("team", sa.Column("quiet_line", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("team", sa.Column("shows_sellers", sa.Boolean(), server_default=sa.false(), nullable=False))


def _fill_what_is_due() -> None:
    """The new columns that find what is due say what the rows of the conversations say already."""
    talks = sa.table(
        "conversation",
        sa.column("id", sa.BigInteger()),
        sa.column("owner_id", sa.BigInteger()),
        sa.column("standing", sa.String()),
        sa.column("state", sa.JSON()),
        sa.column("until", sa.Date()),
    )
    due = sa.table("follow_up", sa.column("conversation_id", sa.BigInteger()), sa.column("owner_id", sa.BigInteger()))
    connection = op.get_bind()
    owner = sa.select(talks.c.owner_id).where(talks.c.id == due.c.conversation_id).scalar_subquery()
    connection.execute(sa.update(due).values(owner_id=owner))
    postponed = sa.select(talks.c.id, talks.c.state).where(talks.c.standing == "postponed")
    for row in connection.execute(postponed).all():
        if until := row.state.get("until"):
            day = date.fromisoformat(until)
            connection.execute(sa.update(talks).where(talks.c.id == row.id).values(until=day))


def downgrade() -> None:
    """Takes it back."""
    op.drop_column("team", "shows_sellers")
    op.drop_column("team", "quiet_line")
    op.drop_column("team", "half_holidays_off")
    op.drop_column("team", "working_days")

    op.drop_column("lane", "talked_at")

    op.drop_column("person", "hardship_month")
    op.drop_column("person", "quiet_until")
    op.drop_column("person", "quiet_from")
    op.drop_column("person", "briefing")
    op.drop_column("person", "morning")

    op.drop_index(op.f("ix_note_customer_id"), "note")
    op.drop_column("note", "customer_id")

    op.drop_index(op.f("ix_follow_up_owner_id_due_on_conversation_id_task"), "follow_up")
    op.drop_column("follow_up", "owner_id")
    op.drop_index(op.f("ix_conversation_owner_id_until"), "conversation")
    op.drop_column("conversation", "until")

    op.drop_column("customer", "reference_at")
    op.drop_column("customer", "satisfaction_at")
    op.drop_column("customer", "satisfaction")
    op.drop_column("customer", "permission_at")
    op.drop_column("customer", "permission")
    op.drop_column("customer", "interests")
    op.drop_column("customer", "contact")
    op.drop_column("customer", "first_contact")
    op.drop_column("customer", "stage")
    op.drop_column("customer", "acquisition")
    op.drop_column("customer", "quality")
    op.drop_column("customer", "potential")
    op.drop_column("customer", "target_group")
    op.drop_column("customer", "company")

    op.drop_index(op.f("ix_conversation_team_id_touched_at"), "conversation")
    op.create_index(op.f("ix_conversation_team_id"), "conversation", ["team_id"], unique=False)

    op.drop_index(op.f("ix_reminder_owner_id_done_on_due_on"), "reminder")
    op.drop_index(op.f("ix_reminder_customer_id"), "reminder")
    op.drop_index(op.f("ix_reminder_conversation_id"), "reminder")

    op.drop_table("reminder")
    op.drop_index(op.f("ix_appointment_starts_at"), "appointment")
    op.drop_index(op.f("ix_appointment_owner_id_starts_at"), "appointment")
    op.drop_index(op.f("ix_appointment_customer_id"), "appointment")
    op.drop_index(op.f("ix_appointment_conversation_id"), "appointment")

    op.drop_table("appointment")
    op.drop_table("spending")
    op.drop_index(op.f("ix_hardship_team_id_month"), "hardship")

    op.drop_table("hardship")
    op.drop_table("day_off")
    op.drop_index(op.f("ix_push_at"), "push")

    op.drop_table("push")
