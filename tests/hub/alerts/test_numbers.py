"""The figures of alerts: right, within one's jurisdiction, safe in a spreadsheet, fast."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from fastapi import FastAPI

from hub.alerts import journal
from hub.alerts.events import What
from hub.alerts.numbers import count
from hub.alerts.numbers_store import opened
from hub.cells import harmless
from hub.stations import store as stations
from shared.text import Text
from tests.hub.pages.conftest import NOW, Browser, Furnisher, app, hub, stranger
from tests.hub.people import browser_of

__all__ = ["app", "hub", "stranger"]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def boss(app: FastAPI, hub: Furnisher) -> Iterator[Browser]:
    browser, _ = browser_of(app, hub, "市", "city")
    yield browser
    browser.client.close()


def table(answer) -> dict[tuple[str, str, str], str]:
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["figure", "of", "severity", "value"]
    return {(figure, of, severity): value for figure, of, severity, value in rows[1:]}


def test_the_figures_of_a_week(boss: Browser, hub: Furnisher) -> None:
    hub.station(name="=1+1|cmd")
    hub.facility("fridge-1")
    for number, minutes in enumerate((10, 20, 30, 40)):
        hub.alert(
            cause=("device_fault", "consumable")[number % 2], opened_at=NOW - 2 * DAY, problem=str(number),
            acknowledged_at=NOW - 2 * DAY + minutes * MINUTE, acknowledged_by="王芳", occurrences=1 + number,
            resolved_at=None if number == 3 else NOW - DAY, closed_at=None if number == 3 else NOW,
        )  # fmt: skip
    hub.alert(severity="safety", cause="power_cut", opened_at=NOW - HOUR, chattering_since=NOW)
    hub.alert(severity="normal", cause="network", opened_at=NOW - 8 * DAY, chattering_since=None)
    held = hub.alert(severity="normal", cause="supply_quality", opened_at=NOW - HOUR)
    journal.write(hub.session, held, What.INHIBITED, NOW, Text("x", "x"))
    hub.session.commit()
    said = table(boss.get("/alerts/numbers.csv?days=7"))
    assert said["opened", "2026-07-13", "high"] == "4"
    assert said["opened", "2026-07-15", "safety"] == "1"
    assert sum(int(value) for key, value in said.items() if key[0] == "opened") == 6
    assert said["acknowledged_median_minutes", "", "high"] == "20.0"
    assert said["acknowledged_p90_minutes", "", "high"] == "40.0"
    assert said["not_acknowledged_count", "", "safety"] == "1"
    assert said["acknowledged_median_minutes", "", "safety"] == ""
    assert (said["repaired_count", "", "high"], said["repaired_median_minutes", "", "high"]) == ("3", "1440.0")
    assert said["acknowledged_by", "王芳", ""] == "4"
    assert [said[f"standing_{one}", "", ""] for one in ("open", "day", "week", "chattering")] == ["4", "2", "1", "1"]
    assert said["inhibited", "", ""] == "1"
    assert said["most_often", "'=1+1|cmd · 冰箱 · consumable", ""] == "6"
    page = boss.get("/alerts/numbers?days=7").text
    for part in ("20 分钟", "1 天", "王芳", "=1+1|cmd", "17 %"):
        assert part in page
    for address in ("wide=1", "wide=0&dark=1"):
        chart = boss.get(f"/alerts/numbers.svg?days=7&{address}")
        assert chart.headers["content-type"] == "image/svg+xml"


def test_nothing_is_nothing_and_not_zero_minutes(boss: Browser) -> None:
    page = boss.get("/alerts/numbers").text
    assert "这段时间没有新报警" in page
    assert "0 分钟" not in page
    assert table(boss.get("/alerts/numbers.csv?days=90"))["repaired_median_minutes", "", "high"] == ""


def test_only_ones_own_stations_and_only_whoever_may(app: FastAPI, boss: Browser, hub: Furnisher) -> None:
    hub.station()
    hub.alert(facility=None, acknowledged_at=NOW, acknowledged_by="某人")
    assert "某人" in boss.get("/alerts/numbers").text
    other, _ = browser_of(app, hub, "别处", "district", everywhere=False)
    for place in ("", ".csv", ".svg"):
        assert other.get(f"/alerts/numbers{place}").status_code == 200
    assert "某人" not in other.get("/alerts/numbers").text
    assert "某人" not in other.get("/alerts/numbers.csv").text
    inspector, _ = browser_of(app, hub, "检查员", "inspector")
    for place in ("", ".csv", ".svg"):
        assert inspector.get(f"/alerts/numbers{place}").status_code == 403
    for days in ("0", "91", "-1", "x", "1e9", "30; DROP TABLE alert"):
        assert boss.get("/alerts/numbers", params={"days": days}).status_code == 422
    other.client.close()
    inspector.client.close()


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "＝1"])
def test_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("甲=1") == "甲=1"


def test_days_are_local_and_every_one_is_there(hub: Furnisher) -> None:
    start, end = datetime.fromisoformat("2026-07-12T16:00Z"), datetime.fromisoformat("2026-07-15T06:00Z")
    late = datetime.fromisoformat("2026-07-13T15:59:59Z")
    hub.station()
    for number in range(2):
        hub.alert(facility=None, opened_at=late + timedelta(seconds=number), problem=str(number))
    seen = stations.ids_seen_by(hub.user("某市", "city"))
    numbers = count(opened(hub.session, seen, start), start, end)
    days = {day: by["high"] for day, by in numbers.by_day.items()}
    assert days == {date(2026, 7, 13): 1, date(2026, 7, 14): 1, date(2026, 7, 15): 0}
