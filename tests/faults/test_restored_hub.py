"""A hub restored from its backup is the stations' hub: nobody tells them anything, and they go on."""

import shutil
import sys
import time

import pytest

from shared.board import outbox_path
from simulators.demo.children import run
from tests.faults.chaos import DRAIN_S, nothing_is_lost
from tests.faults.house import House, Hub, until

TALK_S = 2.0


@pytest.mark.timeout(180)
def test_stations_go_on_with_a_hub_restored_from_its_backup(house: House) -> None:
    station = house.add_station(pace=20)
    station.start()
    until(lambda: outbox_path(station.folder).exists(), 30, "a station")
    time.sleep(TALK_S)
    house.drain(DRAIN_S)
    file = house.root / "hub.tar"
    house.hub.command("backup", str(file))
    house.hub.kill()
    shutil.rmtree(house.hub.folder)
    run([sys.executable, "-m", "hub", "restore", str(file), "--folder", str(house.hub.folder)])
    house.hub = Hub(house.hub.folder)
    house.hub.start()
    station.kill("agent")
    station.pace = 20
    station.start()
    until(house.hub.listens, 30, "a hub that listens")
    time.sleep(TALK_S)
    house.drain(DRAIN_S)
    nothing_is_lost(house)
