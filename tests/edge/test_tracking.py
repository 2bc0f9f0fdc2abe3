"""Walks past a tracking radar: who crosses the line counts once, who only comes near does not."""

from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sampling import MISSING, Sample
from edge.tracking import COORDINATES, CROWD_S, TRACKED, Gate, LineCounter, Point, TrackedEntrance
from shared.facility import kinds
from shared.quantities import QUANTITIES

PERIOD_S = 0.1
Frames = list[list[Point]]


def walk(start: Point, end: Point, speed: float = 1.2) -> list[Point]:
    """Ten positions a second from here to there."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    steps = max(1, round(length / speed / PERIOD_S))
    shares = [step / steps for step in range(steps + 1)]
    return [(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share) for share in shares]


def together(*people: Sequence[Point | None]) -> Frames:
    """One list of positions a frame; who is None or has gone is not seen."""
    longest = max(len(person) for person in people)
    rows = ([person[at] if at < len(person) else None for person in people] for at in range(longest))
    return [[point for point in row if point is not None] for row in rows]


def counted(frames: Iterable[Sequence[Point]], gate: Gate | None = None) -> list[str]:
    counter = LineCounter(gate or Gate())
    return [
        str(passage.direction)
        for at, points in enumerate(frames)
        for passage in counter.hear(points, 100 + at * PERIOD_S)
    ]


IN, OUT = walk((0.2, 3.5), (0.0, 0.4)), walk((0.5, 0.4), (0.6, 3.5))


@pytest.mark.parametrize(
    ("frames", "passages"),
    [
        (together(IN), ["in"]),
        (together(OUT), ["out"]),
        (together(IN, OUT), ["in", "out"]),
        (together(IN, [*[None] * 12, *IN]), ["in", "in"]),
        (together(IN + OUT), ["in", "out"]),
        (together(walk((0, 3.5), (0, 1.3)) + walk((0, 1.3), (0, 3.5))), []),
        (together(walk((0, 1.5), (0, 0.4))), []),
        (together([(0.1, 1.0 + 0.3 * (at % 3)) for at in range(100)]), []),
        (together([(0.0, 1.4 if at % 2 else 1.6) for at in range(100)]), []),
        (together([*walk((0, 3.5), (0, 2.0)), *[None] * 9, *walk((0, 1.1), (0, 0.4))]), ["in"]),
        (together([*walk((0, 3.5), (0, 1.0)), *[None] * 9, *walk((0, 1.0), (0, 0.4))]), ["in"]),
        (together([*walk((0, 3.5), (0, 1.0)), *[None] * 40, *walk((0, 1.1), (0, 0.4))]), ["in"]),
        (together([*walk((0, 3.5), (0, 2.0)), *[None] * 40, *walk((0, 1.0), (0, 0.4))]), []),
        (together([(0, 3.0), (0, 2.0), (0, 1.0)]), []),
        ([], []),
    ],
    ids=[
        "in",
        "out",
        "past each other",
        "one behind the other",
        "in and out again",
        "turned back",
        "began in the band",
        "sways before the line",
        "sways on the line",
        "lost at the line for a second",
        "lost behind the line",
        "lost behind the line for long",
        "lost at the line for long",
        "a ghost of a moment",
        "nobody",
    ],
)
def test_a_walk_counts_once_or_not_at_all(frames: Frames, passages: list[str]) -> None:
    assert sorted(counted(frames)) == sorted(passages)


@given(
    people=st.lists(st.tuples(st.booleans(), st.floats(0.6, 2.0), st.floats(-0.1, 0.1)), min_size=1, max_size=3),
    slots=st.randoms(use_true_random=False),
)
def test_people_apart_are_counted_whatever_slot_they_are_in(
    people: list[tuple[bool, float, float]], slots: Random
) -> None:
    walks = []
    for lane, (inward, speed, sway) in enumerate(people):
        ends = ((lane * 3 - 3.0, 4.0), (lane * 3 - 3.0 + sway, 0.4))
        walks.append(walk(*(ends if inward else ends[::-1]), speed=speed))
    frames = together(*walks)
    for frame in frames:
        slots.shuffle(frame)
    assert sorted(counted(frames)) == sorted("in" if inward else "out" for inward, _speed, _sway in people)


@pytest.mark.parametrize(
    ("gate", "passages"),
    [
        (Gate(inward="rising"), ["out"]),
        (Gate(axis="x", at_m=0.0, inward="rising"), ["in"]),
        (Gate(axis="x", at_m=0.0, inward="falling"), ["out"]),
        (Gate(at_m=5.0), []),
    ],
)
def test_the_line_lies_where_the_gate_says(gate: Gate, passages: list[str]) -> None:
    assert counted(together(walk((-1.5, 3.5), (1.5, 0.4))), gate) == passages


def test_three_at_once_make_the_count_suspect_for_a_while() -> None:
    counter = LineCounter(Gate())
    assert counter.suspect
    counter.hear([(0, 3)], 10.0)
    assert not counter.suspect
    counter.hear([(0, 3), (2, 3), (-2, 3)], 10.1)
    assert counter.suspect
    for at in range(1, round(CROWD_S * 10) + 5):
        counter.hear([(0, 3)], 10.1 + at / 10)
    assert not counter.suspect
    counter.lose()
    assert counter.suspect


def samples(frames: Frames, begin: float = 100.0) -> list[Sample]:
    """As the wiring makes them of a radar's readings; slots are filled in turn."""
    found = []
    for number, points in enumerate(frames):
        at = begin + number * PERIOD_S
        found.append(Sample(at, "entrance-1", "people", float(len(points))))
        for slot, names in enumerate(COORDINATES):
            for axis, name in enumerate(names):
                there = slot < len(points)
                value, quality = (points[slot][axis], 1) if there else (float("nan"), MISSING)
                found.append(Sample(at, "entrance-1", name, value, quality))
    return found


def test_samples_of_one_report_are_one_look() -> None:
    entrance = TrackedEntrance(LineCounter(Gate()))
    passages = [passage for sample in samples(together(IN, OUT)) for passage in entrance.hear(sample)]
    passages += entrance.advance(9999.0)
    assert sorted(str(passage.direction) for passage in passages) == ["in", "out"]
    assert not entrance.suspect


def test_a_radar_that_does_not_answer_makes_the_count_suspect_and_forgets() -> None:
    entrance = TrackedEntrance(LineCounter(Gate()))
    first, second = together(walk((0, 3.5), (0, 2.0))), together(walk((0, 1.1), (0, 0.4)))
    for sample in samples(first):
        assert entrance.hear(sample) == []
    for name in sorted(TRACKED):
        entrance.hear(Sample(102.0, "entrance-1", name, float("nan"), MISSING))
    assert entrance.advance(102.1) == []
    assert entrance.suspect
    passages = [passage for sample in samples(second, begin=102.2) for passage in entrance.hear(sample)]
    assert passages == []


def test_an_entrance_may_be_wired_to_a_tracker_and_places_stay_at_the_station() -> None:
    assert kinds()["entrance"].quantities >= TRACKED
    assert {name for name in TRACKED if QUANTITIES[name].stays_here} == TRACKED - {"people"}
