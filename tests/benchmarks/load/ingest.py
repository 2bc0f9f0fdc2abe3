"""What one hub takes in: the three stretches of load every combination of broker and database is put through.

In one life of the hub, on an empty database: first the country's rate, while memory is young; then as much as it takes;
then the backlog. At the end everything is counted.
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.load import usage
from tests.benchmarks.load.counting import differences
from tests.benchmarks.load.driver import Load
from tests.benchmarks.load.fleet import registered, virtual_start
from tests.benchmarks.load.phase import Phase, Seen
from tests.benchmarks.load.running import RunningHub

CONNECTIONS = 2000
COUNTRY = 3200.0
"""Envelopes a second: 190,000 stations, one minute each."""


WORTH_SAYING = 0.01


@dataclass(frozen=True, slots=True)
class Lengths:
    """Seconds of each stretch; 0 leaves it out."""

    paced: float
    steady: float
    backlog: float
    young: float
    """Into the paced one, memory is read for the first time."""
    returning: int
    """Stations that come back at once with a backlog."""


FULL = Lengths(60, 60, 60, 10, 1000)
QUICK = Lengths(10, 10, 5, 5, 400)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase, and what the machine did meanwhile."""

    seen: Seen
    shares: Mapping[str, float]
    """Of one core, by process."""

    @property
    def minutes_a_second(self) -> float:
        """From the first envelope to the last acknowledgement."""
        return self.seen.minutes / max(0.001, self.seen.seconds)

    @property
    def sound(self) -> bool:
        """Whether every acknowledgement was right, and none is missing."""
        return not self.seen.wrong and not self.seen.unacknowledged

    def said(self) -> str:
        """In words, for the row's detail."""
        seen = self.seen
        parts = [f"ack p50 {seen.p50_s:.2f} s, p99 {seen.p99_s:.2f} s, longest {seen.longest_s:.2f} s"]
        parts.append("of a core: " + ", ".join(f"{name} {share:.0%}" for name, share in self.shares.items()))
        if seen.late > WORTH_SAYING:
            parts.append(f"{seen.late:.0%} published late, the one before being under way")
        if seen.repeated:
            parts.append(f"{seen.repeated} said again")
        if seen.strays:
            parts.append(f"{seen.strays} acknowledged twice")
        if seen.asked_to_wait:
            parts.append(f"{seen.asked_to_wait} asked to wait")
        if not self.sound:
            parts.append(f"{seen.unacknowledged} NEVER ACKNOWLEDGED, {seen.wrong} WRONG: {seen.faults}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a hub took in, and whether all of it is there."""

    stretches: Mapping[str, Stretch]
    """By name: paced, steady, backlog."""
    memory: tuple[float, float]
    """MiB of the ingest process, young and at the end of the paced stretch."""
    counted: str
    """How many were counted, or what does not agree."""
    complete: bool


def take_in(
    folder: Path, lengths: Lengths, mosquitto: bool, database_url: str = "", connections: int = CONNECTIONS
) -> Taken:
    """Put a hub through it. Raises HubDied and LoadFailed."""
    stations = registered(connections)
    start = virtual_start()
    stretches: dict[str, Stretch] = {}
    memory = 0.0, 0.0
    with Load(stations.logins, start) as load, RunningHub(folder, stations, mosquitto, database_url) as hub:
        load.connect(hub.port)
        phases = {
            "paced": Phase("mix", lengths.paced, rate=COUNTRY),
            "steady": Phase("mix", lengths.steady),
            "backlog": Phase("backlog", lengths.backlog, stations=min(lengths.returning, connections), warm_s=0),
        }
        for name, phase in phases.items():
            if not phase.seconds:
                continue
            meter = usage.Meter({**hub.pids(), "generator": [load.pid]})
            load.begin(phase)
            if name == "paced":
                time.sleep(lengths.young)
                young = usage.memory_mib(hub.ingest)
            seen = load.end()
            stretches[name] = Stretch(seen, meter.shares())
            if name == "paced":
                memory = young, usage.memory_mib(hub.ingest)
        put = load.put()
        wrong = differences(hub.engine, put, start)
        complete = not wrong and all(one.sound for one in stretches.values())
        if not complete:
            print(f"the hub said: {hub.log()}", file=sys.stderr)
    minutes, quarters = (sum(counts[which] for counts in put.values()) for which in (0, 1))
    counted = (
        "; ".join(wrong) or f"{minutes:,} station-minutes and {quarters:,} quarters counted, none missing or twice"
    )
    return Taken(stretches, memory, counted, complete)


@cache
def on_sqlite(quick: bool) -> Taken:
    """Mosquitto and SQLite: measured once in a run, and what the others are held against."""
    with TemporaryDirectory(prefix="waystation-bench-") as folder:
        return take_in(Path(folder), QUICK if quick else FULL, mosquitto=True)
