"""Entries, photos and handed-out proposals in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hub.accounts.store import identity
from hub.accounts.tables import User
from hub.inspections.sealing import Sealed
from hub.offline.outcomes import Became, Outcome
from hub.offline.tables import OfflineEntry, OfflinePhoto, OfflineProposal
from hub.upsert import insert_new, upsert

FRESH = timedelta(minutes=15)
"""So long a proposal that was handed out is handed out again, to the letter."""
KEPT = timedelta(days=120)
"""After that no device brings one back: nothing is dated as far back (`clocks.LONGEST_AWAY`)."""


def entry(session: Session, id_: str) -> OfflineEntry | None:
    """One entry. None: it never came."""
    return session.get(OfflineEntry, id_, populate_existing=True)


def put(session: Session, row: OfflineEntry) -> bool:
    """Take an entry in, once. False: one of this id is there."""
    return insert_new(session, OfflineEntry, row.model_dump())


def became(session: Session, id_: str, became: Became) -> None:
    """Write down what became of it."""
    why = became.why
    session.connection().execute(
        update(OfflineEntry)
        .where(col(OfflineEntry.id) == id_)
        .values(
            outcome=became.outcome, version=became.version, why_zh="" if why is None else why.zh,
            why_en="" if why is None else why.en,
        )
    )  # fmt: skip


def second_answers(session: Session, inspection: int) -> Sequence[OfflineEntry]:
    """What is kept beside the answers that stand, and nobody has chosen of yet, in the order it was done."""
    query = select(OfflineEntry).where(
        OfflineEntry.inspection == inspection,
        OfflineEntry.outcome == Outcome.CONFLICT,
        col(OfflineEntry.resolved_at).is_(None),
    )
    return session.exec(query.order_by(col(OfflineEntry.received_at), col(OfflineEntry.place))).all()


def resolve(session: Session, inspection: int, key: str, user: int, taken: bool, by: str, now: datetime) -> int:
    """A person chose between what stands and this user's answer. Returns how many entries were about it."""
    changed = session.connection().execute(
        update(OfflineEntry)
        .where(col(OfflineEntry.inspection) == inspection, col(OfflineEntry.key) == key, col(OfflineEntry.user) == user)
        .where(col(OfflineEntry.outcome) == Outcome.CONFLICT, col(OfflineEntry.resolved_at).is_(None))
        .values(resolved_at=now, resolved_by=by, taken=taken)
    )
    return changed.rowcount


def photo(session: Session, id_: str) -> OfflinePhoto | None:
    """A photo that was sent ahead. None: it never came."""
    return session.get(OfflinePhoto, id_, populate_existing=True)


def put_photo(
    session: Session, id_: str, inspection: int, user: User, content: bytes, sha256: str, now: datetime
) -> bool:
    """Keep a photo until its entry comes. False: one of this id is there."""
    row = {
        "id": id_, "inspection": inspection, "user": identity(user), "sha256": sha256, "received_at": now,
        "content": content,
    }  # fmt: skip
    return insert_new(session, OfflinePhoto, row)


def photo_lies_elsewhere(session: Session, id_: str) -> None:
    """Its entry was applied: its bytes are with all other photos."""
    session.connection().execute(update(OfflinePhoto).where(col(OfflinePhoto.id) == id_).values(content=None))


def given(session: Session, inspection: int, key: str, seal: str) -> Sealed | None:
    """A proposal that was handed out. None: the hub never made this one."""
    row = session.get(OfflineProposal, (inspection, key, seal))
    return None if row is None else Sealed(row.content, row.seal)


def given_last(session: Session, inspection: int, key: str, until: datetime) -> Sealed | None:
    """The newest that was handed out by then. None: none was."""
    query = select(OfflineProposal).where(
        OfflineProposal.inspection == inspection, OfflineProposal.key == key, OfflineProposal.given_at <= until
    )
    row = session.exec(query.order_by(col(OfflineProposal.given_at).desc()).limit(1)).first()
    return None if row is None else Sealed(row.content, row.seal)


def still_fresh(session: Session, inspection: int, now: datetime) -> dict[str, Sealed]:
    """What was handed out just now, by line."""
    query = select(OfflineProposal).where(
        OfflineProposal.inspection == inspection, OfflineProposal.given_at > now - FRESH
    )
    return {
        row.key: Sealed(row.content, row.seal) for row in session.exec(query.order_by(col(OfflineProposal.given_at)))
    }


def give(session: Session, inspection: int, sealed: Mapping[str, Sealed], now: datetime) -> None:
    """Hand proposals out. Those no device can bring back any more go."""
    session.connection().execute(delete(OfflineProposal).where(col(OfflineProposal.given_at) < now - KEPT))
    rows = [
        {"inspection": inspection, "key": key, "seal": one.digest, "content": one.content, "given_at": now}
        for key, one in sealed.items()
    ]
    upsert(session, OfflineProposal, rows)
