"""A station as far as the broker sees one: a real MQTT 3.1.1 client with a station's password."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from paho.mqtt.client import Client, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion

from shared.keys import mqtt_password

PATIENCE_S = 10.0
AGAIN_S = 0.1


class MqttStation:
    """Connects at once; `heard` is what came, as (topic, payload). No `secret`: it names nobody. With a `ca`: TLS."""

    def __init__(
        self, port: int, user: str, secret: str | None, reads: Sequence[str] = (), ca: Path | None = None
    ) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.answers: dict[str, bool] = {}
        self.refused = threading.Event()
        self.subscribed = threading.Event()
        self.lost = threading.Event()
        self._reads = tuple(reads)
        self._asked: dict[int, str] = {}
        self.client = Client(CallbackAPIVersion.VERSION2, user, True, None, MQTTv311)
        if secret is not None:
            self.client.username_pw_set(user, mqtt_password(secret))
        if ca is not None:
            self.client.tls_set(str(ca))
        self.client.on_connect = self._connected
        self.client.on_subscribe = self._answered
        self.client.on_message = self._came
        self.client.on_disconnect = lambda *_: self.lost.set()
        self.client.reconnect_delay_set(AGAIN_S, 1)  # type: ignore[arg-type]  # it only ever adds it to a time
        self.client.connect_async("127.0.0.1", port)
        self.client.loop_start()

    def __enter__(self) -> "MqttStation":
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def publish(self, topic: str, payload: str, retain: bool = False) -> None:
        """At QoS 1, and the broker has it when this returns; lost where no broker is."""
        with suppress(RuntimeError):
            self.client.publish(topic, payload, 1, retain).wait_for_publish(PATIENCE_S)

    def _connected(self, client: Client, _data: object, _flags: object, reason: object, _props: object) -> None:
        if getattr(reason, "is_failure", False):
            self.refused.set()
            return
        for topic in self._reads:
            _, mid = client.subscribe(topic, 1)
            self._asked[mid or 0] = topic
        if not self._reads:
            self.subscribed.set()

    def _answered(self, _client: Client, _data: object, mid: int, reasons: Sequence[object], _props: object) -> None:
        self.answers[self._asked[mid]] = not any(getattr(reason, "is_failure", False) for reason in reasons)
        if len(self.answers) == len(self._reads):
            self.subscribed.set()

    def _came(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        self.heard.append((message.topic, bytes(message.payload)))


def eventually(holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    """Whether it comes to hold within so long."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()
