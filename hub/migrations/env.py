"""Alembic's entry: run against the connection `hub.database` hands over, with every concept's tables."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from hub.columns import HourTime, QuarterTime, UtcTime
from hub.database import all_tables


def written(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """How our own types are spelled in a migration; False: as Alembic would."""
    if kind == "type" and isinstance(item, (UtcTime, HourTime, QuarterTime)):
        name = type(item).__name__
        autogen.imports.add(f"from hub.columns import {name}")
        return f"{name}()"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return False


def run(connection: Connection) -> None:
    """Bring this connection's database to the schema asked for. Batch mode: SQLite cannot alter in place."""
    context.configure(
        connection=connection,
        target_metadata=all_tables(),
        render_as_batch=True,
        render_item=written,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
