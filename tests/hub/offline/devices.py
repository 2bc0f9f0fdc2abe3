"""A phone as the hub sees it: what it downloads, what it says was done, in the bytes the app sends."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from sqlmodel import select

from hub.accounts import store as accounts
from hub.accounts.tables import User
from hub.inspections import assignment_store as assignments
from hub.inspections.blind import is_blind
from hub.inspections.purposes import Purpose
from hub.inspections.tables import Inspection
from hub.keys import hub_keys
from hub.security import SESSION_COOKIE
from hub.stations import store as stations
from shared.door_code import door_code
from tests.hub.inspections.conftest import Client, Hub

Entry = dict[str, Any]
KEY = bytes(range(32))
NONCE = next(nonce for nonce in map(str, range(1000)) if is_blind(nonce, "microwave") and not is_blind(nonce, "fridge"))


def assign(hub: Hub, station: str, *people: str) -> None:
    """The station is these people's to inspect."""
    with hub.session() as session:
        users = session.exec(select(User).where(User.name.in_(people))).all()  # type: ignore[attr-defined]
        found = stations.get(session, station)
        assert found is not None and len(users) == len(people)
        by = session.exec(select(User)).first()
        assert by is not None
        day = (hub.now + timedelta(days=3)).date()
        assignments.assign(session, found, list(users), Purpose.SPOT, day, by, hub.now)
        session.commit()


def seen_and_blind(hub: Hub) -> None:
    """In all forms so far the fridge's proposal is seen and the microwave's is not, as chance has it once in ten."""
    with hub.session() as session:
        for row in session.exec(select(Inspection)):
            row.nonce = NONCE
        session.commit()


def code_of(hub: Hub, at: datetime) -> str:
    """What the kiosk of the one station showed then; it has a key from now on."""
    with hub.session() as session:
        [row] = stations.all_stations(session)
        row.sealed_qr_key = hub_keys(hub.app.state.settings.folder).sealed(KEY)
        session.add(row)
        session.commit()
        return door_code(KEY, row.id, at)


@dataclass
class Device:
    """One phone of one person."""

    hub: Hub
    client: Client
    behind: timedelta = timedelta(0)
    """How slow its clock is."""
    package: dict[str, Any] = field(default_factory=dict)
    last: dict[tuple[int, str], str] = field(default_factory=dict)
    """The last change of each line, by inspection and key."""

    @property
    def clock(self) -> datetime:
        return self.hub.now - self.behind

    def headers(self) -> dict[str, str]:
        return {"x-csrf-token": self.client.csrf}

    def download(self) -> dict[str, Any]:
        answer = self.client.http.post("/api/offline/package", headers=self.headers())
        assert answer.status_code == 200, answer.text
        self.package, self.last = answer.json(), {}
        return self.package

    @property
    def form(self) -> dict[str, Any]:
        """The first form of the download."""
        form: dict[str, Any] = self.package["inspections"][0]
        return form

    def line(self, key: str) -> dict[str, Any]:
        lines = [line for section in self.form["sections"] for line in section["lines"]]
        return next(line for line in lines if line["key"] == key)

    def did(self, what: str, key: str | None = None, **more: Any) -> Entry:
        """An entry, made now."""
        deed = {"what": what} | ({} if key is None else {"key": key}) | more
        changes = what in ("look", "reveal", "decide", "test", "mark")
        said = {
            "user": self.package["user"],
            "inspection": self.form["id"],
            "done_at": self.clock.isoformat(),
            "version": self.line(key)["version"] if key and changes else None,
            "after": self.last.get((self.form["id"], key)) if key and changes else None,
            "deed": deed,
        }
        made = entry(said)
        if key and changes:
            self.last[self.form["id"], key] = made["id"]
        return made

    def answered(self, key: str, look: str = "works", points: int = 10, **more: Any) -> list[Entry]:
        """A line with equipment: looked at, revealed where there is something to reveal, decided."""
        line = self.line(key)
        done = [self.did("look", key, look=look)]
        if line["proposal"] is not None:
            done.append(self.did("reveal", key, seal=line["proposal"]["seal"]))
        decided = {"points": points, "reason": "seen_on_site", "note": ""} | more
        return [*done, self.did("decide", key, **decided)]

    def post(self, *entries: Entry) -> Any:
        body = {"sent_at": self.clock.isoformat(), "entries": list(entries)}
        return self.client.http.post("/api/offline/entries", json=body, headers=self.headers())

    def send(self, *entries: Entry) -> list[str]:
        """What became of each."""
        answer = self.post(*entries)
        assert answer.status_code == 200, answer.text
        return [one["outcome"] for one in answer.json()["outcomes"]]

    def why(self, *entries: Entry) -> str | None:
        """What was said of the last."""
        why: str | None = self.post(*entries).json()["outcomes"][-1]["why"]
        return why

    def photo(self, content: bytes, digest: str | None = None, id_: str | None = None) -> tuple[str, Any]:
        """Send a photo ahead. Its id and the answer."""
        id_ = id_ or str(uuid4())
        answer = self.client.http.put(
            f"/api/offline/photos/{id_}?inspection={self.form['id']}",
            content=content,
            headers=self.headers()
            | {"x-photo-sha256": digest or sha256(content).hexdigest(), "content-type": "application/octet-stream"},
        )
        return id_, answer


def client_of(hub: Hub, name: str) -> Client:
    """Another browser in the session `Hub.browser` opened for this person."""
    http = TestClient(hub.app, base_url="http://testserver")
    http.cookies.set(SESSION_COOKIE, f"token-of-{name}")
    return Client(http, "csrf-token")


def sign_in_again(hub: Hub, client: Client, name: str) -> str:
    """A new session for the same person in the same browser; its token."""
    token = f"another-token-of-{name}"
    with hub.session() as session:
        user = accounts.find_user(session, name)
        assert user is not None
        accounts.open_session(session, user, token, "another-csrf", hub.now, timedelta(days=7))
        session.commit()
    client.http.cookies.set(SESSION_COOKIE, token)
    return token


def entry(said: dict[str, Any]) -> Entry:
    """As a device makes it: the text once, hashed."""
    return entry_of(json.dumps(said, ensure_ascii=False))


def entry_of(text: str) -> Entry:
    """Of any text."""
    return {"id": str(uuid4()), "sha256": sha256(text.encode()).hexdigest(), "content": text}
