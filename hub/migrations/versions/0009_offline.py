"""What devices without a network bring and are given."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "offline_entry",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("why_zh", sa.String(), nullable=False),
        sa.Column("why_en", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("resolved_at", UtcTime(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("offline_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offline_entry_inspection"), ["inspection"], unique=False)

    op.create_table(
        "offline_photo",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("offline_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offline_photo_inspection"), ["inspection"], unique=False)

    op.create_table(
        "offline_proposal",
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("inspection", "key", "seal"),
    )
    with op.batch_alter_table("offline_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offline_proposal_given_at"), ["given_at"], unique=False)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("offline_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offline_proposal_given_at"))

    op.drop_table("offline_proposal")
    with op.batch_alter_table("offline_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offline_photo_inspection"))

    op.drop_table("offline_photo")
    with op.batch_alter_table("offline_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offline_entry_inspection"))

    op.drop_table("offline_entry")
