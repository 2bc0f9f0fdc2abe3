"""phone_page."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "visitor_key",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("over_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("month"),
    )
    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("method", sa.String(), nullable=False, server_default="tap"))

    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.alter_column("method", server_default=None)

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("arrived_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("code_steps", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_column("code_steps")
        batch_op.drop_column("arrived_by")

    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.drop_column("method")

    op.drop_table("visitor_key")
