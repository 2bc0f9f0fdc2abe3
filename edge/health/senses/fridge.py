"""What is remembered of a fridge: food temperature, compressor phases, learned power, door, defrost (health.md A2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.cycle import Cycle
from edge.health.limits import Limits, option
from edge.health.rule import Mode
from edge.health.station import LIVE_V, Station

NOTHING_YET_W = 80.0
"""A small compressor's power, before this one's is learned."""
MARK_S = 600.0
MARKS = 7
"""The slope is taken over one hour of marks ten minutes apart."""
COMPRESSOR_W = (40.0, 250.0)
LEARN = 0.01
"""Share of a running sample in the learned power."""
DOOR_S = 3 * 3600.0
"""Time over which the share of an open door is taken, as that of the compressor's running."""
LEARN_REST = 0.2
"""Share of a whole rest in the learned resting power."""


@dataclass(frozen=True, slots=True)
class FridgeLimits(Limits):
    """Thresholds of a fridge."""

    legal_limit: float = option(8.0, "℃", "health.md A2 limits: food ≤ 8 ℃ by law (UK; GB 31654-2021 chilled 0–8 ℃)")
    legal_clear: float = option(7.0, "℃", "health.md FR1 exit")
    hot_limit: float = option(12.0, "℃", "health.md FR2")
    target: float = option(5.0, "℃", "health.md A2: practice ≤ 5 ℃; FR4")
    frozen_limit: float = option(-1.0, "℃", "health.md FR7")
    frozen_clear: float = option(0.5, "℃", "health.md FR7 exit")
    food_time: float = option(20.0, "min", "health.md A2: time constant of the stand-in for food")
    warm_after: float = option(60.0, "min", "health.md FR1")
    warm_clear: float = option(30.0, "min", "health.md FR1 exit")
    not_cold_after: float = option(4.0, "h", "health.md FR2: single period < 4 h tolerated on display")
    hot_after: float = option(60.0, "min", "health.md FR2")
    cold_clear: float = option(60.0, "min", "health.md FR2 exit")
    frozen_after: float = option(60.0, "min", "health.md FR7")
    frozen_clear_after: float = option(30.0, "min", "health.md FR7 exit")
    idle_share: float = option(0.3, "", "health.md FR3: share of the learned compressor power that counts as running")
    idle_power: float = option(15.0, "W", "health.md FR3")
    rest_allowed: float = option(
        60.0, "min", "own default: a rest becomes a symptom after this, or twice the usual rest"
    )
    no_cooling_after: float = option(3.0, "h", "health.md FR3: 4 h in all, the allowed rest included")
    rising: float = option(0.3, "K/h", "health.md FR3")
    run_on_duty: float = option(0.95, "", "health.md FR4: over 3 h")
    run_on_clear: float = option(0.90, "", "health.md FR4 exit")
    run_alone: float = option(
        6.0, "h", "own default for a fridge without a probe: the healthy real ones run up to 3.6 h"
    )
    inverter: bool = option(False, "", "health.md FR4: inverter models may run all day")
    short_starts: float = option(6.0, "", "health.md FR5: starts in 60 min")
    short_run: float = option(120.0, "s", "health.md FR5")
    dead_power: float = option(0.5, "W", "health.md FR6")
    dead_after: float = option(2.0, "h", "health.md FR6")
    door_allowed: float = option(2.0, "min", "health.md FR1: open longer is not counted")
    door_most: float = option(60.0, "min", "own default: a door open longer than this is counted again")
    door_ajar: float = option(5.0, "min", "health.md FR8")
    defrost_low: float = option(250.0, "W", "health.md FR9")
    defrost_high: float = option(700.0, "W", "health.md FR9")
    defrost_least: float = option(5.0, "min", "health.md FR9")
    defrost_most: float = option(45.0, "min", "health.md FR9")
    defrost_mask: float = option(60.0, "min", "health.md FR9")
    recovery: float = option(3.0, "h", "health.md B4: recovery after power returns is masked")
    off_when_closed: bool = option(False, "", "health.md A2: some stations cut equipment power at night")


