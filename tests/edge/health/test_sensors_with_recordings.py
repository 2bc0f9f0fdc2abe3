"""Real recordings of healthy things: no test of a sensor finds anything there that is not there."""

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from edge.health.judge import FacilitySettings, Judge
from edge.health.verdict import Change
from edge.sampling import Sample

RECORDINGS = Path(os.environ.get("WAYSTATION_RECORDINGS", ""))
LOOKED_FOR = ("SV2", "SV3", "SV6", "SV7", "SV8", "SV8E", "SV10")


def _column(path: str, column: str) -> Iterator[tuple[float, float]]:
    with gzip.open(RECORDINGS / path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row[column]:
                yield datetime.fromisoformat(row["timestamp_utc"]).timestamp(), float(row[column])


def _blamed(facility: str, kind: str, samples: Iterator[Sample], quantities: frozenset[str]) -> set[str]:
    """Whatever was found wrong with, or suspected of, any of its sensors."""
    judge = Judge([FacilitySettings(facility, kind, {}, quantities)])
    channels = judge.yardstick(facility).sight.channels.values()
    found: set[str] = set()
    for sample in samples:
        judge.advance(sample.at)
        judge.hear(sample)
        found |= {code for channel in channels for code in (channel.fault, channel.suspicion) if code is not None}
        found |= {one.verdict.rule or "" for one in judge.take() if isinstance(one, Change)}
    return found & set(LOOKED_FOR)


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("celsi_freezer/freezer_temp_2022-07.csv.gz", "temp_c"),
        ("coldstore_saveris/temps_a.csv.gz", "freezer_1_c"),
        ("coldstore_saveris/temps_a.csv.gz", "cooling_1_c"),
        ("coldstore_saveris/temps_a.csv.gz", "platform_1_c"),
        ("coldstore_saveris/temps_a.csv.gz", "freezer_3_c"),
    ],
)
def test_real_cabinets_are_believed(path: str, column: str) -> None:
    rows = (Sample(at, "fridge-1", "cabinet_temperature", value, 1) for at, value in _column(path, column))
    assert not _blamed("fridge-1", "fridge", rows, frozenset({"cabinet_temperature"}))


def test_a_real_room_is_believed() -> None:
    rows = (
        Sample(at, "air_conditioner-1", "room_temperature", value, 1)
        for at, value in _column("windesheim_rooms/room999169_climate.csv.gz", "temp_c")
    )
    assert not _blamed("air_conditioner-1", "air_conditioner", rows, frozenset({"room_temperature", "power"}))


def _plug() -> Iterator[Sample]:
    """A plug that counts: what it counts between two messages is the power it measured."""
    readings = _column("shelly_coffee_mqtt/coffee_energy_2022-08.csv.gz", "energy_wmin_total")
    for (before, old), (at, new) in pairwise(readings):
        if at > before:
            watts = max(0.0, new - old) / (at - before) * 60
            yield Sample(at, "drinking_water-1", "power", watts, 1)
            yield Sample(at, "drinking_water-1", "energy", new / 60, 1)


def test_the_resets_of_a_real_plugs_counter_are_found_and_nothing_else() -> None:
    found = _blamed("drinking_water-1", "drinking_water", _plug(), frozenset({"power", "energy"}))
    assert found == {"SV8E"}
