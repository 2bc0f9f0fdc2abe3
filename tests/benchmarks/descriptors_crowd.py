"""Thousands of idle stations in one process, coming back as the agent does. Run as a program.

A JSON line on standard input says who connects where; every half second a JSON line on standard output says how many
stand. It ends with its standard input. epoll and no asyncio, whose TLS holds a quarter of a megabyte for a connection.
"""

import heapq
import json
import random
import resource
import select
import ssl
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from edge.mqtt import FIRST_PAUSE_S, KEEPALIVE_S, LONGEST_PAUSE_S
from tests.benchmarks.descriptors_station import Ended, Station

REACHED_S, ADMITTED_S = 5.0, 30.0
"""How long paho, and so the agent, waits for the TCP connection, and for the rest."""
TOLD_EVERY_S, WAITED_S = 0.5, 0.05
EVENTS = 2000


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who connects, and where: over `spread_s` seconds at first."""

    port: int
    ca: str
    sources: list[str]
    """The addresses they come from in turn: one has ports for 28,000, and those of connections that ended rest."""
    stations: list[tuple[str, str]]
    """Id and password."""
    spread_s: float


@dataclass(slots=True)
class Seen:
    """How they fare, at a time of the monotonic clock."""

    at: float = 0.0
    standing: int = 0
    lost: int = 0
    """Connections that stood and ended, since the start."""
    failed: dict[str, int] = field(default_factory=dict)
    """Attempts that did not come to stand, by the reason."""


class Loop:
    """See the module."""

    def __init__(self, crowd: Crowd, chance: random.Random) -> None:
        self._crowd, self._chance = crowd, chance
        self._tls = ssl.create_default_context(cafile=crowd.ca)
        self._epoll = select.epoll()
        self._open: dict[int, Station] = {}
        self._timers: list[tuple[float, int, int, Station, Callable[[Station], None]]] = []
        self._counted = self._standing = self._lost = 0
        self._failed: Counter[str] = Counter()
        for name, password in crowd.stations:
            self._later(chance.uniform(0, crowd.spread_s), Station(name, password), self._attempt)

    def run(self) -> None:
        """Until standard input ends."""
        listened = sys.stdin.fileno()
        self._epoll.register(listened, select.EPOLLIN)
        told = 0.0
        while True:
            now = time.monotonic()
            while self._timers and self._timers[0][0] <= now:
                _, _, attempt, station, action = heapq.heappop(self._timers)
                if attempt == station.attempt:
                    action(station)
            if now - told >= TOLD_EVERY_S:
                told = now
                print(json.dumps(asdict(Seen(now, self._standing, self._lost, dict(self._failed)))), flush=True)
            for descriptor, _event in self._epoll.poll(WAITED_S, EVENTS):
                if descriptor == listened:
                    return
                if descriptor in self._open:
                    self._go_on(self._open[descriptor])

    def _later(self, seconds: float, station: Station, action: Callable[[Station], None]) -> None:
        self._counted += 1
        heapq.heappush(self._timers, (time.monotonic() + seconds, self._counted, station.attempt, station, action))

    def _attempt(self, station: Station) -> None:
        try:
            station.open(self._crowd.sources[self._counted % len(self._crowd.sources)], self._crowd.port)
        except Ended as ended:
            self._end(station, str(ended))
            return
        self._open[station.descriptor] = station
        self._epoll.register(station.descriptor, station.wants)
        self._later(REACHED_S, station, self._give_up_if_not_reached)
        self._later(ADMITTED_S, station, self._give_up_if_not_admitted)

    def _go_on(self, station: Station) -> None:
        stood, wanted = station.stands, station.wants
        try:
            station.go_on(self._tls)
        except Ended as ended:
            self._end(station, str(ended))
            return
        if station.wants != wanted:
            self._epoll.modify(station.descriptor, station.wants)
        if station.stands and not stood:
            self._standing += 1
            station.pause = FIRST_PAUSE_S
            self._later(self._chance.uniform(0, KEEPALIVE_S), station, self._ping)

    def _ping(self, station: Station) -> None:
        if not station.stands:
            return
        try:
            if not station.answered:
                raise Ended("a ping was not answered")
            station.ping()
        except Ended as ended:
            self._end(station, str(ended))
            return
        self._later(KEEPALIVE_S, station, self._ping)

    def _give_up_if_not_reached(self, station: Station) -> None:
        if station.descriptor >= 0 and not station.reached:
            self._end(station, f"not reached in {REACHED_S:g} s")

    def _give_up_if_not_admitted(self, station: Station) -> None:
        if station.descriptor >= 0 and not station.stands:
            self._end(station, f"not admitted in {ADMITTED_S:g} s")

    def _end(self, station: Station, why: str) -> None:
        """As `edge.mqtt` comes back: after at most a second if it stood, else after twice as long as before."""
        if station.stands:
            self._standing -= 1
            self._lost += 1
            station.pause = FIRST_PAUSE_S
        else:
            self._failed[why] += 1
            station.pause = min(LONGEST_PAUSE_S, station.pause * 2)
        self._open.pop(station.descriptor, None)
        station.close()
        self._later(self._chance.uniform(0, station.pause), station, self._attempt)


def main() -> None:
    """The program."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    crowd = Crowd(**json.loads(sys.stdin.readline()))
    Loop(crowd, random.Random(crowd.port)).run()


if __name__ == "__main__":
    main()
