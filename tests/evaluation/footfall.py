"""A real door's counts through our counter: every person counted by somebody else's sensor breaks our two beams.

The recording has counts of half an hour; people are spread evenly over it. So it tells of long series, doubts and
occupancy that drifts, not of how people really cross.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edge.sampling import Sample
from shared.records import Quarter
from tests.evaluation.replayed import facility, facts

FILE = "calit2_door/door_wk1_9.csv.gz"
ENTRANCE, BEAMS = "entrance-1", ("beam_a", "beam_b")
INTERVAL_S, REPEAT_S = 1800.0, 600.0
BREAK_S, STEP_S = 0.4, 0.2
"""A body breaks a beam for so long; the second beam so much later."""


@dataclass(frozen=True, slots=True)
class Door:
    """People by direction, as the recording has them and as our counter says."""

    name: str
    entered: int
    left: int
    counted_in: int
    counted_out: int
    worst_half_hour: int
    """The most people, both ways, by which a half hour differs."""


def counted(files: Path) -> Door:
    """All weeks of the door."""
    rows = list(_rows(files / FILE))
    entered: dict[float, int] = {}
    left: dict[float, int] = {}
    for fact in facts([facility(ENTRANCE, BEAMS)], _beams(rows)):
        if isinstance(fact, Quarter):
            half = fact.start.timestamp() // INTERVAL_S * INTERVAL_S
            for count in fact.counts:
                entered[half] = entered.get(half, 0) + count.entered
                left[half] = left.get(half, 0) + count.left
    off = [abs(entered.get(at, 0) - came) + abs(left.get(at, 0) - went) for at, came, went in rows]
    return Door(
        Path(FILE).name.partition(".")[0],
        sum(came for _, came, _ in rows),
        sum(went for _, _, went in rows),
        sum(entered.values()),
        sum(left.values()),
        max(off),
    )


def _rows(path: Path) -> Iterator[tuple[float, int, int]]:
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["timestamp_utc"]).timestamp()
            yield at, int(row["in_count"]), int(row["out_count"])


def _beams(rows: list[tuple[float, int, int]]) -> Iterator[Sample]:
    """Both beams as the board would tell them: on change, and every ten minutes."""
    for at, came, went in rows:
        passages = _spread(at, came, went)
        edges = [edge for began, inward in passages for edge in _edges(began, inward)]
        edges += [(at + place * REPEAT_S, beam, 0.0) for place in range(int(INTERVAL_S / REPEAT_S)) for beam in BEAMS]
        for when, beam, value in sorted(edges):
            yield Sample(when, ENTRANCE, beam, value, 1)


def _spread(at: float, came: int, went: int) -> list[tuple[float, bool]]:
    """People evenly over the half hour, those who leave among those who come."""
    ways = sorted([((n + 0.5) / came, True) for n in range(came)] + [((n + 0.5) / went, False) for n in range(went)])
    apart = (INTERVAL_S - 20) / max(1, len(ways))
    return [(at + 10 + place * apart, inward) for place, (_, inward) in enumerate(ways)]


def _edges(began: float, inward: bool) -> list[tuple[float, str, float]]:
    first, second = BEAMS if inward else BEAMS[::-1]
    return [
        (began, first, 1.0),
        (began + STEP_S, second, 1.0),
        (began + BREAK_S, first, 0.0),
        (began + BREAK_S + STEP_S, second, 0.0),
    ]
