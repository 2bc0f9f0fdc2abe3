"""How long a proposal over thirty days takes at one station of a province whose months are loaded.

The road an inspection takes: what is stored to evidence, evidence to proposals, for every facility of the station.
Each station gets a connection of its own, so SQLite's memory is empty; what the system holds of the file is what
loading left. The second row is the disk's: the system was told to forget the file.
"""

import os
import random
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import engine_for
from hub.inspections import evidence_store
from hub.inspections.prefill import Proposal, propose
from hub.inspections.windows import policy_of
from hub.processes import rest_the_collector
from hub.rulebook import form_for
from hub.stations import store as stations
from tests.benchmarks.rows import Row

NAME, COLD = "proposal 30 days p95", "proposal 30 days p95 from disk"
ASKED = 200
LONGEST_MS = 100.0


def measure(path: Path, ids: Sequence[str], now: datetime, loaded: str, chance: random.Random) -> list[Row]:
    """Both rows. `loaded` says what lies in the file."""
    asked = chance.sample(ids, min(2 * ASKED, len(ids)))
    first, second = asked[: len(asked) // 2], asked[len(asked) // 2 :]
    engine = engine_for(f"sqlite:///{path}")
    _read_through(path)
    _ms(engine, second[0], now)  # a hub's pages have made their statements long ago
    rest_the_collector()  # as they do
    once = sorted(_ms(engine, station, now) for station in first)
    again = sorted(_ms(engine, station, now) for station in first)
    _put_out(path)
    cold = sorted(_ms(engine, station, now) for station in second)
    return [
        Row(
            NAME, round(_p95(once), 1), "ms", f"< {LONGEST_MS:g} ms", _p95(once) < LONGEST_MS,
            f"{len(first)} of {len(ids)} stations, all facilities of each, a fresh connection for each; median "
            f"{once[len(once) // 2]:.1f}; once more: median {again[len(again) // 2]:.1f}, p95 {_p95(again):.1f} ms; "
            f"{loaded}",
        ),
        Row(
            COLD, round(_p95(cold), 1), "ms", "", None,
            f"{len(second)} other stations after the system was told to forget the file; median "
            f"{cold[len(cold) // 2]:.1f} ms",
        ),
    ]  # fmt: skip


def _ms(engine: Engine, station: str, now: datetime) -> float:
    """Raises LookupError where there is nothing to propose from: hours were not found, or no facility."""
    engine.dispose()
    with engine.connect():
        pass  # a hub's pages have a connection open
    began = time.perf_counter()
    proposals = _proposals(engine, station, now)
    spent = time.perf_counter() - began
    if not any(proposal.figures.coverage for proposal in proposals):
        raise LookupError(f"nothing was known of {station}: {[proposal.rule for proposal in proposals]}")
    return spent * 1000


def _proposals(engine: Engine, id_: str, now: datetime) -> list[Proposal]:
    """As `hub.inspections.evidence_store` makes them."""
    with Session(engine) as session:
        station = stations.get(session, id_)
        form = None if station is None else form_for(station.rulebook, station.rubric)
        if station is None or form is None:
            raise LookupError(f"{id_} has no form")
        policy = policy_of(form.owner)
        by_kind = evidence_store.evidence(session, station, form.owner, now)
        return [propose(one, policy, now) for several in by_kind.values() for one in several]


def _read_through(path: Path) -> None:
    """So that the system holds of the file what it held when it was loaded, also where that was long ago."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def _put_out(path: Path) -> None:
    """Have the system forget what it holds of the file."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _p95(sorted_ms: Sequence[float]) -> float:
    return sorted_ms[min(len(sorted_ms) - 1, int(len(sorted_ms) * 0.95))]
