"""What is remembered of a fridge: its cabinet, compressor phases, learned power, door, defrost, cuts (health.md A2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.cycle import HABIT_S, Cycle
from edge.health.rule import Mode
from edge.health.senses.cabinet import Cabinet
from edge.health.senses.fridge_limits import FridgeLimits
from edge.health.station import LIVE_V, Station
from shared.states import Cause

NOTHING_YET_W = 80.0
"""A small compressor's power, before this one's is learned."""
COMPRESSOR_W = (15.0, 250.0)
KNOWN_S = 3600.0
"""So much running makes the compressor's power known."""
BRIDGED_S = 300.0
"""The longest time between two samples that counts as seen."""
DEFROST_TIMES = 1.6
"""A heater draws more than so many times what the compressor does."""
CYCLES = 6
"""So many complete cycles make a habit (health.md A2)."""
USUAL_SHARE = 0.5
"""A duty within ± 50 % of the habit is as usual (health.md A2)."""
MOSTLY = 0.5
"""A door open for more than this share of the last hours is why it is warm."""
ALWAYS = 0.85
"""A compressor that usually runs for more of the time is an inverter's, or one that never rests."""
DOOR_S = 3 * 3600.0
"""Time over which the share of an open door is taken, as that of the compressor's running."""
LEARN_REST = 0.2
"""Share of a whole rest in the learned resting power."""
CUT_S = 1800.0
"""A line dead for longer was a cut that food may feel; a shorter one is no reason for patience."""

__all__ = ["FridgeLimits", "FridgeSense"]


