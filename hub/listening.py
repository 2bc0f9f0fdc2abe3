"""Notes when the hub itself listens: silence is judged only over that time (design.md §3)."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from hub import metrics
from hub.telemetry import store

NOTE_EVERY = timedelta(seconds=10)


class Listener:
    """Keeps the row of the present time of listening."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._row: tuple[int, int] | None = None
        """Connection number and row id. None: not listening."""
        self._noted_at: datetime | None = None

    def note(self, connection: int | None, now: datetime) -> None:
        """Call often. `connection` is the number of the one that is up, None while none is."""
        metrics.CONNECTED.set(connection is not None)
        if connection is None:
            self._row = self._noted_at = None
        elif self._row is None or self._row[0] != connection:
            with Session(self._engine) as session:
                self._row = connection, store.begin_listening(session, now)
                session.commit()
            self._noted_at = now
        elif self._noted_at is None or now - self._noted_at >= NOTE_EVERY or now < self._noted_at:
            with Session(self._engine) as session:
                store.go_on_listening(session, self._row[1], now)
                session.commit()
            self._noted_at = now
