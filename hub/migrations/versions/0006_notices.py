"""notices."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "notice_cursor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table("notice_taken", sa.Column("event", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("event"))
    op.create_table(
        "notice_watch",
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert"],
            ["alert.id"],
        ),
        sa.PrimaryKeyConstraint("alert"),
    )
    with op.batch_alter_table("notice_watch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_watch_next_at"), ["next_at"], unique=False)

    op.create_table(
        "duty_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("union", sa.Integer(), nullable=True),
        sa.Column("station", sa.String(), nullable=True),
        sa.Column("safety_minutes", sa.Integer(), nullable=False),
        sa.Column("high_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.ForeignKeyConstraint(
            ["union"],
            ["union_node.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("duty_roster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_roster_station"), ["station"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_roster_union"), ["union"], unique=False)

    op.create_table(
        "duty_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"],
            ["duty_roster.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("duty_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_change_roster"), ["roster"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_change_user"), ["user"], unique=False)

    op.create_table(
        "duty_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"],
            ["duty_roster.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_shift_roster"), ["roster"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_shift_user"), ["user"], unique=False)

    op.create_table(
        "notice_road",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=True),
        sa.Column("roster", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("least", sa.String(), nullable=False),
        sa.Column("quiet_start", sa.Integer(), nullable=True),
        sa.Column("quiet_end", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("failing_since", UtcTime(), nullable=True),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("removed_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["roster"],
            ["duty_roster.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("notice_road", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_road_roster"), ["roster"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_road_user"), ["user"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("road", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("due", UtcTime(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", UtcTime(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert"],
            ["alert.id"],
        ),
        sa.ForeignKeyConstraint(
            ["event"],
            ["alert_event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["road"],
            ["notice_road.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_alert", ["alert", "id"], unique=False)
        batch_op.create_index("ix_notice_due", ["state", "due"], unique=False)
        batch_op.create_index("ix_notice_event_road", ["event", "road"], unique=True)
        batch_op.create_index("ix_notice_lately", ["road", "tried_at"], unique=False)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_lately")
        batch_op.drop_index("ix_notice_event_road")
        batch_op.drop_index("ix_notice_due")
        batch_op.drop_index("ix_notice_alert")

    op.drop_table("notice")
    with op.batch_alter_table("notice_road", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_road_user"))
        batch_op.drop_index(batch_op.f("ix_notice_road_roster"))

    op.drop_table("notice_road")
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_shift_user"))
        batch_op.drop_index(batch_op.f("ix_duty_shift_roster"))

    op.drop_table("duty_shift")
    with op.batch_alter_table("duty_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_change_user"))
        batch_op.drop_index(batch_op.f("ix_duty_change_roster"))

    op.drop_table("duty_change")
    with op.batch_alter_table("duty_roster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_roster_union"))
        batch_op.drop_index(batch_op.f("ix_duty_roster_station"))

    op.drop_table("duty_roster")
    with op.batch_alter_table("notice_watch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_watch_next_at"))

    op.drop_table("notice_watch")
    op.drop_table("notice_taken")
    op.drop_table("notice_cursor")
