"""What a station measured, as values of rows. Pure."""

from typing import Any

from hub.telemetry.packed import layout_id, pack
from shared.envelope import EnvelopeHead
from shared.records import Gap, Quarter

Row = dict[str, Any]


def quarter_row(station: str, record: str, quarter: Quarter) -> tuple[Row, Row]:
    """The packed figures, and the layout that says what stands where."""
    layout, figures = pack(quarter.figures)
    number = layout_id(layout)
    row = {
        "start": quarter.start,
        "station": station,
        "record": int(record[-8:], 16) >> 1,
        "layout": number,
        "figures": figures,
    }
    return row, {"id": number, "places": layout}


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
