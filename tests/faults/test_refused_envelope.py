"""A broker with a small limit of a packet hangs up: the station sends less, and blames one record only when it must."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bcrypt
import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from edge.keep import Keep
from edge.mqtt import HubAddress
from edge.uplink import Uplink
from hub import broker
from shared import topics
from shared.envelope import Ack, read_envelope
from shared.keys import mqtt_password, spell_secret
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import Feedback, Minute
from shared.states import State
from simulators.demo.children import Child
from simulators.demo.stage import free_port, wait_for_port

STATION = "k3v9x2m7qa"
SECRET = spell_secret(b"1" * 16)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
MOST = 20_000
"""Bytes of a packet this broker takes."""
FASTER = 10


class Hub:
    """Acknowledges what it reads."""

    def __init__(self, port: int) -> None:
        self.heard: dict[str, int] = {}
        self._client = Client(CallbackAPIVersion.VERSION2, client_id="hub")
        self._client.username_pw_set(broker.HUB_USER, "hub")
        self._client.on_message = self._hear
        self._client.connect("127.0.0.1", port)
        self._client.subscribe([(topics.up_now(STATION), 1), (topics.up_later(STATION), 1)])
        self._client.loop_start()

    def _hear(self, client: Client, _data: object, message: MQTTMessage) -> None:
        head, records, _ = read_envelope(bytes(message.payload))
        self.heard.update((record.id, len(message.payload)) for record in records)
        ack = Ack(envelope=head.id, committed=[record.id for record in records], time=NOON)
        client.publish(topics.ack(STATION), ack.model_dump_json())

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[tuple[Hub, int]]:
    port = free_port()
    hashed = [bcrypt.hashpw(word.encode(), bcrypt.gensalt(4)).decode() for word in ("hub", mqtt_password(SECRET))]
    config = broker.write_config(tmp_path, port, (broker.HUB_USER, hashed[0]), [(STATION, hashed[1])])
    text = config.read_text()
    assert f"max_payload: {broker.MAX_PAYLOAD}" in text
    config.write_text(text.replace(f"max_payload: {broker.MAX_PAYLOAD}", f"max_payload: {MOST}"))
    child = Child("broker", broker.command(tmp_path), tmp_path / "broker.log")
    wait_for_port(port, child)
    hub = Hub(port)
    yield hub, port
    hub.stop()
    child.stop()


def test_all_but_the_impossible_arrives_and_that_is_set_aside(tmp_path: Path, hub: tuple[Hub, int]) -> None:
    listener, port = hub
    outbox, keep = Outbox(tmp_path / "outbox.db"), Keep(tmp_path)
    stamp = Stamp(NOON, "boot", 1.0, ClockQuality.SYNCED)
    states = {f"fridge-{n}": State.OK for n in range(6)}
    before = [(Minute(minute=NOON - timedelta(hours=9, minutes=n), states=states), stamp) for n in range(400)]
    possible = set(outbox.put_all(before))
    impossible = outbox.put(Feedback(score=1, tags=["x" * 64] * 400), stamp)
    possible |= {outbox.put(Feedback(score=4), stamp) for _ in range(3)}
    uplink = Uplink(
        STATION, SECRET, HubAddress("127.0.0.1", port, False), outbox, keep, lambda: stamp,
        lambda: time.monotonic() * FASTER, lambda _settings: None, random.Random(1),
    )  # fmt: skip
    uplink.start()
    try:
        until = time.monotonic() + 90
        while outbox.aside() == 0 or not possible <= listener.heard.keys():
            assert time.monotonic() < until, (outbox.aside(), len(possible - listener.heard.keys()), uplink.traffic)
            uplink.tick()
            time.sleep(0.02)
            if len(listener.heard) % 3 == 0 and outbox.waiting(stamp).now < 2:
                possible.add(outbox.put(Feedback(score=3), stamp))
    finally:
        uplink.stop()
    assert impossible not in listener.heard
    assert outbox.aside() == 1
    assert max(listener.heard.values()) <= MOST
    assert uplink.traffic.halved.total() >= 1
    outbox.close()
    keep.close()
