"""A fridge: a thermostat, a compressor, air and food in a cabinet, a door, a daily defrost (health.md A2).

Healthy it holds 2 to 6 ℃ with a cycle of about three quarters of an hour, an inverter the same at part power most of
the day. Healthy with these options in rooms of 12 to 34 ℃ and up to 100 visits a day: `inverter` 0 or 1, `compressor_w`
60 to 180 (its cold grows with it), `defrosts_per_day` 0 to 2, `defrost_w` 200 to 600 for `defrost_s` 600 to 1800 with
`defrost_air_w` up to 120 of it in the cabinet's air, `standby_w` 0.3 to 3; with a compressor from 90 W up also `door_s`
8 to 60 (mean of an opening) with `openings` 0.3 to 2.5 (a factor on how often), or `night_off` 1, whose better cabinet
is cold when the station opens and warm in the night.
"""

from collections.abc import Iterator, Mapping

from simulators.appliance import Appliance, Physics
from simulators.cabinet import (
    DEFROST_S,
    GOOD_WALL_W_PER_K,
    OPEN_DOOR_W_PER_K,
    WALL_W_PER_K,
    Cabinet,
    DefrostClock,
    Phase,
)
from simulators.chance import chance
from simulators.compressor import STARTS_V, Thermostat, Tries
from simulators.fridge_faults import FAULTS, ajar, drift, frost, leaking_wall, left_of_cooling
from simulators.meter import metered
from simulators.people import Day, Use, Uses
from simulators.probe import Stuck
from simulators.surroundings import Surroundings

COOLING_W_PER_W = 1.36
COMPRESSOR_W = 92.0
IDLE_W = 1.8
FLOOR = 2.2
DEFROST_W, DEFROST_INTO_AIR_W = 380.0, 20.0
STEP_S = 60.0
DOOR_S = 20.5
"""The mean opening that `people` draws."""
AGAIN_S = 45.0


