"""What is remembered of an air conditioner: compressor, the air it blows, the room, standby (health.md A4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.cycle import Cycle
from edge.health.rule import Mode
from edge.health.senses.air_conditioner_limits import AirConditionerLimits
from edge.health.senses.room_air import RoomAir
from edge.health.senses.starts import TIMER_S
from edge.health.senses.supply_air import SupplyAir
from edge.health.standby import Standby
from edge.health.station import LIVE_V, Station

APART_K = 4.0
STALE_S = 600.0
"""Supply air not felt for so long makes no split."""
LEARN_UP, LEARN_DOWN = 0.01, 0.00002
"""Share of a running sample in the learned full power: part load hardly lowers it."""
OFF_SHARE = 0.6
"""Dead band: it stops below this share of the power from which it runs."""
WHOLE_RUN_S = 2700.0
"""So long a run is compared with its beginning, a longer one with half an hour ago."""
HALF_HOUR_S = 1800.0
FELL_S = 120.0
"""So long a compressor goes on with a split that was gone at once."""


@dataclass(slots=True)
class AirConditionerSense:
    """Temperatures in ℃, power in W, moments in epoch seconds."""

    at: float = 0.0
    power: float | None = None
    voltage: float | None = None
    supply: float | None = None
    supply_at: float | None = None
    humidity: float | None = None
    outdoor: float | None = None
    door_open: bool = False
    relay: float | None = None
    commanded_at: float | None = None
    """Since when it has been told to run without having run; None: it is not, or it did."""
    compressor: Cycle = field(default_factory=Cycle)
    effort_s: float = 0.0
    """Running time, short dips for defrost and oil return bridged but not counted."""
    full_w: float = 0.0
    """Learned power at full load; 0: not yet."""
    air: SupplyAir = field(default_factory=SupplyAir)
    felt: RoomAir = field(default_factory=RoomAir)
    standby: Standby = field(default_factory=Standby)
    open: bool = True
    cooled_at: float | None = None
    heated_at: float | None = None
    fan_since: float | None = None
    """When its fan began to blow from rest, the compressor not having run since; None: it did, or no fan began."""
    skipped_at: float | None = None
    """When it ought to have started, as always at that hour, and did not; None: it ran since."""
    tried_at: float | None = None
    """When it last ran for so long, or started so often, that the rules on what it does can tell."""
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
    def room(self) -> float | None:
        """The room's temperature."""
        return self.felt.now

    @property
    def running(self) -> bool:
        """Whether the compressor runs."""
        return self.compressor.on is True

    @property
    def split(self) -> float | None:
        """Room over supply air: positive while it cools."""
        room = self.felt.now
        if room is None or self.supply is None or self.supply_at is None or self.at - self.supply_at > STALE_S:
            return None
        return room - self.supply

    @property
    def mode(self) -> Mode | None:
        """What the run going on is for: the air it blows tells, else how warm it was when it started."""
        split = self.split
        if split is not None and abs(split) >= APART_K:
            return "cooling" if split > 0 else "heating"
        return self.felt.mode

    @property
    def gained(self) -> float | None:
        """Kelvin the room went the wished way in this run, or lately in a long one. None: not seen."""
        felt, mode = self.felt, self.mode
        if not self.running or mode is None or felt.now is None:
            return None
        if felt.started is not None and self.compressor.run_s <= WHOLE_RUN_S:
            moved: float | None = felt.now - felt.started
        else:
            moved = felt.moved(self.at, HALF_HOUR_S)
        return None if moved is None else -moved if mode == "cooling" else moved

    @property
    def shown_at(self) -> float | None:
        """When it last showed that it cools or heats."""
        shown = max(self.cooled_at or 0.0, self.heated_at or 0.0)
        return shown or None

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
            self.felt.feel(at, room)
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
        relay = get("relay_on")
        if relay is not None:
            self._switch(at, relay)
        power = get("power")
        if power is not None:
            self._run(at, power, limits)
        supply = get("supply_temperature")
        if supply is not None:
            passed = 0.0 if self.supply_at is None else min(STALE_S, at - self.supply_at)
            self.supply, self.supply_at = supply, at
            self._blow(at, passed, limits)

    def hole(self, quantity: str) -> None:
        """What was in progress on this quantity is forgotten."""
        if quantity == "power":
            self.compressor.hole()
            self.effort_s = 0.0
            self.air.stop()
            self.felt.stop()
        elif quantity == "room_temperature":
            self.felt.hole()
            self.air.stop()
        elif quantity == "supply_temperature":
            self.supply = self.supply_at = None
            self.air.stop()
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

    def _switch(self, at: float, relay: float) -> None:
        closed, was = relay >= 0.5, (self.relay or 0.0) >= 0.5
        if not closed:
            self.commanded_at = None
        elif not was and self.relay is not None:
            self.commanded_at = at
        self.relay = relay

    def _blow(self, at: float, passed: float, limits: AirConditionerLimits) -> None:
        split, air = self.split, self.air
        if split is None or not self.running:
            air.stop()
            return
        air.blow(at, split, limits)
        self._place(split, limits)
        air.share = None
        if abs(split) >= APART_K:
            self.felt.learn("cooling" if split > 0 else "heating")
        damp = split > 0 and self.humidity is not None and self.humidity >= limits.weak_humidity
        if self.compressor.run_s >= limits.weak_run * 60 and not damp:
            air.compare(self.power or 0.0, self.full_w, passed, limits)

    def _place(self, split: float, limits: AirConditionerLimits) -> None:
        """AC3P: it feels the room's air, and the room goes where it is wished to: the probe is off the vent."""
        air, gained = self.air, self.gained
        if abs(split) >= limits.no_effect_split:
            air.off = False
        elif abs(split) < limits.probe_split and self.compressor.run_s >= limits.weak_run * 60:
            fell = air.fell_at is not None and self.at - air.fell_at >= FELL_S
            air.off |= fell or (gained is not None and gained >= limits.room_step)

    def _run(self, at: float, power: float, limits: AirConditionerLimits) -> None:
        cycle = self.compressor
        before, was, rested_s = cycle.at, cycle.on, cycle.rest_s
        on = power >= (limits.runs_power * OFF_SHARE if was else limits.runs_power)
        passed = 0.0 if before is None else at - before
        if was:
            self.effort_s += passed
        cycle.step(at, on)
        if on and (was is not True or before is None):
            counts = rested_s > limits.dip_most * 60 and (self.open or (self.room or 0.0) >= limits.heat_held)
            self.felt.start(at, cycle.whole, counts)
        if on:
            step = power - self.full_w
            self.full_w += step * ((LEARN_UP if step > 0 else LEARN_DOWN) if self.full_w else 1.0)
            self.commanded_at = None
            if self.effort_s >= HALF_HOUR_S or len(cycle.starts) > limits.most_starts:
                self.tried_at = at
            self.skipped_at = self.fan_since = None
        else:
            self.air.stop()
            self._stop(limits)
            self._skip(at, limits)
            if power >= limits.fan_power and before is not None and (self.power or 0.0) < power / 2:
                self.fan_since = self.fan_since or at
            self.standby.rested(passed, power, limits.standby)
        if power >= limits.standby:
            self.standby.drew()
        elif self.voltage is not None and self.voltage >= LIVE_V:
            self.standby.drew_nothing(at, passed)
        if not on and cycle.phase_s > limits.dip_most * 60:
            self.effort_s = 0.0
        self.power = power
        if power >= 0.5:
            self.energised_at = at

    def _stop(self, limits: AirConditionerLimits) -> None:
        """A run that no supply air told the mode of is learned by how the room went."""
        felt = self.felt
        if felt.at_start and self.supply is None and felt.mode is not None and felt.now is not None:
            moved = felt.now - felt.at_start[0]
            if (moved if felt.mode == "heating" else -moved) >= limits.late_by:
                felt.learn(felt.mode)
        felt.stop()

    def _skip(self, at: float, limits: AirConditionerLimits) -> None:
        """It rests: is that so at this hour, too?"""
        felt, rested_s = self.felt, self.compressor.rest_s
        after = limits.timer_after * 60
        if self.skipped_at is not None or felt.now is None or rested_s <= after + TIMER_S:
            return
        if felt.cooling.due(at, felt.now, after) or felt.heating.due(at, felt.now, after):
            self.skipped_at = at
