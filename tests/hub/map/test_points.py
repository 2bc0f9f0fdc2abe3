"""Stations become points: the worst on top, names in the middle."""

from hub.map.points import draw
from hub.map.policy import policy
from shared.states import State

PLACED = [
    ("a", "甲站", "", 1, 31.123456789, 117.0),
    ("b", "乙站", "Second", 1, 31.2, 117.1),
    ("c", "丙站", "", 2, 40.0, 120.0),
    ("d", "丁站", "", 1, 60.0, 10.0),
    ("e", "戊站", "", None, 31.0, 117.0),
]
STATES = {"a": State.DOWN, "b": State.OK, "c": State.DEGRADED, "e": State.EXCLUDED}
NAMES = {1: "蜀山区总工会"}


def test_the_worst_is_drawn_last_and_what_nobody_said_is_unknown():
    found = draw(PLACED, STATES, None, NAMES, "zh")
    assert [(point.id, found.states[point.state]) for point in found.points] == [
        ("b", "ok"), ("e", "excluded"), ("d", "unknown"), ("c", "degraded"), ("a", "down"),
    ]  # fmt: skip
    assert found.points[-1].latitude == 31.12346


def test_a_name_stands_above_its_stations_and_one_far_off_moves_it_not():
    (place,) = draw(PLACED, STATES, None, NAMES, "zh").places
    assert (place.name, place.latitude, place.longitude, place.stations) == ("蜀山区总工会", 31.2, 117.0, 3)


def test_one_state_alone_and_names_in_the_language():
    found = draw(PLACED, STATES, State.OK, NAMES, "en")
    assert [point.name for point in found.points] == ["Second"]
    assert draw([], {}, None, {}, "zh").points == []


def test_the_page_may_load_tiles_only_from_the_host_the_settings_name():
    assert "img-src" not in policy("")
    opened = policy("https://tiles.example:8443/{z}/{x}/{y}.png?key=1")
    assert opened.endswith("; img-src 'self' data: https://tiles.example:8443")
    assert "default-src 'self'" in opened
