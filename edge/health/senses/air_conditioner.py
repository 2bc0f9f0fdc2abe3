"""What is remembered of an air conditioner: compressor phases, supply split, how the room moves (health.md A4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.cycle import Cycle
from edge.health.limits import Limits, option
from edge.health.rule import Mode
from edge.health.station import Station

MARK_S = 300.0
MARKS = 13
"""One hour of room temperatures, five minutes apart."""
APART_K = 4.0
OFF_SHARE = 0.6
"""Dead band: it stops below this share of the power from which it runs."""


@dataclass(frozen=True, slots=True)
class AirConditionerLimits(Limits):
    """Thresholds of an air conditioner."""

    runs_power: float = option(200.0, "W", "health.md A4: below, the outdoor unit is off or only the fan runs")
    settled_after: float = option(15.0, "min", "health.md AC1: home-inspection practice after ≥ 15 min of running")
    cool_split: float = option(8.0, "K", "health.md AC1")
    heat_split: float = option(10.0, "K", "health.md AC2")
    room_step: float = option(1.0, "K", "health.md AC1, AC2: in 30 min")
    cool_held: float = option(28.0, "℃", "health.md AC1: held with it hot outside")
    cool_outdoor: float = option(30.0, "℃", "health.md AC1")
    heat_held: float = option(16.0, "℃", "health.md AC2: held with it cold outside")
    heat_outdoor: float = option(8.0, "℃", "health.md AC2")
    proof_lasts: float = option(30.0, "d", "health.md AC1")
    no_effect_run: float = option(30.0, "min", "health.md AC3")
    no_effect_split: float = option(4.0, "K", "health.md AC3")
    no_effect_after: float = option(15.0, "min", "health.md AC3")
    hot_room: float = option(30.0, "℃", "health.md AC3")
    hot_after: float = option(60.0, "min", "health.md AC3")
    most_starts: float = option(6.0, "", "health.md AC7: starts in one hour")
    calm_starts: float = option(3.0, "", "health.md AC7 exit")
    dip_most: float = option(12.0, "min", "health.md AC3: defrost and oil return")


@dataclass(slots=True)
class AirConditionerSense:
    """Temperatures in ℃, power in W, moments in epoch seconds."""

    at: float = 0.0
    power: float | None = None
    voltage: float | None = None
    room: float | None = None
    supply: float | None = None
    outdoor: float | None = None
    door_open: bool = False
    compressor: Cycle = field(default_factory=Cycle)
    effort_s: float = 0.0
    """Running time, short dips for defrost and oil return bridged but not counted."""
    marks: list[list[float]] = field(default_factory=list)
    cooled_at: float | None = None
    heated_at: float | None = None
    energised_at: float | None = None

    @property
    def moves(self) -> int:
        """Compressor starts and stops."""
        return self.compressor.moves

    @property
    def must_move(self) -> bool:
        """Supply air far from the room's temperature goes back to it when the compressor rests."""
        return abs(self.split or 0.0) >= APART_K

    @property
    def still_s(self) -> float:
        """A resting air conditioner lets its probes rest too."""
        return 0.0

    @property
    def split(self) -> float | None:
        """Room over supply air: positive while it cools."""
        return None if self.room is None or self.supply is None else self.room - self.supply

    def step(self, at: float, seen: Mapping[str, float], limits: AirConditionerLimits, _station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        get = seen.get
        room = get("room_temperature")
        if room is not None:
            self.room = room
            if not self.marks or at - self.marks[-1][0] >= MARK_S:
                self.marks.append([at, room])
                del self.marks[:-MARKS]
        self.supply = get("supply_temperature", self.supply)
        self.outdoor = get("outdoor_temperature", self.outdoor)
        voltage = get("voltage")
        if voltage is not None:
            self.voltage = voltage
            if voltage >= 150:
                self.energised_at = at
        door = get("door_open")
        if door is not None:
            self.door_open = door >= 0.5
        power = get("power")
        if power is not None:
            self._run(at, power, limits)

    def hole(self, quantity: str) -> None:
        """What was in progress on this quantity is forgotten."""
        if quantity == "power":
            self.compressor.hole()
            self.effort_s = 0.0
        elif quantity == "room_temperature":
            self.marks, self.room = [], None
        elif quantity == "supply_temperature":
            self.supply = None
        elif quantity == "outdoor_temperature":
            self.outdoor = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """Cooling and heating are shown apart."""
        if mode == "cooling":
            self.cooled_at = at
        else:
            self.heated_at = at

    def room_moved(self, span_s: float) -> float | None:
        """Kelvin the room moved over the last `span_s`, None until it was watched so long."""
        if self.room is None:
            return None
        for at, room in reversed(self.marks):
            if self.at - at >= span_s:
                return self.room - room
        return None

    def _run(self, at: float, power: float, limits: AirConditionerLimits) -> None:
        cycle = self.compressor
        before = cycle.at
        on = power >= (limits.runs_power * OFF_SHARE if cycle.on else limits.runs_power)
        if cycle.on and before is not None:
            self.effort_s += at - before
        cycle.step(at, on)
        if not on and cycle.phase_s > limits.dip_most * 60:
            self.effort_s = 0.0
        self.power = power
        if power >= 0.5:
            self.energised_at = at
