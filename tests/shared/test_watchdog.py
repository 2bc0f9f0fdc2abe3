"""What systemd hears, on a real datagram socket."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.watchdog import Watchdog


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """Stands where systemd listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(10)
        yield listening


def heard(manager: socket.socket) -> list[str]:
    """All that came so far."""
    manager.setblocking(False)
    words = []
    try:
        while True:
            words.append(manager.recv(100).decode())
    except BlockingIOError:
        return words
    finally:
        manager.settimeout(10)


def told(manager: socket.socket, usec: str = "4000000", **more: str) -> Watchdog:
    return Watchdog.of({"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": usec} | more, 7)


def test_it_is_ready_once_and_alive_at_half_the_patience(manager: socket.socket) -> None:
    watchdog = told(manager)
    for tenth in range(41):
        watchdog.alive(tenth / 10)
    watchdog.stopping()
    assert heard(manager) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


def test_a_loop_that_stands_still_says_nothing(manager: socket.socket) -> None:
    watchdog = told(manager)
    watchdog.alive(0.0)
    assert heard(manager) == ["READY=1", "WATCHDOG=1"]
    assert heard(manager) == []


@pytest.mark.parametrize(
    "more", [{"WATCHDOG_PID": "8"}, {"WATCHDOG_USEC": ""}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "0"}]
)
def test_without_a_watchdog_of_its_own_it_only_says_that_it_is_ready(
    manager: socket.socket, more: dict[str, str]
) -> None:
    watchdog = Watchdog.of({"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "1000000"} | more, 7)
    watchdog.alive(0.0)
    watchdog.alive(100.0)
    assert heard(manager) == ["READY=1"]


def test_an_abstract_address_is_reached() -> None:
    name = f"waystation-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + name)
        listening.settimeout(5)
        Watchdog(f"@{name}").alive(0.0)
        assert listening.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/nowhere/notify"])
def test_where_nobody_listens_it_goes_on(address: str) -> None:
    watchdog = Watchdog(address, 1.0)
    watchdog.alive(0.0)
    watchdog.stopping()


def test_a_hub_says_it_is_ready_alive_and_stopping(manager: socket.socket, tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    folder.mkdir()
    (folder / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    environment = {**os.environ, "NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "400000"}
    command = [sys.executable, "-m", "hub", "serve", "--folder", str(folder)]
    with (tmp_path / "log").open("wb") as log:
        hub = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        assert manager.recv(100) == b"READY=1"
        assert [manager.recv(100) for _ in range(2)] == [b"WATCHDOG=1"] * 2
        hub.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        heard(manager)
        time.sleep(0.5)
        assert heard(manager) == [], "a hub that hangs says nothing"
        hub.send_signal(signal.SIGCONT)
        hub.terminate()
        assert hub.wait(20) == 0
        assert heard(manager)[-1] == "STOPPING=1"
    finally:
        hub.kill()
        hub.wait()
