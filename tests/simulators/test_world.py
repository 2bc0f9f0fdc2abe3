"""One story however it is told: from any start, in one go or in pieces."""

import pytest

from simulators.people import DAY_S, Visit
from simulators.scenario import Story, Turn, load, story
from simulators.world import World
from tests.simulators.physics.played import told

NOW = 1_795_154_400.0  # 2026-11-20 14:00 in Shanghai


def at(scenario: str, *turns: Turn) -> Story:
    return story(load(scenario), NOW, more=turns)


def remembered(world: World) -> list[float]:
    fridge, water = world.facilities["fridge-1"], world.facilities["drinking_water-1"]
    return [fridge.cabinet.air, fridge.cabinet.food, water.water, world.around.room]  # type: ignore[attr-defined]


@pytest.mark.parametrize("scenario", ["healthy", "failing_fridge"])
@pytest.mark.parametrize("earlier_days", [0.4, 4.0])
def test_a_world_played_from_an_earlier_day_meets_a_world_that_began_later(scenario, earlier_days):
    begun = at(scenario)
    early = World.warmed(begun, NOW - earlier_days * DAY_S)
    early.play(NOW)

    # half of a thermometer's last digit; the seam between a recording and the live station is not seen
    assert remembered(early) == pytest.approx(remembered(World.warmed(begun, NOW)), abs=0.05)


ODD: dict[str, tuple[dict[str, dict[str, float]], tuple[tuple[float, str, str, float], ...]]] = {
    "inverters on a bad supply in a heat wave": (
        {"fridge": {"inverter": 1}, "air_conditioner": {"inverter": 1}},
        ((-6, "mains", "brown_out", 1.0), (-5, "weather", "heat_wave", 1.0)),
    ),
    "off at night, and short of breath": (
        {"fridge": {"night_off": 1}, "drinking_water": {"night_off": 1}},
        ((-6, "air_conditioner-1", "short_cycle", 0.9),),
    ),
    "no defrost, all worn": (
        {"fridge": {"defrosts_per_day": 0, "openings": 2.5}},
        (
            (-6, "fridge-1", "seal", 0.2),
            (-6, "air_conditioner-1", "weak", 0.2),
            (-6, "drinking_water-1", "weak_heater", 0.2),
        ),
    ),
    "twelve defrosts a week": ({"fridge": {"defrosts_per_day": 12 / 7, "compressor_w": 60}}, ()),
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_or_broken_forgets_its_start_as_well(what):
    options, faults = ODD[what]
    turns = [Turn(NOW + days * DAY_S, facility, how, size) for days, facility, how, size in faults]
    begun = told(NOW, *turns, options=options)
    early = World.warmed(begun, NOW - 1.5 * DAY_S)
    early.play(NOW)

    assert remembered(early) == pytest.approx(remembered(World.warmed(begun, NOW)), abs=0.05)


@pytest.mark.parametrize("how", ["no_heat", "trip", "over_draw"])
def test_a_fault_older_than_the_world_has_met_its_first_use(how):
    begun = at("healthy", Turn(NOW - 20 * DAY_S, "microwave-1", how))
    world = World(begun, NOW)
    world.play(NOW + 1)

    assert world.facilities["microwave-1"].facts(world.now, world.around) == {"litre_k": 0.0}


def test_whoever_looks_sees_every_whole_minute_of_a_world_that_has_lived_until_then():
    world = World(at("healthy"), NOW + 30)
    seen: list[float] = []

    def look(world: World) -> None:
        assert world._looked == dict.fromkeys(world.facilities, world.now)
        seen.append(world.now)

    world.play(NOW + 330, look=look)
    world.play(NOW + 400, look=look)

    assert seen == [NOW + 60 * minute for minute in range(1, 7)]


def test_another_seed_is_another_story():
    one = World.warmed(at("healthy"), NOW)
    other = World.warmed(story(load("healthy"), NOW, seed="other"), NOW)

    assert remembered(one) != pytest.approx(remembered(other), abs=1e-3)


def test_the_failing_fridge_passes_eight_degrees_one_to_two_days_before_now():
    world = World.warmed(at("failing_fridge"), NOW - 4 * DAY_S)
    fridge = world.facilities["fridge-1"]
    warm: list[float] = []
    world.play(NOW, lambda name, when: warm.append(when) if name == "fridge-1" and fridge.cabinet.food > 8 else None)  # type: ignore[attr-defined]

    assert 1.0 < (NOW - warm[0]) / DAY_S < 2.0
    assert (fridge.values["cabinet_temperature"] or 0) > 12


def test_a_fault_of_the_past_is_over_when_it_was_repaired():
    begun = at("healthy", Turn(NOW - 3600, "outlets-1", "trip"), Turn(NOW - 1800, "outlets-1", None))
    world = World.warmed(begun, NOW - 1810)

    assert world.read("outlets-1", "breaker_tripped") == 1
    world.play(NOW)
    assert world.read("outlets-1", "breaker_tripped") == 0


def test_a_fault_from_before_the_warm_up_still_holds():
    world = World.warmed(at("healthy", Turn(NOW - 20 * DAY_S, "outlets-1", "trip")), NOW)

    assert world.read("outlets-1", "breaker_tripped") == 1
    assert world.read("outlets-1", "voltage.1") is None


def test_breaking_and_healing_now():
    world = World.warmed(at("healthy"), NOW)

    turn = world.turn("outlets-1", "trip")
    world.play(NOW + 2)
    assert turn == Turn(NOW, "outlets-1", "trip")
    assert world.read("outlets-1", "voltage.2") is None
    world.turn("outlets-1", None)
    world.play(NOW + 4)
    assert (world.read("outlets-1", "voltage.2") or 0) > 200


def test_a_turn_keeps_its_size():
    world = World(at("healthy"), NOW)

    assert world.turn("mains", "low", 0.25) == Turn(NOW, "mains", "low", 0.25)
    assert world.turn("fridge-1", "seal", 0.75).size == world.facilities["fridge-1"].size == 0.75


def test_a_power_cut_silences_every_meter():
    world = World.warmed(at("healthy"), NOW)
    world.turn("mains", "cut")
    world.play(NOW + 35)

    assert [world.read(name, "voltage") for name in ("fridge-1", "microwave-1", "drinking_water-1")] == [None] * 3
    assert world.read("room-1", "room_temperature") is not None


def test_someone_unexpected_heats_a_meal_and_passes_the_beams():
    world = World.warmed(at("healthy"), NOW)
    world.visit(Visit(NOW + 1, NOW + 300, meal_s=60))
    world.look("entrance-1", NOW + 1.1)
    assert (world.read("entrance-1", "beam_a"), world.read("entrance-1", "beam_b")) == (1, 0)
    world.look("entrance-1", NOW + 1.3)
    assert (world.read("entrance-1", "beam_a"), world.read("entrance-1", "beam_b")) == (1, 1)

    world.play(NOW + 90)
    assert (world.read("microwave-1", "power") or 0) > 1200


def test_one_channel_wired_to_three_facilities_has_one_truth():
    world = World.warmed(at("healthy"), NOW)

    felt = {world.read(name, "room_temperature") for name in ("fridge-1", "air_conditioner-1", "room-1")}
    assert len(felt) == 1
