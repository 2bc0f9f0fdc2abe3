"""What makes a healthy facility confusing: another machine, another use of it, a timer. Drawn, never judged. Pure.

The ranges are those in which the physics calls itself healthy (the docstrings of `simulators/physics`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.evaluation.chances import log_uniform


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to be healthy and look odd."""

    name: str
    simulated: Mapping[str, float] = field(default_factory=dict)
    """Options of the physics."""
    options: Mapping[str, float | bool] = field(default_factory=dict)
    """What the installer files of it; those the rules do not have are left out."""


Draw = Callable[[Random], Variant]


def _one(name: str, options: Mapping[str, float | bool] | None = None, /, **simulated: float) -> Draw:
    return lambda _rng: Variant(name, simulated, options or {})


def _between(name: str, option: str, low: float, high: float) -> Draw:
    return lambda rng: Variant(name, {option: round(rng.uniform(low, high), 2)})


VARIANTS: Mapping[str, tuple[Draw, ...]] = {
    "fridge": (
        _one("inverter", {"inverter": True}, inverter=1),
        lambda rng: Variant(
            "defrosts",
            {
                "defrosts_per_day": 2,
                "defrost_w": round(rng.uniform(300, 600)),
                "defrost_s": round(rng.uniform(600, 1800)),
                "defrost_air_w": round(rng.uniform(20, 120)),
            },
        ),
        lambda rng: Variant("door in use", {"openings": 2.5, "door_s": round(rng.uniform(15, 40))}),
        lambda rng: Variant("another compressor", {"compressor_w": round(log_uniform(rng, 60, 160))}),
        lambda rng: Variant(
            "off at night", {"night_off": 1, "compressor_w": round(rng.uniform(120, 160))}, {"off_when_closed": True}
        ),
        _one("no defrost", defrosts_per_day=0),
    ),
    "microwave": (
        lambda rng: Variant("another oven", {"full_power_w": round(rng.uniform(900, 1500))}),
        _between("low power", "low_power", 0.3, 1.0),
        _one("no standby", standby_w=0),
        _between("another output", "output_share", 0.57, 0.65),
    ),
    "air_conditioner": (
        _one("inverter", {"inverter": True}, inverter=1),
        lambda rng: Variant(
            "another set point", {"cool_to": round(rng.uniform(23, 27), 1), "heat_to": round(rng.uniform(18, 22), 1)}
        ),
        _one("no standby", standby_w=0),
    ),
    "drinking_water": (
        lambda rng: Variant("another heater", {"heater_w": round(log_uniform(rng, 600, 1500))}),
        _one("off at night", {"off_when_closed": True}, night_off=1),
        _one("no standby", standby_w=0),
    ),
    "outlets": (
        _one("small chargers", charger_w=2),
        _one("four sockets", sockets=4),
    ),
}
PLAIN = Variant("")


def draw(rng: Random, kind: str) -> Variant:
    """One of the kind's, each as likely as another."""
    return rng.choice(VARIANTS[kind])(rng)
