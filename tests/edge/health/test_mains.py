"""OUT7: a power cut is nobody's fault where it is known; where it is only likely, nothing is known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.health.judge import FacilitySettings
from edge.health.verdict import Change
from shared.states import Cause, State
from tests.edge.play import HOUR, START, Signal, Station, wave

METERED = frozenset({"power", "voltage"})
FRIDGE, OTHER, STRIP = "fridge-1", "fridge-2", "outlets-1"
Signals = dict[str, dict[str, Signal]]


def station(*more: str) -> Station:
    return Station(
        [
            FacilitySettings(FRIDGE, "fridge", {}, METERED | {"cabinet_temperature"}),
            FacilitySettings(OTHER, "fridge", {}, METERED),
            FacilitySettings(STRIP, "outlets", {}, frozenset({"voltage.1", "voltage.2", *more})),
        ]
    )


def at(volts: float) -> Signals:
    """Everything at one voltage; what no voltage feeds draws nothing."""
    live = volts > 100
    return {
        FRIDGE: {
            "power": wave(110, 2, 900, 1800) if live else 0.0,
            "voltage": volts,
            "cabinet_temperature": lambda second: 4 + second % 2700 / 2700,
        },
        OTHER: {"power": wave(90, 2, 900, 1800) if live else 0.0, "voltage": volts},
        STRIP: {"voltage.1": volts, "voltage.2": volts},
    }


def silent() -> Signals:
    """Only the thermometer speaks; it lives on the agent's supply."""
    return {FRIDGE: {"cabinet_temperature": lambda second: 4 + second % 2700 / 2700 + second / HOUR}}


def living() -> Station:
    return station().run(2 * HOUR, at(225.0))


def test_when_every_meter_says_no_voltage_at_once_the_mains_are_gone() -> None:
    whole = living().run(HOUR, at(0.0))
    for facility in (FRIDGE, OTHER, STRIP):
        standing = whole.judge.standing(facility)
        assert (standing.state, standing.rule, standing.cause) == (State.EXCLUDED, "OUT7", Cause.POWER_CUT)
        assert whole.since(facility) == 2 * HOUR
        assert not [state for state in whole.states(facility) if state.startswith(("down", "degraded"))]
    whole.run(110, at(225.0))
    assert whole.judge.standing(STRIP).state is State.EXCLUDED
    whole.run(300, at(225.0))
    assert whole.judge.standing(STRIP).state is State.OK
    assert whole.since(STRIP) == pytest.approx(3 * HOUR + 120, abs=31)


@pytest.mark.parametrize("volts", [60.0, 150.0, 170.0, 189.0])
def test_a_brown_out_is_no_power_cut(volts: float) -> None:
    whole = living().run(300, at(volts)).run(HOUR, at(225.0))
    assert all("excluded OUT7" not in whole.states(facility) for facility in (FRIDGE, OTHER, STRIP))


def test_one_strip_without_voltage_is_no_power_cut() -> None:
    whole = living().run(HOUR, {**at(225.0), STRIP: at(0.0)[STRIP]})
    assert whole.states(STRIP)[-1] == "down OUT2"
    assert whole.judge.standing(FRIDGE).state is State.OK


def test_lines_that_die_one_after_the_other_are_no_power_cut() -> None:
    whole = living().run(HOUR, {**at(225.0), STRIP: at(0.0)[STRIP]}).run(HOUR, at(0.0))
    assert "excluded OUT7" not in whole.states(FRIDGE)


def test_a_contact_that_says_the_mains_are_there_knows_better() -> None:
    whole = station("mains_lost").run(2 * HOUR, {**at(225.0), STRIP: {**at(225.0)[STRIP], "mains_lost": 0.0}})
    whole.run(HOUR, {**at(0.0), STRIP: {**at(0.0)[STRIP], "mains_lost": 0.0}})
    assert whole.states(STRIP)[-1] == "down OUT2"


