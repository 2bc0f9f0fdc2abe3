"""Outlets by examples."""

import pytest

from shared.states import Cause, Grade, State
from tests.edge.play import HOUR, Play, Signal

MINUTE = 60.0


def outlets(*more: str, sockets: int = 2) -> Play:
    return Play("outlets", [*(f"voltage.{n}" for n in range(1, sockets + 1)), *more])


LIVE: dict[str, Signal] = {"voltage.1": 225.0, "voltage.2": 225.0}


def test_live_outlets_are_ok_and_use_proves_more() -> None:
    play = outlets("current.1").run(2 * HOUR, {**LIVE, "current.1": 0.0})
    assert [proof.rule for proof in play.proofs] == ["OUT1"]
    play.run(HOUR, {**LIVE, "current.1": 0.05})
    assert play.proofs[-1].rule == "OUT1U"
    assert play.standing.grade is Grade.E3
    assert play.standing.busy


@pytest.mark.parametrize(
    ("sockets", "dead", "state"), [(6, 2, "degraded OUT6"), (6, 4, "down OUT6"), (2, 1, "degraded OUT6")]
)
def test_the_share_of_dead_sockets_decides(sockets: int, dead: int, state: str) -> None:
    live: dict[str, Signal] = {f"voltage.{n}": 225.0 for n in range(1, sockets + 1)}
    play = outlets(sockets=sockets).run(HOUR, live)
    play.run(600, {**live, **{f"voltage.{n}": 0.0 for n in range(1, dead + 1)}})
    assert play.states[-1] == state
    play.run(600, live)
    assert play.standing.state is State.OK


def test_a_dead_line_is_down_only_while_somebody_knows_the_mains_are_there() -> None:
    play = outlets().run(HOUR, LIVE).run(600, {"voltage.1": 0.0, "voltage.2": 0.0})
    assert play.standing.state is State.UNKNOWN
    play = outlets("mains_lost").run(HOUR, {**LIVE, "mains_lost": 0.0})
    play.run(600, {"voltage.1": 0.0, "voltage.2": 0.0, "mains_lost": 0.0})
    assert play.states[-1] == "down OUT2"


def test_a_power_cut_is_excluded_and_ends_two_minutes_after_the_mains_are_back() -> None:
    play = outlets("mains_lost").run(HOUR, {**LIVE, "mains_lost": 0.0})
    play.run(HOUR, {"mains_lost": 1.0})
    assert play.states[-1] == "excluded OUT7"
    assert play.standing.cause is Cause.POWER_CUT
    play.run(600, {**LIVE, "mains_lost": 0.0})
    assert play.states[-1] == "ok"
    assert play.since("ok") == pytest.approx(2 * HOUR + 120, abs=31)


def test_a_trip_shows_within_seconds_though_the_meter_is_dead_with_it() -> None:
    play = outlets("breaker_tripped").run(HOUR, {**LIVE, "breaker_tripped": 0.0})
    play.run(20, {"breaker_tripped": 1.0}, every_s=1)
    assert play.states[-1] == "down OUT5"
    play.run(600, {"breaker_tripped": 1.0}, every_s=5)
    assert play.standing.state is State.DOWN
    play.run(300, {**LIVE, "breaker_tripped": 0.0}, every_s=5)
    assert play.standing.state is State.OK


def test_a_trip_that_was_seen_stays_seen_when_its_contact_falls_silent_later() -> None:
    play = outlets("breaker_tripped").run(HOUR, {**LIVE, "breaker_tripped": 0.0})
    play.run(3 * HOUR, {"breaker_tripped": 1.0}).quiet(HOUR)
    assert play.states[-2:] == ["down OUT5", "unknown SV1"]
    assert play.since("unknown SV1") == pytest.approx(4 * HOUR, abs=31), "not since the meter died with the trip"
    play.run(600, {"breaker_tripped": 1.0})
    assert play.states[-1] == "down OUT5"


def test_voltage_out_of_band_is_the_supplys_fault() -> None:
    play = outlets().run(HOUR, LIVE).run(HOUR, {"voltage.1": 242.0, "voltage.2": 242.0})
    assert play.states[-1] == "down OUT3"
    assert play.standing.cause is Cause.SUPPLY_QUALITY
    play.run(HOUR, LIVE)
    assert play.standing.state is State.OK


@pytest.mark.parametrize(("ampere", "minutes", "rule"), [(11.0, 3.0, "OUT4"), (9.0, 40.0, "OUT4L")])
def test_overload_is_limited(ampere: float, minutes: float, rule: str) -> None:
    play = outlets("current.1").run(HOUR, {**LIVE, "current.1": 1.0})
    play.run(minutes * MINUTE, {**LIVE, "current.1": ampere})
    assert play.states[-1] == f"degraded {rule}"
    play.run(600, {**LIVE, "current.1": 1.0})
    assert play.standing.state is State.OK


def test_our_own_relay_left_off_is_our_own_fault() -> None:
    play = outlets("relay_on").run(600, {**LIVE, "relay_on": 1.0}).run(600, {**LIVE, "relay_on": 0.0})
    assert play.standing.cause is Cause.MONITOR_INDUCED
