"""The hub's condition in figures, counted by the database: for /metrics and for the doctor. No station is named."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, case, func, text
from sqlmodel import Session, col, select

from hub.settings import HubSettings
from hub.stations.tables import Station
from hub.telemetry.silence import SILENT_AFTER
from hub.telemetry.tables import Heard, Lease, Listening, QuarantineRow


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes. The write-ahead log is SQLite's own file; None elsewhere."""

    database: int
    write_ahead: int | None
    disk_free: int
    """Where the hub's folder lies."""


@dataclass(frozen=True, slots=True)
class Heardness:
    """How many registered stations there are of each sort, by when their last envelope came."""

    heard: int
    silent: int
    never: int
    revoked: int
    outdated: int
    """Heard ones that have not applied their newest settings."""


def sizes(engine: Engine, settings: HubSettings) -> Sizes:
    """Raises SQLAlchemyError where PostgreSQL cannot be asked, OSError where a file cannot."""
    free = shutil.disk_usage(settings.folder).free
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        return Sizes(int(size), None, free)
    file = str(engine.url.database)
    return Sizes(_size(Path(file)), _size(Path(file + "-wal")), free)


def heardness(session: Session, now: datetime) -> Heardness:
    """One statement over the register."""
    revoked = col(Station.revoked_at).is_not(None)
    never = col(Heard.at).is_(None)
    silent = col(Heard.at) < now - SILENT_AFTER
    behind = col(Heard.settings) < col(Station.settings_number)
    sort = case((revoked, "revoked"), (never, "never"), (silent, "silent"), (behind, "outdated"), else_="heard")
    both = select(sort, func.count()).select_from(Station)
    both = both.join(Heard, col(Heard.station) == col(Station.id), isouter=True)
    count: dict[str, int] = dict(session.exec(both.group_by(text("1"))).all())
    return Heardness(
        heard=count.get("heard", 0) + count.get("outdated", 0),
        silent=count.get("silent", 0),
        never=count.get("never", 0),
        revoked=count.get("revoked", 0),
        outdated=count.get("outdated", 0),
    )


def last_listened(session: Session) -> datetime | None:
    """Until when ingest has noted that it listens. None: it never did."""
    return session.exec(select(Listening.until).order_by(col(Listening.until).desc()).limit(1)).first()


def leases(session: Session) -> Sequence[Lease]:
    """Who does which background job, by name."""
    return session.exec(select(Lease).order_by(col(Lease.name))).all()


def quarantined(session: Session) -> int:
    """How many rows lie in quarantine."""
    return session.exec(select(func.count()).select_from(QuarantineRow)).one()


def age_s(at: datetime | None, now: datetime) -> float | None:
    """Seconds since then; None where there is no such time."""
    return None if at is None else max(0.0, (now - at) / timedelta(seconds=1))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
