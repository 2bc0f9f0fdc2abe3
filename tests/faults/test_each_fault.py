"""Faults that want a story of their own: each by itself, with the same books at the end."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from hub.checkins.tables import CheckInRow
from hub.database import engine_for
from hub.telemetry import store as telemetry
from shared import topics
from shared.board import outbox_path
from shared.envelope import Ack
from shared.records import CheckIn
from simulators.demo.children import command, run
from tests.faults.chaos import DRAIN_S, nothing_is_lost
from tests.faults.house import House, LightStation, until
from tests.faults.ledger import balance
from tests.faults.stepping import set_clock
from tests.faults.witness import Seen, seen
from tests.hub.mqtt_station import MqttStation
from tests.hub.said import envelope, record

LOCKED_S = 15.0


@pytest.mark.timeout(0)
def test_the_database_is_locked_for_longer_than_the_hub_waits(house: House) -> None:
    station = house.add_station()
    station.start()
    until(house.hub.listens, 30, "a hub that listens")
    with house.hub.locked():
        time.sleep(LOCKED_S)
        assert station.waiting() > 0
    house.drain(DRAIN_S)
    nothing_is_lost(house)


@pytest.mark.timeout(0)
def test_of_two_agents_on_one_station_the_second_refuses(house: House, tmp_path: Path) -> None:
    block = house.hub.command("station", "add", "站")
    folder = tmp_path / "watched"
    folder.mkdir()
    toml = folder / "station.toml"
    toml.touch(mode=0o600)
    toml.write_text(block)
    argv = [command("waystation-edge"), "run", "--station", str(folder)]
    first = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(outbox_path(folder).exists, 30, "the first agent")
        second = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)
        assert second.returncode == 2
        assert "another agent" in second.stderr and str(first.pid) in second.stderr
        assert first.poll() is None
    finally:
        first.kill()
        first.wait()
    third = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(3)
        assert third.poll() is None, "a killed agent keeps its station"
    finally:
        third.kill()
        third.wait()


@pytest.mark.timeout(0)
def test_a_record_of_a_version_to_come_waits_in_quarantine_for_the_upgrade(house: House) -> None:
    station = house.add_station()
    said = [record(CheckIn(occupation="courier"), datetime.now(UTC)) for _ in range(2)]
    sent = json.loads(envelope(station.id, *said).model_dump_json())
    sent["records"][1]["fact"]["warmth"] = 21.5
    plain, later = (one["id"] for one in sent["records"])
    until(house.hub.listens, 30, "a hub that listens")
    with MqttStation(house.hub.broker_port, station.id, station.secret, [topics.ack(station.id)]) as client:
        assert client.subscribed.wait(20)
        client.publish(topics.up_now(station.id), json.dumps(sent))
        until(lambda: bool(client.heard), 20, "an acknowledgement")
        ack = Ack.model_validate_json(client.heard[0][1])
    assert (ack.committed, ack.quarantined) == ([plain], [later])
    assert check_ins(house, station) == {plain}
    assert "0 of 1" in house.hub.command("quarantine", "retry")
    argv = [sys.executable, "-m", "tests.faults.future_hub", "quarantine", "retry", "--folder", str(house.hub.folder)]
    assert "1 of 1" in run(argv)
    assert check_ins(house, station) == {plain, later}
    assert "0 of 0" in house.hub.command("quarantine", "retry")


def check_ins(house: House, station: LightStation) -> set[str]:
    engine = engine_for(house.hub.url)
    with Session(engine) as session:
        found = set(session.exec(select(CheckInRow.id).where(CheckInRow.station == station.id)))
    engine.dispose()
    return found


@pytest.mark.timeout(0)
def test_a_cloned_box_loses_nothing_of_either(house: House) -> None:
    """Both have one name at the broker: each connection ends the other's."""
    box = house.add_station()
    box.start()
    until(lambda: len(seen(box.folder).kept) > 30, 60, "some records")
    for name in ("agent", "kiosk"):
        box.kill(name)
    clone = LightStation(box.folder.with_name("clone"), box.id, box.secret, box.seed + 1, box.pace, box.base, box.road)
    shutil.copytree(box.folder, clone.folder)
    house.stations.append(clone)
    for number, one in enumerate((box, clone)):
        set_clock(one.folder, timedelta(), f"box{number}")
        one.start()
    until(lambda: all(len(seen(one.folder).kept) > 90 for one in (box, clone)), 90, "records of both")
    house.drain(DRAIN_S)
    both = joined(seen(box.folder), seen(clone.folder))
    engine = engine_for(house.hub.url)
    found = balance(engine, box.id, both, datetime.now(UTC))
    engine.dispose()
    assert found.agrees, str(found)


def joined(one: Seen, other: Seen) -> Seen:
    return Seen(one.asked | other.asked, one.kept | other.kept, one.undated | other.undated)


@pytest.mark.timeout(0)
def test_an_outbox_that_is_deleted_under_its_agent_is_another_and_the_station_goes_on(house: House) -> None:
    station = house.add_station()
    station.start()
    until(lambda: len(seen(station.folder).kept) > 20, 60, "some records")
    station.road.cut()
    before = len(seen(station.folder).kept)
    until(lambda: len(seen(station.folder).kept) > before + 20, 60, "records nobody has yet")
    for path in station.folder.glob(f"{outbox_path(station.folder).name}*"):
        path.unlink()
    after = len(seen(station.folder).kept)
    until(lambda: len(seen(station.folder).kept) > after + 20, 60, "records after that")
    station.road.restore()
    house.drain(DRAIN_S)
    nothing_but_what_a_gap_names(house, station)


@pytest.mark.timeout(0)
@pytest.mark.parametrize("where", [0.0, 0.6])
def test_a_corrupted_outbox_is_salvaged_and_the_station_goes_on(house: House, where: float) -> None:
    station = house.add_station()
    station.start()
    until(lambda: len(seen(station.folder).kept) > 20, 60, "some records")
    station.road.cut()
    before = len(seen(station.folder).kept)
    until(lambda: len(seen(station.folder).kept) > before + 60, 90, "records nobody has yet")
    station.kill("agent")
    station.kill("kiosk")
    path = outbox_path(station.folder)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or the log would heal the file
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * where))
        file.write(house.chance.randbytes(4096))
    after = len(seen(station.folder).kept)
    station.start()
    until(lambda: len(seen(station.folder).kept) > after + 20, 60, "records after that")
    station.road.restore()
    house.drain(DRAIN_S)
    nothing_but_what_a_gap_names(house, station)


def nothing_but_what_a_gap_names(house: House, station: LightStation) -> None:
    """What is missing is said to be, in a gap record."""
    engine = engine_for(house.hub.url)
    found = balance(engine, station.id, seen(station.folder), datetime.now(UTC))
    with Session(engine) as session:
        told = [number for gap in telemetry.gaps(session, station.id) for number in gap.counts.values()]
    engine.dispose()
    print(found, "told:", told)
    assert not (found.invented or found.doubled), str(found)
    # A minute is three facilities; 0 says that nobody can say how many.
    assert 0 in told or len(found.missing) <= 3 * sum(told), str(found)
