"""accounts."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "sign_in_source",
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("forgiven_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_table(
        "account_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("scopes", sa.String(120), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("account_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_token_user"), ["user"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("home", sa.String(64), nullable=True))
        batch_op.add_column(sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("must_change", server_default=None)

    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", UtcTime(), nullable=True))
    # Nobody wrote when a session was used: whoever signed in within the last hours stays signed in.
    op.execute("UPDATE account_session SET seen_at = created_at")
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.alter_column("seen_at", existing_type=UtcTime(), nullable=False)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.drop_column("seen_at")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("must_change")
        batch_op.drop_column("home")

    with op.batch_alter_table("account_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_token_user"))

    op.drop_table("account_token")
    op.drop_table("sign_in_source")
