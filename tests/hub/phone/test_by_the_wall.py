"""A report by the code on the wall may come from anywhere: whoever reads it is told."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from hub.alerts.reports import react_to_reports
from hub.alerts.tables import Alert
from tests.hub.phone.conftest import STATION, Door

FAULT = {"fault": "microwave-1/not_hot"}
FACILITY = f"/stations/{STATION}/facilities/microwave-1"


def alert_of(door: Door) -> Alert:
    react_to_reports(door.hub.session, door.now, 10)
    door.hub.session.commit()
    door.later(timedelta(seconds=10))
    return door.hub.session.exec(select(Alert).where(Alert.facility == "microwave-1")).one()


def test_a_report_by_the_wall_says_so_on_alert_facility_and_api(door: Door, maintainer: Any) -> None:
    door.send("fault", door.by_the_wall(), phone="a" * 32, **FAULT)
    alert = alert_of(door)
    maintainer.client.cookies.set("waystation_session", "token")
    assert "有人报告（用墙上的码，不一定在现场）：" in maintainer.get(f"/alerts/{alert.id}").text
    assert "（用墙上的码，不一定在现场）" in maintainer.get("/alerts").text
    assert "用墙上的码，不一定在现场</span>" in maintainer.get(FACILITY).text
    said = maintainer.get(f"/api/alerts/{alert.id}").json()
    assert (said["why"]["en"].partition(":")[0], said["reports"]) == (
        "Somebody reports (by the code on the wall, perhaps not on the spot)", {"static": 1},
    )  # fmt: skip
    assert [one["method"] for one in maintainer.get(f"/api{FACILITY}").json()["reports"]] == ["static"]


def test_of_many_it_is_said_how_many(door: Door, maintainer: Any) -> None:
    door.send("fault", door.scan(), phone="a" * 32, **FAULT)
    first = alert_of(door)
    assert first.why_zh == "有人报告：不加热"
    for phone in ("b" * 32, "c" * 32):
        door.send("fault", door.by_the_wall(), phone=phone, **FAULT)
    second = alert_of(door)
    assert second.why_zh == "有 3 人次报告（2 次用墙上的码）：不加热"
    maintainer.client.cookies.set("waystation_session", "token")
    assert maintainer.get(f"/api/alerts/{second.id}").json()["reports"] == {"phone": 1, "static": 2}
    assert maintainer.get(FACILITY).text.count("用墙上的码，不一定在现场") == 2
