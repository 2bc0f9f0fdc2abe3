"""A province of 10,000 stations with three months in one SQLite file: proposals and the list of stations.

Loading takes some ten minutes and 15 GB under TMPDIR. With WAYSTATION_BENCH_LOADED=FOLDER the file is left there, and
used again by the next run that wants the same one.
"""

import os
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.schema import CreateTable
from sqlmodel import Session

from hub.database import all_tables
from hub.stations import store as stations
from tests.benchmarks import proposal, station_list
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.filled import fill
from tests.benchmarks.province import open_database, register
from tests.benchmarks.rows import Row
from tests.benchmarks.station_day import NOON

STATIONS, DAYS = 10_000, 90
KEPT_IN = "WAYSTATION_BENCH_LOADED"
NOW = NOON + timedelta(minutes=30)


def measure(folder: Path, number: int = STATIONS, days: int = DAYS) -> Iterator[Row]:
    """All rows."""
    chance = random.Random(7)
    kept = os.environ.get(KEPT_IN)
    place = Path(kept) if kept else folder
    engine, loaded = _load(place, number, days, chance)
    try:
        with Session(engine) as session:
            ids = [station.id for station in stations.all_stations(session)]
        yield from proposal.measure(place / "hub.db", ids, NOW, loaded, chance)
        yield station_list.measure(place, engine, ids, NOW, loaded)
    finally:
        engine.dispose()


def _load(place: Path, number: int, days: int, chance: random.Random) -> tuple[Engine, str]:
    """The database, and what lies in it, in words."""
    note, wanted = place / "loaded.txt", f"{number} stations, {days} days\n{_schema()}"
    if note.exists() and note.read_text().endswith(wanted):
        return open_database(place / "hub.db"), note.read_text().partition("\n")[0]
    for old in place.glob("hub.db*"):
        old.unlink()
    began = time.monotonic()
    engine = open_database(place / "hub.db")
    ids = register(engine, number, chance)
    rows = fill(engine, ids, days, NOW, chance)
    said = station_list.furnish(engine, ids, NOW, chance)
    size = (place / "hub.db").stat().st_size
    loaded = f"{rows / 1e6:.1f} million rows, {size / 1e9:.1f} GB, loaded in {time.monotonic() - began:.0f} s; {said}"
    note.write_text(f"{loaded}\n{wanted}")
    return engine, loaded


def _schema() -> str:
    return "".join(str(CreateTable(table)) for table in all_tables().sorted_tables)


BENCHMARK = Benchmark(
    "province",
    (proposal.NAME, proposal.COLD, f"station list {STATIONS:,} stations p95"),
    lambda folder, _quick: measure(folder),
)