class Fridge(Appliance):
    """One fridge; `cabinet_temperature` is what the probe feels."""

    faults = FAULTS

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self.cabinet = Cabinet()
        self.speed = 0.0
        """Of the compressor; 0 while it stands."""
        self._compressor_w = options.get("compressor_w", COMPRESSOR_W)
        self._cooling_w = COOLING_W_PER_W * self._compressor_w
        self._idle_w = options.get("standby_w", IDLE_W)
        self._thermostat = Thermostat(inverter=bool(options.get("inverter")))
        self._clock = DefrostClock(options.get("defrosts_per_day", 1.0), options.get("defrost_s", DEFROST_S))
        self._defrost_w = options.get("defrost_w", DEFROST_W)
        self._into_air_w = options.get("defrost_air_w", DEFROST_INTO_AIR_W)
        self._phase = Phase.COOLING
        self._doors = Uses()
        self._now: float | None = None
        self._was_fed = True
        self._tries: Tries | None = None
        self._probe = Stuck(["cabinet_temperature"])
        self._meter = Stuck(["power", "voltage", "power_factor"])
        self._drifts = 0
        """Its probe's way: up 1, down -1."""

    def _expect(self, day: Day) -> None:
        self._doors.add(opening for use in day.doors for opening in self._openings(use))

    def next(self, now: float) -> float:
        edge = self._doors.edge(now)
        return edge if self._tries is None else min(edge, self._tries.edge(now))

    def live(self, now: float, around: Surroundings) -> None:
        at = now if self._now is None else self._now
        while at < now:
            step = min(STEP_S, now - at)
            self._step(at, step, around)
            at += step
        self._now = now
        self._feel(now, around)

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:  # noqa: ARG002 the food is as it is
        """`food`: ℃."""
        return {"food": self.cabinet.food}

    def _broken(self) -> None:
        self._healed()
        if self.how == "hard_start":
            self._tries = Tries(self.since, self.luck, self.size)
        elif self.how == "probe_drift":
            self._drifts = self.luck.choice((-1, 1))

    def _healed(self) -> None:
        self._tries, self._drifts = None, 0
        self._probe.free()
        self._meter.free()

    def _openings(self, use: Use) -> Iterator[Use]:
        """One opening as often and as long as this fridge's users open it."""
        lasts = (use.end - use.start) * self.options.get("door_s", DOOR_S) / DOOR_S
        times = self.options.get("openings", 1.0) + chance(self.seed, "opens", use.start).random()
        for again in range(int(times)):
            start = use.start + again * (lasts + AGAIN_S)
            yield Use(start, start + lasts)

    def capacity(self, now: float) -> float:
        """The share of the cooling power that is left."""
        return left_of_cooling(self.size, now - self.since) if self.how == "leak" else 1.0

    def _step(self, at: float, step: float, around: Surroundings) -> None:
        before, self._phase = self._phase, self._clock.phase(at)
        fed = self.fed(around)
        if (before is Phase.PRECOOLING and self._phase is not before) or (self._night_off and fed > self._was_fed):
            self.cabinet.settle()
        self._was_fed = fed
        self._regulate(fed, around)
        open_s = 0.0
        for use in self._doors.within(at, at + step):
            open_s += min(use.end, at + step) - max(use.start, at)
        share = min(1.0, open_s / step)
        if self.how == "door":
            share = max(share, ajar(self.size))
        outward = self._wall() + OPEN_DOOR_W_PER_K * share
        self.cabinet.step(step, around.room, outward, self._heat(at, fed))
        if self._phase is Phase.PRECOOLING and fed and self.how != "freezing" and self.cabinet.air < FLOOR:
            self.cabinet.air = FLOOR

    def _wall(self) -> float:
        if self.how == "seal":
            return leaking_wall(self.size, self._cooling_w)
        return GOOD_WALL_W_PER_K if self._night_off else WALL_W_PER_K

    def _heat(self, at: float, fed: bool) -> float:
        if self.speed:
            iced = frost(self.size, self.cabinet.air) if self.how == "freezing" else 1.0
            return -self._cooling_w * self.speed * self.capacity(at) * iced
        return self._into_air_w if fed and self._phase is Phase.HEATING else 0.0

    def _regulate(self, fed: bool, around: Surroundings) -> None:
        thermostat, air = self._thermostat, self.cabinet.air
        if not fed or self._phase >= Phase.HEATING:
            thermostat.asks = False
        elif self._phase is Phase.PRECOOLING or self.how == "freezing":
            thermostat.asks = True
        else:
            thermostat.feel(air)
        weak_supply = not self.speed and around.mains is not None and around.mains < STARTS_V
        if not thermostat.asks or self.how in ("dead", "hard_start") or weak_supply:
            self.speed = 0.0
        else:
            self.speed = 1.0 if self._phase is Phase.PRECOOLING else thermostat.speed(air)

    def _watts(self, now: float, around: Surroundings) -> float:
        if not self.fed(around):
            return 0.0
        if self.speed:
            part = 0.15 + 0.85 * self.speed if self._thermostat.inverter else 1.0
            return self._compressor_w * part * (0.62 + 0.38 * self.capacity(now)) + (self.cabinet.air - 4) * 0.8
        if self._phase is Phase.HEATING and self.how != "dead":
            return self._defrost_w
        if self._tries is not None and self._thermostat.asks and self._tries.trying(now):
            return self._compressor_w * self._tries.times
        return self._idle_w

    def _feel(self, now: float, around: Surroundings) -> None:
        values = self.values
        metered(values, self._watts(now, around), around, self.noise, 0.72 if self.speed else 0.5)
        felt = self.cabinet.air + 0.04 * next(self.noise)
        if self.how == "probe_out":
            felt = around.room + 0.15 * next(self.noise)
        if self._drifts:
            felt += self._drifts * drift(self.size, now - self.since)
        values["cabinet_temperature"] = felt
        values["room_temperature"] = around.room
        values["door_open"] = 1.0 if self.how == "door" or self._doors.at(now) else 0.0
        self._feel_relay()
        if self.how == "probe_stuck":
            self._probe.hold(values)
        elif self.how == "meter_stuck":
            self._meter.hold(values)


PHYSICS = Physics(Fridge, FAULTS)
