"""How many are inside: never negative, known only from an empty room on, and what putting it right says."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.occupancy import EMPTY_S, KNOWN_S, QUIET_S, Drift, Occupancy
from shared.opening import Opening

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC).timestamp()
NIGHT = datetime(2026, 11, 20, 17, 30, tzinfo=UTC).timestamp()
"""01:30 in Shanghai."""
ROOM = "room-1"


def watch(room: Occupancy, present: bool | None, start: float, lasting_s: float) -> list[Drift]:
    """The radar, every ten seconds; what it put right."""
    told = [room.hear(ROOM, present, start + second) for second in range(0, int(lasting_s) + 1, 10)]
    return [drift for drift in told if drift is not None]


def empty(at: float) -> Occupancy:
    """A room known to have been empty at this time."""
    room = Occupancy()
    watch(room, False, at - EMPTY_S, EMPTY_S)
    return room


def test_how_many_are_inside_is_known_from_an_empty_room_on() -> None:
    room = Occupancy()
    room.pass_by(2, 0, NOON)
    assert (room.people, room.inside, room.occupied) == (2, None, True)
    room = empty(NOON)
    assert room.inside == 0
    room.pass_by(2, 0, NOON + 1)
    room.pass_by(0, 1, NOON + 9)
    assert room.inside == 1


def test_an_empty_room_puts_the_count_right_but_not_too_soon() -> None:
    room = empty(NOON)
    room.pass_by(1, 0, NOON + 10)
    watch(room, True, NOON + 11, 100)
    assert watch(room, False, NOON + 120, EMPTY_S - 10) == []
    assert (room.inside, room.occupied) == (1, True)
    assert watch(room, False, NOON + 110 + EMPTY_S, 10) == [Drift(1, 1)]
    assert (room.inside, room.occupied) == (0, False)
    assert watch(room, False, NOON + 130 + EMPTY_S, 3600) == []


def test_whoever_passes_meanwhile_is_given_time_to_be_seen() -> None:
    room = empty(NOON)
    room.pass_by(1, 0, NOON + 1)
    watch(room, False, NOON + 2, EMPTY_S - 12)
    room.pass_by(1, 0, NOON + EMPTY_S - 5)
    watch(room, False, NOON + EMPTY_S, EMPTY_S - 20)
    assert room.inside == 2


@pytest.mark.parametrize("between", [True, None], ids=["somebody moved", "the radar did not answer"])
def test_the_wait_for_an_empty_room_begins_again(between: bool | None) -> None:
    room = empty(NOON)
    room.pass_by(1, 0, NOON)
    watch(room, False, NOON + 10, EMPTY_S - 30)
    watch(room, between, NOON + EMPTY_S - 10, 0)
    watch(room, False, NOON + EMPTY_S, EMPTY_S - 10)
    assert room.people == 1


def test_a_radar_that_says_nothing_has_not_been_looking() -> None:
    room = empty(NOON)
    room.pass_by(1, 0, NOON)
    for minute in range(60):
        room.hear(ROOM, False, NOON + 60 * minute)
    assert room.people == 1


def test_of_two_radars_both_must_see_nobody() -> None:
    room = empty(NOON)
    room.pass_by(1, 0, NOON)
    for second in range(0, 7200, 10):
        room.hear(ROOM, False, NOON + second)
        room.hear("room-2", None, NOON + second)
    assert room.people == 1
    assert room.present is None


def test_who_came_in_unseen_and_leaves_is_drift_and_never_less_than_nobody() -> None:
    room = empty(NOON)
    for second in range(20):
        room.pass_by(1, 1, NOON + second)
    room.pass_by(0, 2, NOON + 30)
    assert room.inside == 0
    (drift,) = watch(room, False, NOON + 40, EMPTY_S + 40)
    assert drift == Drift(2, 42)
    assert not drift.excessive
    assert Drift(5, 42).excessive


def test_at_night_a_closed_room_is_empty_without_a_radar() -> None:
    room = Occupancy()
    room.pass_by(3, 1, NIGHT - QUIET_S + 60)
    assert room.advance(NIGHT, Opening()) is None
    assert room.people == 2
    room.advance(NIGHT + 60, Opening())
    assert room.inside == 0


@pytest.mark.parametrize(
    ("at", "opening"),
    [(NOON, Opening()), (NIGHT, None), (NIGHT, Opening(start="00:00", end="24:00"))],
    ids=["by day", "no calendar", "always open"],
)
def test_otherwise_nobody_knows_that_it_is_empty(at: float, opening: Opening | None) -> None:
    room = Occupancy()
    room.pass_by(1, 0, at - 2 * QUIET_S)
    room.advance(at, opening)
    assert (room.people, room.inside) == (1, None)


def test_at_night_whom_the_radar_sees_stays() -> None:
    room = Occupancy()
    room.pass_by(1, 0, NIGHT - QUIET_S)
    room.hear(ROOM, True, NIGHT - 1)
    room.advance(NIGHT, Opening())
    assert room.people == 1


def test_unseen_passages_and_age_make_it_unknown() -> None:
    room = empty(NOON)
    room.advance(NOON + KNOWN_S, None)
    assert room.inside == 0
    room.advance(NOON + KNOWN_S + 1, None)
    assert room.inside is None
    room = empty(NOON)
    room.miss()
    assert room.inside is None
    room.pass_by(3, 0, NOON + 5)
    assert watch(room, False, NOON + 10, EMPTY_S) == [], "what was unknown has not drifted"


def test_occupied_is_unknown_without_radar_and_beams() -> None:
    room = Occupancy()
    assert room.occupied is None
    room.hear(ROOM, True, 1.0)
    assert room.occupied is True
    room.hear(ROOM, None, 2.0)
    assert room.occupied is None


def test_it_goes_on_after_a_restart() -> None:
    room = empty(NOON)
    room.pass_by(2, 0, NOON + 1)
    other = Occupancy()
    other.remember(room.written())
    assert other.inside == 2
    assert watch(other, False, NOON + 10, EMPTY_S) == [Drift(2, 2)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([True, False, None])), max_size=200))
def test_it_is_never_negative(life: list[tuple[int, int, bool | None]]) -> None:
    room = Occupancy()
    for number, (entered, left, present) in enumerate(life):
        at = NOON + 20.0 * number
        room.pass_by(entered, left, at)
        room.hear(ROOM, present, at + 1)
        room.advance(at + 2, Opening())
        assert room.people >= 0
        assert room.inside is None or room.inside == room.people
