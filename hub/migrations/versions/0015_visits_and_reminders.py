"""How long months have waited to be added up; reminders of complaints, sent like notices of alerts."""

import sqlalchemy as sa
from alembic import op

from hub.columns import EPOCH, UtcTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
REMINDER = "notice_reminder_row"
VISITS_DUE = sa.table("visits_due", sa.column("marked_at", UtcTime()))
NOTICE = sa.table("notice", sa.column("reminder", sa.Integer()))
COMPLAINT = sa.table(
    "complaint", sa.column("stage", sa.String()), sa.column("due_at", UtcTime()), sa.column("remind_at", UtcTime())
)


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "notice_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("place_zh", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("notice_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_reminder_path"), ["path"], unique=False)

    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remind_at", UtcTime(), nullable=True))
        batch_op.create_index(
            "ix_complaint_remind",
            ["remind_at"],
            unique=False,
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminder", sa.Integer(), nullable=True))
        batch_op.alter_column("event", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("alert", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            "ix_notice_reminder",
            ["reminder"],
            unique=False,
            sqlite_where=sa.text("reminder IS NOT NULL"),
            postgresql_where=sa.text("reminder IS NOT NULL"),
        )
        batch_op.create_foreign_key(REMINDER, "notice_reminder", ["reminder"], ["id"])

    with op.batch_alter_table("visits_due", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marked_at", UtcTime(), nullable=True))
    op.execute(sa.update(VISITS_DUE).values(marked_at=EPOCH))
    with op.batch_alter_table("visits_due", schema=None) as batch_op:
        batch_op.alter_column("marked_at", existing_type=UtcTime(), nullable=False)
        batch_op.create_index("ix_visits_due_age", ["marked_at"], unique=False)

    # Whoever answers for what is open already is told once it is late, or at once where it is.
    open_ = COMPLAINT.c.stage.in_(["received", "classified", "assigned"])
    op.execute(sa.update(COMPLAINT).where(open_).values(remind_at=COMPLAINT.c.due_at))


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("visits_due", schema=None) as batch_op:
        batch_op.drop_index("ix_visits_due_age")
        batch_op.drop_column("marked_at")

    op.execute(sa.delete(NOTICE).where(NOTICE.c.reminder.is_not(None)))
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(REMINDER, type_="foreignkey")
        batch_op.drop_index(
            "ix_notice_reminder",
            sqlite_where=sa.text("reminder IS NOT NULL"),
            postgresql_where=sa.text("reminder IS NOT NULL"),
        )
        batch_op.alter_column("alert", existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column("event", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("reminder")

    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_complaint_remind",
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )
        batch_op.drop_column("remind_at")

    with op.batch_alter_table("notice_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_reminder_path"))

    op.drop_table("notice_reminder")
