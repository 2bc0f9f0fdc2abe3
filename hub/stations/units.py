"""The machines standing at the facilities: what tells one from the one before, and who answers for it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from hub.stations.due import mark_due
from hub.stations.tables import Facility, UnitRow


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """What is known of a machine beside its name; empty is not known."""

    make: str = ""
    model: str = ""
    serial: str = ""
    installed: date | None = None
    warranty_until: date | None = None
    supplier: str = ""
    photo: str | None = None

    @property
    def name(self) -> str:
        """What tells it from the one before."""
        return " ".join(part for part in (self.make, self.model, self.serial) if part)


def units(session: Session, some: Collection[str]) -> dict[str, dict[str, UnitRow]]:
    """The machine standing at each facility of these stations now, by station and facility; where nobody said, it is
    absent.
    """
    found: dict[str, dict[str, UnitRow]] = {}
    for row in session.exec(select(UnitRow).where(col(UnitRow.station).in_(some)).order_by(col(UnitRow.id))):
        found.setdefault(row.station, {})[row.facility] = row
    return found


def unit(session: Session, facility: Facility) -> UnitRow | None:
    """The machine standing there now. None: nobody has said."""
    query = select(UnitRow).where(UnitRow.station == facility.station, UnitRow.facility == facility.id)
    return session.exec(query.order_by(col(UnitRow.id).desc()).limit(1)).first()


def history(session: Session, facility: Facility) -> Sequence[UnitRow]:
    """Every machine that stood there, the newest first."""
    query = select(UnitRow).where(UnitRow.station == facility.station, UnitRow.facility == facility.id)
    return session.exec(query.order_by(col(UnitRow.id).desc())).all()


def put_unit(
    session: Session, facility: Facility, name: str, by: str, now: datetime, details: UnitDetails | None = None
) -> UnitRow:
    """Another machine stands there from now on: the station learns anew.

    The same name once more is the same machine; what is newly known of it is kept.
    """
    standing = unit(session, facility)
    if standing is None or standing.name != name:
        standing = UnitRow(station=facility.station, facility=facility.id, name=name, since=now, by=by)
        mark_due(session, [facility.station])
    if details is not None:
        for field, value in asdict(details).items():
            if value:
                setattr(standing, field, value)
    session.add(standing)
    session.flush()
    return standing
