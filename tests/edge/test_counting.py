"""Samples of beams, trackers and radar to what an entrance saw, polled or recorded on change."""

from collections import Counter

import pytest

from edge.counting import UNSEEN_S, Counted, Footfall
from edge.entrances import counter
from edge.occupancy import EMPTY_S
from edge.sampling import MISSING, Sample
from edge.tracking import TRACKED

DOOR = "entrance-1"
NOON = 1_795_147_200.0
BEAMED = frozenset({"beam_a", "beam_b"})


def footfall(steady_s: float = 900, memory: bytes | None = None, wired: frozenset[str] = BEAMED) -> Footfall:
    return Footfall({DOOR: counter(wired, {}, steady_s)}, steady_s, memory)


def beam(name: str, broken: bool, at: float, quality: int = 1) -> Sample:
    return Sample(NOON + at, DOOR, f"beam_{name}", float(broken), quality)


def changes(*events: tuple[float, str, bool]) -> list[Sample]:
    return [beam("a", False, 0), beam("b", False, 0), *(beam(name, broken, at) for at, name, broken in events)]


IN = ((30.0, "a", True), (30.2, "b", True), (30.4, "a", False), (30.6, "b", False))


def run(counting: Footfall, samples: list[Sample], after: float = 1.0) -> Counter[str]:
    found = [counted for sample in samples for counted in counting.hear(sample)]
    return total(found + counting.advance(samples[-1].at + after))


def total(found: list[Counted]) -> Counter[str]:
    names = ("entered", "left", "undirected", "doubts", "suspect")
    return Counter({name: sum(getattr(counted, name) for counted in found) for name in names})


def polled(counting: Footfall, start: float, states: str) -> list[Counted]:
    """A board polled ten times a second: `.`, `a`, `b`, `x` a poll each; time passes once a second."""
    found: list[Counted] = []
    for number, state in enumerate(states):
        at = start + number / 10
        found += counting.hear(beam("a", state in "ax", at)) + counting.hear(beam("b", state in "bx", at))
        if number % 10 == 9:
            found += counting.advance(NOON + at + 0.05)
    return found


def test_a_recording_of_changes_counts_as_a_polled_board_does() -> None:
    assert run(footfall(), changes(*IN)) == Counter(entered=1)


def test_a_recorded_stand_of_two_minutes_in_the_door_is_one_passage() -> None:
    stood = ((30.0, "a", True), (30.2, "b", True), (150.0, "a", False), (150.4, "b", False))
    assert run(footfall(), changes(*stood)) == Counter(entered=1, doubts=1)


def test_after_a_hole_a_begun_crossing_is_not_told() -> None:
    samples = [*changes(*IN[:2]), beam("a", False, 33, MISSING), beam("a", False, 34), beam("b", False, 34)]
    assert run(footfall(3), samples) == Counter(doubts=1)


def test_a_beam_that_was_never_heard_counts_nobody_and_is_suspect() -> None:
    counting = footfall(3)
    counting.advance(NOON)
    assert run(counting, [s for s in changes(*IN) if s.quantity == "beam_a"]) == Counter()
    assert total(counting.advance(NOON + UNSEEN_S + 1)) == Counter(suspect=1)


def test_a_board_that_no_longer_answers_is_suspect_and_nobody_knows_who_is_inside() -> None:
    counting = footfall(3)
    for second in range(0, int(EMPTY_S) + 20, 10):
        counting.hear(Sample(NOON - 700 + second, "room-1", "presence", 0.0))
    assert total(polled(counting, 0, "." * 100)) == Counter()
    assert counting.occupancy.inside == 0
    assert total(counting.advance(NOON + 9.9 + UNSEEN_S)) == Counter()
    assert total(counting.advance(NOON + 11 + UNSEEN_S)) == Counter(suspect=1)
    assert counting.occupancy.inside is None


def test_a_blocked_beam_is_suspect_every_second_and_who_passes_has_no_direction() -> None:
    counting = footfall(3)
    blocked = polled(counting, 0, "." + "a" * 3200)
    seen = total(blocked)
    assert seen["entered"] + seen["left"] + seen["undirected"] == 0
    assert 300 < seen["suspect"] < 320
    seen = total(polled(counting, 320.1, "axxxa" + "a" * 20 + "axxxxa" + "a" * 10))
    assert (seen["entered"], seen["left"], seen["undirected"]) == (0, 0, 2)


