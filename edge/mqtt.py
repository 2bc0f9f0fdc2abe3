"""The agent's connection to the broker: comes back for ever. Only this module of the agent knows MQTT.

The will carries the connection's number, so every connection gets a client of its own. Sessions are clean: what is to
be heard is subscribed at every connect, for a broker may have lost everything. Only the connection's own thread touches
the client, its socket and its TLS: whoever says something leaves it in a queue.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from edge.outages import Outages

KEEPALIVE_S = 30
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
LOOK_EVERY_S = 0.05
"""How long something said may lie before it is sent."""
GOODBYE_S = 2.0
"""How long the last words may take."""
UNREACHED, REFUSED = "hub not reached", "the broker refuses this station"
LOOPBACK = ("127.0.0.1", "localhost", "::1")

log = structlog.get_logger("mqtt")


class BadHubAddress(ValueError):
    """An address that is not mqtts://host:port, or mqtt:// on loopback."""


@dataclass(frozen=True, slots=True)
class HubAddress:
    """Where the hub's broker is."""

    host: str
    port: int
    tls: bool
    ca: Path | None = None
    """PEM file of the authority its certificate is of. None: one of the system's."""

    @classmethod
    def of(cls, url: str, ca: Path | None = None) -> "HubAddress":
        """Raises BadHubAddress. Plaintext is for loopback only: a password goes over this line."""
        parts = urlsplit(url)
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
            raise BadHubAddress(f"{url!r} is not an address such as mqtts://hub.example:8883")
        tls = parts.scheme == "mqtts"
        if not tls and parts.hostname not in LOOPBACK:
            raise BadHubAddress(f"{url!r}: off loopback the hub is reached with mqtts://")
        return cls(parts.hostname, parts.port or (8883 if tls else 1883), tls, ca)


@dataclass(frozen=True, slots=True)
class Parting:
    """What is published, retained, when this connection stands, ends, or is found dead."""

    topic: str
    birth: str
    death: str


@dataclass(frozen=True, slots=True)
class _Said:
    """Something to publish."""

    topic: str
    payload: str
    qos: int
    retain: bool


@dataclass(slots=True)
class Connection:
    """See the module. The callables are called on the connection's own thread.

    `parting` is asked before each attempt; `opened` and `closed` tell of a connection that stands; `heard` gets what is
    published on `subscriptions` (topic, QoS).
    """

    hub: HubAddress
    user: str
    password: str
    subscriptions: list[tuple[str, int]]
    parting: Callable[[], Parting]
    opened: Callable[[], None]
    closed: Callable[[], None]
    heard: Callable[[str, bytes], None]
    stands: bool = False
    _stood: bool = False
    """Whether the attempt under way got as far as that."""
    _chance: random.Random = field(default_factory=random.SystemRandom)
    _said: deque[_Said] = field(default_factory=deque)
    _parting: Parting | None = None
    _outages: Outages = field(default_factory=lambda: Outages(log))
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Connect, and come back for ever."""
        self._thread = threading.Thread(target=self._come_back, name="mqtt", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Say good-bye, so that nobody waits for the will, and end the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(5)

    def say(self, topic: str, payload: str, qos: int, retain: bool = False) -> None:
        """Publish, if the connection stands; otherwise nothing is kept."""
        if self.stands:
            self._said.append(_Said(topic, payload, qos, retain))

    def say_birth(self) -> None:
        """Say again that this connection stands."""
        if self._parting is not None:
            self.say(self._parting.topic, self._parting.birth, qos=1, retain=True)

    def _come_back(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stop.is_set():
            self._stood = False
            try:
                client = self._prepare()
                client.connect(self.hub.host, self.hub.port, KEEPALIVE_S)
                self._carry(client)
            except OSError as error:
                self._outages.begin(UNREACHED, host=self.hub.host, port=self.hub.port, error=str(error))
            except Exception:
                # Whatever a callback raised: a thread that nobody supervises must not leave the station cut off.
                log.exception("the connection failed")
            self._end()
            pause = FIRST_PAUSE_S if self._stood else min(LONGEST_PAUSE_S, pause * 2)
            self._stop.wait(self._chance.uniform(0, pause))

    def _carry(self, client: Client) -> None:
        """Until the connection ends, or the agent does."""
        while not self._stop.is_set():
            while self._said:
                said = self._said.popleft()
                client.publish(said.topic, said.payload, qos=said.qos, retain=said.retain)
            if client.loop(LOOK_EVERY_S) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                return
        if self.stands and self._parting is not None:
            last = client.publish(self._parting.topic, self._parting.death, qos=1, retain=True)
            until = time.monotonic() + GOODBYE_S
            while not last.is_published() and time.monotonic() < until:
                if client.loop(LOOK_EVERY_S) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                    return
        client.disconnect()

    def _prepare(self) -> Client:
        self._said.clear()
        parting = self._parting = self.parting()
        client = Client(CallbackAPIVersion.VERSION2, client_id=self.user, protocol=MQTTv311, reconnect_on_failure=False)
        client.username_pw_set(self.user, self.password)
        if self.hub.tls:
            client.tls_set(None if self.hub.ca is None else str(self.hub.ca))
        client.will_set(parting.topic, parting.death, qos=1, retain=True)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        return client

    def _on_connect(
        self, client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            self._outages.begin(REFUSED, reason=str(reason))
            return
        back = self._outages.end(UNREACHED, "hub reached again")
        back |= self._outages.end(REFUSED, "the broker lets this station in again")
        client.subscribe(self.subscriptions)
        self.stands = self._stood = True
        self.say_birth()
        self.opened()
        if not back:
            log.info("connected", host=self.hub.host, port=self.hub.port)

    def _on_disconnect(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if self.stands and not self._stop.is_set():
            self._outages.begin(UNREACHED, host=self.hub.host, port=self.hub.port, error=str(reason))
        self._end()

    def _end(self) -> None:
        if self.stands:
            self.stands = False
            self.closed()

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        if not self._stop.is_set():
            self.heard(message.topic, bytes(message.payload))
