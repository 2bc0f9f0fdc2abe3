"""What judging and reporting a station-day costs on one core: a day of samples through judge and reporter."""

import gzip
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from edge.health.judge import FacilitySettings, Judge
from edge.recording import open_recording
from edge.reporting import Reporter
from shared.ids import record_id
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.rows import Row

NAME = "station-day through judge and reporter"
DAY = int(datetime(2026, 7, 1, tzinfo=UTC).timestamp())
BOUND_S = 5.0
"""Ten times what is wanted: a slip of complexity fails, a busy machine does not."""
FEWEST_FACTS = 1400
"""A day has 1,440 minutes."""
WIRED = {
    "fridge-1": ("power", "voltage", "cabinet_temperature"),
    "microwave-1": ("power", "voltage"),
    "air_conditioner-1": ("power", "room_temperature", "supply_temperature"),
    "drinking_water-1": ("power", "voltage"),
    "outlets-1": ("voltage.1", "current.1", "voltage.2", "current.2"),
    "room-1": ("room_temperature", "room_humidity", "presence"),
}


def _value(facility: str, quantity: str, at: int, chance: random.Random) -> float:
    second = at - DAY
    noise = chance.uniform(-1, 1)
    plain = quantity.partition(".")[0]
    if plain == "voltage":
        return 225 + noise
    if plain == "current":
        return 0.1
    if plain == "cabinet_temperature":
        return 4 + (second % 3600) / 3600 + noise / 10
    if plain.endswith("temperature"):
        return 14.0 if plain.startswith("supply") else 26 + noise / 10
    if facility == "fridge-1":
        return 120 + noise if second % 3600 < 1200 else 1.5
    if facility == "microwave-1":
        return 1350 + noise if second % 7200 < 120 else 1.0
    if facility == "air_conditioner-1":
        return 900 + noise if second % 5400 < 3600 else 5.0
    if facility == "drinking_water-1":
        return 800 + noise if second % 2400 < 240 else 2.0
    return 1.0 if plain == "presence" else 55 + noise


def _rows() -> Iterator[str]:
    chance = random.Random(7)
    for at in range(DAY, DAY + 86400):
        moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for facility, quantities in WIRED.items():
            cooking = facility == "microwave-1" and (at - DAY) % 7200 < 120
            if at % 30 == 0 or cooking:
                for quantity in quantities:
                    yield f"{moment},{facility},{quantity},{_value(facility, quantity, at, chance):.2f},1\n"


def _recording(folder: Path) -> int:
    rows = list(_rows())
    facilities = [
        f'[[facility]]\nid = "{facility}"\nquantities = {json.dumps(quantities)}\n'
        for facility, quantities in WIRED.items()
    ]
    (folder / "recording.toml").write_text('[station]\nname = "bench"\n' + "".join(facilities))
    with gzip.open(folder / "samples.csv.gz", "wt") as file:
        file.write("time,facility,quantity,value,quality\n")
        file.writelines(rows)
    return len(rows)


def run(folder: Path, _quick: bool) -> Iterator[Row]:
    """The samples of a day, two a minute and every second while something cooks."""
    samples = _recording(folder)
    recording = open_recording(folder)
    facilities = [FacilitySettings(row.id, row.kind, row.options, row.quantities) for row in recording.facilities]
    chance = random.Random(1)
    judge = Judge(facilities)
    reporter = Reporter(facilities, lambda at: record_id(datetime.fromtimestamp(at, UTC), chance.randbytes(10)))
    began = time.perf_counter()
    facts, last = 0, 0.0
    for sample in recording.samples():
        if sample.at != last:
            last = sample.at
            judge.advance(last)
            facts += len(reporter.advance(last, judge))
        judge.hear(sample)
        reporter.hear(sample)
    took = time.perf_counter() - began
    memory = len(judge.memory()) + len(reporter.memory())
    yield Row(
        NAME,
        round(took, 2),
        "s",
        f"< {BOUND_S:g} s",
        facts > FEWEST_FACTS and took < BOUND_S,
        f"{samples:,} samples, {facts:,} facts, kept memory {memory / 1024:.0f} KiB",
    )


BENCHMARK = Benchmark("station day", (NAME,), run)
