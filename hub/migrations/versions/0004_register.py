"""register."""

import sqlalchemy as sa
from alembic import op

from hub.columns import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "register_import",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "station_code_area",
        sa.Column("area", sa.String(4), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("area"),
    )
    op.create_table(
        "union_head",
        sa.Column("union", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("email", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(30), nullable=False),
        sa.ForeignKeyConstraint(
            ["union"],
            ["union_node.id"],
        ),
        sa.PrimaryKeyConstraint("union"),
    )
    op.create_table(
        "code_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("area", sa.String(4), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", UtcTime(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("refused_why", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("code_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_request_station"), ["station"], unique=False)
        batch_op.create_index(
            "one_open_request",
            ["station"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "daily_log",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cleaned", sa.Boolean(), nullable=False),
        sa.Column("refilled", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("station", "day"),
    )
    op.create_table(
        "station_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("system", sa.String(60), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("system", "value", name="one_alias_in_a_system"),
    )
    with op.batch_alter_table("station_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_alias_station"), ["station"], unique=False)

    op.create_table(
        "station_code",
        sa.Column("digits", sa.String(11), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("area", sa.String(4), nullable=False),
        sa.Column("given_at", UtcTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("digits"),
    )
    with op.batch_alter_table("station_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_station_code_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_code_station"), ["station"], unique=False)

    op.create_table(
        "station_extra",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("extra", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("station", "extra"),
    )
    op.create_table(
        "station_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(30), nullable=False),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("station_head", schema=None) as batch_op:
        batch_op.create_index("ix_station_head_account", ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_head_station"), ["station"], unique=False)
        batch_op.create_index(
            "one_head_at_a_time",
            ["station"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "station_revocation",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("plaque_returned_on", sa.Date(), nullable=True),
        sa.Column("plaque_receiver", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "posted_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("which", sa.String(20), nullable=False),
        sa.Column("version", sa.String(60), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("photo", sa.String(32), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo"],
            ["photo.id"],
        ),
        sa.ForeignKeyConstraint(
            ["station"],
            ["station.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("posted_rules", schema=None) as batch_op:
        batch_op.create_index("ix_posted_rules_place", ["station", "which"], unique=False)

    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(), nullable=False, server_default="station"))

    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carrier", sa.String(40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("carrier_note", sa.String(80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("area_m2", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("area_shared", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("area_note", sa.String(200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("services", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("other_services", sa.String(200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("planned_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("waiver", sa.String(400), nullable=False, server_default=""))
    _tell_plaques_apart()
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.create_index(
            "one_station_one_plaque",
            ["plaque_number"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    _give_codes()

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("make", sa.String(60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("model", sa.String(60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("serial", sa.String(60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("installed", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("warranty_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("supplier", sa.String(120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("photo", sa.String(32), nullable=True))
    with op.batch_alter_table("facility", schema=None) as batch_op:
        for name in ("source",):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("station", schema=None) as batch_op:
        for name in ("carrier", "carrier_note", "area_shared", "area_note", "services", "other_services", "waiver"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("unit", schema=None) as batch_op:
        for name in ("make", "model", "serial", "supplier"):
            batch_op.alter_column(name, server_default=None)


def _give_codes() -> None:
    """Codes of Anhui given so far stay with their stations, and count (AH-31, AH-32). Of two with the same digits the
    one commissioned first keeps them; the other's row is as it was."""
    bind = op.get_bind()
    given = bind.execute(
        sa.text("SELECT id, code, commissioned_at FROM station WHERE rulebook = 'anhui_2024' AND code IS NOT NULL"
                " ORDER BY commissioned_at, id")
    ).all()  # fmt: skip
    taken: dict[str, dict[str, object]] = {}
    last: dict[str, int] = {}
    for station, code, at in given:
        digits = code[:11]
        if len(digits) == 11 and digits.isascii() and digits.isdigit() and digits not in taken:
            area = digits[2:6]
            taken[digits] = {"digits": digits, "station": station, "area": area, "at": at, "by": ""}
            last[area] = max(last.get(area, 0), int(digits[6:]))
    if taken:
        bind.execute(
            sa.text('INSERT INTO station_code (digits, station, area, given_at, "by")'
                    " VALUES (:digits, :station, :area, :at, :by)"),
            list(taken.values()),
        )  # fmt: skip
        bind.execute(
            sa.text("INSERT INTO station_code_area (area, last) VALUES (:area, :last)"),
            [{"area": area, "last": sequence} for area, sequence in last.items()],
        )


def _tell_plaques_apart() -> None:
    """A number two stations share stays with one; the other's says whose it is, for a person to correct."""
    bind = op.get_bind()
    bind.execute(sa.text("UPDATE station SET plaque_number = NULL WHERE plaque_number = ''"))
    shared = bind.execute(
        sa.text("SELECT id, plaque_number FROM station WHERE plaque_number IS NOT NULL AND revoked_at IS NULL"
                " ORDER BY id")
    ).all()  # fmt: skip
    seen: set[str] = set()
    for station, plaque in shared:
        if plaque in seen:
            bind.execute(
                sa.text("UPDATE station SET plaque_number = :plaque WHERE id = :id"),
                {"plaque": f"{plaque} ({station})", "id": station},
            )
        seen.add(plaque)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("photo")
        batch_op.drop_column("supplier")
        batch_op.drop_column("warranty_until")
        batch_op.drop_column("installed")
        batch_op.drop_column("serial")
        batch_op.drop_column("model")
        batch_op.drop_column("make")

    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.drop_index(
            "one_station_one_plaque",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_column("waiver")
        batch_op.drop_column("planned_on")
        batch_op.drop_column("other_services")
        batch_op.drop_column("services")
        batch_op.drop_column("area_note")
        batch_op.drop_column("area_shared")
        batch_op.drop_column("area_m2")
        batch_op.drop_column("carrier_note")
        batch_op.drop_column("carrier")

    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.drop_column("source")

    with op.batch_alter_table("posted_rules", schema=None) as batch_op:
        batch_op.drop_index("ix_posted_rules_place")

    op.drop_table("posted_rules")
    op.drop_table("station_revocation")
    with op.batch_alter_table("station_head", schema=None) as batch_op:
        batch_op.drop_index(
            "one_head_at_a_time", sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_station_head_station"))
        batch_op.drop_index("ix_station_head_account")

    op.drop_table("station_head")
    op.drop_table("station_extra")
    with op.batch_alter_table("station_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_code_station"))
        batch_op.drop_index(batch_op.f("ix_station_code_area"))

    op.drop_table("station_code")
    with op.batch_alter_table("station_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_alias_station"))

    op.drop_table("station_alias")
    op.drop_table("daily_log")
    with op.batch_alter_table("code_request", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_request",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_code_request_station"))

    op.drop_table("code_request")
    op.drop_table("union_head")
    op.drop_table("station_code_area")
    op.drop_table("register_import")
