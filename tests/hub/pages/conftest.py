"""The real application over a database of its own, and a factory that furnishes it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, SQLModel

from hub.accounts import store as accounts
from hub.accounts.tables import User
from hub.alerts.tables import Alert
from hub.app import create_app
from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FeedbackRow, StatementRow
from hub.health.tables import HourRow, ProfileRow, ProofRow, SpellRow
from hub.questions.tables import QuestionRow
from hub.security import SESSION_COOKIE
from hub.settings import HubSettings
from hub.stations.tables import Facility, Station
from hub.streams import Pace
from hub.telemetry import store as telemetry
from hub.telemetry.facts import quarter_row
from hub.telemetry.tables import CountRow, GapRow, Heard, Listening
from shared.opening import whole_hour
from shared.records import Figure, Quarter
from tests.databases import Databases, make_tables
from tests.hub.said import new_id

NOW = datetime(2026, 7, 15, 6, 0, tzinfo=UTC)
"""A Wednesday, 14:00 in Shanghai: stations are open."""
PASSWORD = "a long enough one"
FULL = (1 << 60) - 1


@cache
def hashed() -> str:
    """Argon2 is slow on purpose; one hash of one password is enough for all tests."""
    return accounts.PASSWORDS.hash(PASSWORD)


class Furnisher:
    """Adds what a test needs, with defaults for everything else."""

    def __init__(self, session: Session, now: datetime = NOW) -> None:
        self.session = session
        self.now = now
        self.made = 0
        self.password = PASSWORD

    def add(self, row: SQLModel) -> Any:
        self.session.add(row)
        self.session.commit()
        return row

    def user(self, name: str = "王芳", role: str = "maintainer", everywhere: bool = True, **more: Any) -> User:
        user: User = self.add(
            User(name=name, password_hash=hashed(), role=role, created_at=self.now, everywhere=everywhere, **more)
        )
        return user

    def station(self, id_: str = "k3v9x2m7qa", name: str = "河边驿站", *, heard: bool = True, **more: Any) -> Station:
        opening = {"start": "09:00", "end": "17:00", "weekdays": [0, 1, 2, 3, 4, 5, 6], "closures": []}
        filing: dict[str, Any] = {
            "id": id_, "name": name, "name_en": "Riverside Station", "address": "中山路 1 号", "opening": opening,
            "commissioned_at": self.now - timedelta(days=60),
            "mqtt_hash": "x", "mosquitto_hash": "x", "sealed_qr_key": b"x",
        }  # fmt: skip
        station: Station = self.add(Station(**filing | more))
        if heard:
            self.add(Heard(station=id_, at=self.now - timedelta(seconds=20), online=True))
        return station

    def facility(
        self, id_: str, station: str = "k3v9x2m7qa", zh: str = "冰箱", en: str = "Fridge", **more: Any
    ) -> Facility:
        kind = id_.rpartition("-")[0]
        row = Facility(station=station, id=id_, kind=kind, label_zh=zh, label_en=en, **more)
        return self.add(row)

    def minutes(self, facility: str, days: int = 30, state: str = "ok", station: str = "k3v9x2m7qa") -> None:
        """Every minute of the last days up to now, said to be in one state."""
        hour = whole_hour(self.now) - timedelta(days=days)
        while hour < whole_hour(self.now):
            self.session.add(HourRow(hour=hour, station=station, facility=facility, **{state: FULL}))
            hour += timedelta(hours=1)
        self.add(
            HourRow(
                hour=whole_hour(self.now), station=station, facility=facility,
                **{state: (1 << self.now.minute) - 1},
            )
        )  # fmt: skip

    def spell(self, facility: str, state: str, since: datetime, until: datetime | None = None, **more: Any) -> SpellRow:
        self.made += 1
        said: dict[str, Any] = {
            "id": f"spell-{self.made}", "station": "k3v9x2m7qa", "revision": 1,
            "confirmed_at": since + timedelta(hours=1), "rule": "FR2",
            "rule_version": 1, "cause": "device_fault", "grade": 2,
            "why_zh": "箱内 13.4 ℃，上限 8 ℃", "why_en": "13.4 ℃ inside, limit 8 ℃",
            "values": {"cabinet_temperature": 13.4}, "limits": {"legal_limit": 8.0},
        }  # fmt: skip
        return self.add(SpellRow(facility=facility, state=state, since=since, until=until, **said | more))

    def proof(self, facility: str, at: datetime, **more: Any) -> ProofRow:
        self.made += 1
        said: dict[str, Any] = {
            "id": f"proof-{self.made}", "station": "k3v9x2m7qa", "rule": "MW1", "rule_version": 1, "grade": 3,
            "values": {"power": 1412.0},
        }  # fmt: skip
        return self.add(ProofRow(facility=facility, proved_at=at, **said | more))

    def quarters(
        self,
        facility: str,
        quantity: str,
        mean: Callable[[datetime], float | None],
        hours: int = 24,
        spread: float = 1.0,
    ) -> None:
        """One figure a quarter-hour; where `mean` says None nothing was measured."""
        for step in range(hours * 4):
            start = whole_hour(self.now) - timedelta(minutes=15 * (step + 1))
            value = mean(start)
            if value is not None:
                figure = Figure(
                    facility=facility, quantity=quantity, n=30, low=value - spread, mean=value, high=value + spread
                )
                row, layout = quarter_row("k3v9x2m7qa", new_id(), Quarter(start=start, figures=[figure]))
                telemetry.put_quarters(self.session, [row], [layout])
        self.session.commit()

    def alert(self, facility: str | None = "fridge-1", **more: Any) -> Alert:
        said: dict[str, Any] = {
            "station": "k3v9x2m7qa", "cause": "device_fault", "severity": "high", "rule": "FR2",
            "opened_at": self.now - timedelta(hours=2), "first_symptom_at": self.now - timedelta(hours=6),
            "why_zh": "箱内 13.4 ℃，上限 8 ℃", "why_en": "13.4 ℃ inside, limit 8 ℃",
        }  # fmt: skip
        return self.add(Alert(facility=facility, **said | more))

    def check_in(self, *, burst: bool = False, retracted: bool = False) -> None:
        self.made += 1
        self.add(
            CheckInRow(
                id=f"checkin-{self.made}", station="k3v9x2m7qa", at=self.now - timedelta(hours=1), occupation="courier",
                method="tap", burst=burst, received_at=self.now, undated=False, retracted=retracted,
            )
        )  # fmt: skip

    def feedback(self, score: int) -> None:
        self.made += 1
        at = self.now - timedelta(hours=1)
        self.add(
            FeedbackRow(id=f"f-{self.made}", station="k3v9x2m7qa", at=at, score=score, received_at=at, undated=False)
        )

    def counted(self, entered: int, left: int, quality: str = "good", **more: Any) -> None:
        start = more.pop("start", self.now - timedelta(hours=1))
        said = {"entered": entered, "left": left, "quality": quality}
        self.add(CountRow(start=start, station="k3v9x2m7qa", facility="entrance-1", **said | more))

    def question(self, facility: str = "microwave-1", id_: str = "", **more: Any) -> QuestionRow:
        """A rule asks since ten minutes ago."""
        self.made += 1
        at = self.now - timedelta(minutes=10)
        said: dict[str, Any] = {
            "id": id_ or f"question-{self.made}", "station": "k3v9x2m7qa", "revision": 1, "rule": "MW5",
            "text_zh": "微波炉没有待机功率：拔了插头还是坏了？", "text_en": "No standby power: unplugged or broken?",
            "choices": [
                {"id": "yes", "label": {"zh": "能用", "en": "It works"}},
                {"id": "no", "label": {"zh": "坏了", "en": "It is broken"}},
            ],
            "asked_at": at, "due": at + timedelta(minutes=30),
        }  # fmt: skip
        return self.add(QuestionRow(facility=facility, **said | more))

    def statement(self, question: str, answer: str, at: datetime, **more: Any) -> StatementRow:
        """Somebody at the station answered."""
        self.made += 1
        said: dict[str, Any] = {
            "id": f"statement-{self.made}", "station": "k3v9x2m7qa", "facility": "microwave-1", "by": "attendant",
            "received_at": at, "undated": False,
        }  # fmt: skip
        return self.add(StatementRow(question=question, answer=answer, at=at, **said | more))

    def profile(self, facility: str = "fridge-1", **more: Any) -> ProfileRow:
        """How the fridge is judged: one threshold of its own, one baseline known, one still being learned."""
        source = "health.md A2: GB 31654-2021"
        thresholds = [
            {"name": "warm_after", "value": 60.0, "default": 60.0, "unit": "min", "source": source},
            {"name": "inverter", "value": True, "default": False, "unit": "", "source": "health.md FR4"},
            {"name": "run_on_duty", "value": 0.9, "default": 0.95, "unit": "", "source": "health.md FR4"},
            {"name": "legal_limit", "value": 7.0, "default": 8.0, "unit": "℃", "source": source},
        ]
        takes = {"zh": "运转满 30 分钟", "en": "half an hour of running"}
        baselines = [
            {"name": "compressor_power", "label": {"zh": "压缩机功率", "en": "Compressor power"}, "unit": "W",
             "value": 61.5, "takes": takes},
            {"name": "usual_rest", "label": {"zh": "通常停机", "en": "Usual rest"}, "unit": "min", "value": None,
             "takes": {"zh": "看到 6 次启停", "en": "six cycles seen"}},
        ]  # fmt: skip
        said: dict[str, Any] = {
            "station": "k3v9x2m7qa", "at": self.now - timedelta(hours=1), "record": "r-1", "unit": "BCD-215 / SN-1",
            "learning_since": self.now - timedelta(days=9), "thresholds": thresholds, "baselines": baselines,
        }  # fmt: skip
        return self.add(ProfileRow(facility=facility, **said | more))

    def gap(self, counts: dict[str, int], oldest: datetime | None, newest: datetime | None) -> None:
        """The outbox had to give something up."""
        self.made += 1
        said: dict[str, Any] = {"id": f"gap-{self.made}", "station": "k3v9x2m7qa", "revision": 1}
        self.add(GapRow(counts=counts, oldest=oldest, newest=newest, **said))

    def last_heard(self, before: timedelta, station: str = "k3v9x2m7qa") -> None:
        heard = self.session.get_one(Heard, station)
        heard.at = self.now - before
        self.add(heard)

    def listening(self, since: timedelta = timedelta(hours=2)) -> None:
        self.add(Listening(since=self.now - since, until=self.now))


@dataclass
class Browser:
    """A browser's side of the conversation."""

    client: TestClient

    def csrf(self, page: str) -> str:
        """The token of the forms on a page."""
        return csrf_of(self.client.get(page).text)

    def sign_in(self, name: str = "王芳", password: str = PASSWORD, onward: str = "/") -> Any:
        """Through the form, as a person does."""
        form = {"csrf": csrf_of(self.client.get("/sign-in").text), "name": name, "password": password}
        return self.client.post("/sign-in", data=form | {"onward": onward}, follow_redirects=False)

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, follow_redirects=False, **more)

    def post(self, address: str, data: dict[str, str] | None = None, page: str = "/stations") -> Any:
        """A form of that page, with its token."""
        form = {"csrf": csrf_of(self.client.get(page).text)} | (data or {})
        return self.client.post(address, data=form, follow_redirects=False)


