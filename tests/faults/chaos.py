"""Random faults for a while, by the seed; each is one of those things that happen in the field."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from hub.database import engine_for
from tests.faults.house import House, LightStation
from tests.faults.ledger import Balance, balance
from tests.faults.proxy import Mischief
from tests.faults.stepping import EPOCH, set_clock
from tests.faults.witness import seen

DRAIN_S = 150.0


def rough(chance: Random) -> Mischief:
    """A road on which much goes wrong."""
    return Mischief(Random(chance.random()), cut=0.02, lose=0.05, double=0.05, swap=0.05, slow=0.03)


class Chaos:
    """Faults, drawn one after the other; every one is over when the next one comes, or at the end."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._chance = house.chance
        self._boots = 0
        self.done: Counter[str] = Counter()
        self._faults: list[Callable[[], None]] = [
            self.agent_killed,
            self.kiosk_killed,
            self.network_cut,
            self.ingest_killed,
            self.hub_killed,
            self.broker_killed,
            self.broker_wiped,
            self.clock_stepped,
            self.reboot_in_1970,
            self.database_locked,
            self.station_disk_full,
            self.hub_disk_full,
        ]

    def go_on(self, minutes: float) -> None:
        """For so long. Every fault comes once before any comes again."""
        end = time.monotonic() + minutes * 60
        waiting: list[Callable[[], None]] = []
        while time.monotonic() < end:
            if not waiting:
                waiting = self._chance.sample(self._faults, len(self._faults))
            fault = waiting.pop()
            self.done[fault.__name__] += 1
            fault()
            self.wait(0.2, 2.0)
            for station in self._house.stations:
                station.start()

    def wait(self, shortest: float, longest: float) -> None:
        """A moment."""
        time.sleep(self._chance.uniform(shortest, longest))

    def a_station(self) -> LightStation:
        """Any."""
        return self._chance.choice(self._house.stations)

    def agent_killed(self) -> None:
        """SIGKILL."""
        self.a_station().kill("agent")

    def kiosk_killed(self) -> None:
        """SIGKILL."""
        self.a_station().kill("kiosk")

    def network_cut(self) -> None:
        """And restored."""
        station = self.a_station()
        station.road.cut()
        self.wait(0.5, 4)
        station.road.restore()

    def ingest_killed(self) -> None:
        """SIGKILL; the supervisor starts it again."""
        self._house.hub.kill_child("ingest")

    def hub_killed(self) -> None:
        """SIGKILL, with all it started."""
        self._house.hub.kill()
        self._house.hub.start()

    def broker_killed(self) -> None:
        """SIGKILL."""
        self._house.hub.kill_broker(wiped=False)

    def broker_wiped(self) -> None:
        """SIGKILL, and its store is gone."""
        self._house.hub.kill_broker(wiped=True)

    def clock_stepped(self) -> None:
        """Ahead or back by up to two days, and right again."""
        station = self.a_station()
        boot = self._boot()
        set_clock(station.folder, timedelta(hours=self._chance.uniform(-48, 48)), boot)
        self.wait(1, 3)
        set_clock(station.folder, timedelta(), boot)

    def reboot_in_1970(self) -> None:
        """A board without a battery: the clock is right only after a while, in the same boot."""
        station = self.a_station()
        boot = self._boot()
        for name in ("agent", "kiosk"):
            station.kill(name)
        set_clock(station.folder, EPOCH - datetime.now(UTC), boot)
        station.start()
        self.wait(1, 3)
        set_clock(station.folder, timedelta(), boot)

    def database_locked(self) -> None:
        """By somebody who looks at it with a tool."""
        try:
            with self._house.hub.locked():
                self.wait(1, 4)
        except sqlite3.OperationalError:
            self.done["database_locked"] -= 1

    def station_disk_full(self) -> None:
        """Writes fail, with part of them done; the witness's own still succeed."""
        station = self.a_station()
        largest = max(path.stat().st_size for path in station.folder.glob("*.witness"))
        station.no_room(largest + self._chance.randrange(50_000, 200_000))
        self.wait(1, 3)
        station.no_room(None)

    def hub_disk_full(self) -> None:
        """Writes fail, with part of them done."""
        self._house.hub.no_room(self._chance.randrange(4096, 400_000))
        self.wait(1, 3)
        self._house.hub.no_room(None)

    def _boot(self) -> str:
        self._boots += 1
        return f"boot{self._boots}"


def books(house: House) -> dict[str, Balance]:
    """What of every station was accepted, against what the hub holds."""
    engine = engine_for(house.hub.url)
    try:
        return {
            station.id: balance(engine, station.id, seen(station.folder), datetime.now(UTC))
            for station in house.stations
        }
    finally:
        engine.dispose()


def nothing_is_lost(house: House) -> None:
    """Fails, naming what is."""
    told = books(house)
    for station, found in told.items():
        print(f"{station}: {found}")
    assert {station: str(found) for station, found in told.items() if not found.agrees} == {}
