"""The load: many stations' connections on one epoll loop, each envelope checked against the hub's word for it.

A process of its own: it shares the machine with the hub, not the interpreter. What it costs is measured and said.
"""

import heapq
import select
import time

from tests.benchmarks.load import acks, codec
from tests.benchmarks.load.phase import Fleet, Phase, Seen, Where
from tests.benchmarks.load.station import TIMEOUT_S, Lane, Station
from tests.benchmarks.load.tally import Tally
from tests.benchmarks.load.told import Calendar, Speech

OPENING = 200
"""Connections that wait for the broker's word at a time."""
CONNECT_S = 120.0
LOOK_EVERY_S = 1.0
LONGEST_POLL_S, SHORTEST_POLL_S = 0.05, 0.001
BUFFER = 1 << 17


class Refused(Exception):
    """The broker does not let a station in, or lets it go."""


class Generator:
    """See the module."""

    def __init__(self, fleet: Fleet) -> None:
        calendar = Calendar(fleet.begins)
        self.stations = [
            Station(number, name, password, Speech(name, number, calendar))
            for number, (name, password) in enumerate(fleet.stations)
        ]
        self._poll = select.epoll()
        self._by_file: dict[int, Station] = {}
        self._ready = 0
        self._phase, self._tally = Phase("mix", 0), Tally(Phase("mix", 0), 0.0)
        self._saying = False
        self._asked_to_wait: list[tuple[float, int]] = []
        """(until when, station's number): lanes `later`."""

    def connect(self, where: Where) -> None:
        """All of them, subscribed. Raises Refused."""
        deadline = time.monotonic() + CONNECT_S
        opened = 0
        while self._ready < len(self.stations):
            while opened < len(self.stations) and opened - self._ready < OPENING:
                station = self.stations[opened]
                station.open(where.port)
                self._by_file[station.socket.fileno()] = station
                self._poll.register(station.socket.fileno(), select.EPOLLIN)
                opened += 1
            self._look(LONGEST_POLL_S)
            if time.monotonic() > deadline:
                raise Refused(f"{self._ready} of {len(self.stations)} stations connected in {CONNECT_S:.0f} s")

    def run(self, phase: Phase) -> Seen:
        """Say it, wait for the hub's word for all of it, tell what was seen. Raises Refused."""
        began = time.monotonic()
        self._phase, self._tally, self._asked_to_wait = phase, Tally(phase, began), []
        taking_part = self.stations[: phase.stations]
        self._saying = True
        for station in taking_part:
            station.left = phase.minutes
            if phase.kind == "backlog":
                self._more_backlog(station, began)
            elif phase.rate is None:
                self._go_on(station, began)
        self._until_done(taking_part, began)
        return self._tally.told()

    def _until_done(self, taking_part: list[Station], began: float) -> None:
        """Through the time of saying, and on until nothing is under way or patience ends."""
        phase, turn, look = self._phase, 0, began + LOOK_EVERY_S
        ends = began + phase.seconds
        while True:
            now = time.monotonic()
            if now >= ends:
                self._saying = False
            over = not self._saying or self._said_all(taking_part)
            if (over and not self._tally.under_way) or now >= ends + phase.patience_s:
                break
            timeout = self._after_their_wait(now)
            if self._saying and phase.rate is not None:
                while turn < (now - began) * phase.rate:
                    station = taking_part[turn % len(taking_part)]
                    self._send(station, station.plan(began + turn / phase.rate), now)
                    turn += 1
                timeout = min(timeout, began + turn / phase.rate - now)
            if now >= look:
                look = now + LOOK_EVERY_S
                self._repeat(taking_part, now)
            self._look(max(SHORTEST_POLL_S, timeout))
        for station in taking_part:
            station.forget_plans()

    def _look(self, timeout: float) -> None:
        """What the sockets have, and what they take."""
        for file, event in self._poll.poll(timeout):
            station = self._by_file[file]
            if event & select.EPOLLOUT:
                station.flush()
                if not station.out:
                    self._poll.modify(file, select.EPOLLIN)
            if event & ~select.EPOLLOUT:
                data = station.socket.recv(BUFFER)
                if not data:
                    raise Refused(f"the broker closed the connection of {station.name}")
                for packet in station.reader.feed(data):
                    self._hear(station, packet)

    def _hear(self, station: Station, packet: codec.Packet) -> None:
        if packet.type == codec.PUBLISH:
            self._heard_of(station, acks.read(packet.message()[1]))
        elif packet.type in (codec.CONNACK, codec.SUBACK):
            if not packet.accepted:
                raise Refused(f"the broker refuses {station.name}: packet {packet.type} says {packet.body.hex()}")
            if packet.type == codec.CONNACK:
                station.listen()
            else:
                self._ready += 1
        # A PUBACK says that the broker has it, which proves nothing.

    def _heard_of(self, station: Station, word: acks.Word) -> None:
        """The hub's word for what is under way in one of the lanes."""
        now = time.monotonic()
        lane = next((one for one in (station.now, station.later) if one.said and one.said.id == word.envelope), None)
        if lane is None or lane.said is None:
            self._tally.seen.strays += 1
            return
        self._tally.acknowledged(lane.said, lane.due, now, acks.fault(word, lane.said))
        station.minutes += lane.said.minutes
        station.quarters += lane.said.quarters
        lane.said, lane.timeout_s = None, TIMEOUT_S
        if word.wait_s:
            self._tally.seen.asked_to_wait += 1
            lane.free_at = now + word.wait_s
        if not self._saying:
            return
        if self._phase.kind == "backlog":
            self._more_backlog(station, now)
        elif self._phase.rate is None and lane is station.now:
            self._go_on(station, now)
        else:
            self._send(station, lane, now)

    def _go_on(self, station: Station, now: float) -> None:
        """The next minute, and the quarter it ends: as fast as the hub acknowledges minutes."""
        self._send(station, station.plan(now), now)
        if station.owed is not None:
            self._send(station, station.plan(now), now)

    def _more_backlog(self, station: Station, now: float) -> None:
        if station.left != 0:
            station.later.waiting.append((now, station.minute))
            self._send(station, station.later, now)

    def _send(self, station: Station, lane: Lane, now: float) -> None:
        """The next of a lane, if it is free and may."""
        if lane.said is not None or not lane.waiting:
            return
        if now < lane.free_at:
            heapq.heappush(self._asked_to_wait, (lane.free_at, station.number))
            return
        due, minute = lane.waiting.popleft()
        if self._phase.kind == "backlog":
            lane.said = station.backlog()
        else:
            lane.said = station.speech.minute(minute) if lane is station.now else station.speech.quarter(minute)
        # By its own pace a station is due when it may publish; by the clock's it is due when the clock says.
        lane.due, lane.published = now if self._phase.rate is None else due, now
        self._tally.published(lane.due, now)
        self._publish(station, lane.topic, lane.said.payload)

    def _publish(self, station: Station, topic: bytes, payload: bytes) -> None:
        station.publish(topic, payload)
        if station.out:
            self._poll.modify(station.socket.fileno(), select.EPOLLIN | select.EPOLLOUT)

    def _after_their_wait(self, now: float) -> float:
        """Those whose wait is over go on. Returns how long the next has to wait, within bounds."""
        while self._saying and self._asked_to_wait and self._asked_to_wait[0][0] <= now:
            station = self.stations[heapq.heappop(self._asked_to_wait)[1]]
            self._send(station, station.later, now)
        return min(LONGEST_POLL_S, self._asked_to_wait[0][0] - now) if self._asked_to_wait else LONGEST_POLL_S

    def _repeat(self, taking_part: list[Station], now: float) -> None:
        """An acknowledgement that did not come: the same envelope again, after a time-out that doubles."""
        for station in taking_part:
            for lane in (station.now, station.later):
                if lane.said is not None and now - lane.published > lane.timeout_s:
                    lane.published = now
                    lane.timeout_s *= 2
                    self._tally.seen.repeated += 1
                    self._publish(station, lane.topic, lane.said.payload)

    def _said_all(self, taking_part: list[Station]) -> bool:
        return self._phase.minutes is not None and not any(station.left for station in taking_part)
