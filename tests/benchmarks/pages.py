"""The pages of a province of 10,000 stations as its people see them, each asked many times through the application.

Every station hangs in a union and has a place on the map; two in a hundred facilities are down with an open alert, a
hundred inspections are under way; a year of inspections and ninety days of closed alerts lie behind. Goal for each:
200 ms from request to answer, half of them and 95 in a hundred.
"""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine, update
from sqlmodel import Session, col

from hub import clock
from hub.accounts import store as accounts
from hub.exports.months import Span
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.processes import rest_the_collector
from hub.rulebook import form_for
from hub.stations import store as stations
from hub.stations.due import month_of
from hub.stations.tables import Station
from hub.streams import Pace
from hub.unions import store as unions
from hub.unions.trees import Level
from hub.upsert import upsert
from hub.visits.lanes import tally
from hub.visits.tables import VisitMonth
from tests.benchmarks import station_list, year
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.province import open_database, register
from tests.benchmarks.rows import Row
from tests.benchmarks.station_day import NOON
from tests.benchmarks.station_list import asked_ms, p95

STATIONS, SHORT = 10_000, 2_000
DISTRICTS, INSPECTIONS = 16, 100
ASKED = 40
LONGEST_MS = 200.0
VIEWERS = 20
NOW = NOON + timedelta(minutes=30)
NAME, LIVE = "pages p95, slowest of all", "live list, 20 viewers"


def measure(folder: Path, number: int) -> Iterator[Row]:
    """One row for all pages, its detail names each; and what twenty who watch the live list cost."""
    chance = random.Random(11)
    engine = open_database(folder / "hub.db")
    ids = register(engine, number, chance)
    said = station_list.furnish(engine, ids, NOW, chance)
    district = _place(engine, ids, chance)
    clock.tick(engine, "benchmark", lambda _topic, _payload: None, False, NOW)
    _inspect(engine, ids[:INSPECTIONS], NOW)
    _visit(engine, ids, chance)
    year.fill(engine, ids, NOW, chance)
    client = station_list.signed_in(folder, engine, NOW)
    client.app.state.pace = Pace(every_s=3, rounds=1)  # type: ignore[attr-defined]
    try:
        with client:
            rest_the_collector()  # as the process of the pages does
            figures = {name: _asked(client, address) for name, address in addresses(ids[0], district).items()}
            yield _row(figures, number, said)
            yield _watched(client, number)
    finally:
        engine.dispose()


def addresses(station: str, district: int) -> dict[str, str]:
    """What is asked for, by what the table calls it."""
    return {
        "list": "/stations",
        "list of one union": f"/stations?union={district}",
        "list searched": "/stations?q=驿站+12&kind=normal&standing=open",
        "list page 100": "/stations?page=100",
        "station": f"/stations/{station}",
        "map": "/map",
        "map data": "/api/map",
        "map data of one union": f"/api/map?union={district}",
        "alerts": "/alerts",
        "inspections": "/inspections",
        "form": "/inspections/1",
        "public page": f"/s/{station}",
        "visits": "/visits",
        "visits of one union, all recorded": f"/visits?union={district}&count=raw",
        "visits of a station": f"/stations/{station}/visits",
        "alert figures, 90 days": "/alerts/numbers?days=90",
        "summaries": "/summaries",
        "summaries of one union": f"/summaries?union={district}",
    }


def _asked(client: TestClient, address: str) -> tuple[list[float], float]:
    """Sorted times, and the processor time of one in the mean: on a machine that others use it says more."""
    asked_ms(client, address, 1)
    began = time.process_time()
    times = asked_ms(client, address, ASKED)
    return times, (time.process_time() - began) * 1000 / (ASKED + 1)


