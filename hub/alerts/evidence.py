"""The evidence windows of spells: how they are forgotten."""

from datetime import datetime

from sqlalchemy import select, text, update
from sqlmodel import Session, col

from hub.alerts.tables import Alert
from hub.health.tables import HAS_TRACES, SpellRow
from hub.upsert import table_of


def forget_traces(session: Session, before: datetime, rows: int) -> int:
    """Empty so many windows at most, of spells that ended before. Returns how many.

    What an open alert rests on stays, and so does what holds still.
    """
    spell = table_of(SpellRow)
    alerted = select(col(Alert.spell)).where(col(Alert.closed_at).is_(None), col(Alert.spell).is_not(None))
    found = (
        select(spell.c.id)
        .where(spell.c.until < before, text(HAS_TRACES), spell.c.id.not_in(alerted))
        .order_by(spell.c.until)
        .limit(rows)
        .with_for_update(skip_locked=True)
    )
    ids = session.connection().execute(found).scalars().all()
    if ids:
        session.connection().execute(update(spell).where(spell.c.id.in_(ids)).values(traces=[]))
    return len(ids)
