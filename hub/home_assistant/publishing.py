"""Publishes what Home Assistant is told, and takes it back: when it is switched off, and when a station is revoked.

The broker keeps it (retained), so nothing is said twice while nothing changes. A file in the hub's folder remembers
under which prefix it was said: that is how a hub that is started without it knows that something is to be taken back.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from hub.home_assistant import store
from hub.home_assistant.discovery import Installed, Shown, payload, topic
from hub.settings import HubSettings
from hub.stations import store as stations
from shared.text import Text

LOOK_EVERY = timedelta(seconds=60)
FILE = "home_assistant.prefix"
Publish = Callable[[str, str], None]
"""(topic, payload), retained; an empty payload takes back."""
_log = structlog.get_logger("home_assistant")


class Publisher:
    """Of one clock process, while it holds the lease."""

    def __init__(self, settings: HubSettings, engine: Engine, publish: Publish) -> None:
        self._prefix = settings.home_assistant_prefix if settings.home_assistant else ""
        self._file: Path = settings.folder / FILE
        self._engine, self._publish = engine, publish
        self._said: dict[str, str] = {}
        self._next: datetime | None = None

    def look(self, everything: bool, now: datetime) -> None:
        """Call after every round. `everything`: as after a broker's restart, which may have forgotten all."""
        if everything:
            self._said.clear()
            self._take_back_others()
        elif self._next is not None and self._next - LOOK_EVERY <= now < self._next:
            return
        self._next = now + LOOK_EVERY
        if self._prefix:
            self._say()

    def _say(self) -> None:
        with suppress(OSError):  # on a full disk it is remembered at the next look
            self._file.write_text(self._prefix + "\n")
        hub_version = version("waystation")
        with Session(self._engine) as session:
            coming = {
                shown.id: "" if revoked else _message(shown, hub_version) for shown, revoked in self._stations(session)
            }
        changed = {station: said for station, said in coming.items() if self._said.get(station) != said}
        for station, said in changed.items():
            self._publish(topic(self._prefix, station), said)
        self._said.update(changed)
        if changed:
            _log.info("told Home Assistant", stations=len(changed))

    def _take_back_others(self) -> None:
        """What was said under another prefix, or while it was switched on."""
        try:
            before = self._file.read_text().strip()
        except OSError:
            return
        if not before or before == self._prefix:
            return
        with Session(self._engine) as session:
            for shown, _ in self._stations(session):
                self._publish(topic(before, shown.id), "")
        self._file.unlink()
        _log.info("took back what Home Assistant was told", prefix=before)

    @staticmethod
    def _stations(session: Session) -> list[tuple[Shown, bool]]:
        """Every station, and whether it was revoked."""
        standing, versions = store.every_facility(session), store.versions(session)
        found = []
        for station in stations.all_stations(session):
            rows = [
                Installed(row.id, Text(row.label_zh, row.label_en), row.quantities, row.removed_at is not None)
                for row in standing.get(station.id, [])
            ]
            name = Text(station.name, station.name_en)
            shown = Shown(station.id, name, versions.get(station.id, ""), rows)
            found.append((shown, station.revoked_at is not None))
        return found


def _message(shown: Shown, hub_version: str) -> str:
    """Empty for a station that has nothing to show yet: a device without components would be refused."""
    told = payload(shown, hub_version)
    return json.dumps(told, ensure_ascii=False) if told["cmps"] else ""
