"""What one small machine takes in: Mosquitto and SQLite, the mix of a country, and a backlog."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.load.ingest import CONNECTIONS, COUNTRY, FULL, QUICK, on_sqlite
from tests.benchmarks.rows import Row

STEADY, PACED = "ingest mosquitto sqlite steady", "ingest mosquitto sqlite at 3200/s"
MEMORY, BACKLOG = "ingest mosquitto sqlite memory at 3200/s", "ingest mosquitto sqlite backlog"
GOAL, BACKLOG_GOAL, P99_S, GROWTH = 6000, 25_000, 1.0, 0.10
HELD = 0.99
"""The share of the offered rate that must have been acknowledged by the second."""


def run(_folder: Path, quick: bool) -> Iterator[Row]:
    """Three stretches in one life of a hub."""
    taken = on_sqlite(quick)
    paced, steady, backlog = (taken.stretches[name] for name in ("paced", "steady", "backlog"))
    counted = f"; {taken.counted}"
    yield Row(
        STEADY,
        round(steady.seen.rate),
        "envelopes/s",
        f">= {GOAL} /s",
        taken.complete and steady.seen.rate >= GOAL,
        f"{CONNECTIONS} connections; {steady.said()}{counted}",
    )
    held = paced.seen.rate >= HELD * COUNTRY
    yield Row(
        PACED,
        round(paced.seen.p99_s, 3),
        "s, ack p99",
        f"< {P99_S:g} s",
        taken.complete and held and paced.seen.p99_s < P99_S,
        f"{paced.seen.rate:.0f}/s acknowledged of {COUNTRY:.0f}/s offered; {paced.said()}{counted}",
    )
    young, old = taken.memory
    growth = old / young - 1
    yield Row(
        MEMORY,
        round(100 * growth, 1),
        "% growth of the ingest process",
        f"< {GROWTH:.0%}",
        held and growth < GROWTH,
        f"{young:.0f} MiB, at the end {old:.0f} MiB",
    )
    envelopes = max(1, backlog.seen.acknowledged)
    yield Row(
        BACKLOG,
        round(backlog.minutes_a_second),
        "station-minutes/s",
        f">= {BACKLOG_GOAL} /s",
        taken.complete and backlog.minutes_a_second >= BACKLOG_GOAL,
        f"{(QUICK if quick else FULL).returning} stations, {backlog.seen.minutes / envelopes:.0f} minutes and "
        f"{backlog.seen.quarters / envelopes:.1f} quarters an envelope; {backlog.said()}{counted}",
    )


BENCHMARK = Benchmark("ingest sqlite", (STEADY, PACED, MEMORY, BACKLOG), run, quick=True)
