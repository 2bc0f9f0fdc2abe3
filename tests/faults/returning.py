"""Stations that come back from a day offline, each over a connection of its own, in one process.

What they say and when is the station's own code: envelopes by `shared.envelope`, re-sending by `edge.flight`. Only the
outbox is a list in memory, and MQTT a few lines over asyncio.
"""

import asyncio
import time
from dataclasses import dataclass, field
from random import Random

from edge.flight import Flight
from shared import topics
from shared.envelope import Ack, Envelope
from shared.moment import ClockQuality
from shared.outbox import Lane
from shared.records import Record
from tests.benchmarks.load import codec
from tests.benchmarks.load.fleet import Login
from tests.hub.said import NOW

LANES: tuple[Lane, ...] = ("now", "later")
TICK_S = 0.2
LARGEST = 120 * 1024
"""Bytes of an envelope."""


@dataclass(slots=True)
class Returning:
    """One station."""

    login: Login
    chance: Random
    waiting: dict[Lane, dict[str, Record]]
    most: int
    """Records of one envelope."""
    held: int = 0
    flights: dict[Lane, Flight] = field(default_factory=lambda: dict.fromkeys(LANES, Flight()))
    put_at: dict[str, float] = field(default_factory=dict)
    """When a record was put, for those whose way is timed."""
    took: list[float] = field(default_factory=list)
    """Seconds from put to acknowledgement of those."""
    sent: int = 0
    """Envelopes."""
    done_at: float | None = None
    """When all of its backlog was acknowledged."""
    _writer: asyncio.StreamWriter | None = None
    _number: int = 0

    def __post_init__(self) -> None:
        self.held = len(self.waiting["later"])

    @property
    def progress(self) -> float:
        """The share of its backlog the hub has."""
        return 1 - len(self.waiting["later"]) / max(1, self.held)

    def put(self, record: Record, now: float) -> None:
        """Something that travels at once."""
        self.waiting["now"][record.id] = record
        self.put_at[record.id] = now

    async def live(self, port: int, all_here: asyncio.Barrier, stop: asyncio.Event) -> None:
        """Connect, wait for the others, and send until told to stop."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        self._writer = writer
        packets = codec.Reader()
        station = self.login.station
        writer.write(codec.connect(station, station, self.login.password, 600))
        await self._answered(reader, packets)
        writer.write(codec.subscribe(1, topics.ack(station), 0))
        await self._answered(reader, packets)
        await all_here.wait()
        hearing = asyncio.create_task(self._hear(reader, packets))
        try:
            while not stop.is_set():
                self._send_what_may(time.monotonic())
                await writer.drain()
                await asyncio.sleep(TICK_S * self.chance.uniform(0.5, 1.5))
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
            writer.transport.abort()

    async def _answered(self, reader: asyncio.StreamReader, packets: codec.Reader) -> None:
        while True:
            for packet in packets.feed(await reader.read(4096)):
                assert packet.accepted, f"{self.login.station} is refused"
                return

    async def _hear(self, reader: asyncio.StreamReader, packets: codec.Reader) -> None:
        while data := await reader.read(65536):
            for packet in packets.feed(data):
                if packet.type == codec.PUBLISH:
                    self._acknowledged(Ack.model_validate_json(packet.message()[1]), time.monotonic())

    def _acknowledged(self, ack: Ack, now: float) -> None:
        for id_ in [*ack.committed, *ack.quarantined]:
            for lane in LANES:
                self.waiting[lane].pop(id_, None)
            if id_ in self.put_at:
                self.took.append(now - self.put_at.pop(id_))
        for lane, flight in self.flights.items():
            if flight.envelope == ack.envelope:
                self.flights[lane] = flight.acknowledged(ack.wait_s, now)
        if not self.waiting["later"] and self.done_at is None:
            self.done_at = now
        self._send_what_may(now)

    def _send_what_may(self, now: float) -> None:
        for lane in LANES:
            flight = self.flights[lane]
            if flight.timed_out(now):
                flight = self.flights[lane] = flight.given_up(now, self.chance)
            if flight.may_send(now) and self.waiting[lane]:
                self._send(lane, flight, now)

    def _send(self, lane: Lane, flight: Flight, now: float) -> None:
        records = list(self.waiting[lane].values())[: min(self.most, flight.limit)]
        envelope = Envelope(
            id=f"{self.chance.getrandbits(64):016x}",
            station=self.login.station,
            boot="boot",
            connection=1,
            clock=ClockQuality.SYNCED,
            sent_at=NOW,
            records=records,
        )
        payload = envelope.model_dump_json().encode()
        while len(payload) > LARGEST:
            records = records[: len(records) * 3 // 4]
            envelope = envelope.model_copy(update={"records": records})
            payload = envelope.model_dump_json().encode()
        self.flights[lane] = flight.sent(envelope.id, tuple(record.id for record in records), now)
        self.sent += 1
        self._number = self._number % 60000 + 2
        topic = topics.up_now(self.login.station) if lane == "now" else topics.up_later(self.login.station)
        assert self._writer is not None
        self._writer.write(codec.publish(codec.spelled(topic), self._number, payload))
