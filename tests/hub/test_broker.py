"""The embedded broker, a real one, with real passwords: a station is confined to its own topics."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bcrypt
import pytest

from hub import broker
from hub.errors import BadSettings
from hub.mqtt import Address, Connection, address_of
from hub.supervisor import Program, start
from shared import topics
from shared.envelope import HubState
from shared.keys import mqtt_password, spell_secret
from tests.hub.mqtt_station import MqttStation, eventually

ONE, OTHER = "k3v9x2m7qa", "b8c1d4e7f0"
SECRETS = {ONE: spell_secret(bytes(range(16))), OTHER: spell_secret(bytes(range(16, 32)))}
PASSWORD = "the hub's own"


def hashed(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()


HASHES = {station: hashed(mqtt_password(secret)) for station, secret in SECRETS.items()}
HUB = (broker.HUB_USER, hashed(PASSWORD))


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A running broker with two stations."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    broker.write_config(tmp_path, port, HUB, list(HASHES.items()))
    process = start(Program("broker", broker.command(tmp_path)))
    assert eventually(lambda: listens(port))
    yield port
    process.kill()
    process.wait()


@pytest.fixture
def hub(port: int) -> Iterator[Connection]:
    address = Address("127.0.0.1", port, broker.HUB_USER, PASSWORD)
    subscriptions = [topics.SUBSCRIBE_NOW, topics.SUBSCRIBE_LATER, topics.SUBSCRIBE_STATE]
    connection = Connection(address, "hub-test", lambda: datetime.now(UTC), subscriptions, announce=True)
    connection.start()
    assert eventually(lambda: connection.listening)
    yield connection
    connection.stop()


def test_a_station_can_neither_publish_nor_read_under_anothers_id(port: int, hub: Connection) -> None:
    foreign = [
        topics.ack(OTHER),
        topics.settings(OTHER),
        topics.state(OTHER),
        topics.up_now(OTHER),
        "waystation/1/#",
        "#",
    ]
    with (
        MqttStation(port, ONE, SECRETS[ONE], [*broker.may_read(ONE), *foreign]) as one,
        MqttStation(port, OTHER, SECRETS[OTHER], broker.may_read(OTHER)) as other,
    ):
        assert one.subscribed.wait(10)
        assert other.subscribed.wait(10)
        assert [topic for topic, granted in one.answers.items() if not granted] == foreign
        one.publish(topics.up_now(OTHER), "forged")
        one.publish(topics.state(OTHER), "forged", retain=True)
        one.publish(topics.HUB_STATE, "forged", retain=True)
        one.publish(topics.up_later(ONE), "later")
        one.publish(topics.up_now(ONE), "now")
        assert eventually(lambda: hub.waiting() == 2)
        taken = hub.take(10)
        assert {(message.topic, message.payload) for message in taken} == {
            (topics.up_now(ONE), b"now"),
            (topics.up_later(ONE), b"later"),
        }
        hub.acknowledge(taken)
        hub.say(topics.ack(OTHER), "for the other")
        hub.say(topics.ack(ONE), "for one")
        assert eventually(lambda: (topics.ack(ONE), b"for one") in one.heard)
        assert eventually(lambda: (topics.ack(OTHER), b"for the other") in other.heard)
        assert b"for the other" not in [payload for _, payload in one.heard]
        assert b"forged" not in [payload for _, payload in other.heard + one.heard]


def test_the_lane_now_goes_first(port: int, hub: Connection) -> None:
    with MqttStation(port, ONE, SECRETS[ONE]) as one:
        assert one.subscribed.wait(10)
        for index in range(3):
            one.publish(topics.up_later(ONE), f"later {index}")
            one.publish(topics.up_now(ONE), f"now {index}")
        assert eventually(lambda: hub.waiting() == 6)
        taken = hub.take(4)
        assert [message.payload for message in taken] == [b"now 0", b"now 1", b"now 2", b"later 0"]
        hub.acknowledge(taken)


def test_a_revoked_station_is_disconnected_a_new_one_admitted_and_the_others_stay(
    tmp_path: Path, port: int, hub: Connection
) -> None:
    broker.write_config(tmp_path, port, HUB, [(ONE, HASHES[ONE])])
    with MqttStation(port, ONE, SECRETS[ONE]) as one:
        assert one.subscribed.wait(10)
        before = hub.connection
        broker.write_config(tmp_path, port, HUB, [(OTHER, HASHES[OTHER])])
        assert broker.reload(tmp_path)
        assert one.lost.wait(10)
        assert one.refused.wait(10)
        with MqttStation(port, OTHER, SECRETS[OTHER]) as other:
            assert other.subscribed.wait(10)
        assert (hub.connection, hub.listening) == (before, True)


def test_a_wrong_password_is_refused(port: int) -> None:
    with MqttStation(port, ONE, SECRETS[OTHER]) as liar:
        assert liar.refused.wait(10)


def test_the_hub_says_that_it_listens_and_that_it_does_not(port: int, hub: Connection) -> None:
    with MqttStation(port, ONE, SECRETS[ONE], [topics.HUB_STATE]) as one:
        assert eventually(lambda: any(b'"online":true' in payload for _, payload in one.heard))
        hub.stop()
        assert eventually(lambda: b'"online":false' in one.heard[-1][1])


def test_a_broker_that_does_not_run_is_not_reloaded(tmp_path: Path) -> None:
    assert not broker.reload(tmp_path)
    broker.files(tmp_path).mkdir()
    (broker.files(tmp_path) / "pid").write_text("1")
    assert not broker.reload(tmp_path)


def test_the_configuration_is_for_its_owner_only(tmp_path: Path) -> None:
    path = broker.write_config(tmp_path, 1883, HUB, [])
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_will_of_an_earlier_hub_does_not_keep_stations_waiting(port: int, hub: Connection) -> None:
    """As when the machine of the hub lost power: its broker tells of it after the hub is back."""
    with MqttStation(port, ONE, SECRETS[ONE], [topics.HUB_STATE]) as one:
        assert one.subscribed.wait(10)
        hub.keep(topics.HUB_STATE, HubState(online=False, at=datetime.now(UTC)).model_dump_json())
        assert eventually(lambda: [b'"online":true' in said for _, said in one.heard][-2:] == [False, True])


@pytest.mark.parametrize("url", ["http://u:tell-nobody@hub", "mqtt://", "mqtts://hub:none", "mqtt://u:tell-nobody@hub"])
def test_a_url_that_is_no_broker_is_refused_by_its_key(url: str) -> None:
    with pytest.raises(BadSettings, match="mqtt_url") as refused:
        address_of(url)
    assert "tell-nobody" not in str(refused.value)
    assert address_of("mqtts://u:p%40@hub").password == "p@"
