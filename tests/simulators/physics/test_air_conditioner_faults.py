"""What an air conditioner's faults leave of its heat, and what its meter and its supply probe say of it."""

from itertools import pairwise

import pytest

from simulators.scenario import Turn
from tests.simulators.physics.played import DAY_S, HOUR_S, Seen, broken, hour, noon, play, told

RUNS_W = 200.0


def split(seen: Seen, since: float, after_s: float = 900.0) -> float:
    """Between room and supply air, of a compressor that has run for so long; the median."""
    found: list[float] = []
    began: float | None = None
    for at, values in seen.felt:
        if (values["power"] or 0) < RUNS_W:
            began = None
            continue
        began = began or at
        if at >= since and at - began >= after_s:
            found.append(abs((values["supply_temperature"] or 0) - (values["room_temperature"] or 0)))
    return sorted(found)[len(found) // 2]


@pytest.mark.parametrize("month", [1, 8])
@pytest.mark.parametrize(
    ("how", "size", "moved"),
    [("no_effect", 0.0, 0.25), ("no_effect", 1.0, 0.03), ("weak", 0.0, 0.75), ("weak", 1.0, 0.3)],
)
def test_a_lack_of_refrigerant_is_felt_at_the_vent(month, how, size, moved):
    seen, began = broken("air_conditioner", how, size, 1.2, month=month, options={"cool_to": 23.0})
    full = 15.5 if month == 1 else 11.5

    assert seen.fact("moved", began)[-1] == pytest.approx(moved)
    assert set(seen.fact("moved", until=began)) == {1.0}
    assert split(seen, began + 600) == pytest.approx(full * moved, abs=0.8)


def test_a_dead_one_runs_to_its_end_and_never_starts_again():
    start = noon(1) - 4 * HOUR_S
    runs = next(
        at
        for at, values in play(told(start), start, 0.2, "air_conditioner-1")["air_conditioner-1"].felt
        if (values["power"] or 0) > RUNS_W
    )
    begun = told(start, Turn(runs + 31, "air_conditioner-1", "dead"))
    seen = play(begun, start, 1.2, "air_conditioner-1")["air_conditioner-1"]
    first_off = next(at for at, values in seen.felt if at > runs + 60 and (values["power"] or 0) < RUNS_W)

    assert first_off > runs + 120
    assert set(seen.fact("moved", until=first_off - 60)) == {1.0}
    assert seen.fact("moved")[-1] == 0
    since = next(at for at, facts in seen.facts if facts["moved"] == 0)
    assert 15 < max(seen.column("power", since)) < 50
    assert min(seen.column("supply_temperature", since)) > min(room for _, room in seen.rooms) - 1


def test_one_that_nobody_wants_has_not_died_yet():
    start = noon(4) + 10 * HOUR_S
    begun = told(
        start, Turn(start + 60, "air_conditioner-1", "dead"), options={"air_conditioner": {"night_below": 0.0}}
    )
    seen = play(begun, start, 0.2, "air_conditioner-1")["air_conditioner-1"]

    assert set(seen.fact("moved")) == {1.0}


@pytest.mark.parametrize(("size", "an_hour"), [(0.0, 7), (1.0, 14)])
def test_short_cycles_are_more_than_six_an_hour_and_still_move_most_heat(size, an_hour):
    start = noon(1) - 4 * HOUR_S
    begun = told(
        start,
        Turn(start + 60, "air_conditioner-1", "short_cycle", size),
        Turn(start - DAY_S, "weather", "cold_wave", 1.0),
        options={"air_conditioner": {"heat_to": 23.0}},
    )
    seen = play(begun, start, 0.35, "air_conditioner-1")["air_conditioner-1"]
    powers = [(at, values["power"] or 0.0) for at, values in seen.felt]
    starts = [at for (_, before), (at, power) in pairwise(powers) if before < RUNS_W <= power]

    assert max(sum(1 for at in starts if since <= at < since + HOUR_S) for since in starts) in (an_hour, an_hour + 1)
    assert 0.65 < seen.fact("moved")[-1] < 0.9
    assert max(room for _, room in seen.rooms) > 20.5


@pytest.mark.parametrize("how", ["unplugged", "relay_off"])
def test_an_unfed_one_draws_nothing_and_its_meter_sees_the_mains(how):
    seen, began = broken("air_conditioner", how, None, 0.3, month=1)

    assert set(seen.column("power", began + 60)) == {0.0}
    assert min(seen.column("voltage")) > 210
    assert set(seen.fact("moved", began + 60)) == {0.0}


def test_a_probe_off_the_vent_feels_the_room_of_a_unit_that_works():
    seen, began = broken("air_conditioner", "probe_out", None, 1.0, month=1)

    assert split(seen, began + 60) < 0.5
    assert set(seen.fact("moved")) == {1.0}
    assert max(room for at, room in seen.rooms if 12 < hour(at) < 16) > 18


@pytest.mark.parametrize(("month", "wave"), [(1, "cold_wave"), (8, "heat_wave")])
def test_an_inverter_follows_its_load_all_day(month, wave):
    start = noon(month) - DAY_S / 2
    options = {"air_conditioner": {"inverter": 1.0, "cool_to": 24.0}}
    begun = told(start, Turn(start - DAY_S, "weather", wave, 1.0), options=options)
    seen = play(begun, start, 1.5, "air_conditioner-1")["air_conditioner-1"]
    felt = [(at, values["power"] or 0.0) for at, values in seen.felt if at > start + DAY_S and 11 < hour(at) < 17]
    powers = [power for _, power in felt]

    assert min(powers) > 100
    assert sum(powers) / len(powers) < 700
    assert set(seen.fact("moved")) == {1.0}
    rooms = [room for at, room in seen.rooms if at > start + DAY_S and 11 < hour(at) < 17]
    assert min(rooms) > 19
    assert max(rooms) < 25.5
