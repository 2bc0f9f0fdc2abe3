"""The air an air conditioner blows: its split to the room, and how large that was when the unit came."""

from dataclasses import dataclass, field
from math import log, sqrt

from edge.health.senses.air_conditioner_limits import AirConditionerLimits

STEP = log(1.2)
"""Powers are learned in steps of 20 %: a slow compressor's split is not that of a fast one."""
GAP = 4
"""Steps between two learned powers over which the split is taken to rise evenly."""
LEARNED_S, ENOUGH_S = 600.0, 3600.0
"""Steady running until a split counts as learned, and until it is learned no further: no fault becomes usual."""
FULL_LOAD = 0.9
AT_ONCE_S = 90.0


@dataclass(slots=True)
class Splits:
    """Learned splits of one mode, by step of power: the step, mean place on the scale of powers, mean split (K), s."""

    steps: list[list[float]] = field(default_factory=list)

    def learn(self, power: float, split: float, passed: float) -> None:
        """It ran steadily for a while."""
        place = _place(power)
        entry = next((one for one in self.steps if one[0] == round(place)), None)
        if entry is None:
            self.steps.append([float(round(place)), place, split, 0.0])
        elif passed and entry[3] < ENOUGH_S:
            entry[3] += passed
            entry[1] += (place - entry[1]) * passed / entry[3]
            entry[2] += (split - entry[2]) * passed / entry[3]

    def usual(self, power: float) -> float | None:
        """The split learned at this power, between two powers in proportion; None where it did not run like that."""
        place = _place(power)
        learned = sorted(entry[1:3] for entry in self.steps if entry[3] >= LEARNED_S)
        below = [entry for entry in learned if entry[0] <= place][-1:]
        above = [entry for entry in learned if entry[0] > place][:1]
        if below and above and above[0][0] - below[0][0] <= GAP:
            (low, split), (high, larger) = below[0], above[0]
            return split + (larger - split) * (place - low) / (high - low)
        return next((entry[1] for entry in (*below, *above) if abs(entry[0] - place) <= 1), None)

    @property
    def full(self) -> float | None:
        """The split at the highest power learned."""
        learned = [entry[1:3] for entry in self.steps if entry[3] >= LEARNED_S]
        return max(learned)[1] if learned else None


@dataclass(slots=True)
class SupplyAir:
    """What it blows now. K and epoch seconds."""

    cold_since: float | None = None
    """Since when the supply air has been far under the room's without a break, running; None: it is not."""
    warm_since: float | None = None
    """The same, far over."""
    last: float = 0.0
    last_at: float | None = None
    """The last split, running."""
    cooling: Splits = field(default_factory=Splits)
    heating: Splits = field(default_factory=Splits)
    share: float | None = None
    """Of the split that is usual at this power; None: no steady run, damp air, or part load not learned."""
    off: bool = False
    """The probe is off the vent, until it feels supply air again."""
    fell_at: float | None = None
    """When the split was gone from one sample to the next, in this run: a probe falls, a compressor fades."""

    def stop(self) -> None:
        """It does not run, or is not seen."""
        self.cold_since = self.warm_since = self.last_at = self.share = None
        self.fell_at = None

    def blow(self, at: float, split: float, limits: AirConditionerLimits) -> None:
        """One split of a running unit."""
        apart = limits.no_effect_split
        if abs(split) >= apart:
            self.fell_at = None
        elif self.last_at is not None and at - self.last_at <= AT_ONCE_S and abs(self.last) >= apart:
            self.fell_at = at if abs(split) < limits.probe_split else None
        self.last, self.last_at = split, at
        self.cold_since = (self.cold_since or at) if split >= limits.cool_split else None
        self.warm_since = (self.warm_since or at) if -split >= limits.heat_split else None

    def compare(self, power: float, full_w: float, passed: float, limits: AirConditionerLimits) -> None:
        """The last split of a steady run beside what is usual; learned too, unless it is far less."""
        split, cools = abs(self.last), self.last > 0
        splits = self.cooling if cools else self.heating
        default = limits.full_cooling if cools else limits.full_heating
        proves = limits.cool_split if cools else limits.heat_split
        load = min(1.0, power / full_w) if full_w else 1.0
        usual = splits.usual(power)
        if usual is not None:
            self.share = split / (max(usual, proves) if load >= FULL_LOAD else usual)
        elif load >= limits.weak_load:
            self.share = 1.0 if split >= proves else split / default
        else:
            self.share = None
        least = default * sqrt(load) if usual is None else usual
        if split >= limits.low_share * least:
            splits.learn(power, split, passed)


def _place(power: float) -> float:
    return log(max(power, 1.0)) / STEP