def csrf_of(page: str) -> str:
    """The token the page's forms carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


@pytest.fixture
def app(tmp_path: Path, databases: Databases) -> Iterator[FastAPI]:
    with databases.fresh(tmp_path / "hub.db") as url:
        yield from _app(HubSettings(folder=tmp_path, database_url=url))


def _app(settings: HubSettings) -> Iterator[FastAPI]:
    made = create_app(settings, now=lambda: NOW)
    made.state.pace = Pace(every_s=0, rounds=1)
    make_tables(made.state.engine)
    yield made
    made.state.engine.dispose()


@pytest.fixture
def hub(app: FastAPI) -> Iterator[Furnisher]:
    with Session(app.state.engine, expire_on_commit=False) as session:
        yield Furnisher(session)


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[Browser]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Browser(client)


@pytest.fixture
def maintainer(hub: Furnisher, stranger: Browser) -> Browser:
    """王芳, signed in already."""
    hub.user()
    user = accounts.find_user(hub.session, "王芳")
    assert user
    accounts.open_session(hub.session, user, "token", "form token", hub.now, timedelta(days=7))
    hub.session.commit()
    stranger.client.cookies.set(SESSION_COOKIE, "token")
    return stranger


@pytest.fixture
def furnished(hub: Furnisher) -> Furnisher:
    """A station with a fridge that failed six hours ago, a microwave that works, tables, and people."""
    hub.station()
    options = {"legal_limit": 8.0}
    hub.facility("fridge-1", quantities=["cabinet_temperature", "power"], options=options)
    hub.facility("microwave-1", zh="微波炉", en="Microwave", quantities=["power"])
    hub.facility("tables-1", zh="桌椅", en="Tables")
    hub.minutes("fridge-1")
    hub.minutes("microwave-1")
    began = NOW - timedelta(hours=6)
    start = (began - timedelta(hours=1)).isoformat()
    trace = {
        "quantity": "cabinet_temperature",
        "start": start,
        "step_s": 600.0,
        "values": [4.0] * 6 + [9.0, None, 13.4],
    }
    spell = hub.spell("fridge-1", "down", began, traces=[trace])
    hub.proof("microwave-1", NOW - timedelta(hours=3))
    hub.alert(spell=spell.id)
    return hub
