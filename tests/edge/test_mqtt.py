"""Where the hub is, and coming back to it, over a real broker."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bcrypt
import pytest

from edge.mqtt import BadHubAddress, Connection, HubAddress, Parting
from hub import broker
from simulators.demo.children import Child
from simulators.demo.stage import free_port, wait_for_port

STATION = "k3v9x2m7qa"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hub", "not an address"),
        ("hub:1883", "not an address"),
        ("mqtt://hub.example", "off loopback"),
    ],
)
def test_an_address_that_cannot_be_is_refused(url: str, why: str) -> None:
    with pytest.raises(BadHubAddress, match=why):
        HubAddress.of(url)


def test_tls_is_the_default_off_loopback() -> None:
    assert HubAddress.of("mqtts://hub.example") == HubAddress("hub.example", 8883, True)
    assert HubAddress.of("mqtt://127.0.0.1:1884") == HubAddress("127.0.0.1", 1884, False)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], tuple[Child, int]]]:
    """Starts a broker at one and the same port, as often as asked."""
    port, running = free_port(), []

    def begin() -> tuple[Child, int]:
        hashed = bcrypt.hashpw(b"secret", bcrypt.gensalt(4)).decode()
        broker.write_config(tmp_path, port, (broker.HUB_USER, hashed), [(STATION, hashed)])
        child = Child("broker", broker.command(tmp_path), tmp_path / "broker.log")
        running.append(child)
        wait_for_port(port, child)
        return child, port

    yield begin
    for child in running:
        child.stop()


def connection(
    port: int, opened: threading.Semaphore, password: str = "secret", numbers: list[int] | None = None
) -> Connection:
    counted = numbers if numbers is not None else []

    def parting() -> Parting:
        counted.append(len(counted) + 1)
        return Parting(f"waystation/1/{STATION}/state", f"birth {len(counted)}", f"death {len(counted)}")

    topics = [(f"waystation/1/{STATION}/state", 1)]
    address = HubAddress("127.0.0.1", port, False)
    return Connection(address, STATION, password, topics, parting, opened.release, lambda: None, lambda *_: None)


def test_it_comes_back_after_the_broker_was_killed_under_another_number(start: Callable[[], tuple[Child, int]]) -> None:
    child, port = start()
    opened, numbers = threading.Semaphore(0), list[int]()
    link = connection(port, opened, numbers=numbers)
    link.start()
    try:
        assert opened.acquire(timeout=10)
        child.kill()
        start()
        assert opened.acquire(timeout=30)
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 2
    finally:
        link.stop()


def test_a_callback_that_raises_does_not_cut_the_station_off(start: Callable[[], tuple[Child, int]]) -> None:
    _, port = start()
    opened, failed = threading.Semaphore(0), threading.Event()
    link = connection(port, opened)

    def hear(_topic: str, _payload: bytes) -> None:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("a disk that failed while an acknowledgement was heard")

    link.heard = hear
    link.start()
    try:
        assert opened.acquire(timeout=10)
        assert failed.wait(10)
        assert opened.acquire(timeout=30)
    finally:
        link.stop()


def test_a_refused_station_does_not_hammer_the_broker(start: Callable[[], tuple[Child, int]]) -> None:
    _, port = start()
    numbers = list[int]()
    link = connection(port, threading.Semaphore(0), password="wrong", numbers=numbers)
    link.start()
    time.sleep(3)
    link.stop()
    assert 1 <= len(numbers) <= 6
    assert not link.stands
