"""One envelope a lane, and patience that ends where it should."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from edge.flight import CUT_S, FIRST_TIMEOUT_S, GROW_AFTER, LAST_TIMEOUT_S, MOST_SUSPECTS, PATIENCE, Flight

CHANCE = Random(1)


def fail(flight: Flight, ids: tuple[str, ...], times: int) -> Flight:
    for _ in range(times):
        flight = flight.sent("e", ids, flight.due).given_up(flight.due, CHANCE)
    return flight


def test_nothing_leaves_while_an_envelope_is_under_way() -> None:
    flight = Flight().sent("e", ("r",), 100.0)
    assert not flight.may_send(105.0)
    assert not flight.timed_out(105.0)
    assert flight.timed_out(100.0 + FIRST_TIMEOUT_S)


def test_an_acknowledgement_may_ask_for_a_pause() -> None:
    flight = Flight().sent("e", ("r",), 100.0).acknowledged(7.0, 101.0)
    assert not flight.may_send(107.9)
    assert flight.may_send(108.0)


def test_the_pause_after_a_time_out_is_jittered_and_bounded() -> None:
    pauses = []
    flight = Flight()
    for _ in range(40):
        before = flight.due
        flight = flight.sent("e", ("a", "b"), before).given_up(before, CHANCE)
        pauses.append(flight.due - before)
    assert max(pauses) <= LAST_TIMEOUT_S
    assert len({round(pause, 3) for pause in pauses}) > 30


def test_an_envelope_that_never_gets_through_is_halved() -> None:
    assert fail(Flight(), tuple("abcdefgh"), PATIENCE).limit == 4
    assert fail(Flight(), tuple("abcdefgh"), PATIENCE - 1).limit == Flight().limit


def test_a_road_on_which_nothing_gets_through_convicts_nobody() -> None:
    flight = fail(Flight(), ("a",), PATIENCE)
    assert flight.suspects == {"a"}
    for n in range(MOST_SUSPECTS):
        assert not flight.convicted
        flight = fail(flight, (f"r{n}",), PATIENCE)
    assert flight.suspects == frozenset()


def test_a_record_is_blamed_only_when_it_fails_again_before_a_hub_that_is_there() -> None:
    """A hub that comes back just while others are tried must not cost an innocent record."""
    suspecting = fail(Flight(), ("a",), PATIENCE).sent("e", ("b",), 0.0)
    assert not suspecting.convicted
    trial = suspecting.acknowledged(0.0, 0.0)
    assert (trial.limit, trial.suspects) == (1, frozenset())
    assert trial.sent("e", ("a",), 0.0).acknowledged(0.0, 1.0) == Flight(due=1.0)
    again = fail(trial, ("a",), PATIENCE).sent("e", ("b",), 0.0)
    assert again.convicted == {"a"}
    assert again.acknowledged(0.0, 1.0) == Flight(due=1.0)


def test_a_new_connection_sends_at_once() -> None:
    assert Flight().sent("e", ("r",), 100.0).given_up(110.0, CHANCE).lost(111.0, CHANCE).may_send(111.0)


def test_the_time_out_doubles_from_ten_seconds_to_ten_minutes() -> None:
    flight, waits = Flight(), []
    for _ in range(9):
        flight = flight.sent("e", ("a",), 0.0)
        waits.append(flight.due)
        flight = flight.given_up(flight.due, CHANCE)
    assert waits == [10, 20, 40, 80, 160, 320, 600, 600, 600]


@given(after=st.floats(CUT_S, 10**6), cuts=st.integers(1, 20))
def test_an_ordinary_cut_is_no_failure_however_often(after: float, cuts: int) -> None:
    flight = Flight()
    for n in range(cuts):
        flight = flight.sent("e", ("a", "b"), n * 10.0**7).lost(n * 10.0**7 + after, CHANCE)
        assert flight.may_send(n * 10.0**7 + after)
    assert (flight.limit, flight.failures) == (Flight().limit, 0)


def test_one_connection_that_ends_at_once_is_chance_and_more_are_not() -> None:
    flight = Flight().sent("e", tuple("abcd"), 0.0).lost(0.1, CHANCE)
    assert flight.may_send(0.1)
    assert flight.limit == Flight().limit
    flight = flight.sent("f", tuple("abcd"), 1.0)
    assert flight.suspect(1.5)
    flight = flight.lost(1.1, CHANCE)
    assert flight.limit == 2
    assert flight.due > 1.1
    assert not flight.lost(1.2, CHANCE).may_send(1.2)


@given(
    sizes=st.lists(st.integers(100, 3000), min_size=1, max_size=120),
    too_big=st.integers(0, 3),
    hangs_up=st.booleans(),
    seed=st.integers(0, 2**32),
)
def test_behind_a_broker_that_refuses_large_packets_all_but_the_impossible_arrive(
    sizes: list[int], too_big: int, hangs_up: bool, seed: int
) -> None:
    """The broker hangs up on a packet over its limit, or drops it; records over it alone are set aside, no others."""
    limit, chance, now = 4000, Random(seed), 0.0
    waiting = {f"r{n}": size for n, size in enumerate(sizes)}
    impossible = set()
    for _ in range(min(too_big, len(sizes))):
        name = chance.choice(sorted(waiting))
        waiting[name] = 5000
        impossible.add(name)
    flight, arrived, aside = Flight(), set[str](), set[str]()
    for _ in range(5000):
        now = max(now, flight.due)
        ids = [id_ for id_ in waiting if id_ not in flight.suspects][: flight.limit]
        if not ids:
            flight = flight.without_others()
            waiting[f"later-{now}"] = 10  # the next minute
            continue
        flight = flight.sent("e", tuple(ids), now)
        if sum(waiting[id_] for id_ in ids) <= limit:
            now += 0.1
            for id_ in flight.convicted:
                aside.add(id_)
                waiting.pop(id_)
            flight = flight.acknowledged(0.0, now)
            arrived.update(ids)
            for id_ in ids:
                waiting.pop(id_)
        elif hangs_up:
            now += 0.05
            flight = flight.lost(now, chance)
        else:
            now = flight.due
            flight = flight.given_up(now, chance)
        if not waiting:
            break
    assert aside == impossible
    assert arrived >= {f"r{n}" for n in range(len(sizes))} - impossible


def test_a_lane_that_had_to_send_less_tries_more_after_a_while() -> None:
    flight = fail(Flight(), tuple("abcdefgh"), PATIENCE)
    limits = []
    for _ in range(GROW_AFTER * 8):
        flight = flight.sent("e", ("a",), 0.0).acknowledged(0.0, 0.1)
        limits.append(flight.limit)
    assert limits[GROW_AFTER - 2 : GROW_AFTER] == [4, 8]
    assert limits[-1] == Flight().limit
