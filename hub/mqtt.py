"""The hub's connection to its broker. Only this module knows paho.

Measured traps (messaging.md, libraries.md): subscribe in the connect callback, or a wiped broker is never heard again;
acknowledge by hand, after the commit; QoS 1 to stations costs ten times QoS 0; select() takes no descriptor over 1023,
so this lives in a process with few; a client whose thread died looks connected for ever, so `alive` says if it runs.

The loop is our own, around paho's `loop_read` and `loop_write`: paho's wakes its thread at every single publish, which
cost a quarter of what ingest can do. Only this thread touches the socket: `on_socket_register_write` is set, and then
whoever publishes only leaves the packet, or packets would tear each other apart.
"""

import select
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import structlog
from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from pydantic import ValidationError

from hub.address import Address
from hub.line import Arrived
from shared import topics
from shared.envelope import HubState

LINGER_S = 0.01
LOOK_EVERY_S = 0.5
GOODBYE_S = 2.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 5.0
BURST = 256
"""Messages read at a time before anything is written."""
KEEPALIVE_S = 30
ROOM = 32 * 1024 * 1024
"""Bytes that may wait: some 250 of the largest envelopes, a few seconds of work."""
_log = structlog.get_logger("mqtt")


class Connection:
    """One connection that comes back by itself. What arrives waits here.

    Where more waits than there is room for, it reads no further: the broker keeps the rest, or drops it, and stations
    send again what nobody has acknowledged.
    """

    def __init__(
        self,
        address: Address,
        client_id: str,
        now: Callable[[], datetime],
        subscriptions: Sequence[str] = (),
        announce: bool = False,
        on_up: Callable[[], None] = lambda: None,
        room: int = ROOM,
        something: threading.Event | None = None,
    ) -> None:
        """`announce`: this connection says on `hub/state` that the hub listens, and by last will that it does not.

        `client_id` must not be known to others: a second client of the same name would push this one out.
        `room`: bytes that may wait here. `something` is set when anything arrives.
        """
        self._address, self._now, self._subscriptions = address, now, tuple(subscriptions)
        self._announce, self._on_up = announce, on_up
        self._waiting: deque[Arrived] = deque()
        self._room, self._arrived_bytes, self._taken_bytes = room, 0, 0
        self._something = something or threading.Event()
        self._pending: set[int] = set()
        self.connection = 0
        """Raised whenever it is up again."""
        self.listening = False
        """Whether it is connected and every subscription stands."""
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id, True, None, MQTTv311, reconnect_on_failure=False, manual_ack=True
        )
        self._client.username_pw_set(address.user, address.password)
        if address.tls:
            self._client.tls_set(None if address.ca is None else str(address.ca))
        if announce:
            self._client.will_set(topics.HUB_STATE, self._state(online=False), 1, True)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_subscribe = self._subscribed
        self._client.on_message = self._arrived
        self._client.on_socket_register_write = self._wants_to_write
        self._client.connect_async(address.host, address.port, KEEPALIVE_S)
        self._ears, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)
        self._stopping = threading.Event()
        self._missed = False
        self._thread = threading.Thread(target=self._come_back, name=client_id, daemon=True)

    def start(self) -> None:
        """Connect, and go on trying."""
        self._thread.start()

    def stop(self) -> None:
        """Say goodbye: an orderly end publishes what the last will would."""
        self._stopping.set()
        self._wake()
        if self._thread.is_alive():
            self._thread.join(5)
        if not self._thread.is_alive():
            self._ears.close()
            self._mouth.close()

    @property
    def alive(self) -> bool:
        """Whether the network loop runs, or is about to."""
        return self._thread.ident is None or self._thread.is_alive()

    def take(self, limit: int, most_bytes: int = ROOM) -> list[Arrived]:
        """What has arrived, in order; the last may go beyond `most_bytes`."""
        batch: list[Arrived] = []
        size = 0
        while self._waiting and len(batch) < limit and size < most_bytes:
            batch.append(self._waiting.popleft())
            size += len(batch[-1].payload)
        self._taken_bytes += size
        return batch

    def waiting(self) -> int:
        """How many messages were not taken yet."""
        return len(self._waiting)

    @property
    def waiting_bytes(self) -> int:
        """And how many bytes they are."""
        return self._arrived_bytes - self._taken_bytes

    @property
    def fullness(self) -> float:
        """The share of the room that is taken; 1 and more: it reads no further."""
        return self.waiting_bytes / self._room

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

    def _come_back(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            before = self.connection
            try:
                self._client.reconnect()
                self._carry()
            except OSError as error:
                if not self._missed:
                    _log.warning("broker not reached", host=self._address.host, port=self._address.port, why=str(error))
                self._missed = True
            pause = FIRST_PAUSE_S if self.connection != before else min(LONGEST_PAUSE_S, pause * 2)
            self._stopping.wait(pause)

    def _carry(self) -> None:
        """Until the connection ends, or this does."""
        looked = read = time.monotonic()
        while (wire := self._client.socket()) is not None and not self._stopping.is_set():
            # Not for so long that the broker's answers to pings go unheard.
            full = self.fullness >= 1 and time.monotonic() - read < KEEPALIVE_S / 2
            # TLS may hold what select() does not see.
            held = not full and isinstance(wire, ssl.SSLSocket) and wire.pending() > 0
            patience = 0 if held else LINGER_S if full else LOOK_EVERY_S
            writes = [wire] if self._client.want_write() else []
            heard, free, _ = select.select([self._ears] if full else [wire, self._ears], writes, [], patience)
            if self._ears in heard:
                self._ears.recv(4096)
            if held or wire in heard:
                self._read()
                read = time.monotonic()
            if free or self._client.want_write():
                self._client.loop_write()
            if time.monotonic() - looked >= LOOK_EVERY_S:
                looked = time.monotonic()
                self._client.loop_misc()
        if self._client.socket() is not None:
            self._say_goodbye()

    def _read(self) -> None:
        """What has come, as far as it makes whole messages and there is room: one look at the socket serves many."""
        for _ in range(BURST):
            before = self._arrived_bytes
            if self._client.loop_read() or self._arrived_bytes == before or self.fullness >= 1:
                return

    def _say_goodbye(self) -> None:
        if self.listening and self._announce:
            last = self._client.publish(topics.HUB_STATE, self._state(online=False), 1, True)
            deadline = time.monotonic() + GOODBYE_S
            while not last.is_published() and time.monotonic() < deadline and (wire := self._client.socket()):
                self._client.loop_write()
                if select.select([wire], [], [], LINGER_S)[0]:
                    self._client.loop_read()
        self._client.disconnect()
        while self._client.socket() is not None and self._client.want_write():
            self._client.loop_write()

    def _wants_to_write(self, _client: Client, _data: object, _wire: object) -> None:
        """Called once, until all is written: on this thread or another."""
        if threading.current_thread() is not self._thread:
            self._wake()

    def _wake(self) -> None:
        with suppress(OSError):
            self._mouth.send(b"!")

    def _state(self, online: bool) -> str:
        return HubState(online=online, at=self._now()).model_dump_json()

    def _connected(
        self, client: Client, _data: object, _flags: ConnectFlags, reason: ReasonCode, _props: Properties | None
    ) -> None:
        if reason.is_failure:
            _log.error("broker refuses the hub", host=self._address.host, port=self._address.port, why=str(reason))
            return
        self._missed = False
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
        if was and not self._stopping.is_set():
            _log.warning("broker is gone", host=self._address.host, port=self._address.port, why=str(reason))

    def _arrived(self, client: Client, _data: object, message: MQTTMessage) -> None:
        if message.topic == topics.HUB_STATE:
            # The hub's own word: `+/state` matches it too.
            client.ack(message.mid, message.qos)
            self._heard_of_the_hub(bytes(message.payload))
            return
        number = message.mid if message.qos else 0
        self._waiting.append(Arrived(message.topic, bytes(message.payload), self._now(), number, self.connection))
        self._arrived_bytes += len(message.payload)
        self._something.set()

    def _heard_of_the_hub(self, payload: bytes) -> None:
        """A will of an earlier connection may come after this one is up, and would keep every station waiting."""
        try:
            away = not HubState.model_validate_json(payload).online
        except ValidationError:
            away = True
        if away and self._announce and self.listening and not self._stopping.is_set():
            self.keep(topics.HUB_STATE, self._state(online=True))
