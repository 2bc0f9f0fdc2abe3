"""The real application, a station with a key, and a phone at its door."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from hub.keys import HubKeys, hub_keys
from hub.shelf import Shelf
from hub.stations.tables import Station
from hub.telemetry.tables import Heard
from shared.door_code import door_code
from tests.hub.pages.conftest import Furnisher, app, furnished, hub, maintainer, stranger

__all__ = ["app", "furnished", "hub", "maintainer", "stranger"]
STATION = "k3v9x2m7qa"
KEY = bytes(range(32))


@dataclass
class Door:
    """A station's door, and a phone before it."""

    app: FastAPI
    hub: Furnisher
    client: TestClient

    @property
    def now(self) -> datetime:
        now: datetime = self.app.state.now()
        return now

    @property
    def keys(self) -> HubKeys:
        return hub_keys(self.app.state.settings.folder)

    def later(self, by: timedelta) -> None:
        """Time goes on, and what was kept for a moment is looked up anew."""
        then = self.now + by
        self.app.state.now = lambda: then
        self.app.state.public_shelf = Shelf()

    def filed(self, **columns: object) -> None:
        """What is filed of the station now."""
        station = self.hub.session.get_one(Station, STATION)
        for name, value in columns.items():
            setattr(station, name, value)
        self.hub.add(station)
        self.app.state.public_shelf = Shelf()

    def code(self, old: timedelta = timedelta(0), station: str = STATION) -> str:
        """What the kiosk showed so long ago."""
        return door_code(KEY, station, self.now - old)

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, follow_redirects=False, **more)

    def scan(self, old: timedelta = timedelta(0)) -> str:
        """The form token of the page behind the code."""
        page = self.get(f"/c/{STATION}/{self.code(old)}")
        assert page.status_code == 200
        return token_in(page.text)

    def by_the_wall(self) -> str:
        """The form token of the page behind the printed code."""
        return token_in(self.get(f"/c/{STATION}").text)

    def send(self, what: str, token: str, files: Any = None, **fields: Any) -> Any:
        """A form of the page."""
        data = {"token": token} | fields
        return self.client.post(f"/c/{STATION}/{what}", data=data, files=files, follow_redirects=False)

    def follow(self, answer: Any) -> Any:
        """The page it leads to."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


@pytest.fixture
def door(furnished: Furnisher, app: FastAPI, stranger: Any) -> Iterator[Door]:
    """The kiosk's clock is good, and it was heard a moment ago."""
    found = Door(app, furnished, stranger.client)
    found.filed(sealed_qr_key=found.keys.sealed(KEY))
    heard = furnished.session.get_one(Heard, STATION)
    heard.clock = "synced"
    furnished.add(heard)
    return found
