"""The same load on PostgreSQL, as a share of what SQLite took in the same run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.load.ingest import FULL, QUICK, Taken, on_sqlite, take_in
from tests.benchmarks.rows import Row
from tests.postgres import Postgres

STEADY, BACKLOG = "ingest mosquitto postgres steady", "ingest mosquitto postgres backlog"
SHARE = 0.6


def run(folder: Path, quick: bool) -> Iterator[Row]:
    """PostgreSQL as it is installed: it syncs every commit to disk."""
    ours = on_sqlite(quick)
    lengths = replace(QUICK if quick else FULL, paced=0)
    with Postgres(folder / "postgres") as server:
        taken = take_in(folder / "hub", lengths, mosquitto=True, database_url=server.create("waystation"))
    for name, unit, of in (
        (STEADY, "envelopes/s", _envelopes_a_second),
        (BACKLOG, "station-minutes/s", _minutes_a_second),
    ):
        theirs, sqlite = of(taken), of(ours)
        share = theirs / max(1.0, sqlite)
        said = taken.stretches[name.rpartition(" ")[2]].said()
        yield Row(
            name,
            round(theirs),
            unit,
            f">= {SHARE:.0%} of SQLite's",
            taken.complete and share >= SHARE,
            f"{share:.0%} of SQLite's {sqlite:.0f} in the same run; {said}; {taken.counted}",
        )


def _envelopes_a_second(taken: Taken) -> float:
    return taken.stretches["steady"].seen.rate


def _minutes_a_second(taken: Taken) -> float:
    return taken.stretches["backlog"].minutes_a_second


BENCHMARK = Benchmark("ingest postgres", (STEADY, BACKLOG), run, quick=True)
