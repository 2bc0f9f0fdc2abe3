"""Stations that come back take turns, and the hub neither drowns nor idles."""

from datetime import timedelta

from hub.patience import LONGEST_S, Patience
from tests.hub.said import NOW


def test_nobody_waits_while_there_is_room_or_nothing_is_known() -> None:
    patience = Patience()
    assert patience.wait_s(0.9) == 0
    patience.note({"a"}, 0.1, NOW)
    assert patience.wait_s(0.4) == 0


def test_each_waits_for_one_turn_of_all_the_others() -> None:
    patience = Patience()
    for second in range(10):
        patience.note({f"{second}-{number}" for number in range(20)}, 0.2, NOW + timedelta(seconds=second))
    # 200 stations, 100 envelopes a second.
    assert patience.wait_s(0.5) == 2
    assert patience.wait_s(1.2) == 2


def test_who_has_gone_takes_no_turn_and_a_clock_set_back_keeps_nobody() -> None:
    patience = Patience()
    patience.note({f"{number}" for number in range(300)}, 1, NOW)
    patience.note({"late"}, 1 / 300, NOW + timedelta(minutes=5))
    assert patience.wait_s(1) == 1 / 300
    patience.note({"earlier"}, 1 / 300, NOW - timedelta(days=1))
    assert patience.wait_s(1) == 1 / 300


def test_the_longest_wait_is_a_minute() -> None:
    patience = Patience()
    patience.note({f"{number}" for number in range(10_000)}, 1000, NOW)
    assert patience.wait_s(1) == LONGEST_S


def test_a_room_of_stations_is_drained_without_a_pause_and_never_overfull() -> None:
    """Each second the hub does 100 envelopes of 400 stations that have 20 each."""
    patience, rate, room = Patience(), 100, 250
    comes_at = dict.fromkeys(range(400), 0)
    left = dict.fromkeys(range(400), 20)
    queue: list[int] = []
    idle = longest = 0
    for second in range(80):
        at = NOW + timedelta(seconds=second)
        for station in [one for one, due in comes_at.items() if due <= second and left[one]]:
            queue.append(station)
            del comes_at[station]
        longest = max(longest, len(queue))
        batch, queue = queue[:rate], queue[rate:]
        idle += rate - len(batch) if any(left.values()) else 0
        patience.note({str(station) for station in batch}, len(batch) / rate, at)
        for station in batch:
            left[station] -= 1
            comes_at[station] = second + 1 + round(patience.wait_s(len(queue) / room))
    assert not any(left.values())
    assert idle < 0.02 * 8000
    assert longest == 400