@dataclass(slots=True)
class FridgeSense:
    """Temperatures in ℃, power in W, moments in epoch seconds."""

    at: float = 0.0
    cabinet: Cabinet = field(default_factory=Cabinet)
    first_at: float = 0.0
    """When anything was first seen of it."""
    power: float | None = None
    power_at: float | None = None
    compressor: Cycle = field(default_factory=Cycle)
    compressor_w: float = 0.0
    """Learned power while running; 0: not yet."""
    running_s: float = 0.0
    """How long that was taken over."""
    rest_w: float | None = None
    """Learned power while resting, from rests that ended by themselves."""
    rest_sum: float = 0.0
    rest_n: int = 0
    gone_s: float = 0.0
    """How long it has drawn nothing at all."""
    overdue_s: float = 0.0
    """How long it has been warming without running, after the longest rest it is allowed."""
    failing_s: float = 0.0
    """How long it has failed to start."""
    blamed: str | None = None
    """Whose doing it is, once something said so, until it is cold again."""
    short_runs: int = 0
    """Runs in a row too short to cool."""
    defrost_since: float | None = None
    masked_until: float = 0.0
    recovering_until: float = 0.0
    scheduled: bool = False
    """Whether it recovers from a night's switching off, not from a power cut."""
    away_s: float = 0.0
    """How long the last power cut was."""
    returned_at: float = 0.0
    voltage: float | None = None
    live_at: float | None = None
    """When its own line was last seen with voltage."""
    relay_on: bool | None = None
    relay_since: float = 0.0
    door_since: float | None = None
    door_at: float | None = None
    """When its contact last spoke."""
    door_share: float = 0.0
    """Share of the last hours in which it was open."""
    open: bool = True
    must_move: bool = True
    """A cold probe moves with the compressor; a warm one may have reached the room's temperature."""

    @property
    def moves(self) -> int:
        """Compressor starts and stops."""
        return self.compressor.moves

    @property
    def still_s(self) -> float:
        """How long the compressor has rested; unseen, a working fridge's air moves all the same."""
        return self.at - self.first_at if self.power is None else self.compressor.rest_s

    @property
    def food(self) -> float | None:
        """The air that food feels."""
        return self.cabinet.food

    def step(self, at: float, seen: Mapping[str, float], limits: FridgeLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        self.first_at = self.first_at or at
        self.open = station.is_open(at)
        power = seen.get("power")
        if power is not None:
            self._run(at, power, limits)
        temperature = seen.get("cabinet_temperature")
        if temperature is not None:
            cabinet = self.cabinet
            cabinet.feel(at, temperature, limits, at < self.masked_until or self.door_since is not None)
            self.must_move = (cabinet.food or 0.0) <= limits.legal_limit
            if self.well(limits):
                cabinet.learn(at)
        if len(seen) > 2 or power is None or temperature is None:
            self._rest(at, seen, limits)
        if station.returned_at is not None and station.returned_at > self.returned_at:
            self._returned(station.returned_at, station.cut_s, limits)
        self._blame(limits)

    def hole(self, quantity: str) -> None:
        """What was in progress on this quantity is forgotten."""
        if quantity == "power":
            self.compressor.hole()
            self.power_at = None
            self.rest_sum, self.rest_n = 0.0, 0
            self.gone_s = self.overdue_s = self.failing_s = 0.0
            self.defrost_since = None
        elif quantity == "cabinet_temperature":
            self.cabinet.hole()
            if self.content():
                self.cabinet.start_anew()
        elif quantity == "door_open":
            self.door_since = self.door_at = None
        elif quantity == "relay_on":
            self.relay_on = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def door_open_s(self) -> float:
        """FR8: how long the contact has been open."""
        return 0.0 if self.door_since is None else self.at - self.door_since

    def door_explains(self, limits: FridgeLimits) -> bool:
        """FR8: it is ajar, or was open for most of the last hours."""
        return self.door_open_s() > limits.door_ajar * 60 or self.door_share > MOSTLY

    def draws_nothing(self, limits: FridgeLimits) -> bool:
        """FR6: the socket is live, and it draws nothing where it used to idle; a relay that is off is no plug."""
        if self.power is None or self.power >= limits.dead_power or (self.voltage or 0.0) < LIVE_V:
            return False
        if self.relay_on is False:
            return False
        return self.rest_w is not None and self.rest_w >= limits.dead_power

    def rests_long(self, limits: FridgeLimits) -> bool:
        """It has not run for longer than it ever rests."""
        rest = self.compressor.rest_s
        return rest > limits.rest_allowed * 60 and rest > 2 * (self.compressor.usual_rest_s or 0.0)

    def fails_to_start(self, limits: FridgeLimits) -> bool:
        """FR5: start after start too short to cool."""
        return (
            self.short_runs >= limits.short_starts
            and self.compressor.starts_within(self.at) >= limits.short_starts
            and self.compressor.run_s <= limits.short_run
        )

    def warming(self, limits: FridgeLimits) -> bool | None:
        """The air is over the limit or rising."""
        food, slope = self.cabinet.food, self.cabinet.slope
        if food is not None and food > limits.legal_limit:
            return True
        return None if slope is None else slope >= limits.rising

    def content(self) -> bool:
        """Whether its thermostat comes and goes as it always did: then food is as cold as ever."""
        cycle = self.compressor
        run, rest, duty = cycle.usual_run_s, cycle.usual_rest_s, cycle.duty
        if run is None or rest is None or duty is None or cycle.cycles < CYCLES:
            return False
        if cycle.run_s > 2 * run or cycle.rest_s > 2 * rest:
            return False
        usual = run / (run + rest) if cycle.usual_duty is None else cycle.usual_duty
        return abs(duty - usual) <= USUAL_SHARE * usual

    def runs_always(self, limits: FridgeLimits) -> bool:
        """An inverter, as its nameplate or its habit says."""
        return limits.inverter or (self.compressor.usual_duty or 0.0) > ALWAYS

    def well(self, limits: FridgeLimits) -> bool:
        """Whether what it does now may be learned as usual."""
        food = self.cabinet.food
        if self.gone_s or self.at < self.recovering_until or (limits.off_when_closed and not self.open):
            return False
        return food is None or food <= limits.legal_limit

    def _run(self, at: float, power: float, limits: FridgeLimits) -> None:
        cycle = self.compressor
        was_on, was_s, was_whole = cycle.on, cycle.phase_s, cycle.whole
        passed = 0.0 if self.power_at is None else at - self.power_at
        on = power >= max(limits.idle_power, limits.idle_share * (self.compressor_w or NOTHING_YET_W))
        cycle.step(at, on)
        self.power, self.power_at = power, at
        if self.well(limits):
            cycle.learn(passed)
        if on:
            self._draw(at, power, passed, limits)
        else:
            self.rest_sum += power
            self.rest_n += 1
            if was_on and was_whole:
                self.short_runs = self.short_runs + 1 if was_s <= limits.short_run else 0
            self.defrost_since = None
        self._last(at, power, passed, limits)

    def _last(self, at: float, power: float, passed: float, limits: FridgeLimits) -> None:
        """How long each sign has lasted."""
        if power < limits.dead_power:
            self.gone_s += passed
        elif self.gone_s:
            if limits.off_when_closed and self.gone_s >= CUT_S:
                self._back(at, limits, scheduled=True)
            self.gone_s = 0.0
        if not self.rests_long(limits) or self.warming(limits) is False:
            self.overdue_s = 0.0
        else:
            self.overdue_s += passed
        self.failing_s = self.failing_s + passed if self.fails_to_start(limits) else 0.0

    def _draw(self, at: float, power: float, passed: float, limits: FridgeLimits) -> None:
        if self.rest_n:
            mean = self.rest_sum / self.rest_n
            self.rest_w = mean if self.rest_w is None else self.rest_w + LEARN_REST * (mean - self.rest_w)
            self.rest_sum, self.rest_n = 0.0, 0
        heater = limits.defrost_low
        if self.running_s >= KNOWN_S and not self.runs_always(limits):
            heater = min(heater, DEFROST_TIMES * self.compressor_w)
        if COMPRESSOR_W[0] <= power < min(COMPRESSOR_W[1], heater) and self.well(limits):
            seen = min(passed, BRIDGED_S)
            self.running_s = min(HABIT_S, self.running_s + seen)
            share = seen / self.running_s if self.compressor_w and self.running_s else 1.0
            self.compressor_w += (power - self.compressor_w) * share
        if heater <= power <= limits.defrost_high:
            self.defrost_since = self.defrost_since or at
            if limits.defrost_least * 60 <= at - self.defrost_since <= limits.defrost_most * 60:
                self.masked_until = at + limits.defrost_mask * 60
        else:
            self.defrost_since = None

    def _blame(self, limits: FridgeLimits) -> None:
        """Whose doing is remembered until food is cold again: a plug put back in is no fault of the fridge."""
        cabinet = self.cabinet
        if self.relay_on is False:
            self.blamed = Cause.MONITOR_INDUCED
        elif self.door_explains(limits) or self.draws_nothing(limits):
            self.blamed = Cause.USER_ACTION
        elif self.blamed and cabinet.core_warm_since is None and (cabinet.food or 0.0) < limits.legal_clear:
            self.blamed = None

    def _rest(self, at: float, seen: Mapping[str, float], limits: FridgeLimits) -> None:
        voltage = seen.get("voltage")
        if voltage is not None:
            if voltage >= LIVE_V:
                if self.voltage is not None and self.voltage < LIVE_V:
                    self._returned(at, 0.0 if self.live_at is None else at - self.live_at, limits)
                self.live_at = at
            self.voltage = voltage
        door = seen.get("door_open")
        if door is not None:
            passed = 0.0 if self.door_at is None else at - self.door_at
            self.door_share += ((self.door_since is not None) - self.door_share) * passed / (DOOR_S + passed)
            self.door_at = at
            self.door_since = (self.door_since or at) if door >= 0.5 else None
        relay = seen.get("relay_on")
        if relay is not None and self.relay_on is not (relay >= 0.5):
            self.relay_on, self.relay_since = relay >= 0.5, at

    def _returned(self, at: float, away_s: float, limits: FridgeLimits) -> None:
        self.returned_at, self.away_s = at, away_s
        self._back(at, limits, scheduled=limits.off_when_closed and not self.open)

    def _back(self, at: float, limits: FridgeLimits, *, scheduled: bool) -> None:
        self.recovering_until = at + limits.recovery * 3600
        self.scheduled = scheduled
