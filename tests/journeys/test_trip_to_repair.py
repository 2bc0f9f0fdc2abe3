"""A breaker trips: from the alert to its end, through the pages, with a clock that is moved by hand."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session

from hub import clock
from hub.alerts.flapping import RELAPSE_WITHIN
from hub.app import create_app
from hub.ingest import react, take_in
from hub.settings import HubSettings
from hub.streams import Pace
from shared.records import Spell, StationFacts, Trace, WiredDevice, WiredFacility
from shared.settings_message import StationSettings
from shared.shapes import read
from shared.states import State
from shared.text import Text
from tests.databases import Databases, make_tables
from tests.hub.pages.conftest import Browser, Furnisher
from tests.hub.said import NOW, arrived, new_id, spell

STATION = "k3v9x2m7qa"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Day:
    """A hub, a maintainer before it, a station that speaks, and what time it is."""

    def __init__(self, app: FastAPI, client: TestClient, hub: Furnisher) -> None:
        self.engine: Engine = app.state.engine
        self.now = NOW
        app.state.now = lambda: self.now
        self.browser = Browser(client)
        self.hub = hub
        self.told: list[StationSettings] = []

    def pass_time(self, length: timedelta) -> None:
        """The clock goes on and does what is due."""
        self.now += length
        clock.tick(self.engine, "me", self._publish, False, self.now)

    def _publish(self, _topic: str, payload: str) -> None:
        self.told.append(read(payload, StationSettings))

    def say(self, *facts: Any) -> None:
        """The station says so."""
        _, judged = take_in(self.engine, [arrived(STATION, *facts, at=self.now)], self.now)
        react(self.engine, judged, self.now)

    def trip(self, why: str) -> Spell:
        """The breaker has just tripped."""
        return spell(
            State.DOWN, self.now, facility="outlets-1", rule="OUT5", spell=new_id(), why=why, confirmed_at=self.now
        )

    def page(self, address: str) -> str:
        answer = self.browser.get(address)
        assert answer.status_code == 200
        return str(answer.text)

    def press(self, what: str, **data: str) -> None:
        """A button or form of the page of alert 1."""
        answer = self.browser.post(f"/alerts/1/{what}", data, page="/alerts/1")
        assert answer.status_code == 303, answer.text


@pytest.fixture
def day(tmp_path: Path, databases: Databases) -> Iterator[Day]:
    with databases.fresh(tmp_path / "hub.db") as url:
        app = create_app(HubSettings(folder=tmp_path, database_url=url), now=lambda: NOW)
        app.state.pace = Pace(every_s=0, rounds=1)
        make_tables(app.state.engine)
        with Session(app.state.engine, expire_on_commit=False) as session, TestClient(app) as client:
            hub = Furnisher(session, NOW)
            hub.user()
            hub.station()
            made = Day(app, client, hub)
            made.browser.sign_in()
            yield made
        app.state.engine.dispose()


def test_a_trip_is_seen_driven_to_repaired_proven_and_closed_a_day_later(day: Day) -> None:
    outlets = WiredFacility(id="outlets-1", kind="outlets", label=Text("插座", "Outlets"), quantities=["voltage.1"])
    meter = WiredDevice(name="meter-1", model="pzem004t", line="rs485-a", facilities=["outlets-1"])
    day.say(StationFacts(version="1", facilities=[outlets], devices=[meter]))
    trip = day.trip("跳闸，没有电压")
    day.say(trip)
    day.pass_time(MINUTE)

    board = day.page("/alerts")
    assert "插座 · 河边驿站" in board
    assert "1 条等待确认" in board
    page = day.page("/alerts/1")
    for said in ("跳闸", "同规格断路器", "meter-1 · pzem004t · 线路 rs485-a", "合闸，电压恢复"):
        assert said in page

    day.press("acknowledge")
    day.press("take")
    day.press("promise", promised_at="2026-03-11T15:00")
    day.pass_time(10 * MINUTE)
    assert [(one.facility, one.acknowledged) for one in day.told[-1].alerts] == [("outlets-1", True)]
    assert day.told[-1].alerts[0].promised_at == NOW + 3 * HOUR

    day.press("on-site")
    day.pass_time(MINUTE)
    assert [one.end for one in day.told[-1].maintenance] == [NOW + 11 * MINUTE + 2 * HOUR]
    assert "王芳 在现场" in day.page("/alerts/1")
    # Trying it out trips it once more: nobody else is told while somebody stands before it.
    day.say(trip.model_copy(update={"revision": 2, "until": day.now}))
    day.pass_time(MINUTE)
    again = day.trip("又跳闸")
    day.say(again)
    assert "复发 1 次" in day.page("/alerts/1")
    assert "正在维护：结束后仍未恢复再通知" in day.page("/alerts")
    day.press("comment", text="插头进水，已更换")

    day.pass_time(5 * MINUTE)
    volts = Trace(quantity="voltage.1", start=day.now - 2 * MINUTE, step_s=60, values=[0.0, 228.4])
    day.say(again.model_copy(update={"revision": 2, "until": day.now, "traces": [volts]}))
    assert "恢复正常：电压 1 228.4 V" in day.page("/alerts/1")
    day.press("leave")
    repaired = day.now
    assert "没有未关闭的报警" in day.page("/alerts")
    assert "已解除，观察 24 小时" in day.page("/alerts")
    day.pass_time(MINUTE)
    assert [(one.facility, one.repaired_at) for one in day.told[-1].repaired] == [("outlets-1", repaired)]

    day.pass_time(RELAPSE_WITHIN)
    day.browser.client.cookies.clear()
    day.browser.sign_in()
    said = day.browser.get("/api/alerts/1").json()
    assert (said["closed_by"], said["closed_why"]["zh"]) == (None, "24 小时内没有复发")
    assert [event["what"] for event in said["events"]] == [
        "opened", "acknowledged", "assigned", "promised", "on_site", "inhibited", "works_again", "reopened", "comment",
        "works_again", "left", "closed",
    ]  # fmt: skip
    # Whoever was told of the fault is told that it is over; of the trip while somebody stood there nobody was.
    assert [event["what"] for event in said["events"] if event["held"]] == ["inhibited", "reopened"]

    day.say(day.trip("跳闸"))
    later = day.page("/alerts/2")
    assert "上一次：报警 1" in later
    assert "插头进水，已更换" in later
