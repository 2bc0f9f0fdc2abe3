"""first."""

import sqlalchemy as sa
from alembic import op

from hub.columns import HourTime, QuarterTime, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcTime(), nullable=True),
        sa.Column("disabled_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("first_symptom_at", UtcTime(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("why_zh", sa.String(), nullable=False),
        sa.Column("why_en", sa.String(), nullable=False),
        sa.Column("spell", sa.String(), nullable=True),
        sa.Column("acknowledged_at", UtcTime(), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("closed_why_zh", sa.String(), nullable=True),
        sa.Column("closed_why_en", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alert_open",
            ["station", "facility", "cause"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_alert_station"), ["station"], unique=False)

    op.create_table(
        "boot",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("first_at", UtcTime(), nullable=False),
        sa.Column("last_at", UtcTime(), nullable=False),
        sa.Column("first_connection", sa.Integer(), nullable=False),
        sa.Column("connection", sa.Integer(), nullable=False),
        sa.Column("first_lowest", sa.Integer(), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("station", "boot"),
    )
    op.create_table(
        "check_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("burst", sa.Boolean(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index("ix_check_in_place", ["station", "at"], unique=False)
        batch_op.create_index("ix_check_in_received_at", ["received_at"], unique=False)

    op.create_table(
        "check_in_count",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("hour", HourTime(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("burst", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("station", "hour", "occupation", "method", "burst"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count",
        sa.Column("start", QuarterTime(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("undirected", sa.Integer(), nullable=False),
        sa.Column("occupancy", sa.Integer(), nullable=True),
        sa.Column("quality", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("start", "station", "facility"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fault_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.create_index("ix_fault_report_place", ["station", "at"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_place", ["station", "at"], unique=False)

    op.create_table(
        "gap",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("oldest", UtcTime(), nullable=True),
        sa.Column("newest", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("station", "id"),
    )
    op.create_table(
        "heard",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=True),
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("connection", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Integer(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("online_connection", sa.Integer(), nullable=False),
        sa.Column("online_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("station"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hour",
        sa.Column("hour", HourTime(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("ok", sa.BigInteger(), nullable=False),
        sa.Column("degraded", sa.BigInteger(), nullable=False),
        sa.Column("down", sa.BigInteger(), nullable=False),
        sa.Column("excluded", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "station", "facility"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "layout",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "listening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "profile",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("learning_since", UtcTime(), nullable=False),
        sa.Column("replaced_at", UtcTime(), nullable=True),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.Column("baselines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("station", "facility"),
    )
    op.create_table(
        "proof",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("proved_at", UtcTime(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.create_index("ix_proof_place", ["station", "facility", "proved_at"], unique=False)
        batch_op.create_index("ix_proof_proved_at", ["proved_at"], unique=False)

    op.create_table(
        "quarantine",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantine_station"), ["station"], unique=False)

    op.create_table(
        "quarantine_lost",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "quarter",
        sa.Column("start", QuarterTime(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("layout", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("start", "station", "record"),
    )
    op.create_table(
        "question",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("due", UtcTime(), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("station", "id"),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(
            "ix_question_open",
            ["station"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index("ix_question_place", ["station", "facility", "asked_at"], unique=False)

    op.create_table(
        "retraction",
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("of", "station"),
    )
    op.create_table(
        "settings_due", sa.Column("station", sa.String(), nullable=False), sa.PrimaryKeyConstraint("station")
    )
    op.create_table(
        "spell",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=True),
        sa.Column("confirmed_at", UtcTime(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("why_zh", sa.String(), nullable=False),
        sa.Column("why_en", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("traces", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("spell", schema=None) as batch_op:
        batch_op.create_index(
            "ix_spell_open",
            ["station"],
            unique=False,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.create_index("ix_spell_place", ["station", "facility", "since"], unique=False)
        batch_op.create_index(
            "ix_spell_traces",
            ["until"],
            unique=False,
            sqlite_where=sa.text("CAST(traces AS TEXT) <> '[]'"),
            postgresql_where=sa.text("CAST(traces AS TEXT) <> '[]'"),
        )
        batch_op.create_index("ix_spell_until", ["until"], unique=False)

    op.create_table(
        "statement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("undated", sa.Boolean(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index("ix_statement_place", ["station", "at"], unique=False)
        batch_op.create_index("ix_statement_question", ["station", "question"], unique=False)

    op.create_table(
        "station",
        sa.Column("id", sa.String(10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=True),
        sa.Column("union_name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("plaque_number", sa.String(), nullable=True),
        sa.Column("staffing", sa.String(), nullable=False),
        sa.Column("opening", sa.JSON(), nullable=False),
        sa.Column("commissioned_at", UtcTime(), nullable=False),
        sa.Column("mqtt_hash", sa.String(), nullable=False),
        sa.Column("mosquitto_hash", sa.String(), nullable=False),
        sa.Column("sealed_qr_key", sa.LargeBinary(), nullable=False),
        sa.Column("settings_number", sa.Integer(), nullable=False),
        sa.Column("settings_digest", sa.String(), nullable=False),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.Column("history_until", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("rulebook", "code", name="one_station_one_code"),
    )
    op.create_table(
        "station_facts",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("devices", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "account_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_session_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_session_user"), ["user"], unique=False)

    op.create_table(
        "facility",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label_zh", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("removed_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("station", "id"),
    )
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.create_index(
            "ix_facility_stands",
            ["station", "kind", "id"],
            unique=False,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("station_name", sa.String(), nullable=False),
        sa.Column("station_name_en", sa.String(), nullable=False),
        sa.Column("station_number", sa.String(), nullable=False),
        sa.Column("union_name", sa.String(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("submitted_at", UtcTime(), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inspection_draft",
            ["station"],
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.create_index("ix_inspection_station", ["station", "submitted_at"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index("ix_unit_place", ["station", "facility"], unique=False)

    op.create_table(
        "inspection_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("inspection_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_answer_inspection"), ["inspection"], unique=False)

    op.create_table(
        "inspection_item",
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("look", sa.String(), nullable=True),
        sa.Column("looked_at", UtcTime(), nullable=True),
        sa.Column("looked_by", sa.String(), nullable=True),
        sa.Column("proposal", sa.JSON(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("revealed_at", UtcTime(), nullable=True),
        sa.Column("revealed_by", sa.String(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("inspection", "key"),
    )


def downgrade() -> None:
    """Back to the one before."""
    op.drop_table("inspection_item")
    with op.batch_alter_table("inspection_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_answer_inspection"))

    op.drop_table("inspection_answer")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_place")

    op.drop_table("unit")
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_index("ix_inspection_station")
        batch_op.drop_index(
            "ix_inspection_draft",
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )

    op.drop_table("inspection")
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_facility_stands",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("facility")
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_session_user"))
        batch_op.drop_index(batch_op.f("ix_account_session_expires_at"))

    op.drop_table("account_session")
    op.drop_table("station_facts")
    op.drop_table("station")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index("ix_statement_question")
        batch_op.drop_index("ix_statement_place")

    op.drop_table("statement")
    with op.batch_alter_table("spell", schema=None) as batch_op:
        batch_op.drop_index("ix_spell_until")
        batch_op.drop_index(
            "ix_spell_traces",
            sqlite_where=sa.text("CAST(traces AS TEXT) <> '[]'"),
            postgresql_where=sa.text("CAST(traces AS TEXT) <> '[]'"),
        )
        batch_op.drop_index("ix_spell_place")
        batch_op.drop_index(
            "ix_spell_open", sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )

    op.drop_table("spell")
    op.drop_table("settings_due")
    op.drop_table("retraction")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index("ix_question_place")
        batch_op.drop_index(
            "ix_question_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )

    op.drop_table("question")
    op.drop_table("quarter")
    op.drop_table("quarantine_lost")
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_station"))

    op.drop_table("quarantine")
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.drop_index("ix_proof_proved_at")
        batch_op.drop_index("ix_proof_place")

    op.drop_table("proof")
    op.drop_table("profile")
    op.drop_table("listening")
    op.drop_table("lease")
    op.drop_table("layout")
    op.drop_table("hour")
    op.drop_table("heard")
    op.drop_table("gap")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_place")

    op.drop_table("feedback")
    with op.batch_alter_table("fault_report", schema=None) as batch_op:
        batch_op.drop_index("ix_fault_report_place")

    op.drop_table("fault_report")
    op.drop_table("count")
    op.drop_table("check_in_count")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_check_in_received_at")
        batch_op.drop_index("ix_check_in_place")

    op.drop_table("check_in")
    op.drop_table("boot")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_station"))
        batch_op.drop_index(
            "ix_alert_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )

    op.drop_table("alert")
    op.drop_table("account")
