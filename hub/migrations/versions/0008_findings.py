"""What must be put right after an inspection, and the numbers of inspections."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("facility", sa.String(), nullable=True),
        sa.Column("inspection", sa.Integer(), nullable=True),
        sa.Column("reinspection", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("same", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("taken_up_at", UtcTime(), nullable=True),
        sa.Column("taken_up_by", sa.String(), nullable=True),
        sa.Column("fixed_at", UtcTime(), nullable=True),
        sa.Column("fixed_by", sa.String(), nullable=True),
        sa.Column("verified_at", UtcTime(), nullable=True),
        sa.Column("verified_by", sa.String(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("opened_again", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reinspection"],
            ["inspection_assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            "ix_finding_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_finding_inspection"), ["inspection"], unique=False)
        batch_op.create_index(
            "ix_finding_same",
            ["station", "same"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index("ix_finding_station", ["station", "closed_at"], unique=False)
    op.create_table(
        "inspection_line_sum",
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("inspection", "key", "what"),
    )
    with op.batch_alter_table("inspection_line_sum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_line_sum_month"), ["month"], unique=False)
    op.create_table(
        "inspection_sum",
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("possible", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("lowest_lines", sa.Integer(), nullable=False),
        sa.Column("observable", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("up", sa.Integer(), nullable=False),
        sa.Column("down", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Integer(), nullable=False),
        sa.Column("blind_same", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("inspection"),
    )
    with op.batch_alter_table("inspection_sum", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inspection_sum_station",
            ["station", "month", "total", "lowest_lines", "observable", "proposed"],
            unique=False,
        )
    op.create_table(
        "finding_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("photo", sa.String(), nullable=True),
        sa.Column("inspection", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding"],
            ["finding.id"],
        ),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.ForeignKeyConstraint(
            ["photo"],
            ["photo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("finding_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_step_finding"), ["finding"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_step_inspection"), ["inspection"], unique=False)


def downgrade() -> None:
    """Back to the one before."""
    for table in ("finding_step", "finding", "inspection_line_sum", "inspection_sum"):
        op.drop_table(table)
