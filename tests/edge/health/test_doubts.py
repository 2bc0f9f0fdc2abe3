"""Microwave and air conditioner in all their troubles, stopped and started anywhere: the same is said."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from edge.health.judge import FacilitySettings
from edge.health.verdict import Change
from edge.sampling import Sample
from shared.opening import Opening
from shared.states import State
from tests.edge.play import HOUR, START, Signal, places, played, ramp, told, wave

OVEN, UNIT = "microwave-1", "air_conditioner-1"
AC = ["power", "voltage", "room_temperature", "supply_temperature", "room_humidity", "relay_on"]
STATION = [
    FacilitySettings(OVEN, "microwave", {"full_power": 1350.0}, frozenset({"power", "voltage", "relay_on"})),
    FacilitySettings(UNIT, "air_conditioner", {}, frozenset(AC)),
]
HOURS = Opening(start="09:00", end="17:00")

OVENS: dict[str, dict[str, Signal]] = {
    "rest": {"power": 1.5, "voltage": 225.0},
    "heats": {"power": wave(1350, 1.5, 120, 1080), "voltage": 225.0},
    "bursts": {"power": wave(1350, 60, 120, 60), "voltage": 225.0},
    "cold": {"power": wave(90, 1.5, 120, 1080), "voltage": 225.0},
    "faded": {"power": wave(900, 1.5, 120, 1080), "voltage": 225.0},
    "gone": {"power": 0.0, "voltage": 225.0},
    "relay": {"power": 0.0, "voltage": 225.0, "relay_on": 0.0},
}


def _air(watts: Signal, room: Signal, supply: Signal, humidity: float = 50.0) -> dict[str, Signal]:
    return {
        "power": watts,
        "voltage": 225.0,
        "room_temperature": room,
        "supply_temperature": supply,
        "room_humidity": humidity,
        "relay_on": 1.0,
    }


UNITS: dict[str, dict[str, Signal]] = {
    "rest": _air(2.2, 25.0, 25.0),
    "cycles": _air(wave(900, 2.2, 900, 1500), wave(26.5, 25.5, 900, 1500), wave(15, 25.5, 900, 1500)),
    "hot": _air(2.2, 31.0, 31.0),
    "late": _air(2.2, 28.0, 28.0),
    "fan": _air(24.0, 26.0, 26.0),
    "weak": _air(900.0, 27.0, 21.5),
    "damp": _air(900.0, 27.0, 21.5, 85.0),
    "idle air": _air(900.0, 29.0, 27.5),
    "probe": _air(900.0, ramp(28, -3), ramp(28, -3)),
    "short": _air(wave(900, 2.2, 200, 200), 26.0, 16.0),
    "gone": _air(0.0, 25.0, 25.0),
}


def _stream(seed: int) -> list[Sample]:
    """A long rest and some use that teach what is usual; then passages of all that makes doubt."""
    chance = random.Random(seed)
    passages = [(13 * HOUR, "rest", "rest"), (4 * HOUR, "heats", "cycles")]
    passages += [
        (chance.choice([900.0, HOUR, 2 * HOUR]), chance.choice([*OVENS]), chance.choice([*UNITS]))
        for _ in range(chance.randint(3, 6))
    ]
    samples: list[Sample] = []
    now = START
    for lasting, oven, unit in passages:
        skipped = chance.choice([None, None, None, "power", "voltage", "supply_temperature", "room_temperature"])
        often = 60 if oven in ("rest", "gone", "relay") else 10
        parts = [*played(OVEN, now, lasting, OVENS[oven], often), *played(UNIT, now, lasting, UNITS[unit], 60)]
        samples += sorted((one for one in parts if one.quantity != skipped), key=lambda sample: sample.at)
        now += lasting + chance.choice([0.0, 0.0, 120.0, HOUR])
    return samples


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    cuts=st.lists(st.floats(0, 1), max_size=6),
    answer=st.tuples(st.floats(0, 1), st.sampled_from([OVEN, UNIT]), st.sampled_from(["yes", "no"])),
)
def test_a_restart_at_any_sample_changes_no_doubt(seed: int, cuts: list[float], answer: tuple[float, str, str]) -> None:
    samples = _stream(seed)
    answers = {int(answer[0] * (len(samples) - 1)): answer[1:]}
    assert told(STATION, samples, places(samples, cuts), HOURS, answers) == told(STATION, samples, (), HOURS, answers)


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_a_yes_never_makes_anything_better(seed: int) -> None:
    """Whoever says yes, all spells are what they were without."""
    samples = _stream(seed)
    place = random.Random(seed).randrange(len(samples))
    changes = [one for one in told(STATION, samples, (), HOURS) if isinstance(one, Change)]
    asked = told(STATION, samples, (), HOURS, {place: (OVEN, "yes")})
    assert [one for one in asked if isinstance(one, Change)] == changes
    assert any(one.verdict.state is State.UNKNOWN for one in changes)
