"""What is remembered of a microwave: activations, full power, how it was before, standby (health.md A3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.limits import Limits, option
from edge.health.rhythm import Rhythm
from edge.health.rule import Mode, Unmoved
from edge.health.senses.oven_power import FullPower
from edge.health.standby import Standby
from edge.health.station import LIVE_V, Station

ENDS_S = 3.0
"""A pause of bursts shorter than this does not end an activation."""
REMEMBERED = 20
LEARNED_FROM = 3
"""Peaks needed before full power counts as learned."""
FINE_S = 10.0
"""Samples further apart blur an activation: a mean of one minute tells nothing of its peak."""
HEATS_W = 300.0
"""Input above this is the magnetron's, not a fan's and a lamp's."""


@dataclass(frozen=True, slots=True)
class MicrowaveLimits(Limits):
    """Thresholds of a microwave."""

    full_power: float = option(0.0, "W", "nameplate input; 0: learned from use (health.md MW1)")
    runs_power: float = option(
        30.0, "W", "health.md MW2 says 15 W; 30 W keeps the lamp of an open door (15–25 W) from counting as use"
    )
    use_least: float = option(20.0, "s", "health.md MW1, MW2")
    proof_share: float = option(0.85, "", "health.md MW1")
    cold_share: float = option(0.5, "", "health.md MW2")
    cold_most: float = option(
        300.0, "W", "own default: fan, lamp and turntable draw less; an inverter oven on a low setting draws more"
    )
    cold_uses: float = option(3.0, "", "health.md MW2")
    proof_lasts: float = option(14.0, "d", "health.md MW1, MW6")
    over_share: float = option(1.25, "", "health.md MW3")
    over_after: float = option(3.0, "s", "health.md MW3")
    trip_power: float = option(500.0, "W", "health.md MW3")
    trip_after: float = option(2.0, "min", "health.md MW3")
    trip_doubt: float = option(20.0, "s", "own default: standby is back within seconds of a use")
    faded_share: float = option(0.85, "", "health.md MW4")
    into_water: float = option(
        0.6, "", "own default: typical share of the input; health.md A3: it differs by 30 % between ovens"
    )
    litre_least: float = option(6.9, "K", "health.md A3: a litre in a minute, 800 W oven")
    sound_share: float = option(0.9, "", "health.md MW4 exit")
    faded_uses: float = option(6.0, "", "health.md MW4: the median of the last ten, that is six of them")
    feeble_uses: float = option(3.0, "", "own default: as MW2, uses in a row")
    faded_doubt: float = option(2.0, "", "own default: so many uses in a row make it doubtful")
    standby: float = option(0.2, "W", "health.md MW5")
    standby_gone: float = option(30.0, "min", "own default; health.md MW5 says 24 h, a visit lies before that")
    standby_doubt: float = option(5.0, "min", "own default: a standby that never pauses is missed at once")
    standby_pauses: float = option(3.0, "", "own default: times the longest pause that it makes by itself")
    uses_missed: float = option(
        6.0, "", "own default: of one without a standby; by chance there are none where six are usual in 0.25 %"
    )
    relay_after: float = option(1.0, "min", "own default: as long as a restart of the relay takes")
    answer_due: float = option(30.0, "min", "as health.md AC6: the head is asked to look within 30 min")
    test_due: float = option(24.0, "h", "own default: nothing is wrong yet, so a cup of water has a day")
    proof_every: float = option(1.0, "h", "own default: use is rare, each hour of it is worth a proof")


