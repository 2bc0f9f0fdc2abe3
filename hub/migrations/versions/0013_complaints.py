"""complaints."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "complaint_source",
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("forgiven_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("once", sa.String(64), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("photo", sa.String(), nullable=True),
        sa.Column("contact", sa.String(64), nullable=True),
        sa.Column("contact_deleted_at", UtcTime(), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("facility", sa.String(), nullable=True),
        sa.Column("finding", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("replied_at", UtcTime(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("opened_again", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", UtcTime(), nullable=True),
        sa.Column("upload_receipt", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"],
            ["finding.id"],
        ),
        sa.ForeignKeyConstraint(
            ["photo"],
            ["photo.id"],
        ),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("once"),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaint_contact",
            ["closed_at"],
            unique=False,
            sqlite_where=sa.text("contact IS NOT NULL"),
            postgresql_where=sa.text("contact IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_complaint_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index("ix_complaint_received", ["received_at"], unique=False)
        batch_op.create_index("ix_complaint_station", ["station", "closed_at"], unique=False)

    op.create_table(
        "complaint_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaint.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("complaint_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_step_complaint"), ["complaint"], unique=False)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("complaint_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_step_complaint"))

    op.drop_table("complaint_step")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_station")
        batch_op.drop_index("ix_complaint_received")
        batch_op.drop_index(
            "ix_complaint_due", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )
        batch_op.drop_index(
            "ix_complaint_contact",
            sqlite_where=sa.text("contact IS NOT NULL"),
            postgresql_where=sa.text("contact IS NOT NULL"),
        )

    op.drop_table("complaint")
    op.drop_table("complaint_source")