@dataclass(slots=True)
class FridgeSense:
    """Temperatures in ℃, power in W, moments in epoch seconds."""

    at: float = 0.0
    power: float | None = None
    temperature: float | None = None
    temperature_at: float | None = None
    food: float | None = None
    """Smoothed cabinet temperature, the stand-in for food."""
    marks: list[list[float]] = field(default_factory=list)
    slope: float | None = None
    """K/h of `food` over the last hour."""
    compressor: Cycle = field(default_factory=Cycle)
    compressor_w: float = 0.0
    """Learned power while running; 0: not yet."""
    rest_w: float | None = None
    """Learned power while resting, from rests that ended by themselves."""
    rest_sum: float = 0.0
    rest_n: int = 0
    short_runs: int = 0
    """Runs in a row too short to cool."""
    defrost_since: float | None = None
    masked_until: float = 0.0
    recovering_until: float = 0.0
    voltage: float | None = None
    dead_at: float | None = None
    """When its own line was last seen without voltage."""
    door_since: float | None = None
    door_at: float | None = None
    """When its contact last spoke."""
    door_share: float = 0.0
    """Share of the last hours in which it was open."""
    cold_since: float | None = None
    open: bool = True
    must_move: bool = True
    """A cold probe moves with the compressor; a warm one may have reached the room's temperature."""

    @property
    def moves(self) -> int:
        """Compressor starts and stops."""
        return self.compressor.moves

    @property
    def still_s(self) -> float:
        """How long the compressor has rested."""
        return self.compressor.rest_s

    def step(self, at: float, seen: Mapping[str, float], limits: FridgeLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        self.open = station.is_open(at)
        power = seen.get("power")
        if power is not None:
            self._run(at, power, limits)
        temperature = seen.get("cabinet_temperature")
        if temperature is not None:
            self._feel(at, temperature, limits)
        if len(seen) > 2 or power is None or temperature is None:
            self._rest(at, seen, limits)
        if station.returned_at is not None:
            self.recovering_until = station.returned_at + limits.recovery * 3600

    def hole(self, quantity: str) -> None:
        """What was in progress on this quantity is forgotten."""
        if quantity == "power":
            self.compressor.hole()
            self.rest_sum, self.rest_n = 0.0, 0
            self.defrost_since = None
        elif quantity == "cabinet_temperature":
            self.temperature_at = self.slope = self.cold_since = None
            self.marks = []
        elif quantity == "door_open":
            self.door_since = self.door_at = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def usual_rest_s(self) -> float | None:
        """The median of the rests seen whole."""
        rests = sorted(self.compressor.rests)
        return rests[len(rests) // 2] if rests else None

    def _run(self, at: float, power: float, limits: FridgeLimits) -> None:
        cycle = self.compressor
        was_on, was_s, was_whole = cycle.on, cycle.phase_s, cycle.whole
        on = power >= max(limits.idle_power, limits.idle_share * (self.compressor_w or NOTHING_YET_W))
        cycle.step(at, on)
        self.power = power
        if on:
            if self.rest_n:
                mean = self.rest_sum / self.rest_n
                self.rest_w = mean if self.rest_w is None else self.rest_w + LEARN_REST * (mean - self.rest_w)
                self.rest_sum, self.rest_n = 0.0, 0
            if COMPRESSOR_W[0] <= power < COMPRESSOR_W[1]:
                self.compressor_w += (power - self.compressor_w) * (LEARN if self.compressor_w else 1.0)
            if power >= limits.defrost_low:
                self._defrost(at, power, limits)
                return
        else:
            self.rest_sum += power
            self.rest_n += 1
            if was_on and was_whole:
                self.short_runs = self.short_runs + 1 if was_s <= limits.short_run else 0
        self.defrost_since = None

    def _defrost(self, at: float, power: float, limits: FridgeLimits) -> None:
        if power > limits.defrost_high:
            self.defrost_since = None
            return
        if self.defrost_since is None:
            self.defrost_since = at
        lasted = at - self.defrost_since
        if limits.defrost_least * 60 <= lasted <= limits.defrost_most * 60:
            self.masked_until = at + limits.defrost_mask * 60

    def _feel(self, at: float, temperature: float, limits: FridgeLimits) -> None:
        self.temperature = temperature
        if self.food is None or self.temperature_at is None:
            self.food = temperature
        else:
            passed = at - self.temperature_at
            self.food += (temperature - self.food) * passed / (limits.food_time * 60 + passed)
        self.temperature_at = at
        self.must_move = self.food <= limits.legal_limit
        marks = self.marks
        if not marks or at - marks[-1][0] >= MARK_S:
            marks.append([at, self.food])
            del marks[:-MARKS]
            span = at - marks[0][0]
            self.slope = (self.food - marks[0][1]) / span * 3600 if span >= 3 * MARK_S else None
        if self.food > limits.legal_limit:
            self.cold_since = None
        elif self.cold_since is None:
            self.cold_since = at

    def _rest(self, at: float, seen: Mapping[str, float], limits: FridgeLimits) -> None:
        voltage = seen.get("voltage")
        if voltage is not None:
            if self.voltage is not None and self.voltage < LIVE_V <= voltage:
                self.recovering_until = at + limits.recovery * 3600
            self.voltage = voltage
        door = seen.get("door_open")
        if door is not None:
            passed = 0.0 if self.door_at is None else at - self.door_at
            self.door_share += ((self.door_since is not None) - self.door_share) * passed / (DOOR_S + passed)
            self.door_at = at
            self.door_since = (self.door_since or at) if door >= 0.5 else None
