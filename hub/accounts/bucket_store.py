"""Leaky buckets in the database, where all page processes know them: a table of keys and when each is empty."""

from datetime import datetime

from sqlalchemy import case, delete, update
from sqlmodel import Session, SQLModel

from hub.accounts.bucket import Bucket
from hub.upsert import insert_new, table_of


def forgive(session: Session, model: type[SQLModel], now: datetime) -> None:
    """Empty buckets go: the table stays small, and no address is kept for longer than it matters."""
    table = table_of(model)
    session.connection().execute(delete(table).where(table.c.forgiven_at <= now.timestamp()))


def raise_one(session: Session, model: type[SQLModel], key: str, bucket: Bucket, now: datetime) -> None:
    """One more came, by this primary key; of two at once both count."""
    table, at = table_of(model), now.timestamp()
    (column,) = table.primary_key.columns
    if insert_new(session, model, {column.name: key, "forgiven_at": bucket.after(at, at)}):
        return
    since = case((table.c.forgiven_at > at, table.c.forgiven_at), else_=at)
    raised = update(table).where(column == key).values(forgiven_at=since + bucket.every.total_seconds())
    session.connection().execute(raised)
