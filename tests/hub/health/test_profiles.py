"""Thresholds and baselines as people read them."""

import pytest

from hub.health import profiles
from hub.health.measures import measure
from shared.records import Profile
from tests.hub.said import NOW, profile


def judging(told: Profile, *deciding: str) -> profiles.Judging:
    body = told.model_dump(mode="json")
    return profiles.judging(body["thresholds"], body["baselines"], told.unit, told.learning_since, NOW, deciding)


@pytest.mark.parametrize(
    ("name", "value", "unit", "said"),
    [
        ("legal_limit", 8.0, "℃", "8 ℃"),
        ("frozen_limit", -1.5, "℃", "−1.5 ℃"),
        ("stuck_range", 0.05, "K", "0.05 K"),
        ("run_on_duty", 0.95, "", "95 %"),
        ("cold_uses", 3.0, "", "3"),
        ("full_power", 12500.0, "W", "12\u2009500 W"),
        ("inverter", True, "", "yes"),
        ("inverter", False, "", "no"),
        ("nobody_named_this", 1.0 / 3, "h", "0.333 h"),
        ("legal_limit", 0.0, "℃", "0 ℃"),
    ],
)
def test_a_threshold_is_said_with_the_unit_its_station_gives(name: str, value: float, unit: str, said: str) -> None:
    assert profiles.said(name, value, unit).en == said


def test_a_threshold_of_its_own_names_the_default() -> None:
    assert judging(profile()).limits[0].default is None
    shown = judging(profile(limit=7.0))
    assert (shown.limits[0].value.zh, shown.limits[0].default) == ("7 ℃", profiles.said("legal_limit", 8.0, "℃"))
    assert shown.changed == 1


def test_what_decides_now_stands_first_and_the_rest_as_the_station_orders_it() -> None:
    limit = profile().thresholds[0]
    told = profile().model_copy(
        update={"thresholds": [limit.model_copy(update={"name": name}) for name in ("a", "b", "c", "d")]}
    )
    assert [limit.name for limit in judging(told, "c").limits] == ["c", "a", "b", "d"]


def test_a_baseline_that_is_not_known_yet_says_what_it_takes() -> None:
    (learning,) = judging(profile()).learned
    assert (learning.value, learning.takes.zh) == (None, "运转 30 分钟")
    known = profile().baselines[0].model_copy(update={"value": 61.52})
    (learned,) = judging(profile().model_copy(update={"baselines": [known]})).learned
    assert learned.value is not None
    assert learned.value.en == "61.52 W"


def test_switches_are_no_lines_of_a_chart() -> None:
    limit = profile().thresholds[0]
    switch = limit.model_copy(update={"name": "inverter", "value": True, "default": False})
    assert profiles.values([one.model_dump(mode="json") for one in (limit, switch)]) == {"legal_limit": 8.0}


def test_a_name_nobody_knows_is_shown_as_it_is() -> None:
    assert measure("nobody_named_this").label.zh == "nobody named this"
