"""Disk to MQTT to disk: envelopes out, and a record is forgotten only when the hub says it has committed it.

The broker may lose anything at any time; only the hub's acknowledgement counts. One thread talks to the broker and
comes back for ever; `tick` is called about five times a second by whoever owns the uplink. Only this module of the
agent knows MQTT.
"""

import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from pydantic import ValidationError

from edge.flight import Flight
from edge.keep import Keep
from shared import topics
from shared.envelope import Ack, Envelope, HubState, LiveFacility, StationState
from shared.keys import mqtt_password
from shared.moment import Clock
from shared.outbox import Lane, Outbox
from shared.settings_message import StationSettings

KEEPALIVE_S = 30
LONGEST_PAUSE_S = 60.0
LANES: tuple[Lane, ...] = ("now", "later")
TOPIC = {"now": topics.up_now, "later": topics.up_later}

log = structlog.get_logger("uplink")


class BadHubAddress(ValueError):
    """An address that is not mqtt://host:port or mqtts://host:port."""


@dataclass(frozen=True, slots=True)
class HubAddress:
    """Where the hub's broker is."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, url: str) -> "HubAddress":
        """Raises BadHubAddress. Plaintext is for loopback only: a password goes over this line."""
        parts = urlsplit(url)
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
            raise BadHubAddress(f"{url!r} is not an address such as mqtts://hub.example:8883")
        tls = parts.scheme == "mqtts"
        if not tls and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise BadHubAddress(f"{url!r}: off loopback the hub is reached with mqtts://")
        return cls(parts.hostname, parts.port or (8883 if tls else 1883), tls)


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
    acknowledged_at: float | None = None
    """When the hub last acknowledged anything, monotonic."""
    _flights: dict[Lane, Flight] = field(default_factory=lambda: {lane: Flight() for lane in LANES})
    _client: Client | None = None
    _number: int = 0
    _connected: bool = False
    _hub_away: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Connect, and come back for ever."""
        self._thread = threading.Thread(target=self._talk, name="uplink", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Say good-bye, so that the hub need not wait for the will, and end the thread."""
        self._stop.set()
        client = self._client
        if client is not None and self._connected:
            client.publish(topics.state(self.station), self._state(online=False), qos=1, retain=True).wait_for_publish(
                2
            )
            client.disconnect()
        if self._thread is not None:
            self._thread.join(5)

    @property
    def online(self) -> bool:
        """Whether the hub acknowledged something lately over a connection that stands."""
        heard = self.acknowledged_at
        return self._connected and heard is not None and self.monotonic() - heard < 180

    def live(self, live: LiveFacility) -> None:
        """Show what a facility is right now; worth nothing once it is old, so it is not kept."""
        client = self._client
        if client is not None and self._connected:
            client.publish(topics.live(self.station, live.facility), live.model_dump_json(), qos=0, retain=True)

    def tick(self) -> None:
        """Send what may be sent, and give up what waited too long."""
        if not self._connected or self._hub_away:
            return
        now = self.monotonic()
        for lane in LANES:
            with self._lock:
                flight = self._flights[lane]
                if flight.timed_out(now):
                    flight = self._flights[lane] = flight.given_up(now, self.chance)
                    log.warning("no acknowledgement", lane=lane, failures=flight.failures, limit=flight.limit)
                if flight.may_send(now):
                    self._send(lane, flight, now)

    def _send(self, lane: Lane, flight: Flight, now: float) -> None:
        stamp = self.clock()
        taken = self.outbox.take(lane, stamp, limit=flight.limit + len(flight.suspects))
        records = [record for record in taken if record.id not in flight.suspects][: flight.limit]
        if not records:
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
        if self._client is not None:
            self._client.publish(TOPIC[lane](self.station), envelope.model_dump_json(), qos=1)

    def _heard_ack(self, ack: Ack) -> None:
        self.outbox.forget([*ack.committed, *ack.quarantined])
        self.acknowledged_at = self.monotonic()
        self.keep.saw(ack.time)
        with self._lock:
            for lane in LANES:
                flight = self._flights[lane]
                if flight.envelope == ack.envelope:
                    for id_ in flight.suspects:
                        log.error("record set aside: the hub takes others but never this one", record=id_, lane=lane)
                        self.outbox.set_aside(id_, "never acknowledged while others were")
                    self._flights[lane] = flight.acknowledged(ack.wait_s, self.monotonic())

    def _talk(self) -> None:
        pause = 0.5
        while not self._stop.is_set():
            client = self._prepare()
            try:
                client.connect(self.hub.host, self.hub.port, KEEPALIVE_S)
                client.loop_forever()
                pause = 0.5 if self._was_connected() else pause
            except (OSError, ValueError) as error:
                log.info("hub not reached", host=self.hub.host, port=self.hub.port, error=str(error))
            self._gone()
            pause = min(LONGEST_PAUSE_S, pause * 2)
            self._stop.wait(self.chance.uniform(pause / 4, pause))

    def _prepare(self) -> Client:
        """A client for one connection: the will carries the connection's number, so each connection has its own."""
        self._number = self.keep.next_connection()
        client = Client(
            CallbackAPIVersion.VERSION2, client_id=self.station, protocol=MQTTv311, reconnect_on_failure=False
        )
        client.username_pw_set(self.station, mqtt_password(self.secret))
        if self.hub.tls:
            client.tls_set()
        client.will_set(topics.state(self.station), self._state(online=False), qos=1, retain=True)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        self._client = client
        return client

    def _state(self, online: bool) -> str:
        stamp = self.clock()
        state = StationState(online=online, boot=stamp.boot, connection=self._number, at=stamp.at)
        return state.model_dump_json()

    def _on_connect(
        self, client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            log.warning("the broker refuses this station", reason=str(reason))
            return
        client.subscribe([(topics.ack(self.station), 0), (topics.settings(self.station), 1)])
        client.subscribe([(topics.state(self.station), 1), (topics.HUB_STATE, 1)])
        client.publish(topics.state(self.station), self._state(online=True), qos=1, retain=True)
        with self._lock:
            self._flights = {lane: flight.lost() for lane, flight in self._flights.items()}
            self._connected = True
        log.info("connected", connection=self._number)

    def _on_disconnect(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if self._connected:
            log.info("disconnected", reason=str(reason))
        self._gone()

    def _was_connected(self) -> bool:
        return self.acknowledged_at is not None

    def _gone(self) -> None:
        self._connected = False
        self._hub_away = False

    def _on_message(self, client: Client, _data: Any, message: MQTTMessage) -> None:
        try:
            self._hear(client, message.topic, message.payload)
        except ValidationError as error:
            log.warning("the hub says what this agent does not read", topic=message.topic, errors=error.error_count())

    def _hear(self, client: Client, topic: str, payload: bytes | bytearray) -> None:
        if topic == topics.ack(self.station):
            self._heard_ack(Ack.model_validate_json(payload))
        elif topic == topics.HUB_STATE:
            self._hub_away = not HubState.model_validate_json(payload).online
        elif topic == topics.settings(self.station):
            settings = StationSettings.model_validate_json(payload)
            self.settings_number = settings.number
            self.told(settings)
        elif topic == topics.state(self.station):
            state = StationState.model_validate_json(payload)
            if not state.online and not self._stop.is_set():
                # A stale will of an earlier connection that would otherwise win for ever.
                client.publish(topic, self._state(online=True), qos=1, retain=True)
