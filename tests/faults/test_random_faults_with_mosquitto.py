"""The same with Mosquitto, which stores nothing of a station over its own death."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.faults.chaos import DRAIN_S, Chaos, nothing_is_lost, rough
from tests.faults.house import House, Hub
from tests.mosquitto import Mosquitto


@pytest.fixture
def served(tmp_path: Path, chance: Random) -> Iterator[House]:
    broker = Mosquitto(tmp_path / "hub" / "mosquitto")
    broker.start()
    made = House(tmp_path, Hub(tmp_path / "hub", broker), chance)
    try:
        made.hub.start()
        yield made
    finally:
        made.close()


@pytest.mark.timeout(0)
def test_random_faults_lose_nothing_and_double_nothing(served: House, minutes: float) -> None:
    for _ in range(3):
        served.add_station(mischief=rough(served.chance)).start()
    chaos = Chaos(served)
    chaos.go_on(minutes)
    served.drain(DRAIN_S)
    print(dict(chaos.done), [dict(station.road.mischief.done) for station in served.stations])
    nothing_is_lost(served)
