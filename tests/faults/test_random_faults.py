"""Whatever is killed, cut, filled, locked or set wrong, and whenever: what an outbox accepted is there, once."""

import pytest

from tests.faults.chaos import DRAIN_S, Chaos, nothing_is_lost, rough
from tests.faults.house import House


@pytest.mark.timeout(0)
def test_random_faults_lose_nothing_and_double_nothing(house: House, minutes: float) -> None:
    for _ in range(3):
        house.add_station(mischief=rough(house.chance)).start()
    chaos = Chaos(house)
    chaos.go_on(minutes)
    house.drain(DRAIN_S)
    print(dict(chaos.done), [dict(station.road.mischief.done) for station in house.stations])
    nothing_is_lost(house)
