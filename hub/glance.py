"""One look at what a station says is so right now: its retained `live` message, over a connection of its own.

Ingest does not take these in: a thousand stations say them every minute, and hardly anybody looks. Whoever stands
before a machine that was just repaired must not wait for a quarter-hour to be added up.
"""

import time
from contextlib import suppress
from typing import Any

from paho.mqtt.client import Client, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from pydantic import ValidationError

from hub.address import Address
from shared import topics
from shared.envelope import LiveFacility

PATIENCE_S = 0.8
"""For the broker's answer, the connection included: a page waits no longer for it."""
STEP_S = 0.05


class Glances:
    """See the module. May be asked by many threads at once."""

    def __init__(self, address: Address, patience_s: float = PATIENCE_S) -> None:
        self._address, self._patience_s = address, patience_s

    def __call__(self, station: str, facility: str) -> LiveFacility | None:
        """What it says. None: the broker does not answer in time, keeps nothing of it, or not for the hub to read."""
        payload = self._retained(topics.live(station, facility))
        if payload is None:
            return None
        with suppress(ValidationError):
            return LiveFacility.model_validate_json(payload)
        return None

    def _retained(self, topic: str) -> bytes | None:
        found: list[bytes] = []

        def connected(client: Client, *_: Any) -> None:
            client.subscribe(topic, 0)

        def came(_client: Client, _data: object, message: MQTTMessage) -> None:
            found.append(bytes(message.payload))

        # Without a name the broker gives it one: a second client of the hub's would push the first out.
        client = Client(CallbackAPIVersion.VERSION2, "", True, None, MQTTv311, reconnect_on_failure=False)
        client.username_pw_set(self._address.user, self._address.password)
        if self._address.tls:
            client.tls_set(None if self._address.ca is None else str(self._address.ca))
        client.connect_timeout = self._patience_s
        client.on_connect, client.on_message = connected, came
        deadline = time.monotonic() + self._patience_s
        with suppress(OSError):
            client.connect(self._address.host, self._address.port)
            while not found and time.monotonic() < deadline:
                if client.loop(STEP_S) is not MQTTErrorCode.MQTT_ERR_SUCCESS:
                    break
        client.disconnect()
        return found[0] if found else None
