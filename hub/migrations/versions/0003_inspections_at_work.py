"""inspections_at_work."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LITTLE = {
    "ix_inspection_drafts": "submitted_at IS NULL",
    "ix_inspection_returned": "returned_at IS NOT NULL",
    "ix_inspection_unconfirmed": "confirmed_at IS NULL",
}


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "inspection_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("assigned_at", UtcTime(), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("inspection_assignment", schema=None) as batch_op:
        given = sa.text("done_at IS NULL AND withdrawn_at IS NULL")
        batch_op.create_index(
            "ix_inspection_assignment_given", ["due"], unique=False, sqlite_where=given, postgresql_where=given
        )
        batch_op.create_index(batch_op.f("ix_inspection_assignment_station"), ["station"], unique=False)

    op.create_table(
        "inspection_assigned",
        sa.Column("assignment", sa.Integer(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment"],
            ["inspection_assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("assignment", "user"),
    )
    with op.batch_alter_table("inspection_assigned", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_assigned_user"), ["user"], unique=False)

    op.create_table(
        "inspection_photo",
        sa.Column("photo", sa.String(), nullable=False),
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        sa.Column("matches", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.ForeignKeyConstraint(
            ["photo"],
            ["photo.id"],
        ),
        sa.PrimaryKeyConstraint("photo"),
    )
    with op.batch_alter_table("inspection_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_photo_inspection"), ["inspection"], unique=False)

    op.create_table(
        "inspection_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("drawing", sa.String(), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drawing"],
            ["photo.id"],
        ),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("inspection_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_signature_inspection"), ["inspection"], unique=False)

    op.create_table(
        "inspection_version",
        sa.Column("inspection", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"],
            ["inspection.id"],
        ),
        sa.PrimaryKeyConstraint("inspection", "number"),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assignment", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.String(), nullable=False, server_default="spot"))
        batch_op.add_column(sa.Column("nonce", sa.String(32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("staffing", sa.String(), nullable=False, server_default="manned"))
        batch_op.add_column(sa.Column("returned_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("possible", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("remark", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("presence", sa.String(), nullable=False, server_default="unproven"))
        batch_op.add_column(sa.Column("arrived_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("accuracy_m", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("distance_m", sa.Float(), nullable=True))
        batch_op.create_foreign_key("inspection_assignment", "inspection_assignment", ["assignment"], ["id"])
        batch_op.create_index("ix_inspection_assignment", ["assignment"], unique=True)
        batch_op.create_index("ix_inspection_started", ["started_at"], unique=False)
        batch_op.create_index("ix_inspection_confirmed", ["confirmed_at"], unique=False)
        for name, little in LITTLE.items():
            condition = sa.text(little)
            batch_op.create_index(
                name, ["started_at"], unique=False, sqlite_where=condition, postgresql_where=condition
            )
        batch_op.drop_index("ix_inspection_draft")
        where = sa.text("submitted_at IS NULL AND assignment IS NULL")
        batch_op.create_index(
            "ix_inspection_draft", ["station"], unique=True, sqlite_where=where, postgresql_where=where
        )

    with op.batch_alter_table("inspection_answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("done_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("origin", sa.String(), nullable=False, server_default="online"))
        batch_op.add_column(sa.Column("spent_s", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("accuracy_m", sa.Float(), nullable=True))

    with op.batch_alter_table("inspection_answer", schema=None) as batch_op:
        batch_op.alter_column("origin", server_default=None)

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        for name in ("purpose", "nonce", "staffing", "version", "remark", "presence"):
            batch_op.alter_column(name, server_default=None)

    with op.batch_alter_table("inspection_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("test", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("test_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("test_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("second_proposal", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("second_seal", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("not_applicable", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("inspection_item", schema=None) as batch_op:
        batch_op.alter_column("not_applicable", server_default=None)

    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by", sa.String(), nullable=True))


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("proof", schema=None) as batch_op:
        batch_op.drop_column("by")

    with op.batch_alter_table("inspection_item", schema=None) as batch_op:
        batch_op.drop_column("not_applicable")
        batch_op.drop_column("second_seal")
        batch_op.drop_column("second_proposal")
        batch_op.drop_column("test_by")
        batch_op.drop_column("test_at")
        batch_op.drop_column("test")

    with op.batch_alter_table("inspection_answer", schema=None) as batch_op:
        batch_op.drop_column("accuracy_m")
        batch_op.drop_column("longitude")
        batch_op.drop_column("latitude")
        batch_op.drop_column("spent_s")
        batch_op.drop_column("origin")
        batch_op.drop_column("done_at")

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        where = sa.text("submitted_at IS NULL")
        batch_op.drop_index("ix_inspection_draft")
        batch_op.create_index(
            "ix_inspection_draft", ["station"], unique=True, sqlite_where=where, postgresql_where=where
        )
        for name in ("ix_inspection_assignment", "ix_inspection_started", "ix_inspection_confirmed", *LITTLE):
            batch_op.drop_index(name)
        batch_op.drop_constraint("inspection_assignment", type_="foreignkey")
        batch_op.drop_column("distance_m")
        batch_op.drop_column("accuracy_m")
        batch_op.drop_column("longitude")
        batch_op.drop_column("latitude")
        batch_op.drop_column("arrived_at")
        batch_op.drop_column("presence")
        batch_op.drop_column("remark")
        batch_op.drop_column("possible")
        batch_op.drop_column("version")
        batch_op.drop_column("confirmed_by")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("returned_at")
        batch_op.drop_column("staffing")
        batch_op.drop_column("nonce")
        batch_op.drop_column("purpose")
        batch_op.drop_column("assignment")

    op.drop_table("inspection_version")
    with op.batch_alter_table("inspection_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_signature_inspection"))

    op.drop_table("inspection_signature")
    with op.batch_alter_table("inspection_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_photo_inspection"))

    op.drop_table("inspection_photo")
    with op.batch_alter_table("inspection_assigned", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_assigned_user"))

    op.drop_table("inspection_assigned")
    with op.batch_alter_table("inspection_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_assignment_station"))
        batch_op.drop_index("ix_inspection_assignment_given")

    op.drop_table("inspection_assignment")
