"""Nothing here may reach another host: a connection off loopback fails its test."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.hub.notices.endpoints import Endpoint, MailServer, endpoint, mail_server
from tests.hub.notices.scene import Scene, scene

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def stays_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every connection and every name looked up is of this machine."""
    away: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def checked(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            away.append(str(address))
            raise OSError(f"a test went to {address}")
        connect(self, address)

    def checked_name(host: Any, *more: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and name not in (*LOOPBACK, "0.0.0.0", "", socket.gethostname()):  # noqa: S104
            away.append(str(name))
            raise OSError(f"a test asked for {name}")
        return look_up(host, *more, **named)

    monkeypatch.setattr(socket.socket, "connect", checked)
    monkeypatch.setattr(socket, "getaddrinfo", checked_name)
    yield
    assert away == []


@pytest.fixture
def http() -> Iterator[Endpoint]:
    with endpoint() as here:
        yield here


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    with mail_server() as here:
        yield here


@pytest.fixture
def hub(engine: Engine, tmp_path: Path, http: Endpoint) -> Iterator[Scene]:
    with scene(engine, tmp_path, http) as here:
        yield here
