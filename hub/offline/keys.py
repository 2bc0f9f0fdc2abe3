"""The key of a person's phones: random, sealed in the database, given to nobody but a session of that person."""

import secrets
from datetime import datetime

from sqlmodel import Session

from hub.keys import HubKeys
from hub.offline.tables import OfflineKey
from hub.upsert import insert_new

KEY_BYTES = 32
"""AES-256."""


def of(session: Session, hub: HubKeys, user: int, now: datetime) -> bytes:
    """This user's key, made where there is none; two who ask at once get the same.

    Raises BadSettings where the hub's key file is not the one it was sealed with.
    """
    row = session.get(OfflineKey, user)
    if row is None:
        sealed = hub.sealed(secrets.token_bytes(KEY_BYTES))
        insert_new(session, OfflineKey, {"user": user, "sealed": sealed, "made_at": now})
        row = session.get_one(OfflineKey, user)
    return hub.opened(row.sealed)
