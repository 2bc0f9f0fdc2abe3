"""One envelope a lane, and patience that ends where it should."""

from random import Random

from edge.flight import FIRST_TIMEOUT_S, LAST_TIMEOUT_S, PATIENCE, Flight

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


def test_a_single_record_is_suspected_only_until_others_fail_too() -> None:
    suspecting = fail(Flight(), ("a",), PATIENCE)
    assert suspecting.suspects == {"a"}
    assert fail(suspecting, ("b",), 1).suspects == frozenset()


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
    assert fail(again, ("b",), 1).accused == frozenset()


def test_a_new_connection_sends_at_once() -> None:
    assert Flight().sent("e", ("r",), 100.0).given_up(110.0, CHANCE).lost().may_send(110.0)
