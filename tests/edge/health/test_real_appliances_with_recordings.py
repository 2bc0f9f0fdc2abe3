"""Real appliances, power only: the healthy stay healthy, and the one real anomaly is found."""

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.health.judge import FacilitySettings, Judge
from edge.health.verdict import Change
from edge.sampling import Sample
from shared.states import State

RECORDINGS = Path(os.environ.get("WAYSTATION_RECORDINGS", ""))
BROKEN = (State.DEGRADED, State.DOWN)


def _samples(path: Path, facility: str) -> Iterator[Sample]:
    with gzip.open(path, "rt", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield Sample(datetime.fromisoformat(row[0]).timestamp(), facility, "power", float(row[1]), 1)


def _faults(name: str, kind: str) -> list[Change]:
    facility = f"{kind}-1"
    judge = Judge([FacilitySettings(facility, kind, {}, frozenset({"power"}))])
    said: list[Change] = []
    for sample in _samples(RECORDINGS / "tracebase" / name, facility):
        judge.advance(sample.at)
        judge.hear(sample)
        said += [one for one in judge.take() if isinstance(one, Change)]
    return [change for change in said if change.verdict.state in BROKEN]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fridge_2011named.csv.gz", "fridge"),
        ("fridge_599393.csv.gz", "fridge"),
        ("fridge_98C08A.csv.gz", "fridge"),
        ("fridge_D32131.csv.gz", "fridge"),
        ("freezer_D36601.csv.gz", "fridge"),
        ("microwave_2011named.csv.gz", "microwave"),
        ("microwave_995FCC.csv.gz", "microwave"),
        ("water_dispenser_998C63_aug.csv.gz", "drinking_water"),
    ],
)
def test_the_healthy_stay_healthy(name: str, kind: str) -> None:
    assert not _faults(name, kind)


def test_the_three_long_runs_of_one_fridge_are_found() -> None:
    faults = _faults("fridge_B1C121_dropouts.csv.gz", "fridge")
    assert {change.verdict.rule for change in faults} == {"FR4P"}
    runs = {datetime.fromtimestamp(change.since, UTC).date() for change in faults}
    assert len(runs) == 2
    assert len(faults) >= 3
