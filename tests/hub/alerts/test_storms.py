"""Many stations silent at once: one alert of the hub."""

from datetime import timedelta

from hub.alerts.reaction import Known, Open, Resolve
from hub.alerts.storms import CALM, DEAF, LEAST, Storm, deaf_since, react_to_storm
from hub.telemetry.silence import Listened
from shared.states import State
from tests.hub.said import NOW

STANDING = Known(7, "network", "high", None, DEAF, NOW, State.DOWN)


def test_a_third_of_the_stations_at_once_is_a_storm_and_a_few_are_not() -> None:
    (opened,) = react_to_storm(None, Storm(30, 100, NOW), [])
    assert isinstance(opened, Open)
    assert opened.fault.why.en.startswith("30 of 100 stations")
    assert react_to_storm(None, Storm(29, 100, NOW), []) == []
    assert react_to_storm(None, Storm(LEAST - 1, LEAST - 1, NOW), []) == []


def test_it_is_opened_once_and_over_when_they_are_back() -> None:
    assert react_to_storm(None, Storm(40, 100, NOW), [STANDING]) == []
    assert [type(one) for one in react_to_storm(None, CALM, [STANDING])] == [Resolve]


def test_a_hub_that_lost_its_broker_says_so() -> None:
    heard = [Listened(NOW - timedelta(hours=1), NOW - timedelta(minutes=3))]
    assert deaf_since(NOW, heard) == NOW - timedelta(minutes=3)
    assert deaf_since(NOW - timedelta(minutes=1), heard) is None
    assert deaf_since(NOW, []) is None, "a hub that never listened has lost nothing"
    (opened,) = react_to_storm(NOW, CALM, [])
    assert isinstance(opened, Open)
    assert opened.fault.why == DEAF
