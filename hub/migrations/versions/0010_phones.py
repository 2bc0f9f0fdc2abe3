"""phones."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("visitor", sa.String(), nullable=True))

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("method", sa.String(), nullable=False, server_default="tap"))
        batch_op.add_column(sa.Column("text", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("photo", sa.String(), nullable=True))

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.alter_column("method", server_default=None)
        batch_op.alter_column("text", server_default=None)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_column("photo")
        batch_op.drop_column("text")
        batch_op.drop_column("method")

    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_column("visitor")
