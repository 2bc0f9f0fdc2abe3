"""What lies in the database against what was put: nothing missing, nothing twice, every minute in one state."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, text
from sqlmodel import Session

from hub.health.tables import HourRow
from hub.telemetry import store as telemetry
from hub.upsert import table_of
from tests.benchmarks.load.told import FACILITIES

LOOKED_AT = 4
"""Stations whose quarters are read back figure by figure, as pages read them."""
Put = Mapping[str, tuple[int, int]]
"""Minutes and quarters by station."""


def differences(engine: Engine, put: Put, start: datetime, limit: int = 5) -> list[str]:
    """What does not agree, in words; empty when everything does. `start`: of virtual time."""
    found = [*_minutes(engine, put), *_quarters(engine, put), *_figures(engine, put, start), *_others(engine)]
    return found[:limit]


def _minutes(engine: Engine, put: Put) -> list[str]:
    """Every facility's masks hold exactly the minutes its station said."""
    hours = table_of(HourRow)
    names = ("ok", "degraded", "down", "excluded")
    stored: Counter[tuple[str, str]] = Counter()
    twice = 0
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=10_000).execute(
            select(hours.c.station, hours.c.facility, *(hours.c[name] for name in names))
        )
        for station, facility, *masks in rows:
            said = 0
            for mask in masks:
                twice += said & mask != 0
                said |= mask
            stored[station, facility] += said.bit_count()
    found = [f"{twice} hours hold a minute in two states"] if twice else []
    for station, (minutes, _) in put.items():
        for facility in FACILITIES:
            there = stored.pop((station, facility), 0)
            if there != minutes:
                found.append(f"{station} {facility}: {there} minutes stored, {minutes} put")
    return found + [
        f"{station} {facility}: {there} minutes nobody put" for (station, facility), there in stored.items()
    ]


def _quarters(engine: Engine, put: Put) -> list[str]:
    query = text(
        "SELECT station, count(*) FROM (SELECT DISTINCT station, start FROM quarter) AS known GROUP BY station"
    )
    with engine.connect() as connection:
        stored = {station: int(count) for station, count in connection.execute(query)}
    return [
        f"{station}: {stored.get(station, 0)} quarters stored, {quarters} put"
        for station, (_, quarters) in put.items()
        if stored.get(station, 0) != quarters
    ]


def _figures(engine: Engine, put: Put, start: datetime) -> list[str]:
    """A few stations' quarters, every quantity."""
    end = start + timedelta(days=30)
    found = []
    with Session(engine) as session:
        for station in [name for name, (_, quarters) in put.items() if quarters][:LOOKED_AT]:
            for facility, quantities in FACILITIES.items():
                for quantity in quantities:
                    read = telemetry.series(session, station, facility, quantity, start, end)
                    if len(read) != put[station][1] or any(not one.low <= one.mean <= one.high for one in read):
                        found.append(f"{station} {facility} {quantity}: {len(read)} figures, {put[station][1]} put")
    return found


def _others(engine: Engine) -> list[str]:
    with Session(engine) as session:
        count = telemetry.quarantine_count(session)
    return [f"{count} messages in quarantine"] if count else []
