"""The list of a province's stations as its people see it: first page and counts by state, through the real pages.

Two in a hundred facilities are down with an open alert, a few stations are silent; the hub's clock has had its round,
as it has had in any hub that runs.
"""

import random
import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from hub import clock
from hub.accounts import store as accounts
from hub.app import create_app
from hub.ingest import react, take_in
from hub.line import Arrived
from hub.processes import rest_the_collector
from hub.security import SESSION_COOKIE
from hub.settings import HubSettings
from shared.ids import record_id
from shared.records import Minute, Spell
from shared.states import Cause, Grade, State
from shared.text import Text
from tests.benchmarks.province import QUANTITIES
from tests.benchmarks.rows import Row
from tests.benchmarks.station_day import Said, envelope

ASKED = 40
LONGEST_MS = 200.0
ADDRESSES = ("/stations", "/api/stations")
DOWN, SILENT = 0.02, 0.01
"""Of facilities, of stations."""
USER, PASSWORD = "省级管理员", "a long enough one"
MINUTE = timedelta(minutes=1)
AT_ONCE = 2000


def furnish(engine: Engine, ids: Sequence[str], now: datetime, chance: random.Random) -> str:
    """What the stations said in the last minutes, and the alerts of it; what it comes to, in words."""
    silent = set(chance.sample(ids, int(SILENT * len(ids))))
    spells = 0
    for first in range(0, len(ids), AT_ONCE):
        batch: list[Arrived] = []
        for id_ in ids[first : first + AT_ONCE]:
            down = {facility for facility in QUANTITIES if chance.random() < DOWN}
            spells += len(down)
            batch += _said(id_, down, now - timedelta(minutes=30) if id_ in silent else now - MINUTE, chance)
        _, judged = take_in(engine, batch, batch[-1].at)
        react(engine, judged, now)
    return f"{spells} facilities down, {len(silent)} stations silent"


def measure(folder: Path, engine: Engine, ids: Sequence[str], now: datetime, said: str) -> Row:
    """The row: the slower of page and API, each asked many times."""
    began = time.perf_counter()
    clock.tick(engine, "benchmark", lambda _topic, _payload: None, False, now)
    round_s = time.perf_counter() - began
    client = signed_in(folder, engine, now)
    with client:
        rest_the_collector()  # as the process of the pages does
        figures = {address: asked_ms(client, address) for address in ADDRESSES}
    slowest = max(p95(times) for times in figures.values())
    told = "; ".join(
        f"{name} median {times[len(times) // 2]:.0f}, p95 {p95(times):.0f} ms" for name, times in figures.items()
    )
    return Row(
        f"station list {len(ids):,} stations p95", round(slowest, 1), "ms", f"< {LONGEST_MS:g} ms",
        slowest < LONGEST_MS, f"{told}; {ASKED} times each, after one warm; {said}; the clock's round {round_s:.1f} s",
    )  # fmt: skip


def signed_in(folder: Path, engine: Engine, now: datetime) -> TestClient:
    """A browser of an administrator at the application over this folder's database."""
    with Session(engine) as session:
        user = accounts.find_user(session, USER) or accounts.add_user(session, USER, PASSWORD, "administrator", now)
        token = secrets.token_hex(16)
        accounts.open_session(session, user, token, "form token", now, timedelta(days=7))
        session.commit()
    client = TestClient(create_app(HubSettings(folder=folder), lambda: now))
    client.cookies.set(SESSION_COOKIE, token)
    return client


def _said(station: str, down: set[str], at: datetime, chance: random.Random) -> list[Arrived]:
    """The last minutes, and a spell for what is down."""
    states = {facility: State.DOWN if facility in down else State.OK for facility in QUANTITIES}
    minutes = [Said(at, Minute(minute=_whole(at) - MINUTE * back, states=states)) for back in range(3)]
    spells = [Said(at, _spell(facility, at - timedelta(hours=chance.randrange(1, 40)), chance)) for facility in down]
    return [envelope(station, [*spells, *minutes], at, chance)]


def _whole(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _spell(facility: str, since: datetime, chance: random.Random) -> Spell:
    return Spell(
        spell=record_id(since, chance.randbytes(10)),
        revision=1,
        facility=facility,
        state=State.DOWN,
        since=since,
        confirmed_at=since + MINUTE * 5,
        rule="FR2",
        rule_version=1,
        cause=Cause.DEVICE_FAULT,
        grade=Grade.E2,
        why=Text("箱内 13.4 ℃，上限 8 ℃", "13.4 ℃ inside, limit 8 ℃"),
        values={"cabinet_temperature": 13.4},
    )


def asked_ms(client: TestClient, address: str, asked: int = ASKED) -> list[float]:
    """Sorted. The first answer, which compiles templates and statements, is not counted."""
    times = []
    for _ in range(asked + 1):
        began = time.perf_counter()
        answer = client.get(address, follow_redirects=False)
        times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200 or not answer.content:
            raise LookupError(f"{address}: {answer.status_code}")
    return sorted(times[1:])


def p95(sorted_ms: Sequence[float]) -> float:
    return sorted_ms[min(len(sorted_ms) - 1, int(len(sorted_ms) * 0.95))]
