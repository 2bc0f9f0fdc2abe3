"""What is remembered of a water dispenser: heating bursts, standby, level and leak contacts (health.md A5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.limits import Limits, option
from edge.health.rule import Mode, Unmoved
from edge.health.station import Station

GAPS = 12
LEARN = 0.2
"""Share of one pause in the learned standby."""
ENOUGH_BURSTS = 3


@dataclass(frozen=True, slots=True)
class DrinkingWaterLimits(Limits):
    """Thresholds of a water dispenser."""

    heater: bool = option(
        True, "", "the nameplate: false for a fountain that only cools; then its compressor shows that it works"
    )
    cools_power: float = option(60.0, "W", "health.md A5: compressor cooling 75–150 W; a fountain without a heater")
    cools_most: float = option(60.0, "min", "own default: the longest pull-down that counts as one burst")
    heats_power: float = option(300.0, "W", "health.md WD1")
    burst_least: float = option(0.5, "min", "health.md WD1")
    burst_most: float = option(15.0, "min", "health.md WD1")
    hot_enough: float = option(80.0, "℃", "health.md WD1")
    standby: float = option(0.5, "W", "health.md WD2")
    no_heat_symptom: float = option(
        4.0, "h", "own default: a pause is a symptom from here, or from 3 × the usual pause"
    )
    no_heat_after: float = option(20.0, "h", "health.md WD2: 24 h in all, the 4 h before the symptom included")
    stuck_on: float = option(30.0, "min", "health.md WD3")
    stuck_off: float = option(10.0, "min", "health.md WD3 exit")
    dead_power: float = option(0.2, "W", "health.md WD4")
    dead_after: float = option(2.0, "h", "health.md WD4: in service")
    empty_after: float = option(10.0, "min", "health.md WD5")
    leak_after: float = option(30.0, "s", "health.md WD6")
    dry_after: float = option(10.0, "min", "own default: dry for this long before the leak counts as over")


@dataclass(slots=True)
class DrinkingWaterSense(Unmoved):
    """Power in W, temperature in ℃, moments in epoch seconds."""

    at: float = 0.0
    power: float | None = None
    power_at: float | None = None
    voltage: float | None = None
    hot: float | None = None
    heating_since: float | None = None
    burst_s: float = 0.0
    """Length of the last burst that counts."""
    burst_at: float | None = None
    """When the last burst that counts ended."""
    bursts: int = 0
    gaps: list[float] = field(default_factory=list)
    quiet_s: float = 0.0
    """Observed time since the last burst."""
    standby_w: float | None = None
    """Learned power between bursts, from pauses that ended with a burst."""
    quiet_sum: float = 0.0
    quiet_n: int = 0
    energised_at: float | None = None
    empty: bool | None = None
    leaking: bool | None = None
    open: bool = True

    @property
    def moves(self) -> int:
        """Bursts."""
        return self.bursts

    def step(self, at: float, seen: Mapping[str, float], limits: DrinkingWaterLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        self.open = station.is_open(at)
        power = seen.get("power")
        if power is not None:
            self._draw(at, power, limits)
            if len(seen) == 1:
                return
        self.hot = seen.get("hot_water_temperature", self.hot)
        voltage = seen.get("voltage")
        if voltage is not None:
            self.voltage = voltage
            if voltage >= 150:
                self.energised_at = at
        empty = seen.get("water_low")
        if empty is not None:
            self.empty = empty >= 0.5
        leak = seen.get("leak")
        if leak is not None:
            self.leaking = leak >= 0.5

    def hole(self, quantity: str) -> None:
        """What was in progress on this quantity is forgotten."""
        if quantity == "power":
            self.power_at = self.heating_since = None
        elif quantity == "hot_water_temperature":
            self.hot = None
        elif quantity == "water_low":
            self.empty = None
        elif quantity == "leak":
            self.leaking = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def usual_gap_s(self) -> float | None:
        """The median observed pause between bursts."""
        gaps = sorted(self.gaps)
        return gaps[len(gaps) // 2] if len(gaps) >= ENOUGH_BURSTS else None

    def _draw(self, at: float, power: float, limits: DrinkingWaterLimits) -> None:
        passed = 0.0 if self.power_at is None else at - self.power_at
        self.power, self.power_at = power, at
        if power >= limits.standby:
            self.energised_at = at
        if power >= (limits.heats_power if limits.heater else limits.cools_power):
            if self.heating_since is None:
                self.heating_since = at
            return
        self.quiet_s += passed
        if self.heating_since is not None:
            lasted, self.heating_since = at - self.heating_since, None
            if limits.burst_least * 60 <= lasted <= (limits.burst_most if limits.heater else limits.cools_most) * 60:
                self._burst(at, lasted)
            return
        self.quiet_sum += power
        self.quiet_n += 1

    def _burst(self, at: float, lasted: float) -> None:
        if self.bursts:
            self.gaps.append(self.quiet_s)
            del self.gaps[:-GAPS]
        self.burst_at, self.burst_s, self.quiet_s = at, lasted, 0.0
        self.bursts += 1
        if self.quiet_n:
            mean = self.quiet_sum / self.quiet_n
            self.standby_w = mean if self.standby_w is None else self.standby_w + LEARN * (mean - self.standby_w)
            self.quiet_sum, self.quiet_n = 0.0, 0
