"""A country's worth of stations comes back after a day without network: what is now goes first, nobody starves, and
faults that are over notify nobody."""

import asyncio
import os
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func
from sqlmodel import Session, col, select

from hub.alerts.tables import Alert
from hub.database import engine_for
from hub.health.tables import HourRow
from hub.upsert import table_of
from shared.ids import record_id
from shared.moment import ClockQuality
from shared.records import Fact, Minute, Record
from shared.states import State
from tests.benchmarks.load.fleet import COMMISSIONED, registered
from tests.faults.facts import MINUTE, quarter
from tests.faults.house import Hub, until
from tests.faults.returning import Returning
from tests.hub.said import spell

STILL_FAULTY = 10
"""Every tenth station has a fault that holds."""
PROMPT_S = 30.0
"""Longest way of a spell while backlogs drain, on a machine that does other things too; the benchmark has the goal."""


def record(fact: Fact, at: datetime) -> Record:
    """Made at `at`, by nobody in particular."""
    id_ = record_id(at, os.urandom(10))
    return Record(id=id_, at=at, boot="boot", uptime=1.0, clock=ClockQuality.SYNCED, fact=fact)


def backlog(now: datetime, hours: int) -> list[Record]:
    """What an outbox holds after so many hours: minutes and quarter-hours."""
    held: list[Record] = []
    for number in range(hours * 60):
        at = now - timedelta(hours=hours) + number * MINUTE
        held.append(record(Minute(minute=at, states={"fridge-1": State.OK, "microwave-1": State.OK}), at))
        if number % 15 == 14:
            held.append(record(quarter(at - 14 * MINUTE, n=900), at))
    return held


def faults(number: int, now: datetime, hours: int) -> list[Record]:
    """One that began and ended while the station was away; at every tenth one that holds."""
    away = now - timedelta(hours=hours)
    found = [spell(since=away + 5 * MINUTE, until=away + 65 * MINUTE, revision=2, facility="fridge-1")]
    if number % STILL_FAULTY == 0:
        found.append(spell(since=away + 70 * MINUTE, facility="microwave-1"))
    return [
        record(fact.model_copy(update={"spell": record_id(now, os.urandom(10))}), fact.confirmed_at) for fact in found
    ]


class Country:
    """All stations, and what is seen while they drain."""

    def __init__(self, stations: list[Returning], chance: Random) -> None:
        self.stations, self._chance = stations, chance
        self.least_at_first_end: float | None = None
        """How far the last station was when the first one was done."""

    async def come_back(self, port: int, seconds: float) -> None:
        """All at once; meanwhile some say something that is now."""
        stop, all_here = asyncio.Event(), asyncio.Barrier(len(self.stations))
        living = [asyncio.create_task(station.live(port, all_here, stop)) for station in self.stations]
        end = time.monotonic() + seconds
        try:
            while any(station.done_at is None or station.waiting["now"] for station in self.stations):
                assert time.monotonic() < end, f"not within {seconds:g} s: {self.told()}"
                for task in living:
                    if task.done():
                        task.result()
                self._look()
                await asyncio.sleep(0.1)
        finally:
            stop.set()
            await asyncio.gather(*living, return_exceptions=True)

    def _look(self) -> None:
        if self.least_at_first_end is None and any(station.done_at is not None for station in self.stations):
            self.least_at_first_end = min(station.progress for station in self.stations)
        draining = [station for station in self.stations if 0 < station.progress < 1]
        if draining:
            now = datetime.now(UTC)
            fact = spell(since=now - 5 * MINUTE, until=now, facility="outlets-1", confirmed_at=now)
            said = fact.model_copy(update={"spell": record_id(now, os.urandom(10))})
            self._chance.choice(draining).put(record(said, now), time.monotonic())

    def told(self) -> str:
        """In figures."""
        took = sorted(seconds for station in self.stations for seconds in station.took)
        shares = [station.progress for station in self.stations]
        spells = (
            f"{len(took)} spells, median {statistics.median(took):.2f} s, longest {took[-1]:.2f} s" if took else "-"
        )
        sent = sum(station.sent for station in self.stations)
        first = self.least_at_first_end
        return f"{spells}; progress {min(shares):.0%} to {max(shares):.0%}, at the first end {first}; {sent} envelopes"


@pytest.mark.timeout(0)
def test_a_thousand_stations_come_back(tmp_path: Path, chance: Random, long: bool) -> None:
    count, hours, most = (1000, 24, 500) if long else (250, 4, 40)
    hub = Hub(tmp_path / "hub")
    hub.command("migrate")
    engine = engine_for(hub.url)
    register = registered(count)
    register.settle(hub.folder, engine)
    now = datetime.now(UTC).replace(second=0, microsecond=0) - 3 * MINUTE
    assert timedelta(hours=hours) < COMMISSIONED
    stations = [
        Returning(
            login,
            Random(chance.random()),
            {
                "now": {one.id: one for one in faults(number, now, hours)},
                "later": {one.id: one for one in backlog(now, hours)},
            },
            most,
        )
        for number, login in enumerate(register.logins)
    ]
    country = Country(stations, chance)
    try:
        hub.start()
        until(hub.listens, 30, "a hub that listens")
        asyncio.run(country.come_back(hub.broker_port, 60 + count * hours / 20))
        print(country.told())
        until(lambda: len(alerts(hub)) == count // STILL_FAULTY, 30, "alerts of what still holds")
    finally:
        hub.stop()
    took = [seconds for station in stations for seconds in station.took]
    assert took, "no spell was put while backlogs drained"
    assert max(took) < PROMPT_S
    assert country.least_at_first_end is not None
    assert country.least_at_first_end > 0, "somebody had sent nothing when the first one was done"
    assert {facility for _, facility in alerts(hub)} == {"microwave-1"}
    with Session(engine) as session:
        stored = session.exec(select(func.count()).select_from(table_of(HourRow))).one()
        seconds = session.exec(select(col(HourRow.ok)).where(HourRow.facility == "fridge-1")).all()
        assert stored >= count * 2 * hours
        assert sum(mask.bit_count() for mask in seconds) == count * hours * 60
    engine.dispose()


def alerts(hub: Hub) -> list[tuple[str, str | None]]:
    """All that were ever opened, open or closed."""
    engine = engine_for(hub.url)
    with Session(engine) as session:
        found = [(row.station, row.facility) for row in session.exec(select(Alert))]
    engine.dispose()
    return found
