"""OUT1–OUT8 by examples: socket by socket, and k of n decide."""

import pytest

from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, Play, Signal, wave

MINUTE = 60.0


def sockets(count: int, volts: float = 225.0, ampere: float = 0.0) -> dict[str, Signal]:
    """So many sockets, all alike."""
    signals: dict[str, Signal] = {}
    for number in range(1, count + 1):
        signals |= {
            f"voltage.{number}": volts,
            f"current.{number}": ampere,
            f"power.{number}": volts * ampere,
        }
    return signals


def outlets(count: int, *more: str) -> Play:
    calm: dict[str, Signal] = dict.fromkeys(more, 0.0)
    calm |= {name: 1.0 for name in more if name.startswith("relay")}
    return Play("outlets", [*sockets(count), *more]).run(HOUR, {**sockets(count), **calm})


@pytest.mark.parametrize(
    ("volts", "state"),
    [(197.0, "down"), (236.5, "down"), (180.0, "down"), (198.5, "ok"), (235.0, "ok"), (60.0, "down")],
)
def test_out_of_band_everywhere_is_down_from_the_first_bad_minute(volts: float, state: str) -> None:
    play = outlets(2).run(15 * MINUTE, sockets(2, volts))
    assert play.standing.state == state
    if state == "down":
        assert (play.standing.rule, play.standing.cause) == ("OUT3", Cause.SUPPLY_QUALITY)
        assert play.since("down OUT3") == HOUR
        confirmed = next(one for one in play.changes if one.verdict.state is State.DOWN).confirmed_at
        assert confirmed - play.changes[-1].since == pytest.approx(11 * MINUTE, abs=31)
        play.run(9 * MINUTE, sockets(2))
        assert play.standing.state is State.DOWN
        play.run(3 * MINUTE, sockets(2))
        assert play.standing.state is State.OK


@pytest.mark.parametrize(("count", "out", "state"), [(6, 2, "degraded"), (6, 4, "down"), (2, 1, "degraded")])
def test_out_of_band_at_some_sockets_is_limited(count: int, out: int, state: str) -> None:
    bad = {**sockets(count), **{f"voltage.{n}": 242.0 for n in range(1, out + 1)}}
    play = outlets(count).run(15 * MINUTE, bad)
    assert play.states[-1] == f"{state} OUT3"
    assert f"{count} 个插座中 {out} 个" in play.standing.why.zh


def test_at_a_visit_within_the_delay_it_is_not_ok() -> None:
    play = outlets(2).run(6 * MINUTE, sockets(2, 242.0))
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "OUT3")
    play = outlets(2, "mains_lost").run(90, {**sockets(2), "voltage.1": 0.0, "mains_lost": 0.0})
    assert (play.standing.state, play.standing.rule) == (State.UNKNOWN, "OUT6")


@pytest.mark.parametrize("bad", [wave(242.0, 225.0, 120, 120), wave(180.0, 225.0, 150, 600)])
def test_a_voltage_whose_mean_is_in_the_band_is_in_the_band(bad: Signal) -> None:
    play = outlets(2).run(2 * HOUR, {**sockets(2), "voltage.1": bad, "voltage.2": bad})
    assert not [state for state in play.states if not state.startswith(("ok", "unknown"))]
    assert play.standing.state is State.OK


@pytest.mark.parametrize(("count", "dead", "state"), [(6, 2, "degraded"), (6, 4, "down"), (2, 1, "degraded")])
def test_dead_and_out_of_band_count_together(count: int, dead: int, state: str) -> None:
    signals = {**sockets(count), **{f"voltage.{n}": 0.0 for n in range(1, dead + 1)}}
    play = outlets(count).run(5 * MINUTE, signals)
    assert play.states[-1] == f"{state} OUT6"
    assert play.standing.cause is Cause.DEVICE_FAULT
    half = {**signals, **{f"voltage.{n}": 242.0 for n in range(dead + 1, count + 1)}}
    play.run(15 * MINUTE, half)
    assert play.standing.state is State.DOWN


def test_a_load_that_goes_with_the_voltage_is_a_trip_where_no_contact_says_so() -> None:
    play = outlets(2, "mains_lost").run(600, {**sockets(2, ampere=2.0), "mains_lost": 0.0}, every_s=5)
    play.run(20, {**sockets(2, 0.0), "mains_lost": 0.0}, every_s=5)
    assert play.states[-1] == "down OUT5V"
    play.run(600, {**sockets(2, 0.0), "mains_lost": 0.0}, every_s=5)
    assert (play.standing.rule, play.standing.cause) == ("OUT5V", Cause.DEVICE_FAULT)
    play.run(300, {**sockets(2), "mains_lost": 0.0}, every_s=5)
    assert play.standing.state is State.OK


def test_a_voltage_that_goes_without_a_load_is_dead_not_tripped() -> None:
    play = outlets(2, "mains_lost").run(600, {**sockets(2, 0.0), "mains_lost": 0.0}, every_s=5)
    assert play.states[-1] == "down OUT2"


@pytest.mark.parametrize(
    ("relays", "state"),
    [({"relay_on": 0.0}, "down"), ({"relay_on.1": 0.0, "relay_on.2": 1.0}, "degraded")],
)
def test_our_own_relay_left_off_is_our_own_fault(relays: dict[str, Signal], state: str) -> None:
    play = outlets(2, *relays).run(5 * MINUTE, {**sockets(2), **relays})
    assert play.states[-1] == f"{state} OUT8"
    assert play.standing.cause is Cause.MONITOR_INDUCED
    dead = {**sockets(2), **relays, "voltage.1": 0.0}
    play.run(5 * MINUTE, dead if len(relays) > 1 else {**dead, "voltage.2": 0.0})
    assert play.standing.cause is Cause.MONITOR_INDUCED, "where the meter stands behind the relay"


def test_overload_is_a_danger_and_says_so() -> None:
    play = outlets(2).run(3 * MINUTE, {**sockets(2), "current.1": 11.6, "power.1": 2600.0})
    assert play.states[-1] == "degraded OUT4"
    assert "起火" in play.standing.why.zh


def test_a_phone_proves_more_than_a_voltage() -> None:
    play = outlets(2).run(HOUR, sockets(2))
    assert play.standing.grade is Grade.E2
    play.run(0.5 * HOUR, {**sockets(2), "current.2": 0.025, "power.2": 3.4})
    assert play.standing.grade is Grade.E3
    assert [proof.rule for proof in play.proofs] == ["OUT1", "OUT1U"]


@pytest.mark.parametrize("minutes", [10, 70])
def test_a_silent_socket_is_neither_dead_nor_fine(minutes: float) -> None:
    speaking = {name: signal for name, signal in sockets(2).items() if name.endswith(".1")}
    play = outlets(2).run(minutes * MINUTE, speaking)
    assert play.standing.state is State.UNKNOWN
    assert not [state for state in play.states if state.startswith(("down", "degraded"))]
