"""A hub of its own for each test: real application, real database, a clock that stands where the test puts it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select, update

from hub.accounts import store as accounts
from hub.accounts.tables import SessionRow, User
from hub.app import create_app
from hub.health import store as health
from hub.inspections.tables import Inspection
from hub.security import SESSION_COOKIE
from hub.settings import HubSettings
from hub.stations import store as stations
from hub.stations.roster import Filing
from hub.telemetry import store as telemetry
from shared.facility import kind_of, kinds
from shared.records import StationFacts, WiredFacility
from shared.states import State
from tests.databases import make_tables

VISIT = datetime(2026, 7, 20, 6, 30, 20, tzinfo=UTC)
"""14:30 in Shanghai, a Monday; the station opens at nine."""
ALL_HOUR = (1 << 60) - 1
WIRES = {
    "fridge-1": ["power", "cabinet_temperature"],
    "fridge-2": ["power", "cabinet_temperature"],
    "air_conditioner-1": ["power", "room_temperature"],
    "microwave-1": ["power"],
    "drinking_water-1": ["power"],
    "outlets-1": ["voltage.1", "voltage.2", "current.1"],
    "room-1": ["room_temperature"],
}


@dataclass
class Client:
    """A browser, signed in or not."""

    http: TestClient
    csrf: str = ""
    hub: Any = None
    name: str = ""

    def get(self, path: str, **more: Any) -> Any:
        return self.http.get(path, follow_redirects=False, **more)

    def post(self, path: str, **fields: object) -> Any:
        data = {"csrf": self.csrf} | {
            name: value if isinstance(value, list) else str(value) for name, value in fields.items()
        }
        return self.http.post(path, data=data, follow_redirects=False)

    def send(self, path: str, content: bytes, **fields: str) -> Any:
        """A file of a form."""
        files = {"photo": ("photo.jpg", content, "image/jpeg")}
        return self.http.post(path, data={"csrf": self.csrf} | fields, files=files, follow_redirects=False)


@dataclass
class Hub:
    app: FastAPI
    now: datetime = VISIT
    stations: int = 0
    """How many there are."""
    chance: Random = field(default_factory=lambda: Random(7))

    def session(self) -> Session:
        return Session(self.app.state.engine, expire_on_commit=False)

    def browser(self, role: str | None = None, name: str = "") -> Client:
        """A browser signed in as somebody of this role; of a stranger where there is none."""
        http = TestClient(self.app, base_url="http://testserver", raise_server_exceptions=True)
        if role is None:
            return Client(http, hub=self)
        token = f"token-of-{quote(name or role)}"
        with self.session() as session:
            user = accounts.find_user(session, name or role)
            if user is None:
                user = User(
                    name=name or role, password_hash="-", role=role, created_at=self.now, everywhere=True,
                    expires_at=self.now + timedelta(days=90) if role == "third_party" else None,
                )  # fmt: skip
                session.add(user)
                session.flush()
            row = accounts.open_session(session, user, token, "csrf-token", self.now, timedelta(days=7))
            csrf = row.csrf
            session.commit()
        http.cookies.set(SESSION_COOKIE, token)
        return Client(http, csrf, self, name or role)

    def uses(self, name: str) -> None:
        """This person's browser was in use until now: nobody is signed in for days without it."""
        with self.session() as session:
            user = accounts.find_user(session, name)
            assert user is not None
            session.exec(update(SessionRow).where(col(SessionRow.user) == user.id).values(seen_at=self.now))
            session.commit()

    def station(self, *facilities: str, unwired: bool = False, **filed: Any) -> str:
        """A station with these facilities, heard just now. Returns its id."""
        told: dict[str, Any] = {
            "name": "淮河路驿站",
            "name_en": "Huaihe Road",
            "rulebook": "shanghai_2018",
            "union_name": "黄浦区总工会",
            "plaque_number": f"HP-{42 + self.stations:04}",
            "commissioned_at": self.now - timedelta(days=300),
        } | filed
        wired = [
            WiredFacility(
                id=name,
                kind=kind_of(name),
                label=kinds()[kind_of(name)].label,
                quantities=[] if unwired else WIRES[name],
                options={},
            )
            for name in facilities
        ]
        self.stations += 1
        with self.session() as session:
            added = stations.add(session, Filing(**told), lambda key: key, self.chance.randbytes)
            facts = StationFacts(version="1", facilities=wired, devices=[])
            stations.note_facts(session, added.station.id, self.now - timedelta(days=300), facts)
            head = {"station": added.station.id, "boot": "b", "connection": 1, "clock": "synced", "lowest": 0}
            telemetry.put_heard(session, [head | {"held": 0, "settings": 0}], self.now)
            session.commit()
            return added.station.id

    def month(self, station: str, facility: str, state: State = State.OK, days: int = 31) -> None:
        """Every hour of the last days in one state, up to now."""
        whole = self.now.replace(minute=0, second=0, microsecond=0)
        rows = []
        for back in range(days * 24):
            bits = ALL_HOUR if back else (1 << self.now.minute) - 1
            masks = {name: bits if name == state else 0 for name in ("ok", "degraded", "down", "excluded")}
            rows.append({"hour": whole - timedelta(hours=back), "station": station, "facility": facility, **masks})
        with self.session() as session:
            health.fold_minutes(session, rows)
            session.commit()

    def proof(self, station: str, facility: str, rule: str, grade: int = 3, mode: str | None = None) -> None:
        """Function shown yesterday."""
        row = {
            "id": f"proof-{station}-{facility}-{mode}", "station": station, "facility": facility, "rule": rule,
            "rule_version": 1, "mode": mode, "grade": grade, "proved_at": self.now - timedelta(days=1), "values": {},
        }  # fmt: skip
        with self.session() as session:
            health.put_proofs(session, [row])
            session.commit()

    def spell(self, station: str, facility: str, state: State, since: datetime, **more: Any) -> None:
        """A state from then on."""
        row = {
            "id": f"spell-{facility}-{since.timestamp():.0f}", "station": station, "facility": facility, "revision": 1,
            "state": str(state), "since": since, "until": None, "confirmed_at": since, "rule": "FR2",
            "rule_version": 1, "cause": "device_fault", "grade": 2, "why_zh": "箱内 13.4℃", "why_en": "warm: 13.4 ℃",
            "values": {}, "limits": {}, "traces": [],
        } | more  # fmt: skip
        with self.session() as session:
            health.put_spells(session, [row])
            session.commit()

    def healthy(self, *facilities: str, **filed: Any) -> str:
        """A station whose facilities worked all month and proved it."""
        station = self.station(*facilities, **filed)
        for name in facilities:
            self.month(station, name)
            mode = "cooling" if kind_of(name) == "air_conditioner" else None
            self.proof(station, name, "P1", mode=mode)
        return station


def opened(folder: Path, url: str) -> Hub:
    """A hub over a fresh database."""
    holder: list[Hub] = []
    app = create_app(HubSettings(folder=folder, database_url=url), now=lambda: holder[0].now)
    holder.append(Hub(app))
    make_tables(app.state.engine)
    return holder[0]


@pytest.fixture
def hub(tmp_path: Path, database_url: str) -> Iterator[Hub]:
    """A hub with an empty database."""
    found = opened(tmp_path, database_url)
    yield found
    found.app.state.engine.dispose()


@dataclass
class Served:
    hub: Hub
    address: str
    inspector: Client | None = None

    def seeing(self) -> None:
        """No line of any form is blind from now on."""
        with self.hub.session() as session:
            for row in session.exec(select(Inspection)):
                row.nonce = ""
            session.commit()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A hub on a loopback port, its database on disk: a browser asks for several things at once."""
    found = opened(tmp_path, "")
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(found.app, log_level="warning", ws="none"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield Served(found, f"http://127.0.0.1:{listener.getsockname()[1]}")
    server.should_exit = True
    thread.join()
    listener.close()
    found.app.state.engine.dispose()
