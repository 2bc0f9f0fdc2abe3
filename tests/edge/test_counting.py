"""Samples of beams to passages, polled or recorded on change."""

from edge.counting import Footfall
from edge.sampling import MISSING, Sample

DOOR = "entrance-1"
NOON = 1_795_147_200.0


def beam(name: str, broken: bool, at: float, quality: int = 1) -> Sample:
    return Sample(NOON + at, DOOR, f"beam_{name}", float(broken), quality)


def changes(*events: tuple[float, str, bool]) -> list[Sample]:
    return [beam("a", False, 0), beam("b", False, 0), *(beam(name, broken, at) for at, name, broken in events)]


IN = ((30.0, "a", True), (30.2, "b", True), (30.4, "a", False), (30.6, "b", False))


def run(footfall: Footfall, samples: list[Sample]) -> list[str]:
    found = [counted.direction for sample in samples for counted in footfall.hear(sample)]
    return found + [counted.direction for counted in footfall.advance(samples[-1].at + 1)]


def test_a_recording_of_changes_counts_as_a_polled_board_does() -> None:
    assert run(Footfall([DOOR], steady_s=900), changes(*IN)) == ["in"]


def test_after_a_hole_a_begun_crossing_is_not_told() -> None:
    samples = [*changes(*IN[:2]), beam("a", False, 33, MISSING), beam("a", False, 34), beam("b", False, 34)]
    assert run(Footfall([DOOR], steady_s=3), samples) == []


def test_a_beam_that_was_never_heard_counts_nobody() -> None:
    assert run(Footfall([DOOR], steady_s=900), [s for s in changes(*IN) if s.quantity == "beam_a"]) == []


def test_todays_count_starts_anew_at_local_midnight() -> None:
    footfall = Footfall([DOOR], steady_s=900)
    run(footfall, changes(*IN))
    assert footfall.entered == 1
    midnight = 16 * 3600 - NOON % 86400 + (86400 if NOON % 86400 >= 16 * 3600 else 0)
    later = [(at - 30 + midnight, name, broken) for at, name, broken in IN]
    run(
        footfall,
        [beam("a", False, midnight - 1), beam("b", False, midnight - 1), *(beam(n, v, t) for t, n, v in later)],
    )
    assert footfall.entered == 1


def test_the_radar_says_whether_somebody_is_inside() -> None:
    footfall = Footfall([DOOR], steady_s=900)
    assert footfall.occupancy.occupied is None
    footfall.hear(Sample(NOON, "room-1", "presence", 1.0))
    assert footfall.occupancy.occupied is True
