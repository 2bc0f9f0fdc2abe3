"""Whether somebody was there: shown by their device, never in the way."""

from typing import Any

import pytest

from hub.inspections.presence import Place, Presence, distance_m, judged
from hub.inspections.tables import AnswerLog
from hub.stations.tables import Station
from tests.hub.inspections.forms import begin, rows, said

HERE = (31.2304, 121.4737)


def located(hub: Any, *facilities: str) -> str:
    station = str(hub.station(*facilities))
    with hub.session() as session:
        row = session.get(Station, station)
        row.latitude, row.longitude = HERE
        session.add(row)
        session.commit()
    return station


def test_a_thousandth_of_a_degree_north_is_a_hundred_and_eleven_metres() -> None:
    assert distance_m(Place(31.2314, 121.4737, 5), *HERE) == pytest.approx(111.2, abs=0.1)
    assert distance_m(Place(31.2304, 121.4747, 5), *HERE) == pytest.approx(95.1, abs=0.1)


@pytest.mark.parametrize(
    ("accuracy", "distance", "found"),
    [
        (20, 150.0, Presence.PROVEN),
        (20, 150.1, Presence.FAR),
        (150, 10.0, Presence.PROVEN),
        (151, 10.0, Presence.VAGUE),
        (20, None, Presence.NO_PLACE),
    ],
)
def test_both_distance_and_accuracy_must_be_within(accuracy: float, distance: float | None, found: Presence) -> None:
    assert judged(Place(0, 0, accuracy), distance) is found


def test_without_a_position_it_is_not_proven() -> None:
    assert judged(None, None) is Presence.UNPROVEN


def test_a_device_at_the_station_proves_it_and_a_later_one_elsewhere_takes_nothing_away(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, located(hub))
    assert "未证明：没有定位" in inspector.get(form).text
    assert inspector.post(f"{form}/arrive", latitude=31.2309, longitude=121.4737, accuracy_m=12).status_code == 303
    page = inspector.get(form).text
    assert "已证明在站点" in page
    assert "距站点 56 米，精度 12 米" in page
    inspector.post(f"{form}/arrive", latitude=40, longitude=116, accuracy_m=12)
    assert said(inspector, form)["presence"] == "proven"


def test_a_device_elsewhere_is_written_down_and_blocks_nothing(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, located(hub))
    inspector.post(f"{form}/arrive", latitude=31.0, longitude=121.0, accuracy_m=12)
    assert said(inspector, form)["presence"] == "far"
    assert inspector.post(f"{form}/items/clean/decide", points=5).status_code == 303
    steps = [step for step in rows(hub, AnswerLog) if step.what == "arrive"]
    assert [(step.new, step.latitude, step.accuracy_m) for step in steps] == [("far", 31.0, 12.0)]


def test_half_a_position_is_none(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, located(hub))
    for sent in ({}, {"latitude": 31}, {"latitude": 91, "longitude": 0, "accuracy_m": 1}, {"latitude": "north"}):
        assert inspector.post(f"{form}/arrive", **sent).status_code == 422, sent
    assert said(inspector, form)["presence"] == "unproven"
