"""jurisdiction."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("trail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_station"), ["station"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_what"), ["what"], unique=False)

    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "union_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tree", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent"],
            ["union_node.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("union_node", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_union_node_parent"), ["parent"], unique=False)
        batch_op.create_index(batch_op.f("ix_union_node_path"), ["path"], unique=False)

    op.create_table(
        "account_station",
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("user", "station"),
    )
    with op.batch_alter_table("account_station", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_station_station"), ["station"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_station"), ["station"], unique=False)

    op.create_table(
        "photo_bytes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["photo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        # Who could sign in so far saw every station.
        batch_op.add_column(sa.Column("everywhere", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("union", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("expires_at", UtcTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_account_union"), ["union"], unique=False)
        batch_op.create_foreign_key("account_union", "union_node", ["union"], ["id"])
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("everywhere", server_default=None)

    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.add_column(sa.Column("access", sa.String(), nullable=False, server_default="all"))
        batch_op.add_column(sa.Column("standing", sa.String(), nullable=False, server_default="open"))
        batch_op.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("union", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("industry", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_station_industry"), ["industry"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_union"), ["union"], unique=False)
        batch_op.create_foreign_key("station_union", "union_node", ["union"], ["id"])
        batch_op.create_foreign_key("station_industry", "union_node", ["industry"], ["id"])
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.alter_column("access", server_default=None)
        batch_op.alter_column("standing", server_default=None)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.drop_constraint("station_industry", type_="foreignkey")
        batch_op.drop_constraint("station_union", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_station_union"))
        batch_op.drop_index(batch_op.f("ix_station_industry"))
        batch_op.drop_column("industry")
        for name in ("longitude", "latitude", "standing", "access"):
            batch_op.drop_column(name)
        batch_op.drop_column("union")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint("account_union", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_account_union"))
        batch_op.drop_column("expires_at")
        batch_op.drop_column("union")
        batch_op.drop_column("everywhere")

    op.drop_table("photo_bytes")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_station"))

    op.drop_table("photo")
    with op.batch_alter_table("account_station", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_station_station"))

    op.drop_table("account_station")
    with op.batch_alter_table("union_node", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_union_node_path"))
        batch_op.drop_index(batch_op.f("ix_union_node_parent"))

    op.drop_table("union_node")
    op.drop_table("trail_head")
    with op.batch_alter_table("trail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_what"))
        batch_op.drop_index(batch_op.f("ix_trail_station"))

    op.drop_table("trail")
