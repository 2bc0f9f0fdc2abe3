"""Check-ins and undos, as values of rows. Pure."""

from datetime import datetime
from typing import Any

from shared.records import CheckIn

Row = dict[str, Any]


def check_in_row(station: str, record: str, fact: CheckIn, at: datetime | None, received_at: datetime) -> Row:
    """An undated one is kept under the time it was received, and marked."""
    return {
        "id": record,
        "station": station,
        "at": at or received_at,
        "occupation": fact.occupation,
        "method": fact.method,
        "burst": fact.burst,
        "visitor": fact.visitor,
        "received_at": received_at,
        "undated": at is None,
        "retracted": False,
    }


def retraction_row(station: str, of: str, received_at: datetime) -> Row:
    """An undo may arrive before what it undoes."""
    return {"of": of, "station": station, "at": received_at}
