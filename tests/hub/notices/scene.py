"""A hub with one station, its people, their roster and roads, and a clock that is moved by hand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from hub.accounts.tables import User
from hub.alerts import journal
from hub.alerts.events import What
from hub.alerts.tables import Alert, AlertEvent
from hub.complaints.reminding import remind
from hub.duty.tables import DutyRoster, DutyShift
from hub.keys import HubKeys, hub_keys
from hub.notices.carrying import Carrier
from hub.notices.job import Courier
from hub.notices.kinds import Kind
from hub.notices.tables import Notice, Road
from hub.stations.tables import Facility, Station
from shared.text import Text
from tests.hub.notices.endpoints import Endpoint, eventually

NOON = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
"""A Wednesday, 12:00 in Shanghai."""
PLACE = "k3v9x2m7qa"
ALL_DAY = (0, 0)


@dataclass
class Scene:
    """What a test of the job moves."""

    engine: Engine
    keys: HubKeys
    http: Endpoint
    at: datetime = NOON
    made: list[Courier] = field(default_factory=list)

    def add(self, *rows: Any) -> Any:
        with Session(self.engine, expire_on_commit=False) as session:
            session.add_all(rows)
            session.commit()
        return rows[0]

    def person(self, name: str, role: str = "maintainer", **more: Any) -> int:
        row = User(name=name, password_hash="x", role=role, created_at=NOON, everywhere=True, **more)
        return int(self.add(row).id)

    def roster(self, **levels: list[int]) -> int:
        """Everybody round the clock, by level: `roster(first=[1], second=[2])`."""
        roster = self.add(DutyRoster(name="值班", station=PLACE, created_at=NOON)).id
        for level, people in zip((1, 2, 3), levels.values(), strict=False):
            shifts = [
                DutyShift(roster=roster, level=level, weekday=day, start=0, end=0, user=user)
                for user in people
                for day in range(7)
            ]
            if shifts:
                self.add(*shifts)
        return int(roster)

    def road(self, user: int | None, path: str, **more: Any) -> int:
        """A webhook of that person at this path."""
        url = f"json://127.0.0.1:{self.http.port}/{path}"
        said: dict[str, Any] = {"name": path, "kind": Kind.WEBHOOK, "shown": "…", "created_at": NOON}
        said |= {"quiet_start": 22 * 60, "quiet_end": 7 * 60} | more
        return int(self.add(Road(user=user, sealed=self.keys.sealed(url.encode()), **said)).id)

    def alert(self, severity: str = "high", facility: str | None = "fridge-1", **more: Any) -> int:
        """One that has just opened, with its event."""
        with Session(self.engine) as session:
            said: dict[str, Any] = {"station": PLACE, "cause": "device_fault", "rule": "FR2"} | more
            row = Alert(
                facility=facility, severity=severity, base=severity, opened_at=self.at,
                first_symptom_at=self.at - timedelta(hours=1), why_zh="箱内 13.4 ℃", why_en="13.4 ℃ inside", **said,
            )  # fmt: skip
            session.add(row)
            session.flush()
            journal.write(session, row, What.OPENED, self.at, Text(row.why_zh, row.why_en))
            session.commit()
            return int(row.id or 0)

    def happens(self, alert: int, what: What, held: str | None = None, **more: Any) -> None:
        """Something happens to it; `set_…` changes the alert."""
        changed = {name.removeprefix("set_"): more.pop(name) for name in list(more) if name.startswith("set_")}
        with Session(self.engine) as session:
            row = session.get_one(Alert, alert)
            for name, value in changed.items():
                setattr(row, name, value)
            who = more.pop("who", None)
            journal.write(session, row, what, self.at, Text("恢复：箱内 4.0 ℃", "Back: 4.0 ℃"), who, held, **more)
            session.commit()

    def courier(self, **more: Any) -> Courier:
        carrier = Carrier(("127.0.0.1",), timeout_s=more.pop("timeout_s", 3.0))
        holder = more.pop("holder", f"holder-{len(self.made)}")
        made = Courier(self.engine, self.keys, carrier, "https://hub.example", holder, lambda: self.at, remind)
        self.made.append(made)
        return made

    def run(self, courier: Courier | None = None, after: timedelta = timedelta(0)) -> Courier:
        """Go on until nothing is due any more and nothing is on its way."""
        self.at += after
        mine = courier or self.courier(holder="the one")
        mine.tick()
        for _ in range(300):
            assert eventually(lambda: all(future.done() for _, future in mine._away.values()))
            if not mine.busy:
                break
            mine.tick()
        assert not mine.busy
        if courier is None:
            mine.stop()
        return mine

    def told(self, path: str) -> list[str]:
        """The titles that came to this path."""
        return [got.body["title"] for got in self.http.got if got.path == f"/{path}"]

    def notices(self) -> list[Notice]:
        with Session(self.engine) as session:
            return list(session.exec(select(Notice).order_by(Notice.id)).all())  # type: ignore[arg-type]

    def states(self) -> list[tuple[str, str]]:
        return [(one.what, one.state) for one in self.notices()]

    def events(self, alert: int) -> list[str]:
        with Session(self.engine) as session:
            return [one.what for one in session.exec(select(AlertEvent).where(AlertEvent.alert == alert))]


@contextmanager
def scene(engine: Engine, folder: Path, http: Endpoint) -> Iterator[Scene]:
    here = Scene(engine, hub_keys(folder), http)
    http.reply = lambda _got: (200, b"ok")
    opening = json.loads('{"start": "09:00", "end": "17:00"}')
    here.add(
        Station(
            id=PLACE, name="河边驿站", name_en="Riverside", address="中山路 1 号", opening=opening,
            commissioned_at=NOON, mqtt_hash="x", mosquitto_hash="x", sealed_qr_key=b"x",
        )
    )  # fmt: skip
    here.add(Facility(station=PLACE, id="fridge-1", kind="fridge", label_zh="冰箱", label_en="Fridge"))
    yield here
    for courier in here.made:
        courier.stop()
