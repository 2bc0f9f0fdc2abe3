"""Addresses wrong passwords came from, in the database: all page processes know them."""

from datetime import datetime

from sqlalchemy import case, delete, update
from sqlmodel import Session, col

from hub.accounts.spray import FORGIVEN_EVERY, is_full
from hub.accounts.tables import SourceRow
from hub.upsert import insert_new


def waits(session: Session, place: str, now: datetime) -> bool:
    """Whether no password from there is looked at just now."""
    row = session.get(SourceRow, place)
    return row is not None and is_full(row.forgiven_at, now.timestamp())


def note_wrong(session: Session, place: str, now: datetime) -> None:
    """A wrong password came from there. What is forgiven elsewhere goes with the same breath."""
    at, weight = now.timestamp(), FORGIVEN_EVERY.total_seconds()
    session.connection().execute(delete(SourceRow).where(col(SourceRow.forgiven_at) <= at))
    if insert_new(session, SourceRow, {"place": place, "forgiven_at": at + weight}):
        return
    since = case((col(SourceRow.forgiven_at) > at, col(SourceRow.forgiven_at)), else_=at)
    one_more = update(SourceRow).where(col(SourceRow.place) == place).values(forgiven_at=since + weight)
    session.connection().execute(one_more)
