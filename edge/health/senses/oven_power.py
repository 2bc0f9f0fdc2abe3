"""What a microwave draws at full power: how it was when it came, how it is now (health.md MW4)."""

from dataclasses import dataclass, field
from statistics import median

USUAL_V = 220.0
LOW_V, HIGH_V = 198.0, 235.4
"""Outside this band a reading tells more of the supply than of the oven."""
LEAST_S = 6.0
TOP_SHARE = 0.8
"""Samples above this share of the highest are full power: heating up and the pauses of low settings are not."""
BASE = 10
"""Uses of which the baseline is taken; the last so many are compared with it."""
EVEN_SHARE = 0.1
"""Half the range, of the median; real ones with a transformer: 4 %. An inverter oven on low settings draws less."""
SOUND = 2
"""So many sound uses in a row: who can draw full power has not faded, what was before is forgotten."""


@dataclass(slots=True)
class FullPower:
    """Watts corrected to 220 V in proportion: a transformer draws more than that with the voltage, an inverter less."""

    top_w: float = 0.0
    """Mean of what is full power in the use going on."""
    top_s: float = 0.0
    base: list[float] = field(default_factory=list)
    """The first readings of this oven."""
    baseline: float | None = None
    """What it drew when it came; None until ten uses were seen, and where no two settings draw the same."""
    recent: list[list[float]] = field(default_factory=list)
    """The last ones: watts, and when the use began."""

    @property
    def spread(self) -> float | None:
        """Half the range of its first readings."""
        return (max(self.base) - min(self.base)) / 2 if len(self.base) >= BASE else None

    @property
    def now(self) -> float | None:
        """What it drew lately."""
        return median(watts for watts, _ in self.recent) if self.recent else None

    def below(self, watts: float) -> list[float]:
        """When those of the last uses began that drew less."""
        return [began for reading, began in self.recent if reading < watts]

    def row_below(self, watts: float) -> list[float]:
        """The same of the uses in a row up to the last."""
        row: list[float] = []
        for reading, began in reversed(self.recent):
            if reading >= watts:
                break
            row.insert(0, began)
        return row

    def begin(self) -> None:
        """A use begins."""
        self.top_w = self.top_s = 0.0

    def draw(self, power: float, passed: float) -> None:
        """One sample of it."""
        if power > self.top_w / TOP_SHARE:
            self.top_w, self.top_s = power, 0.0
        elif power >= TOP_SHARE * self.top_w:
            self.top_s += passed
            if self.top_s:
                self.top_w += (power - self.top_w) * passed / self.top_s

    def end(self, began: float, voltage: float | None, sound: float) -> None:
        """The use that began then is over: one reading, if it was long enough and the supply was good."""
        if self.top_s < LEAST_S or (voltage is not None and not LOW_V <= voltage <= HIGH_V):
            return
        watts = round(self.top_w * USUAL_V / (voltage or USUAL_V), 1)
        if len(self.base) < BASE:
            self.base.append(watts)
            usual, spread = median(self.base), self.spread
            if spread is not None and spread <= EVEN_SHARE * usual:
                self.baseline = usual
            return
        baseline = self.baseline
        if baseline is None:
            return
        self.recent = [*self.recent, [watts, began]][-BASE:]
        if not self.below(sound * baseline) or len(self.recent) < SOUND:
            return
        if all(reading >= sound * baseline for reading, _ in self.recent[-SOUND:]):
            self.recent = self.recent[-SOUND:]
