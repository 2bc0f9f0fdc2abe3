"""Mosquitto's configuration as it is shipped, in a real server with the certificate and the files the hub writes."""

import getpass
import os
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub import authority, mosquitto
from hub.address import Address
from hub.mqtt import Connection
from hub.permissions import HUB_USER
from hub.supervisor import Program, start
from shared import topics
from shared.keys import mqtt_password, spell_secret
from tests.hub.mqtt_station import MqttStation, eventually
from tests.mosquitto import free_port

SHIPPED = Path(__file__).parents[2] / "deploy" / "mosquitto" / "waystation.conf"
CONNECT = b"\x10\x10\x00\x04MQTT\x04\x02\x00\x1e\x00\x04none"
"""MQTT 3.1.1, client `none`, without a user."""
CONNACK = b"\x20\x02"
STATION, SECRET = "k3v9x2m7qa", spell_secret(bytes(range(16)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, int]]:
    """Folder, TLS port, loopback port."""
    folder = tmp_path_factory.mktemp("hub")
    secure, plain = free_port(), free_port()
    authority.provide(folder, ["localhost", "127.0.0.1"], datetime.now(UTC))
    logins = [(STATION, mosquitto.hashed(mqtt_password(SECRET)))]
    mosquitto.write(folder / "mosquitto", (HUB_USER, mosquitto.hashed("hub")), logins)
    text = SHIPPED.read_text()
    for shipped, here in (
        ("/var/lib/waystation", str(folder)),
        ("listener 8883", f"listener {secure} 127.0.0.1"),
        ("listener 1883 127.0.0.1", f"listener {plain} 127.0.0.1"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    conf = folder / "mosquitto.conf"
    conf.write_text(f"user {getpass.getuser()}\nlog_dest file {folder}/log\n{text}")
    path = {"PATH": f"{os.environ['PATH']}:/usr/sbin"}
    process = start(Program("mosquitto", ["mosquitto", "-c", str(conf)], path))
    deadline = time.monotonic() + 10
    for port in (secure, plain):
        with socket.socket() as probe:
            while probe.connect_ex(("127.0.0.1", port)) != 0:
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.02)
    yield folder, secure, plain
    process.terminate()
    process.wait(10)


def hub(folder: Path, port: int, tls: bool, password: str = "hub") -> Connection:
    ca = authority.papers(folder).authority if tls else None
    address = Address("127.0.0.1", port, HUB_USER, password, tls, ca)
    return Connection(address, f"hub-{port}", lambda: datetime.now(UTC), [topics.SUBSCRIBE_NOW])


@pytest.mark.parametrize("tls", [True, False])
def test_the_hub_hears_a_station_over_tls_and_on_loopback(server: tuple[Path, int, int], tls: bool) -> None:
    folder, secure, plain = server
    line = hub(folder, secure if tls else plain, tls)
    line.start()
    try:
        assert eventually(lambda: line.listening)
        with MqttStation(plain, STATION, SECRET) as station:
            assert station.subscribed.wait(10)
            station.publish(topics.up_now(STATION), "{}")
            assert eventually(lambda: line.waiting() == 1)
            station.publish(topics.up_now("b8c1d4e7f0"), "forged")
            station.publish(topics.up_now(STATION), "x" * (128 * 1024))
            assert eventually(lambda: line.waiting() == 2)
    finally:
        line.stop()


def test_without_tls_nobody_comes_in_from_outside(server: tuple[Path, int, int]) -> None:
    _, secure, plain = server
    answers = []
    for port in (plain, secure):
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            line.sendall(CONNECT)
            with suppress(ConnectionResetError):
                answers.append(line.recv(2))
    assert answers[0] == CONNACK, "in plain text, to a listener of plain text"
    assert CONNACK not in answers[1:]


def test_who_has_no_password_is_refused(server: tuple[Path, int, int]) -> None:
    _, _, plain = server
    with MqttStation(plain, STATION, spell_secret(bytes(16))) as station:
        assert station.refused.wait(10)


def test_the_server_says_its_number_where_the_hub_looks(server: tuple[Path, int, int]) -> None:
    folder, _, plain = server
    assert mosquitto.reload(folder / "mosquitto")
    with MqttStation(plain, STATION, SECRET) as station:
        assert station.subscribed.wait(10), "it reads its files again and goes on"