def _row(figures: dict[str, tuple[list[float], float]], number: int, said: str) -> Row:
    slowest = max(p95(times) for times, _ in figures.values())
    told = "; ".join(
        f"{name} p50 {times[len(times) // 2]:.0f}, p95 {p95(times):.0f}, processor {spent:.0f} ms"
        for name, (times, spent) in figures.items()
    )
    return Row(
        f"{NAME}, {number:,} stations", round(slowest, 1), "ms", f"< {LONGEST_MS:g} ms", slowest < LONGEST_MS,
        f"{told}; {ASKED} times each, after one warm; {said}",
    )  # fmt: skip


def _watched(client: TestClient, number: int) -> Row:
    """Processor time of twenty looks that fall into the same three seconds, one after the other."""
    client.get("/stations/live")
    began = time.process_time()
    for _ in range(VIEWERS):
        client.get("/stations/live")
    spent = (time.process_time() - began) * 1000
    return Row(
        f"{LIVE}, {number:,} stations", round(spent, 0), "ms", "", None,
        f"processor time of {VIEWERS} looks within one interval of 3 s, requests and their sign-in included",
    )  # fmt: skip


def _place(engine: Engine, ids: Sequence[str], chance: random.Random) -> int:
    """Hang every station in a district and give it a place near the others; the number of one district."""
    with Session(engine) as session:
        province = unions.add(session, "安徽省总工会", Level.PROVINCE)
        cities = [unions.add(session, f"第{n}市总工会", Level.CITY, province.id) for n in range(4)]
        districts = [unions.add(session, f"第{n}区总工会", Level.DISTRICT, cities[n % 4].id) for n in range(DISTRICTS)]
        couriers = unions.add(session, "快递产业工会", Level.INDUSTRY)
        middles = [(chance.uniform(29.5, 34.5), chance.uniform(115, 119.5)) for _ in districts]
        for number, id_ in enumerate(ids):
            place = number % DISTRICTS
            where = {
                "latitude": chance.gauss(middles[place][0], 0.1),
                "longitude": chance.gauss(middles[place][1], 0.1),
            }
            hangs = {"union": districts[place].id, "industry": couriers.id if number % 5 == 0 else None}
            session.connection().execute(update(Station).where(col(Station.id) == id_).values(**where, **hangs))
        session.commit()
        return unions.identity(districts[0])


def _visit(engine: Engine, ids: Sequence[str], chance: random.Random) -> None:
    """A year of visits of every station, added up month by month as the hub keeps them."""
    month = month_of(NOW)
    span = Span(month - 99 if month % 100 < 12 else month - 11, month)
    for number in span.months():
        rows = []
        for id_ in ids:
            figures = {
                "day": {place: chance.randint(0, 30) for place in range(30)},
                "cell": {place: chance.randint(0, 9) for place in range(48, 168)},
                "face": {place: chance.randint(0, 20) for place in range(4)},
                "heard": dict.fromkeys(range(30), 1),
            }
            packed, total = tally(figures).packed, sum(figures["day"].values())
            sums = {"number": total, "answers": 40, "satisfied": 30, "folded_at": NOW, "figures": packed}
            rows += [{"filtered": one, "month": number, "station": id_} | sums for one in (False, True)]
        with Session(engine) as session:
            upsert(session, VisitMonth, rows)
            session.commit()


def _inspect(engine: Engine, ids: Sequence[str], now: datetime) -> None:
    with Session(engine) as session:
        user = accounts.add_user(session, "检查员", station_list.PASSWORD, "inspector", now)
        for id_ in ids:
            station = stations.get(session, id_)
            form = None if station is None else form_for(station.rulebook, station.rubric)
            if station is None or form is None:
                raise LookupError(f"{id_} has no form")
            inspections.begin(session, station, form, Deed(user, now, now), None)
        session.commit()


BENCHMARK = Benchmark(
    "pages",
    (f"{NAME}, {STATIONS:,} stations", f"{LIVE}, {STATIONS:,} stations"),
    lambda folder, quick: measure(folder, SHORT if quick else STATIONS),
)
