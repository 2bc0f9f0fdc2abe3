"""Registered stations for a load: made once, with real passwords and hashes, and put into any hub's database."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, insert, select
from sqlmodel import Session

from hub.database import all_tables, engine_for
from hub.keys import KEY_FILE, hub_keys
from hub.stations import store
from hub.stations.roster import Filing
from hub.stations.tables import Facility, Station
from hub.upsert import table_of
from shared.keys import mqtt_password
from tests.benchmarks.load.told import FACILITIES

COMMISSIONED = timedelta(days=30)
VIRTUAL_TIME = timedelta(days=6)
"""How far back virtual time begins: a station that says a minute every 10 ms stays behind the hub's clock."""


@dataclass(frozen=True, slots=True)
class Login:
    """A station as it connects."""

    station: str
    secret: str

    @property
    def password(self) -> str:
        """Of its broker user."""
        return mqtt_password(self.secret)


@dataclass(frozen=True, slots=True)
class Registered:
    """A register of stations, ready to be put anywhere."""

    logins: tuple[Login, ...]
    stations: tuple[Mapping[str, Any], ...]
    facilities: tuple[Mapping[str, Any], ...]
    keys: bytes
    """The hub's key file, with which the register was sealed."""

    def settle(self, folder: Path, engine: Engine) -> None:
        """Into a hub's folder and its database, which has every table and no station."""
        with os.fdopen(os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(self.keys)
        with engine.begin() as connection:
            connection.execute(insert(table_of(Station)), [dict(row) for row in self.stations])
            connection.execute(insert(table_of(Facility)), [dict(row) for row in self.facilities])


def virtual_start(now: datetime | None = None) -> datetime:
    """A whole hour, some days ago."""
    now = now or datetime.now(UTC)
    return (now - VIRTUAL_TIME).replace(minute=0, second=0, microsecond=0)


@cache
def registered(count: int) -> Registered:
    """So many stations, six facilities each, as `waystation-hub station add` registers them."""
    engine = engine_for("sqlite://")
    all_tables().create_all(engine)
    commissioned = datetime.now(UTC) - COMMISSIONED
    with TemporaryDirectory(prefix="waystation-fleet-") as folder, Session(engine, expire_on_commit=False) as session:
        keys = hub_keys(Path(folder))
        added = [
            store.add(session, Filing(f"驿站{n}", f"Station {n}", "anhui_2024", commissioned), keys.sealed, os.urandom)
            for n in range(count)
        ]
        session.commit()
        rows = session.connection().execute(select(table_of(Station))).mappings()
        stations = tuple(dict(row) for row in rows)
        kept = (Path(folder) / KEY_FILE).read_bytes()
    engine.dispose()
    logins = tuple(Login(one.station.id, one.secret) for one in added)
    facilities = tuple(_facility(login.station, name) for login in logins for name in FACILITIES)
    return Registered(logins, stations, facilities, kept)


def _facility(station: str, name: str) -> Mapping[str, Any]:
    kind = name.rpartition("-")[0]
    return {
        "station": station,
        "id": name,
        "kind": kind,
        "label_zh": kind,
        "label_en": kind,
        "quantities": list(FACILITIES[name]),
        "options": {},
        "removed_at": None,
    }