def test_meters_that_fall_silent_together_make_it_likely_and_nothing_known() -> None:
    whole = living().run(5 * HOUR, silent())
    for facility in (FRIDGE, OTHER, STRIP):
        standing = whole.judge.standing(facility)
        assert (standing.state, standing.rule, standing.cause) == (State.UNKNOWN, "OUT7", Cause.UNKNOWN)
        assert whole.since(facility) == pytest.approx(2 * HOUR, abs=31)
        assert not [state for state in whole.states(facility) if not state.startswith(("ok", "unknown"))]
    whole.run(HOUR, at(225.0))
    assert all(whole.judge.standing(facility).state is State.OK for facility in (FRIDGE, OTHER, STRIP))


def test_a_line_that_garbles_is_no_power_cut() -> None:
    whole = living()
    for _ in range(40):
        whole.run(30, silent())
        whole.judge.unreadable(whole.now)
    assert whole.judge.standing(OTHER).rule == "SV1"
    assert all("unknown OUT7" not in whole.states(facility) for facility in (FRIDGE, OTHER, STRIP))


def test_a_cut_that_ends_in_noise_is_suspected_once_the_noise_is_over() -> None:
    whole = living()
    whole.judge.unreadable(whole.now)
    whole.run(60, silent())
    assert whole.judge.standing(OTHER).rule != "OUT7"
    whole.run(HOUR, silent())
    assert whole.judge.standing(OTHER).rule == "OUT7"


def test_a_suspicion_is_dropped_when_bytes_come() -> None:
    whole = living().run(HOUR, silent())
    assert whole.judge.standing(OTHER).rule == "OUT7"
    whole.judge.unreadable(whole.now)
    whole.run(60, silent())
    assert whole.judge.standing(OTHER).rule == "SV1"


def test_without_anything_that_speaks_silence_is_silence() -> None:
    whole = living()
    for second in range(0, 1200, 10):
        whole.judge.advance(whole.now + second)
    assert whole.judge.standing(OTHER).rule == "SV1"


def test_a_facility_that_falls_silent_alone_is_not_under_a_power_cut() -> None:
    whole = living().run(HOUR, {FRIDGE: at(225.0)[FRIDGE], STRIP: at(225.0)[STRIP]})
    assert whole.judge.standing(OTHER).rule == "SV1"


def test_an_agent_that_was_off_suspects_nothing() -> None:
    whole = living()
    whole.now += 3 * HOUR
    whole.restart().run(300, silent())
    assert whole.judge.standing(OTHER).rule != "OUT7"


def test_a_supply_that_is_bad_for_all_is_named_as_such() -> None:
    whole = living().run(0.5 * HOUR, at(243.0))
    standing = whole.judge.standing(STRIP)
    assert (standing.state, standing.rule, standing.cause) == (State.DOWN, "OUT3", Cause.SUPPLY_QUALITY)
    assert "全站" in standing.why.zh
    alone = living().run(0.5 * HOUR, {**at(225.0), STRIP: at(243.0)[STRIP]}).judge.standing(STRIP)
    assert alone.cause is Cause.SUPPLY_QUALITY
    assert "全站" not in alone.why.zh


def test_the_length_of_a_cut_is_known_once_it_is_over() -> None:
    whole = living().run(3 * HOUR, at(0.0)).run(600, at(225.0))
    assert whole.judge._station.cut_s == pytest.approx(3 * HOUR, abs=31)


@settings(deadline=None, max_examples=30)
@given(
    passages=st.lists(
        st.tuples(st.sampled_from([225.0, 0.0, 170.0, 243.0, None]), st.sampled_from([120.0, 900.0, 3 * HOUR])),
        min_size=1,
        max_size=6,
    ),
    cuts=st.sets(st.integers(0, 5)),
)
def test_a_restart_between_any_two_passages_changes_nothing(
    passages: list[tuple[float | None, float]], cuts: set[int]
) -> None:
    plain, restarted = living(), living()
    for place, (volts, lasting) in enumerate(passages):
        signals = silent() if volts is None else at(volts)
        plain.run(lasting, signals)
        restarted.run(lasting, signals)
        if place in cuts:
            restarted.restart()
    assert plain.said == restarted.said
    assert all(one.since >= START - 1 for one in plain.said if isinstance(one, Change))
