"""Counts as health.md B2 defines them."""

from datetime import UTC, datetime

import pytest

from hub.health.hours import Hour, availability, lay
from shared.opening import FULL, Opening

HOUR0 = datetime(2026, 3, 11, 1, tzinfo=UTC)
END = datetime(2026, 3, 11, 2, tzinfo=UTC)


def of(**masks: int) -> Hour:
    return Hour(HOUR0, **masks)


def test_the_measures_are_those_of_the_definitions() -> None:
    hour = of(ok=(1 << 30) - 1, degraded=0b11 << 30, down=0b1111 << 32, excluded=0xFF << 36)
    found = availability(lay([hour], [], HOUR0, END, Opening()))
    assert (found.service, found.excluded, found.ok, found.degraded, found.down, found.unknown) == (60, 8, 30, 2, 4, 16)
    assert found.coverage == pytest.approx(36 / 52)
    assert found.availability == pytest.approx(32 / 36)
    assert found.lowest == pytest.approx(32 / 52)
    assert found.highest == pytest.approx(48 / 52)
    assert found.user_view == pytest.approx(32 / 60)


def test_nothing_observed_has_no_availability() -> None:
    found = availability(lay([], [], HOUR0, END, Opening()))
    assert (found.availability, found.coverage, found.highest) == (None, 0, 1)
    closed = availability(lay([], [], HOUR0, END, Opening(weekdays=[])))
    assert (closed.coverage, closed.lowest, closed.highest, closed.user_view) == (None, None, None, None)


@pytest.mark.parametrize(
    ("masks", "longest", "events"),
    [
        ({"ok": FULL}, 0, 0),
        ({"down": FULL}, 60, 1),
        ({"down": 0b0110, "ok": FULL & ~0b0110}, 2, 1),
        ({"down": 0b1011, "ok": FULL & ~0b1011}, 2, 2),
        ({"down": 0b1001}, 2, 1),
        ({"down": 0b1001, "degraded": 0b0010}, 1, 2),
    ],
)
def test_only_a_minute_seen_working_ends_a_down_event(masks: dict[str, int], longest: int, events: int) -> None:
    found = availability(lay([of(**masks)], [], HOUR0, END, Opening()))
    assert (found.longest_down, found.down_events) == (longest, events)


def test_a_night_does_not_end_a_down_event() -> None:
    before, after = datetime(2026, 3, 11, 8, tzinfo=UTC), datetime(2026, 3, 12, 1, tzinfo=UTC)
    hours = [Hour(before, down=FULL), Hour(after, down=0b111, ok=FULL & ~0b111)]
    found = availability(lay(hours, [], before, datetime(2026, 3, 12, 2, tzinfo=UTC), Opening()))
    assert (found.longest_down, found.down_events) == (63, 1)
