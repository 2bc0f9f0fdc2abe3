"""What is remembered of a fridge's temperature: the air that food feels, the food's core, how long it was warm.

The probe hangs in the air. `food` follows it within `food_time` (health.md A2) and is what rules on warmth look at;
`core` follows within `core_time`, as a litre of food does, and says when food itself is too warm (docs/decisions/0010).
"""

from dataclasses import dataclass, field

from edge.health.cycle import HABIT_S
from edge.health.senses.fridge_limits import FridgeLimits

MARK_S = 600.0
MARKS = 7
"""The slope is taken over one hour of marks ten minutes apart."""
JUMP_S = 300.0
BRIDGED_S = 300.0
"""The longest time between two samples that counts as felt."""
DAY_S = 86400.0


@dataclass(slots=True)
class Cabinet:
    """Temperatures in ℃, moments in epoch seconds."""

    temperature: float | None = None
    temperature_at: float | None = None
    """When it was felt; None within a hole."""
    food: float | None = None
    """Smoothed cabinet temperature: the air that food feels."""
    core: float | None = None
    """The stand-in for the food's core."""
    core_at: float = 0.0
    core_warm_since: float | None = None
    """When the core rose over the limit; None while it is under it."""
    usual: float = 0.0
    usual_s: float = 0.0
    """The air's mean while all was well, and how long it was taken over."""
    usual_at: float | None = None
    marks: list[list[float]] = field(default_factory=list)
    slope: float | None = None
    """K/h of `food` over the last hour."""
    cold_since: float | None = None
    air_warm_s: float = 0.0
    """How long the air has been over the limit without a break."""
    pieces: list[list[float]] = field(default_factory=list)
    """Warm pieces of the last 24 h, each shorter than what is a fault by itself: when they ended, seconds."""
    warm_in_day_s: float = 0.0
    low: float = 0.0
    low_at: float = 0.0
    """The coldest within the last minutes."""
    jumped_at: float = 0.0
    """When the air last jumped as it does with the door open (health.md FR8)."""

    def feel(self, at: float, temperature: float, limits: FridgeLimits, masked: bool) -> None:
        """One valid sample; `masked`: a door in use or a defrost explains that the air is warm."""
        self.temperature = temperature
        passed = 0.0 if self.temperature_at is None else at - self.temperature_at
        if self.food is None or self.temperature_at is None:
            self.food = temperature
        else:
            self.food += (temperature - self.food) * passed / (limits.food_time * 60 + passed)
        self._follow(at, temperature, limits)
        self.temperature_at = at
        self._count(at, temperature > limits.legal_limit, 0.0 if masked else passed, limits)
        self._jump(at, temperature, limits)
        if not self.marks or at - self.marks[-1][0] >= MARK_S:
            self._mark(at, self.food)
        if self.food > limits.legal_limit:
            self.cold_since = None
        elif self.cold_since is None:
            self.cold_since = at

    def learn(self, at: float) -> None:
        """All is well: the air as it is now is usual."""
        passed = 0.0 if self.usual_at is None else min(at - self.usual_at, BRIDGED_S)
        self.usual_at = at
        self.usual_s = min(HABIT_S, self.usual_s + passed)
        if self.usual_s and self.temperature is not None:
            self.usual += (self.temperature - self.usual) * passed / self.usual_s

    @property
    def usual_temperature(self) -> float | None:
        """The air's mean while all was well; None until it was felt for a day."""
        return self.usual if self.usual_s >= DAY_S else None

    def hole(self) -> None:
        """It was not felt for a while; food goes on from where it was."""
        self.temperature_at = self.slope = self.cold_since = None
        self.marks = []
        self.air_warm_s = 0.0

    def start_anew(self) -> None:
        """What was felt before was not believed, or is long ago, and nothing says that food is not as cold as ever."""
        self.core, self.core_warm_since = self.usual_temperature, None

    def _follow(self, at: float, temperature: float, limits: FridgeLimits) -> None:
        if self.core is None:
            self.core = temperature
        else:
            passed = at - self.core_at
            self.core += (temperature - self.core) * passed / (limits.core_time * 60 + passed)
        self.core_at = at
        if self.core <= limits.legal_limit:
            self.core_warm_since = None
        elif self.core_warm_since is None:
            self.core_warm_since = at

    def _mark(self, at: float, food: float) -> None:
        marks = self.marks
        marks.append([at, food])
        del marks[:-MARKS]
        span = at - marks[0][0]
        self.slope = (food - marks[0][1]) / span * 3600 if span >= 3 * MARK_S else None
        if self.pieces and at - self.pieces[0][0] > DAY_S:
            self.pieces = [piece for piece in self.pieces if at - piece[0] <= DAY_S]
            self.warm_in_day_s = sum(piece[1] for piece in self.pieces)

    def _count(self, at: float, warm: bool, passed: float, limits: FridgeLimits) -> None:
        if warm:
            self.air_warm_s += passed
        elif self.air_warm_s:
            if limits.warm_piece * 60 <= self.air_warm_s < limits.warm_after * 60:
                self.pieces.append([at, self.air_warm_s])
                self.warm_in_day_s += self.air_warm_s
            self.air_warm_s = 0.0

    def _jump(self, at: float, temperature: float, limits: FridgeLimits) -> None:
        if temperature <= self.low or at - self.low_at > JUMP_S:
            self.low, self.low_at = temperature, at
        elif temperature - self.low > limits.door_jump:
            self.jumped_at = at
