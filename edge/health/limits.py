"""Thresholds with a name, a default, a unit and a source; a facility may differ in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar, cast

Value = float | bool | str
T = TypeVar("T", float, bool)
L = TypeVar("L", bound="Limits")

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


class BadOption(ValueError):
    """An option that the kind does not have, or whose value is of another type."""


@dataclass(frozen=True, slots=True)
class Option:
    """A threshold as settings and pages know it. `unit` is empty for a switch or a share."""

    default: float | bool
    unit: str
    source: str


def option(default: T, unit: str, source: str) -> T:
    """Declare a threshold in a Limits class."""
    return field(default=default, metadata={"unit": unit, "source": source})


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds every kind has."""

    silent_after: float = option(90.0, "s", "health.md SV1: 3 × 30 s; never less than 3 × the channel's usual interval")
    silent_fault: float = option(
        10.0, "min", "own default: a channel silent this long while the agent listens is a sensor fault"
    )
    bridge: float = option(15.0, "min", "own default: evidence from before a hole counts on after one this short")
    reject_share: float = option(0.2, "", "health.md SV4: more than 20 % rejected in 15 min")
    recover_share: float = option(0.02, "", "health.md SV4: less than 2 % rejected for 15 min")
    stuck_after: float = option(3.0, "h", "health.md SV3: 3 h for digital probes with 0.1 K steps")
    stuck_range: float = option(0.05, "K", "health.md SV3")
    stuck_clear: float = option(0.2, "K", "health.md SV3")
    stuck_alone: float = option(
        8.0, "h", "own default where no meter says what runs: real cold stores show one temperature for up to 4.5 h"
    )
    stuck_ever: float = option(
        24.0,
        "h",
        "own default: whatever the appliance does, no thermometer shows one temperature for a night and a day",
    )
    stale_after: float = option(2.0, "h", "health.md SV2: open-fdd SV-STALE; all that a meter on a live line says")
    stale_coarse: float = option(
        0.5, "V", "own default: a meter whose voltage was never seen to move by less is coarse"
    )
    stale_coarse_after: float = option(12.0, "h", "own default: a coarse meter may honestly repeat itself for a night")
    slew: float = option(15.0, "K/h", "health.md SV6: a closed fridge with its compressor on cannot warm faster")
    slew_after: float = option(10.0, "min", "health.md SV6: persistence")
    drift: float = option(1.5, "K", "health.md SV7: suspect")
    drift_most: float = option(
        2.5, "K", "own default: from here, and the days it takes to see it, a cold fridge would read as a warm one"
    )
    drift_days: float = option(
        3.0, "d", "health.md SV7 takes the median of 7; a probe that drifts by 3 K a week is 3 K wrong by then"
    )
    meter_share: float = option(0.15, "", "health.md SV8: P against V · I · PF")
    meter_least: float = option(15.0, "W", "own default: of less, rounding is too large a part")
    meter_after: float = option(10.0, "min", "own default: while a load settles a meter may contradict itself")
    meter_again: float = option(1.0, "h", "health.md SV8 exit: consistent")
    energy_share: float = option(0.1, "", "health.md SV8: what is counted against what was measured, a day")
    energy_least: float = option(100.0, "Wh", "own default: of less in a day, rounding is too large a part")
    misplaced_within: float = option(1.0, "K", "health.md SV10: a probe so near to the room's temperature")
    misplaced_apart: float = option(5.0, "K", "health.md SV10 exit")
    misplaced_after: float = option(6.0, "h", "health.md SV10")
    misplaced_sudden: float = option(
        60.0, "min", "own default: no fridge gets from 5 K apart to the room's temperature so fast; a probe does"
    )
    misplaced_doubt: float = option(30.0, "min", "own default: where it got there as fast as that, instead of the 6 h")
    misplaced_room: float = option(10.0, "℃", "own default: in a colder room a fridge may be as cold as the room")
    proof_every: float = option(6.0, "h", "own default: the same proof is said again after this time")


def options_of(limits: type[Limits]) -> Mapping[str, Option]:
    """The declared thresholds of a kind by name."""
    return {
        declared.name: Option(
            cast("float | bool", declared.default), declared.metadata["unit"], declared.metadata["source"]
        )
        for declared in fields(limits)
    }


def limits_of(limits: type[L], given: Mapping[str, Value]) -> L:
    """The thresholds of one facility: the defaults, and what its settings say. Raises BadOption, naming the key."""
    known = options_of(limits)
    chosen: dict[str, float | bool] = {}
    for name, value in given.items():
        if name not in known:
            raise BadOption(f"{name!r} is not an option here; there are {', '.join(known)}")
        if isinstance(value, str) or isinstance(value, bool) is not isinstance(known[name].default, bool):
            raise BadOption(f"{name} = {value!r}: expected {type(known[name].default).__name__}")
        chosen[name] = value if isinstance(value, bool) else float(value)
    return limits(**chosen)


def seconds(limits: Limits, name: str | None) -> float:
    """A duration option in seconds; none is no delay."""
    if name is None:
        return 0.0
    return float(getattr(limits, name)) * SECONDS[options_of(type(limits))[name].unit]
