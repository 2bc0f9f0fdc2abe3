"""What phones encrypt with; the ways to alerts that are closed, not closed, and counted; old notices."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
CLOSED, OPEN = sa.text("closed_at IS NOT NULL"), sa.text("closed_at IS NULL")
FIGURES = [
    "opened_at", "station", "severity", "acknowledged_at", "resolved_at", "acknowledged_by", "facility", "cause",
    "occurrences", "reopened",
]  # fmt: skip


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "offline_key",
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("user"),
    )
    op.create_table(
        "inspection_mark",
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["inspection"], ["inspection.id"], name="inspection_mark_inspection"),
        sa.PrimaryKeyConstraint("inspection", "key"),
    )
    op.create_index(
        "ix_alert_closed", "alert", ["closed_at"], sqlite_where=CLOSED, postgresql_where=CLOSED,
    )  # fmt: skip
    op.create_index(
        "ix_alert_unclosed", "alert", ["resolved_at", "opened_at", "station"], sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index("ix_alert_figures", "alert", FIGURES)
    op.create_index("ix_notice_created", "notice", ["created_at"])


def downgrade() -> None:
    """Back to the one before."""
    op.drop_index("ix_notice_created", table_name="notice")
    for name in ("ix_alert_figures", "ix_alert_unclosed", "ix_alert_closed"):
        op.drop_index(name, table_name="alert")
    op.drop_table("inspection_mark")
    op.drop_table("offline_key")
