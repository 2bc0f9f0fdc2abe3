"""From a fault put at a station to the alert a maintainer sees, while the hub has much else to do."""

import json
import math
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine, text

from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.load import usage
from tests.benchmarks.load.counting import differences
from tests.benchmarks.load.driver import Load
from tests.benchmarks.load.fleet import Login, registered, virtual_start
from tests.benchmarks.load.ingest import CONNECTIONS, COUNTRY, FULL, Stretch
from tests.benchmarks.load.phase import Phase
from tests.benchmarks.load.running import RunningHub
from tests.benchmarks.rows import Row

STEADY, BACKLOG = "spell steady p99", "spell backlog p99"
STEADY_S, BACKLOG_S = 2.0, 5.0
FEWEST = 100
SPEAKING = 160
"""Stations that have a spell to say, beside those that make the load."""
AT_A_TIME = 14
LOOK_EVERY_S = 0.02
PATIENCE_S = 60.0
DAY_MINUTES = 24 * 60
MOST_S = 600.0
SETTLED_S = 3.0
"""The load runs so long before the first spell."""


class Speakers:
    """Spells said in a process of its own, and the alerts they come to: seconds by station, on one clock."""

    def __init__(self, port: int, stations: Sequence[Login], engine: Engine) -> None:
        self.put: dict[str, float] = {}
        self.seen: dict[str, float] = {}
        self._engine = engine
        command = [sys.executable, "-m", "tests.benchmarks.load.spells"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._hear), threading.Thread(target=self._watch)]
        assert self._process.stdin is not None
        named = [(login.station, login.secret) for login in stations]
        self._process.stdin.write(json.dumps({"port": port, "stations": named, "at_a_time": AT_A_TIME}) + "\n")
        self._process.stdin.close()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """No more spells; what was put is waited for."""
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._threads[0].join()
        deadline = time.monotonic() + BACKLOG_S
        while set(self.put) - set(self.seen) and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY_S)
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            station, at = json.loads(line)
            self.put[station] = at

    def _watch(self) -> None:
        """Read committed alerts, as a page would, every 20 ms."""
        query = text("SELECT id, station FROM alert WHERE id > :last AND facility IS NOT NULL ORDER BY id")
        last = 0
        while not self._over.wait(LOOK_EVERY_S):
            with self._engine.connect() as connection:
                rows = connection.execute(query, {"last": last}).all()
            at = time.monotonic()
            for number, station in rows:
                last = number
                self.seen.setdefault(station, at)


def _measure(folder: Path, name: str, phase: Phase, goal_s: float) -> Row:
    """Spells while a load runs; only those put while it ran are counted."""
    stations = registered(CONNECTIONS + SPEAKING)
    loading, speaking = stations.logins[:CONNECTIONS], stations.logins[CONNECTIONS:]
    start = virtual_start()
    with Load(loading, start) as load, RunningHub(folder, stations, mosquitto=True) as hub:
        load.connect(hub.port)
        meter = usage.Meter({**hub.pids(), "generator": [load.pid]})
        load.begin(phase)
        time.sleep(SETTLED_S)
        speakers = Speakers(hub.port, speaking, hub.engine)
        try:
            seen = load.end()
            ended = time.monotonic()
        finally:
            speakers.stop()
        stretch = Stretch(seen, meter.shares())
        wrong = differences(hub.engine, load.put(), start)
    never = float("inf")
    taken = sorted(speakers.seen.get(station, never) - at for station, at in speakers.put.items() if at < ended)
    missing = taken.count(never)
    p99 = taken[math.ceil(len(taken) * 0.99) - 1] if taken else never
    sound = not wrong and stretch.sound and not missing and len(taken) >= FEWEST
    worst = taken[-1] if taken else never
    return Row(
        name,
        round(min(p99, MOST_S), 2),
        "s from put to committed alert",
        f"< {goal_s:g} s",
        sound and p99 < goal_s,
        f"{len(taken)} spells, {missing} without an alert, longest {min(worst, MOST_S):.2f} s; "
        f"{stretch.seen.rate:.0f} envelopes/s, {stretch.minutes_a_second:.0f} station-minutes/s beside them; "
        f"{stretch.said()}; {'; '.join(wrong) or 'everything put was counted'}",
    )


def run(folder: Path, quick: bool) -> Iterator[Row]:
    """Under the country's rate, and under a day's backlog of a thousand stations that come back at once."""
    seconds = 40.0 if quick else 60.0
    yield _measure(folder / "steady", STEADY, Phase("mix", seconds, rate=COUNTRY), STEADY_S)
    backlog = Phase("backlog", MOST_S, stations=FULL.returning, minutes=DAY_MINUTES, warm_s=0)
    yield _measure(folder / "backlog", BACKLOG, backlog, BACKLOG_S)


BENCHMARK = Benchmark("spells", (STEADY, BACKLOG), run)
