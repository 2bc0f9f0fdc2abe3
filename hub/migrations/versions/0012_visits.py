"""visits."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "visit_month",
        sa.Column("filtered", sa.Boolean(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("folded_at", UtcTime(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("filtered", "month", "station"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("visit_month", schema=None) as batch_op:
        batch_op.create_index("ix_visit_month_age", ["month", "folded_at"], unique=False)
        batch_op.create_index(
            "ix_visit_month_sums", ["filtered", "month", "station", "number", "answers", "satisfied"], unique=False
        )

    op.create_table(
        "visits_due",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("station", "month"),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(
            "ix_check_in_known",
            ["received_at"],
            unique=False,
            sqlite_where=sa.text("visitor IS NOT NULL"),
            postgresql_where=sa.text("visitor IS NOT NULL"),
        )

    with op.batch_alter_table("check_in_count", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE check_in_count SET counted = number WHERE NOT burst")

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("burst", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("check_in_count", schema=None, table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.alter_column("counted", server_default=None)

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.alter_column("burst", server_default=None)

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(
            "ix_feedback_worded",
            ["received_at"],
            unique=False,
            sqlite_where=sa.text("text <> '' OR photo IS NOT NULL"),
            postgresql_where=sa.text("text <> '' OR photo IS NOT NULL"),
        )

    _mark()


def _mark() -> None:
    """Every month of which something is stored is to be added up."""
    if op.get_bind().dialect.name == "sqlite":
        of_moment, of_hour = "at / 1000000", "hour * 3600"
        month = "CAST(strftime('%Y%m', {} + 28800, 'unixepoch') AS INTEGER)"
    else:
        of_moment, of_hour = "at", "to_timestamp(CAST(hour AS BIGINT) * 3600)"
        month = "CAST(to_char({} AT TIME ZONE 'Asia/Shanghai', 'YYYYMM') AS INTEGER)"
    parts = (("check_in", of_moment), ("feedback", of_moment), ("check_in_count", of_hour))
    said = " UNION ".join(f"SELECT station, {month.format(when)} FROM {table}" for table, when in parts)  # noqa: S608
    op.execute(f"INSERT INTO visits_due (station, month) {said}")


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_feedback_worded",
            sqlite_where=sa.text("text <> '' OR photo IS NOT NULL"),
            postgresql_where=sa.text("text <> '' OR photo IS NOT NULL"),
        )
        batch_op.drop_column("burst")

    with op.batch_alter_table("check_in_count", schema=None) as batch_op:
        batch_op.drop_column("counted")

    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_check_in_known",
            sqlite_where=sa.text("visitor IS NOT NULL"),
            postgresql_where=sa.text("visitor IS NOT NULL"),
        )

    op.drop_table("visits_due")
    with op.batch_alter_table("visit_month", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_month_sums")
        batch_op.drop_index("ix_visit_month_age")

    op.drop_table("visit_month")
