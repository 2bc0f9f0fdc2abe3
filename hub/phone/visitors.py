"""Phones told apart for a month, and never longer: what is stored is a keyed hash of the phone's own random number.

The key of a month is made when it is first needed and destroyed when the month is over (`hub.keeping`). A backup made
before that still holds it, sealed; whoever keeps backups decides how long (docs/decisions/0032).
"""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from hub.forgetting import forget
from hub.formats import local
from hub.keys import HubKeys
from hub.phone.tables import VisitorKey
from hub.upsert import insert_new

KEY_BYTES = 32
KEPT_AFTER = timedelta(days=1)
"""Until then the key of a month that is over may still say that somebody was here half an hour ago."""


def visitor(session: Session, keys: HubKeys, phone: str, now: datetime) -> str:
    """Whom a check-in is of: 32 hexadecimal digits."""
    month, over_at = month_of(now)
    if session.get(VisitorKey, month) is None:
        row = {"month": month, "sealed": keys.sealed(secrets.token_bytes(KEY_BYTES)), "over_at": over_at}
        insert_new(session, VisitorKey, row)
    return _hashed(session, keys, phone, month)


def known_as(session: Session, keys: HubKeys, phone: str, times: Iterable[datetime]) -> list[str]:
    """What this phone was called at these times, as far as the keys are there."""
    months = {month_of(at)[0] for at in times}
    return [_hashed(session, keys, phone, month) for month in months if session.get(VisitorKey, month) is not None]


def forget_keys(session: Session, now: datetime, rows: int) -> int:
    """Destroy the keys of months that are over. Returns how many went."""
    return forget(session, VisitorKey, "over_at", now - KEPT_AFTER, rows)


def month_of(at: datetime) -> tuple[str, datetime]:
    """A month by the wall clock of the stations, and its end."""
    first = local(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return f"{first:%Y-%m}", (first + timedelta(days=32)).replace(day=1)


def _hashed(session: Session, keys: HubKeys, phone: str, month: str) -> str:
    key = keys.opened(session.get_one(VisitorKey, month).sealed)
    return hmac.digest(key, phone.encode(), "sha256").hex()[:32]
