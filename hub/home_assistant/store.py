"""What the register knows of every station at once: reading only."""

from sqlmodel import Session, col, select

from hub.stations.tables import Facility, StationFactsRow


def every_facility(session: Session) -> dict[str, list[Facility]]:
    """What stands or stood in each station, by id."""
    found: dict[str, list[Facility]] = {}
    for row in session.exec(select(Facility).order_by(col(Facility.station), col(Facility.id))):
        found.setdefault(row.station, []).append(row)
    return found


def versions(session: Session) -> dict[str, str]:
    """The version of each station's programs, where it said."""
    return dict(session.exec(select(StationFactsRow.station, StationFactsRow.version)).all())
