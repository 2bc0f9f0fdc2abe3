"""When a fault that comes and goes is one alert."""

from datetime import timedelta

from hub.alerts.flapping import KEPT, WITHIN, chatters, with_onset
from tests.hub.said import NOW


def after(*hours: float) -> list[str]:
    stored: list[str] = []
    for hour in hours:
        stored = with_onset(stored, NOW + timedelta(hours=hour))
    return stored


def test_three_times_in_six_hours_is_chatter() -> None:
    assert not chatters(after(0, 5), NOW + timedelta(hours=5))
    assert chatters(after(0, 3, 6), NOW + timedelta(hours=6))
    assert not chatters(after(0, 3, 6.1), NOW + timedelta(hours=6.1))
    assert not chatters(after(0, 1, 2), NOW + timedelta(hours=8.5))


def test_what_is_long_ago_is_forgotten_and_no_more_is_kept_than_is_needed() -> None:
    assert len(after(0, 7)) == 1
    assert len(after(*(step * WITHIN / timedelta(hours=1) / 100 for step in range(100)))) == KEPT
