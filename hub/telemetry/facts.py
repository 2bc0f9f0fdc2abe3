"""What a station measured, as values of rows. Pure."""

from typing import Any

from shared.envelope import EnvelopeHead
from shared.records import Gap, Quarter

Row = dict[str, Any]


def quarter_rows(station: str, quarter: Quarter) -> list[Row]:
    """One row a figure."""
    return [
        {
            "start": quarter.start,
            "station": station,
            "facility": figure.facility,
            "quantity": figure.quantity,
            "n": figure.n,
            "low": figure.low,
            "mean": figure.mean,
            "high": figure.high,
        }
        for figure in quarter.figures
    ]


def count_rows(station: str, quarter: Quarter) -> list[Row]:
    """One row an entrance."""
    return [
        {
            "start": quarter.start,
            "station": station,
            "facility": count.facility,
            "entered": count.entered,
            "left": count.left,
            "undirected": count.undirected,
            "occupancy": count.occupancy,
            "quality": count.quality,
        }
        for count in quarter.counts
    ]


def gap_row(station: str, record: str, gap: Gap) -> Row:
    """The highest revision counts."""
    return {
        "station": station,
        "id": record,
        "revision": gap.revision,
        "counts": gap.counts,
        "oldest": gap.oldest,
        "newest": gap.newest,
    }


def heard_row(head: EnvelopeHead) -> Row:
    """What an envelope's head says; when it was heard is the hub's to add."""
    return {
        "station": head.station,
        "boot": head.boot,
        "connection": head.connection,
        "clock": str(head.clock),
        "lowest": head.lowest,
        "held": head.held,
        "settings": head.settings,
    }
