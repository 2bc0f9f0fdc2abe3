"""The hub's connection to its broker. Only this module knows paho.

Measured traps (messaging.md, libraries.md): subscribe in the connect callback, or a wiped broker is never heard again;
acknowledge by hand, after the commit; QoS 1 to stations costs ten times QoS 0; paho's loop uses select(), so it lives
in a process with few descriptors; a client whose thread died looks connected for ever, so `alive` says whether it runs;
under any other loop than `loop_start` whoever publishes writes to the socket too, and packets tear each other apart.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from pydantic import ValidationError

from hub.errors import BadSettings
from hub.line import Arrived
from hub.settings import LOOPBACK
from shared import topics
from shared.envelope import HubState

BATCH_WAIT_S = 0.1
LINGER_S = 0.01
KEEPALIVE_S = 30
_log = structlog.get_logger("mqtt")


@dataclass(frozen=True, slots=True)
class Address:
    """A broker, and who connects."""

    host: str
    port: int
    user: str
    password: str
    tls: bool = False


def address_of(url: str) -> Address:
    """mqtt://user:password@host:port on loopback, mqtts:// anywhere. Raises BadSettings, which shows no password."""
    parts = urlsplit(url)
    if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
        raise BadSettings("mqtt_url is not mqtts://user:password@host:port, or mqtt://… on loopback")
    tls = parts.scheme == "mqtts"
    if not tls and parts.hostname not in LOOPBACK:
        raise BadSettings(f"mqtt_url: off loopback {parts.hostname} is reached with mqtts://: a password goes over it")
    try:
        port = parts.port or (8883 if tls else 1883)
    except ValueError as error:
        raise BadSettings(f"mqtt_url: {error}") from error
    return Address(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), tls)


class Connection:
    """One connection that comes back by itself. What arrives waits here; `now` goes before the backlog."""

    def __init__(
        self,
        address: Address,
        client_id: str,
        now: Callable[[], datetime],
        subscriptions: Sequence[str] = (),
        announce: bool = False,
        on_up: Callable[[], None] = lambda: None,
    ) -> None:
        """`announce`: this connection says on `hub/state` that the hub listens, and by last will that it does not.

        `client_id` must not be known to others: a second client of the same name would push this one out.
        """
        self._address, self._now, self._subscriptions = address, now, tuple(subscriptions)
        self._announce, self._on_up = announce, on_up
        self._first: deque[Arrived] = deque()
        self._later: deque[Arrived] = deque()
        self._something = threading.Event()
        self._pending: set[int] = set()
        self.connection = 0
        """Raised whenever it is up again."""
        self.listening = False
        """Whether it is connected and every subscription stands."""
        self._client = Client(CallbackAPIVersion.VERSION2, client_id, True, None, MQTTv311, manual_ack=True)
        self._client.username_pw_set(address.user, address.password)
        if address.tls:
            self._client.tls_set()
        if announce:
            self._client.will_set(topics.HUB_STATE, self._state(online=False), 1, True)
        self._client.reconnect_delay_set(1, 5)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_subscribe = self._subscribed
        self._client.on_message = self._arrived
        self._client.on_pre_connect = self._about_to_connect
        self._thread: threading.Thread | None = None
        self._stopping = False

    def start(self) -> None:
        """Connect, and go on trying."""
        self._client.connect_async(self._address.host, self._address.port, KEEPALIVE_S)
        self._client.loop_start()

    def stop(self) -> None:
        """Say goodbye: an orderly end publishes what the last will would."""
        self._stopping = True
        if self.listening and self._announce:
            self._client.publish(topics.HUB_STATE, self._state(online=False), 1, True).wait_for_publish(2)
        self._client.disconnect()
        if self._thread is not None:
            self._thread.join(5)

    @property
    def alive(self) -> bool:
        """Whether the network loop runs, or is about to."""
        return self._thread is None or self._thread.is_alive()

    def take(self, limit: int) -> list[Arrived]:
        """What has arrived, the lane `now` first: as soon as there is a full batch, or after a tenth of a second."""
        self._something.clear()
        if not self.waiting():
            self._something.wait(BATCH_WAIT_S)
        deadline = time.monotonic() + BATCH_WAIT_S
        while 0 < self.waiting() < limit and time.monotonic() < deadline:
            time.sleep(LINGER_S)
        batch: list[Arrived] = []
        for waiting in (self._first, self._later):
            while waiting and len(batch) < limit:
                batch.append(waiting.popleft())
        return batch

    def waiting(self) -> int:
        """How many messages were not taken yet."""
        return len(self._first) + len(self._later)

    def say(self, topic: str, payload: str) -> None:
        """Publish at QoS 0."""
        self._client.publish(topic, payload, 0)

    def keep(self, topic: str, payload: str) -> None:
        """Publish at QoS 1, retained."""
        self._client.publish(topic, payload, 1, True)

    def acknowledge(self, batch: Sequence[Arrived]) -> None:
        """These need not come again."""
        for arrived in batch:
            # What an earlier connection brought has no number on this one: it comes again, and changes nothing.
            if arrived.mid and arrived.connection == self.connection:
                self._client.ack(arrived.mid, 1)

    def _about_to_connect(self, _client: Client, _data: object) -> None:
        self._thread = threading.current_thread()

    def _state(self, online: bool) -> str:
        return HubState(online=online, at=self._now()).model_dump_json()

    def _connected(
        self, client: Client, _data: object, _flags: ConnectFlags, reason: ReasonCode, _props: Properties | None
    ) -> None:
        if reason.is_failure:
            _log.error("broker refuses the hub", host=self._address.host, port=self._address.port, why=str(reason))
            return
        _log.info("connected to broker", host=self._address.host, port=self._address.port)
        self.connection += 1
        self._pending = set()
        for topic in self._subscriptions:
            error, mid = client.subscribe(topic, 1)
            if error is MQTTErrorCode.MQTT_ERR_SUCCESS and mid is not None:
                self._pending.add(mid)
        if not self._subscriptions:
            self._up()

    def _subscribed(
        self, _client: Client, _data: object, mid: int, reasons: list[ReasonCode], _props: Properties | None
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            _log.error("broker refuses a subscription", why=[str(reason) for reason in reasons])
            return
        self._pending.discard(mid)
        if not self._pending:
            self._up()

    def _up(self) -> None:
        self.listening = True
        if self._announce:
            self.keep(topics.HUB_STATE, self._state(online=True))
        self._on_up()

    def _disconnected(
        self, _client: Client, _data: object, _flags: DisconnectFlags, reason: ReasonCode, _props: Properties | None
    ) -> None:
        was, self.listening = self.listening, False
        if was and not self._stopping:
            _log.warning("broker is gone", host=self._address.host, port=self._address.port, why=str(reason))

    def _arrived(self, client: Client, _data: object, message: MQTTMessage) -> None:
        if message.topic == topics.HUB_STATE:
            # The hub's own word: `+/state` matches it too.
            client.ack(message.mid, message.qos)
            self._heard_of_the_hub(bytes(message.payload))
            return
        waiting = self._later if message.topic.endswith("/later") else self._first
        number = message.mid if message.qos else 0
        waiting.append(Arrived(message.topic, bytes(message.payload), self._now(), number, self.connection))
        self._something.set()

    def _heard_of_the_hub(self, payload: bytes) -> None:
        """A will of an earlier connection may come after this one is up, and would keep every station waiting."""
        try:
            away = not HubState.model_validate_json(payload).online
        except ValidationError:
            away = True
        if away and self._announce and self.listening and not self._stopping:
            self.keep(topics.HUB_STATE, self._state(online=True))
