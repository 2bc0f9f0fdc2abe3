"""Disk to MQTT to disk: envelopes out, and a record is forgotten only when the hub says it has committed it.

The broker may lose anything at any time; only the hub's acknowledgement counts. `tick` is called about five times a
second by whoever owns the uplink; what the hub says is heard on the connection's own thread.
"""

import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from pydantic import ValidationError

from edge.flight import Flight
from edge.keep import Keep, KeepBroken
from edge.mqtt import Connection, HubAddress, Parting
from edge.outages import Outages
from edge.traffic import Traffic
from shared import topics
from shared.envelope import Ack, Envelope, HubState, LiveFacility, StationState
from shared.keys import mqtt_password
from shared.moment import Clock
from shared.outbox import LANES, Lane, Outbox, OutboxBroken, OutboxFull
from shared.settings_message import StationSettings
from shared.shapes import Unreadable, read

ONLINE_S = 180.0
"""A hub that acknowledged nothing for so long cannot be called reached."""
UNANSWERED = "no acknowledgement"
TOPIC = {"now": topics.up_now, "later": topics.up_later}

log = structlog.get_logger("uplink")


@dataclass(slots=True)
class Uplink:
    """See the module. `told` hears the settings the hub sends."""

    station: str
    secret: str
    hub: HubAddress
    outbox: Outbox
    keep: Keep
    clock: Clock
    monotonic: Callable[[], float]
    told: Callable[[StationSettings], None]
    chance: random.Random = field(default_factory=random.SystemRandom)
    settings_number: int = 0
    traffic: Traffic = field(default_factory=Traffic)
    hub_says: bool | None = None
    """Whether the hub says, over this connection, that it listens; None where it never said anything."""
    clock_offset_s: float | None = None
    """By how much the hub's clock was ahead at its last acknowledgement."""
    _unanswered_since: float | None = None
    """When the first envelope left that nothing was acknowledged after, monotonic."""
    _outages: Outages = field(default_factory=lambda: Outages(log))
    _acknowledged_at: float | None = None
    """When the hub last acknowledged anything, monotonic."""
    _number: int = 0
    _flights: dict[Lane, Flight] = field(default_factory=lambda: {lane: Flight() for lane in LANES})
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        subscriptions = [(topics.ack(self.station), 0), (topics.settings(self.station), 1)]
        subscriptions += [(topics.state(self.station), 1), (topics.HUB_STATE, 1)]
        self._connection = Connection(
            self.hub,
            self.station,
            mqtt_password(self.secret),
            subscriptions,
            self._parting,
            self._opened,
            self._closed,
            self._heard,
        )

    def start(self) -> None:
        """Connect, and come back for ever."""
        self._connection.start()

    def stop(self) -> None:
        """Say good-bye."""
        self._connection.stop()

    @property
    def connected(self) -> bool:
        """Whether the connection to the broker stands, heard by the hub or not."""
        return self._connection.stands

    @property
    def silent_s(self) -> float | None:
        """Since the hub last acknowledged anything; None if it never has since the start."""
        return None if self._acknowledged_at is None else self.monotonic() - self._acknowledged_at

    @property
    def unanswered_s(self) -> float | None:
        """Since envelopes leave and nothing is acknowledged; None where the last one was."""
        return None if self._unanswered_since is None else self.monotonic() - self._unanswered_since

    @property
    def online(self) -> bool:
        """Whether the hub acknowledged something lately over a connection that stands."""
        heard = self._acknowledged_at
        return self._connection.stands and heard is not None and self.monotonic() - heard < ONLINE_S

    def live(self, live: LiveFacility) -> None:
        """Show what a facility is right now; worth nothing once it is old, so it is not kept."""
        self._connection.say(topics.live(self.station, live.facility), live.model_dump_json(), qos=0, retain=True)

    def tick(self) -> None:
        """Send what may be sent, and give up what waited too long."""
        if not self._connection.stands or self.hub_says is False:
            return
        now = self.monotonic()
        for lane in LANES:
            with self._lock:
                flight = self._flights[lane]
                if flight.timed_out(now):
                    flight = self._flights[lane] = flight.given_up(now, self.chance)
                    self.traffic.timed_out[lane] += 1
                    self.traffic.halved[lane] += flight.halved
                    self._outages.begin(UNANSWERED, lane=lane)
                if flight.may_send(now) and not self._would_blur(lane, now):
                    self._send(lane, flight, now)

    def _would_blur(self, lane: Lane, now: float) -> bool:
        """Whether, if the connection ended now, nobody could say which lane's envelope had ended it."""
        others = [self._flights[other] for other in LANES if other != lane]
        doubted = self._flights[lane].cuts > 0
        return any(other.suspect(now) or (doubted and other.envelope is not None) for other in others)

    def _send(self, lane: Lane, flight: Flight, now: float) -> None:
        stamp = self.clock()
        taken = self.outbox.take(lane, stamp, limit=flight.limit + len(flight.suspects))
        records = [record for record in taken if record.id not in flight.suspects][: flight.limit]
        if not records:
            self._flights[lane] = flight.without_others()
            return
        waiting = self.outbox.waiting(stamp)
        envelope = Envelope(
            id=uuid.UUID(int=self.chance.getrandbits(128)).hex,
            station=self.station,
            boot=stamp.boot,
            connection=self._number,
            clock=stamp.clock,
            sent_at=stamp.at,
            settings=self.settings_number,
            lowest=self.outbox.lowest(),
            held=waiting.now + waiting.later,
            records=records,
        )
        self._flights[lane] = flight.sent(envelope.id, tuple(record.id for record in records), now)
        self._connection.say(TOPIC[lane](self.station), envelope.model_dump_json(), qos=1)
        self.traffic.sent[lane] += 1
        if self._unanswered_since is None:
            self._unanswered_since = now

    def _parting(self) -> Parting:
        """Birth and will of the next connection, under its own number."""
        try:
            self._number = self.keep.next_connection()
        except KeepBroken as error:
            # On a full disk only what the hub takes makes room: the station must get through to it.
            log.error("the number of this connection is not kept", why=str(error))
            self._number += 1
        stamp = self.clock()
        birth, death = (
            StationState(online=online, boot=stamp.boot, connection=self._number, at=stamp.at).model_dump_json()
            for online in (True, False)
        )
        return Parting(topics.state(self.station), birth, death)

    def _opened(self) -> None:
        """Nothing to do: what was under way was given up when the last connection ended."""

    def _closed(self) -> None:
        self.hub_says = None
        now = self.monotonic()
        with self._lock:
            for lane in LANES:
                before = self._flights[lane]
                flight = self._flights[lane] = before.lost(now, self.chance)
                self.traffic.cut[lane] += flight.cuts > before.cuts
                if flight.cuts > before.cuts > 0:
                    self.traffic.halved[lane] += flight.halved
                    log.warning("the connection ends when this lane sends", lane=lane, cuts=flight.cuts)

    def _heard(self, topic: str, payload: bytes) -> None:
        try:
            if topic == topics.ack(self.station):
                self._acknowledged(Ack.model_validate_json(payload))
            elif topic == topics.HUB_STATE:
                self.hub_says = HubState.model_validate_json(payload).online
            elif topic == topics.settings(self.station):
                settings = read(payload, StationSettings)
                self.told(settings)
                self.settings_number = settings.number
            elif topic == topics.state(self.station) and not StationState.model_validate_json(payload).online:
                # A stale will of an earlier connection would otherwise win for ever.
                self._connection.say_birth()
        except (ValidationError, Unreadable) as error:
            log.warning("the hub says what this agent does not read", topic=topic, why=str(error))
        except (OSError, OutboxBroken, OutboxFull, KeepBroken) as error:
            # The connection must outlive a full disk: records still go out and are said again.
            log.error("what the hub says could not be kept", topic=topic, why=str(error))

    def _acknowledged(self, ack: Ack) -> None:
        committed = [*ack.committed, *ack.quarantined]
        self.outbox.forget(committed)
        now = self._acknowledged_at = self.monotonic()
        self._unanswered_since = None
        self.traffic.committed += len(committed)
        self.clock_offset_s = (ack.time - self.clock().at).total_seconds()
        self._outages.end(UNANSWERED, "the hub acknowledges again")
        with self._lock:
            for lane in LANES:
                flight = self._flights[lane]
                if flight.envelope == ack.envelope:
                    self.traffic.answered(lane, now - flight.sent_at)
                    for id_ in flight.convicted:
                        log.error("record set aside: the hub takes others but never this one", record=id_, lane=lane)
                        self.outbox.set_aside(id_, "never acknowledged while others were")
                    self._flights[lane] = flight.acknowledged(ack.wait_s, now)
        self.keep.saw(ack.time)
