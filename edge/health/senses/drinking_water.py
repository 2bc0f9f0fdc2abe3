"""What is remembered of a water dispenser: bursts, standby, its tank, level and leak contacts (health.md A5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.rule import Mode
from edge.health.senses.water_limits import DrinkingWaterLimits
from edge.health.station import LIVE_V, Station
from shared.states import Cause

GAPS = 12
LEARN = 0.2
"""Share of one pause or burst in what is learned."""
ENOUGH_BURSTS = 3
BLAMED_S = 3600.0
"""A rule may hold for so long after its cause is gone."""
WARM_C = 45.0
"""A tank well above any room cools when it is not heated: its probe has to move."""

__all__ = ["ENOUGH_BURSTS", "DrinkingWaterLimits", "DrinkingWaterSense"]


@dataclass(slots=True)
class DrinkingWaterSense:
    """Power in W, temperature in ℃, moments in epoch seconds."""

    at: float = 0.0
    power: float | None = None
    power_at: float | None = None
    voltage: float | None = None
    hot: float | None = None
    cold_since: float | None = None
    """Since when the tank has been too cool."""
    heating_since: float | None = None
    heated_j: float = 0.0
    heated_s: float = 0.0
    """What the heater has taken since then, and over how long."""
    heater_w: float | None = None
    """Learned power of the heater, or of the compressor of a fountain."""
    boiling_since: float | None = None
    """Since when it has been heating boiling water."""
    burst_s: float = 0.0
    """Length of the last burst that counts."""
    burst_at: float | None = None
    """When the last burst that counts ended."""
    bursts: int = 0
    gaps: list[float] = field(default_factory=list)
    quiet_s: float = 0.0
    """Observed time since the last burst."""
    gone_s: float = 0.0
    """How long it has drawn nothing at all."""
    standby_w: float | None = None
    """Learned power between bursts, from pauses that ended with a burst."""
    quiet_sum: float = 0.0
    quiet_n: int = 0
    energised_at: float | None = None
    empty: bool | None = None
    leaking: bool | None = None
    leaked: bool = False
    """It leaked, and nobody can say yet that the cause is gone."""
    turned_at: float | None = None
    """When the leak contact last turned, as far as it was watched."""
    relay_on: bool | None = None
    relay_since: float = 0.0
    blamed: str | None = None
    """Whose doing it is, once something said so, until there is hot water again."""
    blamed_at: float = 0.0
    open: bool = True

    @property
    def moves(self) -> int:
        """Bursts."""
        return self.bursts

    @property
    def must_move(self) -> bool:
        """A hot tank cools and is heated again."""
        return self.hot is not None and self.hot > WARM_C

    @property
    def still_s(self) -> float:
        """How long it has not been heated."""
        return self.quiet_s

    def step(self, at: float, seen: Mapping[str, float], limits: DrinkingWaterLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        self.open = station.is_open(at)
        power = seen.get("power")
        if power is not None:
            self._draw(at, power, limits)
        hot = seen.get("hot_water_temperature")
        if hot is not None:
            self._feel(at, hot, limits)
        if power is None or len(seen) > 1:
            self._touch(at, seen, limits)
        self._blame(limits)

    def hole(self, quantity: str) -> None:
        """What was in progress on this quantity is forgotten."""
        if quantity == "power":
            self.power_at = self.heating_since = self.boiling_since = None
            self.gone_s = 0.0
        elif quantity == "hot_water_temperature":
            self.hot = self.cold_since = self.boiling_since = None
        elif quantity == "water_low":
            self.empty = None
        elif quantity == "leak":
            self.leaking = self.turned_at = None
        elif quantity == "relay_on":
            self.relay_on = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def usual_gap_s(self) -> float | None:
        """The median observed pause between bursts."""
        gaps = sorted(self.gaps)
        return gaps[len(gaps) // 2] if len(gaps) >= ENOUGH_BURSTS else None

    def stands_by(self, limits: DrinkingWaterLimits) -> bool:
        """Whether it is known to draw something between bursts."""
        return (self.standby_w or 0.0) >= limits.standby

    def draws_nothing(self, limits: DrinkingWaterLimits) -> bool:
        """The socket is live, and it draws nothing where it used to stand by; a relay that is off is no plug."""
        if self.power is None or self.power >= limits.dead_power or (self.voltage or 0.0) < LIVE_V:
            return False
        if self.relay_on is False:
            return False
        return self.stands_by(limits)

    def off_by_schedule(self, limits: DrinkingWaterLimits) -> bool:
        """WD7: a timer cuts it while the station is closed."""
        return limits.off_when_closed and not self.open

    def _draw(self, at: float, power: float, limits: DrinkingWaterLimits) -> None:
        passed = 0.0 if self.power_at is None else at - self.power_at
        self.power, self.power_at = power, at
        if power >= limits.standby:
            self.energised_at = at
        self.gone_s = 0.0 if power >= limits.dead_power else self.gone_s + passed
        if power >= (limits.heats_power if limits.heater else limits.cools_power):
            if self.heating_since is None:
                self.heating_since, self.heated_j, self.heated_s = at, 0.0, 0.0
            else:
                self.heated_j += power * passed
                self.heated_s += passed
            return
        self.boiling_since = None
        if not self.off_by_schedule(limits):
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
        if self.heated_s > 0:
            self.heater_w = _learnt(self.heater_w, self.heated_j / self.heated_s)
        if self.quiet_n:
            self.standby_w = _learnt(self.standby_w, self.quiet_sum / self.quiet_n)
            self.quiet_sum, self.quiet_n = 0.0, 0

    def _feel(self, at: float, hot: float, limits: DrinkingWaterLimits) -> None:
        self.hot = hot
        if hot >= limits.hot_least:
            self.cold_since = None
        elif self.cold_since is None:
            self.cold_since = at
        if hot < limits.boils or self.heating_since is None:
            self.boiling_since = None
        elif self.boiling_since is None:
            self.boiling_since = at

    def _touch(self, at: float, seen: Mapping[str, float], limits: DrinkingWaterLimits) -> None:
        voltage = seen.get("voltage")
        if voltage is not None:
            self.voltage = voltage
            if voltage >= LIVE_V:
                self.energised_at = at
        empty = seen.get("water_low")
        if empty is not None:
            self.empty = empty >= 0.5
        leak = seen.get("leak")
        if leak is not None:
            if self.leaking is not (leak >= 0.5) or self.turned_at is None:
                self.leaking, self.turned_at = leak >= 0.5, at
            self.leaked = self._leaked(at - self.turned_at, limits)
        relay = seen.get("relay_on")
        if relay is not None and self.relay_on is not (relay >= 0.5):
            self.relay_on, self.relay_since = relay >= 0.5, at

    def _leaked(self, lasted: float, limits: DrinkingWaterLimits) -> bool:
        if self.leaking:
            return self.leaked or lasted >= limits.leak_after
        return self.leaked and lasted < limits.reset_after * 3600

    def _blame(self, limits: DrinkingWaterLimits) -> None:
        """Whose doing is remembered until it works again: a plug put back in is no fault of the device."""
        blamed = None
        if self.relay_on is False:
            blamed = Cause.MONITOR_INDUCED
        elif self.draws_nothing(limits):
            blamed = Cause.USER_ACTION
        elif self.empty:
            blamed = Cause.CONSUMABLE
        if blamed is not None:
            self.blamed, self.blamed_at = blamed, self.at
        elif self.blamed and self.at - self.blamed_at > BLAMED_S and (self.hot is None or self.hot >= limits.hot_clear):
            self.blamed = None


def _learnt(before: float | None, value: float) -> float:
    return value if before is None else before + LEARN * (value - before)
