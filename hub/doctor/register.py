"""The doctor asks the database: in a few statements, whatever the number of stations."""

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, func, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from hub import condition
from hub.database import check_schema, engine_for
from hub.doctor.facts import Job, Kept, Register, Waits
from hub.errors import WrongSchema
from hub.notices import store as notices
from hub.settings import HubSettings
from hub.stations import store as stations
from hub.stations.store import BrokerUser
from hub.stations.tables import Station
from hub.telemetry.silence import SILENT_AFTER
from hub.telemetry.tables import Heard, Listening, QuarantineRow

FEW = 5
"""Names a person reads."""
LONGEST_WHY = 60


def ask(settings: HubSettings, now: datetime) -> tuple[str, Register | None, list[BrokerUser]]:
    """Why the database cannot be used, or what it says, and who may connect to the broker."""
    file = settings.folder / "hub.db"
    if settings.embedded and not file.exists():
        return f"{file} does not exist yet: it is made at the first start", None, []
    engine = engine_for(settings.url)
    try:
        check_schema(engine)
        with Session(engine) as session:
            return "", _register(session, engine, settings, now), stations.broker_users(session)
    except (WrongSchema, OSError) as error:
        return str(error), None, []
    except SQLAlchemyError as error:
        # The first line alone: the others hold the statement.
        return str(error.__cause__ or error).splitlines()[0][:200], None, []
    finally:
        engine.dispose()


def _register(session: Session, engine: Engine, settings: HubSettings, now: datetime) -> Register:
    first = session.exec(select(func.min(Listening.since))).one()
    silent = (
        select(Heard.station, Heard.at)
        .join(Station, col(Station.id) == col(Heard.station))
        .where(col(Station.revoked_at).is_(None), col(Heard.at) < now - SILENT_AFTER)
    )
    unheard = (
        select(Station.id)
        .join(Heard, col(Heard.station) == col(Station.id), isouter=True)
        .where(col(Station.revoked_at).is_(None), col(Heard.at).is_(None))
    )
    after = (
        select(Station.id)
        .join(Heard, col(Heard.station) == col(Station.id))
        .where((col(Heard.at) > col(Station.revoked_at)) | (col(Heard.online_at) > col(Station.revoked_at)))
        .where(col(Heard.online))
    )
    clocks = select(Heard.clock, func.count()).where(col(Heard.at) >= now - SILENT_AFTER).group_by(col(Heard.clock))
    return Register(
        sizes=condition.sizes(engine, settings),
        waits=_waits(engine),
        heard=condition.heardness(session, now),
        listened_first=first,
        listened_last=condition.last_listened(session),
        jobs=[Job(lease.name, lease.until) for lease in condition.leases(session)],
        kept=_kept(session),
        silent=[(id_, at) for id_, at in session.exec(silent.order_by(col(Heard.at)).limit(FEW)) if at is not None],
        never=list(session.exec(unheard.order_by(col(Station.id)).limit(FEW))),
        revoked_heard=list(session.exec(after.order_by(col(Station.id)).limit(FEW))),
        clocks=dict(session.exec(clocks).all()),
        notice_late=notices.late(session, now),
        failing_roads=[
            (f"{road.id} ({road.kind})", road.failing_since)
            for road in notices.failing(session)
            if road.failing_since is not None
        ],
    )


def _kept(session: Session) -> Sequence[Kept]:
    """By the beginning of the reason: the rest of it names values."""
    why = func.substr(QuarantineRow.why, 1, LONGEST_WHY)
    rows = select(why, func.count(), func.count(func.distinct(QuarantineRow.station)), func.max(QuarantineRow.at))
    largest = rows.group_by(text("1")).order_by(text("2 DESC")).limit(FEW)
    return [Kept(str(reason), count, places, newest) for reason, count, places, newest in session.exec(largest)]


def _waits(engine: Engine) -> Waits:
    """What a writer waits now: a write lock is asked for and given back at once."""
    began = time.monotonic()
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("LOCK TABLE heard IN ROW EXCLUSIVE MODE"))
            connection.rollback()
    except SQLAlchemyError as error:
        return Waits(time.monotonic() - began, str(error.__cause__ or error).splitlines()[0][:200])
    return Waits(time.monotonic() - began)


def unknown(settings: HubSettings, overheard: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of these ids, those nobody registered, and those that are revoked."""
    engine = engine_for(settings.url)
    with Session(engine) as session:
        admitted = stations.admissions(session, set(overheard))
    engine.dispose()
    strangers = [id_ for id_ in overheard if id_ not in admitted]
    return sorted(strangers), sorted(id_ for id_, admission in admitted.items() if admission.revoked)
