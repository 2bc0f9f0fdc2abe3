"""What is remembered of an air conditioner: compressor, supply split, how the room moves, standby (health.md A4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.cycle import Cycle
from edge.health.limits import Limits, option
from edge.health.rule import Mode
from edge.health.standby import Standby
from edge.health.station import LIVE_V, Station

MARK_S = 300.0
MARKS = 13
"""One hour of room temperatures, five minutes apart."""
APART_K = 4.0
STALE_S = 600.0
"""Supply air not felt for so long makes no split."""
LEARN_UP, LEARN_DOWN = 0.01, 0.00002
"""Share of a running sample in the learned full power: part load hardly lowers it."""
OFF_SHARE = 0.6
"""Dead band: it stops below this share of the power from which it runs."""


@dataclass(frozen=True, slots=True)
class AirConditionerLimits(Limits):
    """Thresholds of an air conditioner."""

    runs_power: float = option(200.0, "W", "health.md A4: below, the outdoor unit is off or only the fan runs")
    settled_after: float = option(15.0, "min", "health.md AC1: home-inspection practice after ≥ 15 min of running")
    split_held: float = option(5.0, "min", "own default: a split held this long proves in short runs, too")
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
    weak_after: float = option(30.0, "min", "health.md AC4")
    weak_humidity: float = option(70.0, "%", "health.md AC4: damp air cools less")
    weak_load: float = option(0.6, "", "own default: under this share of its full power a low split is part load")
    weak_forgets: float = option(12.0, "h", "own default: a full split within this time is not weak")
    cold_room: float = option(12.0, "℃", "health.md AC6")
    demand_power: float = option(50.0, "W", "health.md AC6")
    demand_after: float = option(60.0, "min", "health.md AC6: in opening hours")
    standby: float = option(0.2, "W", "as health.md MW5")
    standby_gone: float = option(24.0, "h", "as health.md MW5")
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
    supply_at: float | None = None
    humidity: float | None = None
    outdoor: float | None = None
    door_open: bool = False
    compressor: Cycle = field(default_factory=Cycle)
    effort_s: float = 0.0
    """Running time, short dips for defrost and oil return bridged but not counted."""
    full_w: float = 0.0
    """Learned power at full load; 0: not yet."""
    cold_since: float | None = None
    """Since when the supply air has been far under the room's without a break, running; None: it is not."""
    warm_since: float | None = None
    """The same, far over."""
    strong_at: float | None = None
    """When such a split last had held for long enough to prove."""
    standby: Standby = field(default_factory=Standby)
    open: bool = True
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
        if self.room is None or self.supply is None or self.supply_at is None or self.at - self.supply_at > STALE_S:
            return None
        return self.room - self.supply

    def held(self, since: float | None, limits: AirConditionerLimits) -> bool:
        """Whether a split has held long enough to prove (AC1, AC2)."""
        return since is not None and (self.supply_at or since) - since >= limits.split_held * 60

    def step(self, at: float, seen: Mapping[str, float], limits: AirConditionerLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        self.open = station.is_open(at)
        get = seen.get
        room = get("room_temperature")
        if room is not None:
            self.room = room
            if not self.marks or at - self.marks[-1][0] >= MARK_S:
                self.marks.append([at, room])
                del self.marks[:-MARKS]
        supply = get("supply_temperature")
        if supply is not None:
            self.supply, self.supply_at = supply, at
            self._blow(at, limits)
        self.humidity = get("room_humidity", self.humidity)
        self.outdoor = get("outdoor_temperature", self.outdoor)
        voltage = get("voltage")
        if voltage is not None:
            self.voltage = voltage
            if voltage >= LIVE_V:
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
            self.cold_since = self.warm_since = None
        elif quantity == "room_temperature":
            self.marks, self.room = [], None
            self.cold_since = self.warm_since = None
        elif quantity == "supply_temperature":
            self.supply = self.supply_at = self.cold_since = self.warm_since = None
        elif quantity == "room_humidity":
            self.humidity = None
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

    def _blow(self, at: float, limits: AirConditionerLimits) -> None:
        split = self.split
        if split is None or self.compressor.on is not True:
            self.cold_since = self.warm_since = None
            return
        self.cold_since = (self.cold_since or at) if split >= limits.cool_split else None
        self.warm_since = (self.warm_since or at) if -split >= limits.heat_split else None
        if self.held(self.cold_since, limits) or self.held(self.warm_since, limits):
            self.strong_at = at

    def _run(self, at: float, power: float, limits: AirConditionerLimits) -> None:
        cycle = self.compressor
        before = cycle.at
        on = power >= (limits.runs_power * OFF_SHARE if cycle.on else limits.runs_power)
        passed = 0.0 if before is None else at - before
        if cycle.on:
            self.effort_s += passed
        cycle.step(at, on)
        if on:
            step = power - self.full_w
            self.full_w += step * ((LEARN_UP if step > 0 else LEARN_DOWN) if self.full_w else 1.0)
        else:
            self.cold_since = self.warm_since = None
            self.standby.rested(passed, power >= limits.standby)
        if power >= limits.standby:
            self.standby.drew()
        elif self.voltage is not None and self.voltage >= LIVE_V:
            self.standby.drew_nothing(at, passed)
        if not on and cycle.phase_s > limits.dip_most * 60:
            self.effort_s = 0.0
        self.power = power
        if power >= 0.5:
            self.energised_at = at