def test_drift_beyond_a_tenth_makes_the_quarter_suspect() -> None:
    counting = footfall(3)
    for second in range(0, int(EMPTY_S) + 20, 10):
        counting.hear(Sample(NOON - 700 + second, "room-1", "presence", 0.0))
    assert total(polled(counting, 0, "..aaxxbb.....bbxxaa......aaxxbb....")) == Counter(entered=2, left=1)
    assert counting.occupancy.inside == 1
    found: list[Counted] = []
    for second in range(10, int(EMPTY_S) + 30, 10):
        found += counting.hear(Sample(NOON + second, "room-1", "presence", 0.0))
    assert total(found) == Counter(suspect=1)
    assert counting.occupancy.inside == 0


def test_todays_count_starts_anew_at_local_midnight() -> None:
    counting = footfall()
    run(counting, changes(*IN))
    assert counting.entered == 1
    midnight = 16 * 3600 - NOON % 86400 + (86400 if NOON % 86400 >= 16 * 3600 else 0)
    later = [(at - 30 + midnight, name, broken) for at, name, broken in IN]
    run(
        counting,
        [beam("a", False, midnight - 1), beam("b", False, midnight - 1), *(beam(n, v, t) for t, n, v in later)],
    )
    assert counting.entered == 1


def test_a_restart_in_the_middle_of_a_passage_loses_it_and_keeps_the_day() -> None:
    first = footfall(3)
    polled(first, 0, "..aaxxbb....." + "." * 20 + "aax")
    second = footfall(3, first.memory())
    assert second.entered == 1
    assert total(polled(second, 4, "xbb......aaxxbb....")) == Counter(entered=1, doubts=1)
    assert second.entered == 2


def test_who_is_inside_outlives_a_short_restart_and_not_a_long_one() -> None:
    first = footfall(3)
    for second in range(0, int(EMPTY_S) + 20, 10):
        first.hear(Sample(NOON - 700 + second, "room-1", "presence", 0.0))
    polled(first, 0, "..aaxxbb............")
    kept = first.memory()
    for pause, inside in ((UNSEEN_S - 5, 1), (UNSEEN_S + 5, None)):
        second_life = footfall(3, kept)
        second_life.advance(NOON + 2 + pause)
        assert second_life.occupancy.inside == inside


def test_the_radar_says_whether_somebody_is_inside() -> None:
    counting = footfall()
    assert counting.occupancy.occupied is None
    counting.hear(Sample(NOON, "room-1", "presence", 1.0))
    assert counting.occupancy.occupied is True


def test_the_line_of_a_tracker_is_where_its_options_say() -> None:
    counting = Footfall({DOOR: counter(TRACKED, {"line_m": 0.5, "line_inward": "rising"}, 3.0)}, 3.0)
    found: list[Counted] = []
    for step in range(40):
        for quantity, value in (("people", 1.0), ("target_1_x", 0.2), ("target_1_y", 3.0 - 0.08 * step)):
            found += counting.hear(Sample(NOON + step / 10, DOOR, quantity, value))
    assert total(found + counting.advance(NOON + 4)) == Counter(left=1)
    with pytest.raises(ValueError, match="line_axis is x or y, not 'z'"):
        counter(TRACKED, {"line_axis": "z"}, 3.0)


def test_a_tracker_counts_where_there_are_no_beams() -> None:
    counting = footfall(3, wired=TRACKED)
    found: list[Counted] = []
    for step in range(40):
        at = NOON + step / 10
        found += counting.hear(Sample(at, DOOR, "people", 1.0))
        found += counting.hear(Sample(at, DOOR, "target_1_x", 0.2))
        found += counting.hear(Sample(at, DOOR, "target_1_y", 3.0 - 0.08 * step))
    found += counting.advance(NOON + 4)
    assert total(found) == Counter(entered=1)
    assert total(counting.advance(NOON + 5 + UNSEEN_S))["suspect"] == 1
