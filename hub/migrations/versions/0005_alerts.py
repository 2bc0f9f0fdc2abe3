"""The life of an alert, its events, maintenance windows."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "alert_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=True),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alert.id"], name="alert_event_alert"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("alert_event", schema=None) as batch_op:
        batch_op.create_index("ix_alert_event_alert", ["alert", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_event_station"), ["station"], unique=False)
        batch_op.create_index("ix_alert_event_what", ["what", "at"], unique=False)

    op.create_table(
        "maintenance_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=True),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("end", UtcTime(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("filed_at", UtcTime(), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("maintenance_window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_maintenance_window_end"), ["end"], unique=False)
        batch_op.create_index("ix_maintenance_window_place", ["station", "end"], unique=False)

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("problem", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("base", sa.String(), nullable=False, server_default="high"))
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default="down"))
        batch_op.add_column(sa.Column("assigned_to", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("assigned_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("promised_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("resolved_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("resolved_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("resolved_why_zh", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("resolved_why_en", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("proof_photo", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("proof_record", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("reopened", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("reopened_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("occurrences", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("onsets", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("chattering_since", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("quiet_since", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("inhibited", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("inhibited_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("earlier", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("closed_by", sa.String(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_alert_open"), sqlite_where=sa.text("closed_at IS NULL"))
        batch_op.create_index(
            "ix_alert_open",
            ["station", "facility", "cause", "problem"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_alert_open_station",
            ["station", "cause", "problem"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL AND facility IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL AND facility IS NULL"),
        )
        batch_op.create_index("ix_alert_place", ["station", "facility", "opened_at"], unique=False)
    # What an alert was loud for is all that is known of one from before.
    op.execute("UPDATE alert SET base = severity")
    op.execute("UPDATE alert SET state = 'degraded' WHERE severity = 'normal'")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        for name in ("problem", "base", "state", "reopened", "occurrences", "onsets"):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("alert", sa.Integer(), nullable=True))
        batch_op.create_index("ix_fault_report_alert", ["alert"], unique=False)
        batch_op.create_index(
            "ix_fault_report_untold",
            ["received_at"],
            unique=False,
            sqlite_where=sa.text("alert IS NULL"),
            postgresql_where=sa.text("alert IS NULL"),
        )


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_fault_report_untold", sqlite_where=sa.text("alert IS NULL"), postgresql_where=sa.text("alert IS NULL")
        )
        batch_op.drop_index("ix_fault_report_alert")
        batch_op.drop_column("alert")

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index("ix_alert_place")
        batch_op.drop_index(
            "ix_alert_open_station",
            sqlite_where=sa.text("closed_at IS NULL AND facility IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL AND facility IS NULL"),
        )
        batch_op.drop_index(
            "ix_alert_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )
        batch_op.create_index(
            batch_op.f("ix_alert_open"),
            ["station", "facility", "cause"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_column("closed_by")
        batch_op.drop_column("earlier")
        batch_op.drop_column("inhibited_by")
        batch_op.drop_column("inhibited")
        batch_op.drop_column("quiet_since")
        batch_op.drop_column("chattering_since")
        batch_op.drop_column("onsets")
        batch_op.drop_column("occurrences")
        batch_op.drop_column("reopened_at")
        batch_op.drop_column("reopened")
        batch_op.drop_column("proof_record")
        batch_op.drop_column("proof_photo")
        batch_op.drop_column("resolved_why_en")
        batch_op.drop_column("resolved_why_zh")
        batch_op.drop_column("resolved_by")
        batch_op.drop_column("resolved_at")
        batch_op.drop_column("promised_at")
        batch_op.drop_column("assigned_at")
        batch_op.drop_column("assigned_to")
        batch_op.drop_column("state")
        batch_op.drop_column("base")
        batch_op.drop_column("problem")

    with op.batch_alter_table("maintenance_window", schema=None) as batch_op:
        batch_op.drop_index("ix_maintenance_window_place")
        batch_op.drop_index(batch_op.f("ix_maintenance_window_end"))

    op.drop_table("maintenance_window")
    with op.batch_alter_table("alert_event", schema=None) as batch_op:
        batch_op.drop_index("ix_alert_event_what")
        batch_op.drop_index(batch_op.f("ix_alert_event_station"))
        batch_op.drop_index("ix_alert_event_alert")

    op.drop_table("alert_event")
