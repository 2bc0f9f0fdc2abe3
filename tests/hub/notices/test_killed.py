"""The process is killed in the middle of its work, again and again: nothing is lost, and a receipt is the end of it."""

import json
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from hub.database import engine_for, migrate
from hub.notices.tables import Notice
from hub.settings import load
from hub.telemetry.tables import Lease
from tests.databases import Databases
from tests.hub.notices.endpoints import Endpoint, eventually
from tests.hub.notices.scene import scene
from tests.hub.running import HUB

ROADS, ALERTS, KILLS = 4, 10, 3


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, killed at the end as nothing can prepare for."""
    log = (folder / "log").open("ab")
    process = subprocess.Popen([*HUB, "notices", "--folder", str(folder)], stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        log.close()


@pytest.mark.timeout(600)
def test_killed_again_and_again_it_loses_nothing(tmp_path: Path, databases: Databases, http: Endpoint) -> None:
    chance = random.Random(5)
    with databases.of_a_hub() as url:
        (tmp_path / "hub.toml").write_text(f'notice_hosts = ["127.0.0.1"]\ndatabase_url = {json.dumps(url)}\n')
        (tmp_path / "hub.toml").chmod(0o600)
        engine = engine_for(load(tmp_path).url)
        migrate(engine)
        with scene(engine, tmp_path, http) as hub:
            people = [hub.person(f"值班 {number}") for number in range(ROADS)]
            hub.roster(first=people)
            for number, user in enumerate(people):
                hub.road(user, f"road-{number}", quiet_start=None)
            for number in range(ALERTS):
                hub.alert("safety", f"facility-{number}")
            http.slow_s = 0.05

            def sent() -> int:
                with Session(engine) as session:
                    return len(session.exec(select(Notice.id).where(Notice.state == "sent")).all())

            for _ in range(KILLS):
                _expire_lease(engine)
                with running(tmp_path):
                    before = len(http.got)
                    assert eventually(lambda before=before: len(http.got) > before, 120)  # type: ignore[misc]
                    time.sleep(chance.uniform(0, 0.4))
            _expire_lease(engine)
            with running(tmp_path):
                assert eventually(lambda: sent() == ROADS * ALERTS, 120), (tmp_path / "log").read_text()[-2000:]
            arrived = Counter(got.key for got in http.got)
            assert len(arrived) == ROADS * ALERTS
            # Twice only what was on its way at a kill: one message a road.
            assert sum(arrived.values()) - len(arrived) <= ROADS * KILLS
            with Session(engine) as session:
                rows = session.exec(select(Notice)).all()
                assert len({(row.event, row.road) for row in rows}) == len(rows) == ROADS * ALERTS
                assert all(row.answered_at is not None and row.code == "200" for row in rows)
            count = len(http.got)
            _expire_lease(engine)
            with running(tmp_path):
                hub.alert("safety", "one-more")
                assert eventually(lambda: len(http.got) == count + ROADS, 120)
        engine.dispose()


def _expire_lease(engine: Engine) -> None:
    """The one who held it is dead: nobody need wait a minute for that."""
    with Session(engine) as session:
        for lease in session.exec(select(Lease)).all():
            session.delete(lease)
        session.commit()
