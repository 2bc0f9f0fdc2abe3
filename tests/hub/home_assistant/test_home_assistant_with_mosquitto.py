"""From the register to Home Assistant over a real broker, under the access rules the hub writes for it."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment
from paho.mqtt.client import Client, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import Engine
from sqlmodel import Session

from hub import mosquitto
from hub.address import Address
from hub.home_assistant.publishing import Publisher
from hub.mqtt import Connection
from hub.permissions import HUB_USER, READER, reader_publishes, reader_reads
from hub.settings import HubSettings
from hub.stations import store as stations
from shared import topics
from shared.envelope import LiveFacility, StationState
from shared.keys import mqtt_password, spell_secret
from shared.records import StationFacts, WiredFacility
from shared.text import Text
from tests.hub.mqtt_station import MqttStation, eventually
from tests.mosquitto import Mosquitto

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
PREFIX = "homeassistant"
SECRET = spell_secret(bytes(range(16)))
OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"


class HomeAssistant:
    """Reads as Home Assistant does: discovery first, then the topics it names."""

    def __init__(self, port: int) -> None:
        self.devices: dict[str, str] = {}
        self.messages: dict[str, bytes] = {}
        self.client = Client(CallbackAPIVersion.VERSION2, "ha", True, None, MQTTv311)
        self.client.username_pw_set("homeassistant", "ha")
        self.client.on_connect = lambda *_: self.client.subscribe([("homeassistant/#", 1), (topics.up_now("+"), 1)])
        self.client.on_message = self._came
        self.client.connect_async("127.0.0.1", port)
        self.client.loop_start()

    def _came(self, client: Client, _data: object, message: MQTTMessage) -> None:
        if not message.topic.startswith("homeassistant/"):
            self.messages[message.topic] = bytes(message.payload)
            return
        self.devices[message.topic] = bytes(message.payload).decode()
        told = json.loads(message.payload or b"{}")
        for component in told.get("cmps", {}).values():
            client.subscribe(component["state_topic"])
        for one in told.get("availability", []):
            client.subscribe(one["topic"])

    def shows(self, device: str, component: str) -> str:
        """What its template makes of the newest message."""
        told = json.loads(self.devices[device])["cmps"][component]
        value = json.loads(self.messages[told["state_topic"]])
        return Environment(autoescape=True).from_string(told["value_template"]).render(value_json=value)


@pytest.fixture
def broker(tmp_path: Path, station: str) -> Iterator[Mosquitto]:
    server = Mosquitto(tmp_path / "mosquitto")
    server.folder.mkdir()
    hub, reader = (HUB_USER, mosquitto.hashed("hub")), (READER, mosquitto.hashed("ha"))
    login = (station, mosquitto.hashed(mqtt_password(SECRET)))
    mosquitto.write(server.folder, hub, [login], PREFIX, reader)
    with server:
        yield server


def test_the_page_gives_it_what_the_hub_gives_it() -> None:
    rules = re.search(r"```\nuser homeassistant\n(.*?)```", OPERATIONS.read_text(), re.DOTALL)
    assert rules is not None
    told = {f"topic write {topic}" for topic in reader_publishes(PREFIX)}
    assert set(rules[1].splitlines()) == told | {f"topic read {topic}" for topic in reader_reads(PREFIX)}


def test_what_a_station_says_is_what_home_assistant_shows(
    broker: Mosquitto, engine: Engine, station: str, tmp_path: Path
) -> None:
    row = WiredFacility(id="fridge-1", kind="fridge", label=Text("冰箱", "Fridge"), quantities=["power"])
    with Session(engine) as session:
        stations.note_facts(session, station, NOW, StationFacts(version="0.1.0", facilities=[row], devices=[]))
        session.commit()
    hub = Connection(Address("127.0.0.1", broker.port, HUB_USER, "hub"), "hub-clock-test", lambda: NOW)
    hub.start()
    home = HomeAssistant(broker.port)
    device = f"homeassistant/device/waystation_{station}/config"
    try:
        assert eventually(lambda: hub.listening)
        settings = HubSettings(folder=tmp_path, home_assistant=True)
        Publisher(settings, engine, hub.keep).look(True, NOW)
        live = LiveFacility.model_validate(
            {"facility": "fridge-1", "state": "ok", "since": NOW, "grade": 2, "values": {"power": 61.0}, "at": NOW}
        )
        birth = StationState(online=True, boot="b", connection=1, at=NOW).model_dump_json()
        with MqttStation(broker.port, station, SECRET) as one:
            assert one.subscribed.wait(10)
            one.publish(topics.state(station), birth, retain=True)
            one.publish(topics.live(station, "fridge-1"), live.model_dump_json(), retain=True)
            one.publish(topics.up_now(station), "of nobody's concern")
        wanted = {topics.live(station, "fridge-1"), topics.state(station)}
        assert eventually(lambda: home.messages.keys() >= wanted)
        assert home.messages.keys() == wanted, "it reads what is live and nothing else"
        assert home.shows(device, "fridge-1_state") == "ok"
        assert home.shows(device, "fridge-1_power") == "61.0"
        Publisher(HubSettings(folder=tmp_path), engine, hub.keep).look(True, NOW)
        assert eventually(lambda: home.devices[device] == "")
    finally:
        home.client.disconnect()
        home.client.loop_stop()
        hub.stop()
