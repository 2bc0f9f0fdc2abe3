"""Two ingest processes over one Mosquitto and one PostgreSQL: what one has not committed the other does, and nobody
waits in a circle.
"""

import os
import signal
import subprocess
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine
from sqlmodel import Session, select

from hub import permissions
from hub.checkins.tables import CheckInRow
from hub.database import engine_for, migrate
from hub.health.tables import HourRow, SpellRow
from hub.ingest import react, take_in
from hub.line import Arrived
from hub.ports import kept_ports
from hub.telemetry.tables import QuarterRow
from shared import topics
from shared.envelope import HubState, StationState
from shared.records import CheckIn, Figure, Quarter, Retraction
from shared.states import State
from tests.faults.chaos import DRAIN_S, nothing_is_lost
from tests.faults.house import House, Hub, until
from tests.faults.proxy import Mischief
from tests.hub.conftest import register
from tests.hub.mqtt_station import MqttStation, eventually
from tests.hub.said import NOW, arrived, minute, new_id, record, spell
from tests.mosquitto import Mosquitto
from tests.postgres import Postgres

STATIONS = 4
CONTRADICTED_S = 3.0
"""At once, on a machine that may be busy; a process that starts anew takes longer there."""


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    with Postgres(tmp_path / "postgres") as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, postgres: Postgres, chance: Random) -> Iterator[House]:
    broker = Mosquitto(tmp_path / "hub" / "mosquitto")
    broker.start()
    hub = Hub(tmp_path / "hub", broker)
    toml = tmp_path / "hub" / "hub.toml"
    with toml.open("a") as file:
        file.write(f'database_url = "{postgres.create("hub")}"\ningest_processes = 2\n')
    toml.chmod(0o600)
    hub.command("migrate")
    made = House(tmp_path, hub, chance)
    try:
        hub.start()
        yield made
    finally:
        made.close()


def pid_of(hub: Hub, number: int) -> int | None:
    """Of an ingest process. None: it does not run just now."""
    assert hub.process is not None
    argv = ["ps", "--ppid", str(hub.process.process.pid), "-o", "pid=,args="]
    for line in subprocess.run(argv, capture_output=True, text=True, check=False).stdout.splitlines():
        if f"hub ingest --number {number} " in line:
            return int(line.split()[0])
    return None


def kill(hub: Hub, number: int) -> None:
    """-9."""
    until(lambda: pid_of(hub, number) is not None, 30, f"ingest {number}")
    os.kill(pid_of(hub, number) or 0, signal.SIGKILL)


def committed(hub: Hub) -> dict[str, float]:
    """Records committed by each ingest process, as /metrics shows them. Fails where a sample is there twice."""
    ports = kept_ports(hub.folder)
    assert ports is not None
    with urllib.request.urlopen(f"http://127.0.0.1:{ports.web}/metrics", timeout=10) as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    samples = [sample for family in families for sample in family.samples]
    assert len({(one.name, *sorted(one.labels.items())) for one in samples}) == len(samples)
    found: dict[str, float] = {}
    for one in samples:
        if one.name == "waystation_hub_records_total":
            found[one.labels["process"]] = found.get(one.labels["process"], 0) + one.value
    return found


@pytest.mark.timeout(300)
def test_one_of_two_killed_midway_loses_nothing_and_the_hub_is_not_away(house: House, postgres: Postgres) -> None:
    hub = house.hub
    for _ in range(STATIONS):
        # Every fifth envelope comes twice: often once to each of the two.
        house.add_station(pace=10, mischief=Mischief(Random(house.chance.random()), double=0.2, lose=0.02)).start()
    until(hub.listens, 60, "a hub that listens")
    until(lambda: len(committed(hub)) == 2 and min(committed(hub).values()) > 50, 60, "both taking in")
    # A station of its own: two clients of one name push each other out, and what was said meanwhile is missed.
    one = tomllib.loads(hub.command("station", "add", "旁听"))["station"]
    with MqttStation(hub.broker_port, one["id"], one["secret"], permissions.may_read(one["id"])) as listener:

        def said() -> list[bool]:
            heard = [payload for topic, payload in list(listener.heard) if topic == topics.HUB_STATE]
            return [HubState.model_validate_json(payload).online for payload in heard]

        assert eventually(lambda: said() != [] and said()[-1], 20)
        kill(hub, 2)
        assert eventually(lambda: False in said(), 20), "the broker gives its last will"
        # The one that lives contradicts it long before the other is back.
        assert eventually(lambda: said()[-1], CONTRADICTED_S)
    time.sleep(3)
    kill(hub, 1)
    time.sleep(3)
    house.drain(DRAIN_S)
    nothing_is_lost(house)
    assert postgres.deadlocks("hub") == 0
    assert "deadlock detected" not in postgres.log.read_text()


def write(url: str, seed: int, batches: list[list[Arrived]], together: Barrier) -> None:
    """What an ingest process does with these batches, in an order of its own and more than once."""
    engine = engine_for(url)
    chance = Random(seed)
    together.wait(60)
    for batch in chance.sample(batches * 3, len(batches) * 3):
        _, judged = take_in(engine, chance.sample(batch, len(batch)), NOW)
        react(engine, judged, NOW)
    engine.dispose()


@pytest.mark.timeout(300)
def test_writers_of_the_same_rows_in_any_order_never_wait_in_a_circle(postgres: Postgres) -> None:
    url = postgres.create("writers")
    engine = engine_for(url)
    migrate(engine)
    stations = [register(engine, f"站{number}") for number in range(20)]
    batches = batches_of(stations, 12)
    engine.dispose()
    # Not forked: a connection belongs to one process.
    context = get_context("spawn")
    together = context.Barrier(3)
    writers = [context.Process(target=write, args=(url, seed, batches, together)) for seed in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert postgres.deadlocks("writers") == 0
    assert "deadlock detected" not in postgres.log.read_text()
    engine = engine_for(url)
    assert counted(engine) == {"check_in": 240, "undone": 120, "spell": 240, "quarter": 240, "hour": 20}
    engine.dispose()


def batches_of(stations: list[str], number: int) -> list[list[Arrived]]:
    """Births, minutes, quarters, spells, check-ins and undos of every station; an undo is of the next batch's word."""
    ids = {station: [new_id() for _ in range(number)] for station in stations}
    power = Figure(facility="fridge-1", quantity="power", n=9, low=0, mean=1, high=2)
    found: list[list[Arrived]] = []
    for place in range(number):
        batch = []
        for station in stations:
            said = [
                record(CheckIn(occupation="courier"), id=ids[station][place]),
                record(minute(NOW + timedelta(minutes=place), fridge_1=State.OK)),
                record(spell()),
                record(Quarter(start=NOW - timedelta(minutes=15 * place), figures=[power])),
            ]
            if place % 2:
                said.append(record(Retraction(of=ids[station][(place + 1) % number])))
            birth = StationState(online=True, boot="boot-1", connection=place, at=NOW)
            batch += [
                arrived(station, *said),
                Arrived(topics.state(station), birth.model_dump_json().encode(), NOW),
            ]
        found.append(batch)
    return found


def counted(engine: Engine) -> dict[str, int]:
    """Rows."""
    with Session(engine) as session:
        taps = session.exec(select(CheckInRow)).all()
        return {
            "check_in": len(taps),
            "undone": sum(tap.retracted for tap in taps),
            "spell": len(session.exec(select(SpellRow)).all()),
            "quarter": len(session.exec(select(QuarterRow)).all()),
            "hour": len(session.exec(select(HourRow)).all()),
        }
