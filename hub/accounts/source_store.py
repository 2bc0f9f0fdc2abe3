"""Addresses wrong passwords came from, in the database: all page processes know them."""

from datetime import datetime

from sqlmodel import Session

from hub.accounts import bucket_store
from hub.accounts.spray import WRONG_PASSWORDS
from hub.accounts.tables import SourceRow


def waits(session: Session, place: str, now: datetime) -> bool:
    """Whether no password from there is looked at just now."""
    row = session.get(SourceRow, place)
    return row is not None and WRONG_PASSWORDS.is_full(row.forgiven_at, now.timestamp())


def note_wrong(session: Session, place: str, now: datetime) -> None:
    """A wrong password came from there. What is forgiven elsewhere goes with the same breath."""
    bucket_store.forgive(session, SourceRow, now)
    bucket_store.raise_one(session, SourceRow, place, WRONG_PASSWORDS, now)
