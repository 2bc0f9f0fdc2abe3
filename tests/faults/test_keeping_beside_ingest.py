"""Forgetting a hundred thousand rows keeps nobody waiting: SQLite has one writer, and that is ingest."""

import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlmodel import Session

from hub import keeping
from hub.database import engine_for, migrate
from hub.health.tables import HourRow
from hub.ingest import take_in
from hub.settings import HubSettings
from shared.opening import whole_hour
from shared.records import CheckIn
from shared.states import State
from tests.hub.conftest import register
from tests.hub.said import NOW, arrived, minute, record

OLD = 100_000
LONGEST_S = 0.5
"""Of a commit of ten envelopes that takes 20 ms alone."""
LONGEST_SHARE = 0.2
"""Of the whole sweep, where the machine is slow: who waits for all of it would wait as long as it takes."""


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = engine_for(f"sqlite:///{tmp_path / 'hub.db'}")
    migrate(made)
    start = whole_hour(NOW) - timedelta(days=2000)
    rows = [
        {
            "hour": start + timedelta(hours=index // 100),
            "station": f"s{index % 100:03}",
            "facility": "fridge-1",
            "ok": 1,
        }
        for index in range(OLD)
    ]
    with made.begin() as connection:
        connection.execute(insert(HourRow), rows)
    return made


def left(engine: Engine) -> int:
    with Session(engine) as session:
        return session.execute(select(func.count()).select_from(HourRow)).scalar_one()


@pytest.mark.timeout(300)
def test_ingest_commits_at_its_pace_while_a_hundred_thousand_rows_go(engine: Engine, tmp_path: Path) -> None:
    station = register(engine)
    gone: list[dict[str, int] | None] = []

    def keep() -> None:
        def rest(seconds: float) -> bool:
            time.sleep(seconds)
            return False

        other = engine_for(str(engine.url))
        gone.append(keeping.sweep(other, HubSettings(folder=tmp_path), "keep", lambda: NOW, rest))
        other.dispose()

    keeper = Thread(target=keep)
    started = time.perf_counter()
    keeper.start()
    took = []
    while keeper.is_alive():
        said = [minute(NOW, fridge_1=State.OK), record(CheckIn(occupation="courier"))]
        batch = [arrived(station, *said) for _ in range(10)]
        began = time.perf_counter()
        take_in(engine, batch, NOW)
        took.append(time.perf_counter() - began)
        time.sleep(0.02)
    keeper.join()
    whole_s = time.perf_counter() - started
    print(f"{len(took)} commits beside, median {sorted(took)[len(took) // 2]:.3f} s, longest {max(took):.3f} s")
    assert gone[0] is not None
    assert gone[0]["hour"] == OLD
    assert left(engine) == 1
    assert len(took) > 20
    assert max(took) < max(LONGEST_S, LONGEST_SHARE * whole_s)
    engine.dispose()
