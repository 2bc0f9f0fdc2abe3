"""What was found before, from the database: shown beside a line only after the inspector's own look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from hub.checkins import store as checkins
from hub.checkins.counting import counting
from hub.inspections.log_store import identity
from hub.inspections.purposes import Purpose
from hub.inspections.tables import Inspection, InspectionItem

CHECK_INS_OVER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The points a line had the last time."""

    inspection: int
    at: datetime
    points: int | None
    """None: not applicable."""
    note: str


def last_time(session: Session, row: Inspection) -> dict[str, Earlier]:
    """Of the station's inspection before this one, by line. Third parties' are their own (AH-41) and not among them."""
    query = select(Inspection).where(
        Inspection.station == row.station,
        col(Inspection.id) != identity(row),
        col(Inspection.submitted_at) < row.started_at,
        col(Inspection.returned_at).is_(None),
        Inspection.purpose != Purpose.THIRD_PARTY,
    )
    before = session.exec(query.order_by(col(Inspection.submitted_at).desc()).limit(1)).first()
    if before is None or before.submitted_at is None:
        return {}
    lines = session.exec(select(InspectionItem).where(InspectionItem.inspection == identity(before)))
    at, number = before.submitted_at, identity(before)
    return {line.key: Earlier(number, at, line.points, line.note) for line in lines}


def check_ins(session: Session, row: Inspection, now: datetime) -> dict[str, int]:
    """How workers checked in in the last 30 days, counted by method: what stands beside 引导二维码签到."""
    found: dict[str, int] = {}
    for one in counting(checkins.check_ins(session, row.station, now - CHECK_INS_OVER, now)):
        found[one.method] = found.get(one.method, 0) + 1
    return found
