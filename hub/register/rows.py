"""A station as a row of the sheet: what was exported can be imported again."""

from collections.abc import Mapping
from typing import Any

from hub.register.fields import BY_NAME
from hub.register.reach import Reach
from hub.register.reading import said_hours
from hub.register.sheet import COLUMNS, Column
from hub.stations.tables import Station, StationHead
from hub.stations.words import KIND_LABELS, STANDING_LABELS, Standing
from shared.opening import Opening

FILLED = tuple(column for column in COLUMNS if column.key != "reason")


def row_of(station: Station, head: StationHead | None, reached: Reach, number: int) -> list[str]:
    """A station as a row of the sheet, in the order of `FILLED`."""
    values = station.model_dump()
    special = {
        "number": str(number),
        "head": "" if head is None else head.name,
        "phone": "" if head is None else head.phone,
        "opening": said_hours(Opening.of(station.opening)),
        "code": station.code or "",
        "kind": KIND_LABELS[station.kind].zh,  # type: ignore[index]  # rows hold no other
        "union": reached.name(station.union),
        "industry": reached.name(station.industry),
        "standing": STANDING_LABELS[Standing(station.standing)].zh,
    }
    return [_cell(column, values, special) for column in FILLED]


def _cell(column: Column, values: Mapping[str, Any], special: Mapping[str, str]) -> str:
    if column.key in special:
        return special[column.key]
    shown = BY_NAME.get(column.key)
    return str(values[column.key] or "") if shown is None else shown.shown(values[column.key])
