"""On which lines the facilities of stations are measured, read from what the stations say of themselves."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from hub.alerts.blindness import Line, lines
from hub.stations.tables import StationFactsRow
from shared.records import WiredDevice


def lines_of(session: Session, some: Collection[str]) -> dict[str, list[Line]]:
    """Of each of these stations; one that does not say what its devices measure has none."""
    rows = session.exec(select(StationFactsRow).where(col(StationFactsRow.station).in_(some)))
    return {row.station: lines(WiredDevice.model_validate(one) for one in row.devices) for row in rows}
