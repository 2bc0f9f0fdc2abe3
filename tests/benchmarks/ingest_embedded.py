"""The mix on what pip brings alone: the embedded broker and SQLite."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.load.ingest import CONNECTIONS, FULL, QUICK, take_in
from tests.benchmarks.rows import Row

STEADY = "ingest embedded sqlite steady"
GOAL = 3200


def run(folder: Path, quick: bool) -> Iterator[Row]:
    """As much as it takes."""
    taken = take_in(folder, replace(QUICK if quick else FULL, paced=0, backlog=0), mosquitto=False)
    steady = taken.stretches["steady"]
    yield Row(
        STEADY,
        round(steady.seen.rate),
        "envelopes/s",
        f">= {GOAL} /s",
        taken.complete and steady.seen.rate >= GOAL,
        f"{CONNECTIONS} connections; {steady.said()}; {taken.counted}",
    )


BENCHMARK = Benchmark("ingest embedded", (STEADY,), run, quick=True)
