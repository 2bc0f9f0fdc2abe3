"""How much better than what one would write first: the same mix into a naive subscriber, in the same run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from hub import brokers
from hub.database import engine_for
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.load import usage
from tests.benchmarks.load.driver import Load
from tests.benchmarks.load.fleet import registered, virtual_start
from tests.benchmarks.load.ingest import CONNECTIONS, FULL, QUICK, Stretch, on_sqlite
from tests.benchmarks.load.phase import Phase
from tests.benchmarks.load.running import prepared
from tests.benchmarks.load.told import FACILITIES
from tests.benchmarks.rows import Row
from tests.mosquitto import Mosquitto

NAME = "ingest naive"
TIMES = 5.0
SAYING = 500
"""Of the connected stations, how many say something: it answers each within a station's patience."""


def run(folder: Path, quick: bool) -> Iterator[Row]:
    """Mosquitto with the same users and rights, SQLite with the same pragmas."""
    ours = on_sqlite(quick).stretches["steady"].seen.rate
    stations = registered(CONNECTIONS)
    broker = Mosquitto(folder / "mosquitto")
    settings = prepared(folder, stations, broker)
    brokers.write_files(settings, datetime.now(UTC))
    database = f"sqlite:///{folder / 'naive.db'}"
    with broker, (folder / "naive.log").open("wb") as log:
        hub = brokers.broker_address(settings)
        command = [sys.executable, "-m", "tests.benchmarks.load.naive"]
        naive = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        told = {"port": broker.port, "user": hub.user, "password": hub.password, "database": database}
        try:
            assert naive.stdin is not None and naive.stdout is not None
            naive.stdin.write(json.dumps(told) + "\n")
            naive.stdin.flush()
            if not naive.stdout.readline():
                raise RuntimeError((folder / "naive.log").read_text(errors="replace")[-2000:])
            with Load(stations.logins, virtual_start()) as load:
                load.connect(broker.port)
                pids = {"naive": [naive.pid], "broker": usage.family(broker.pid), "generator": [load.pid]}
                meter = usage.Meter(pids)
                seen = load.run(Phase("mix", (QUICK if quick else FULL).steady, stations=SAYING))
                stretch = Stretch(seen, meter.shares())
        finally:
            naive.kill()
            naive.communicate()
    engine = engine_for(database)
    with engine.connect() as connection:
        minutes = connection.execute(text("SELECT count(*) FROM facility_minute")).scalar_one()
        figures = connection.execute(text("SELECT count(*) FROM quantity_quarter")).scalar_one()
    engine.dispose()
    wanted = seen.minutes * len(FACILITIES), seen.quarters * sum(map(len, FACILITIES.values()))
    complete = stretch.sound and (minutes, figures) == wanted
    times = ours / max(1.0, seen.rate)
    yield Row(
        NAME,
        round(times, 1),
        "times as many envelopes",
        f">= {TIMES:g}x",
        complete and times >= TIMES,
        f"we {ours:.0f}/s, naive {seen.rate:.0f}/s into {minutes:,} and {figures:,} rows"
        f"{'' if complete else f' WHERE {wanted} WERE PUT'}; {stretch.said()}",
    )


BENCHMARK = Benchmark("ingest naive", (NAME,), run, quick=True)
