"""A hub's register and settings beside a real broker: what the hub's commands do, without their processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from hub import broker, brokers
from hub.database import engine_for, migrate
from hub.mqtt import Connection
from hub.permissions import hub_reads, may_read
from hub.settings import HubSettings
from hub.stations import store
from hub.stations.roster import Filing
from hub.supervisor import Program, start
from tests.hub.mqtt_station import MqttStation, eventually
from tests.mosquitto import Mosquitto, Tls, free_port, listens


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Site:
    """A register, and the broker that is told of it."""

    settings: HubSettings
    engine: Engine
    port: int
    ca: Path | None

    def register(self) -> tuple[str, str]:
        """Id and secret of another station, which the broker knows."""
        with Session(self.engine) as session:
            added = store.add(session, Filing("站", "Station", "anhui_2024", now()), lambda key: key, os.urandom)
            found = added.station.id, added.secret
            session.commit()
        brokers.tell(self.settings, now())
        return found

    def revoke(self, station: str) -> bool:
        """Whether the broker was reached."""
        with Session(self.engine) as session:
            assert store.revoke(session, station, now())
            session.commit()
        return brokers.tell(self.settings, now())

    def rotate(self, station: str) -> str:
        """Its other secret, which the broker knows."""
        with Session(self.engine) as session:
            rotated = store.rotate(session, station, lambda key: key, os.urandom)
            assert rotated is not None
            session.commit()
        assert brokers.tell(self.settings, now())
        return rotated.secret

    def station(self, id_: str, secret: str | None, *more: str) -> MqttStation:
        """Connected as this station; it reads what it may, and asks for more."""
        return MqttStation(self.port, id_, secret, [*may_read(id_), *more], self.ca)

    @contextmanager
    def hub(self, name: str = "hub-test") -> Iterator[Connection]:
        """The hub's own connection."""
        address = brokers.broker_address(self.settings)
        connection = Connection(address, name, now, hub_reads(), announce=True)
        connection.start()
        assert eventually(lambda: connection.listening)
        yield connection
        connection.stop()


@contextmanager
def embedded(folder: Path, names: tuple[str, ...] = ()) -> Iterator[Site]:
    """The nats-server the hub itself runs. With names: TLS."""
    with _site(HubSettings(folder=folder, mqtt_port=free_port(), mqtt_names=names)) as site:
        process = start(Program("broker", broker.command(folder)))
        assert eventually(lambda: listens(site.port))
        yield site
        process.kill()
        process.wait()


@contextmanager
def with_mosquitto(folder: Path, names: tuple[str, ...] = ()) -> Iterator[Site]:
    """A Mosquitto whose files the hub writes. With names: TLS."""
    port, own = free_port(), folder / "mosquitto"
    url = f"{'mqtts' if names else 'mqtt'}://127.0.0.1:{port}"
    with _site(HubSettings(folder=folder, mqtt_url=url, mosquitto=own, mqtt_names=names)) as site:
        tls = Tls(folder / "ca" / "server.pem", folder / "ca" / "server.key") if names else None
        with Mosquitto(own, tls, port):
            yield site


@contextmanager
def _site(settings: HubSettings) -> Iterator[Site]:
    engine = engine_for(settings.url)
    migrate(engine)
    brokers.tell(settings, now())
    address = brokers.broker_address(settings)
    yield Site(settings, engine, address.port, address.ca)
    engine.dispose()
