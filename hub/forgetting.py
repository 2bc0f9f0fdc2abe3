"""Deletes old rows, some at a time."""

from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select
from sqlmodel import Session, SQLModel

from hub.upsert import table_of


def forget(session: Session, model: type[SQLModel], when: str, before: datetime, rows: int) -> int:
    """Delete so many rows at most, the oldest first, whose time is before. None is no time. Returns how many went.

    On PostgreSQL what another transaction holds is passed over, not waited for.
    """
    table, connection = table_of(model), session.connection()
    columns, time = list(table.primary_key.columns), table.c[when]
    found = select(*columns).where(time < before).order_by(time).limit(rows).with_for_update(skip_locked=True)
    keys = [{f"key_{place}": part for place, part in enumerate(row)} for row in connection.execute(found)]
    if keys:
        these = and_(*[column == bindparam(f"key_{place}") for place, column in enumerate(columns)])
        connection.execute(delete(table).where(these), keys)
    return len(keys)