@dataclass(slots=True)
class MicrowaveSense(Unmoved):
    """Power in W, moments in epoch seconds."""

    at: float = 0.0
    power: float | None = None
    power_at: float | None = None
    voltage: float | None = None
    relay: float | None = None
    relay_off_at: float | None = None
    open: bool = True
    full: float = 0.0
    """Learned or nameplate input at full power; 0: not known."""
    peaks: list[float] = field(default_factory=list)
    began: float | None = None
    """When the activation in progress began."""
    used_s: float = 0.0
    below_since: float | None = None
    peak: float = 0.0
    blurred: bool = False
    activations: int = 0
    cold_uses: int = 0
    cold_since: float | None = None
    """When the first of the cold activations in a row began."""
    input: FullPower = field(default_factory=FullPower)
    proved_at: float | None = None
    proved_peak: float = 0.0
    """Peak and length of the last full activation."""
    proved_s: float = 0.0
    standby: Standby = field(default_factory=Standby)
    rhythm: Rhythm = field(default_factory=Rhythm)
    dropped_at: float | None = None
    """When the power fell from cooking to nothing at all, standby included; None once it answers."""
    cooking_w: float = 0.0
    """The last power above the tripping one, if the last sample was."""
    energised_at: float | None = None
    watched_since: float | None = None
    """When its power was first seen."""
    heated_at: float | None = None
    """When a use last drew what only a magnetron draws, whether full power was known by then or not."""

    @property
    def last_heated(self) -> float | None:
        """When it was last seen to draw what heats, proved or not; None: never."""
        seen = [at for at in (self.proved_at, self.heated_at) if at is not None]
        return max(seen, default=None)

    @property
    def moves(self) -> int:
        """Activations."""
        return self.activations

    def step(self, at: float, seen: Mapping[str, float], limits: MicrowaveLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        self.open = station.is_open(at)
        voltage = seen.get("voltage")
        if voltage is not None:
            self.voltage = voltage
            if voltage >= LIVE_V:
                self.energised_at = at
        relay = seen.get("relay_on")
        if relay is not None:
            self.relay = relay
            self.relay_off_at = None if relay >= 0.5 else self.relay_off_at or at
        power = seen.get("power")
        if power is not None:
            self._draw(at, power, limits)

    def hole(self, quantity: str) -> None:
        """An activation that was not seen to end proves nothing."""
        if quantity == "power":
            self.power_at = self.began = self.below_since = None
            self.used_s = self.peak = self.cooking_w = 0.0

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def _draw(self, at: float, power: float, limits: MicrowaveLimits) -> None:
        if limits.full_power:
            self.full = limits.full_power
        if self.watched_since is None:
            self.watched_since = at
        passed = 0.0 if self.power_at is None else at - self.power_at
        self._trip(at, power, limits)
        shows = power >= limits.standby
        if shows:
            self.standby.drew()
        elif self.voltage is not None and self.voltage >= LIVE_V:
            self.standby.drew_nothing(at, passed)
        if power >= limits.runs_power:
            self._use(at, power, passed, limits)
        else:
            if self.open:
                self.rhythm.passed(at, passed)
            if self.began is not None:
                if self.below_since is None:
                    self.below_since = at
                if at - self.below_since >= ENDS_S or passed > ENDS_S:
                    self._end(limits)
            elif self.dropped_at is None:
                if shows:
                    self.energised_at = at
                self.standby.rested(passed, power, limits.standby)
        self.power, self.power_at = power, at

    def _use(self, at: float, power: float, passed: float, limits: MicrowaveLimits) -> None:
        if self.began is None:
            self.began, self.used_s, self.peak, self.blurred = at, 0.0, 0.0, False
            self.input.begin()
            if self.open:
                self.rhythm.used(at)
        else:
            self.used_s += passed
            self.blurred |= passed > FINE_S
        self.below_since = None
        self.energised_at = at
        self.peak = max(self.peak, power)
        self.input.draw(power, passed)
        if self.full and self.peak >= limits.proof_share * self.full and self.used_s >= limits.use_least:
            self._prove(at)

    def _prove(self, at: float) -> None:
        self.proved_at, self.proved_peak, self.proved_s = at, self.peak, self.used_s
        self.cold_uses, self.cold_since = 0, None

    def _end(self, limits: MicrowaveLimits) -> None:
        began, self.began, self.below_since = self.began, None, None
        if self.used_s + ENDS_S < limits.use_least:
            return
        self.activations += 1
        if self.peak >= HEATS_W:
            self.heated_at = self.at
            self._learn(limits)
        if self.blurred:
            return
        if self.peak >= HEATS_W and not (self.full and self.peak > limits.over_share * self.full):
            self.input.end(began or self.at, self.voltage, limits.sound_share)
        if self.full and self.peak < min(limits.cold_share * self.full, limits.cold_most):
            self.cold_since = self.cold_since or began
            self.cold_uses += 1
        elif self.full and self.peak >= limits.cold_share * self.full:
            self.cold_uses, self.cold_since = 0, None

    def _learn(self, limits: MicrowaveLimits) -> None:
        """The second highest of the last peaks: one inrush does not set it, low settings do not lower it."""
        self.peaks.append(round(self.peak, 1))
        del self.peaks[:-REMEMBERED]
        if not limits.full_power and len(self.peaks) >= LEARNED_FROM:
            self.full = max(self.full, sorted(self.peaks)[-2])

    def _trip(self, at: float, power: float, limits: MicrowaveLimits) -> None:
        if power > limits.trip_power:
            self.cooking_w, self.dropped_at = power, None
        elif power >= limits.standby:
            self.cooking_w, self.dropped_at = 0.0, None
        elif self.cooking_w and (self.standby.sure or 0 < limits.over_share * self.full < self.cooking_w):
            self.dropped_at = at
            self.cooking_w = 0.0
        if self.voltage is not None and self.voltage < 50 and self.cooking_w:
            self.dropped_at, self.cooking_w = at, 0.0
