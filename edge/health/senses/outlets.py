"""What is remembered of charging outlets, socket by socket (health.md A6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.limits import Limits, option
from edge.health.rule import Mode, Unmoved
from edge.health.station import LIVE_V, Station

MINUTE_S = 60.0
HOUR_MINUTES = 60
LOADED_S = 60.0
"""A load seen so shortly before the voltage went is why it went."""


@dataclass(frozen=True, slots=True)
class OutletsLimits(Limits):
    """Thresholds of charging outlets."""

    low_voltage: float = option(198.0, "V", "health.md A6: 220 V −10 % (GB/T 12325-2008)")
    high_voltage: float = option(235.4, "V", "health.md A6: 220 V +7 % (GB/T 12325-2008)")
    band_share: float = option(0.95, "", "health.md OUT1: share of 1-min means within the band")
    band_after: float = option(10.0, "min", "health.md OUT3: mean of 10 min")
    band_doubt: float = option(3.0, "min", "own default: out of band so long it is not ok any more, nor yet a fault")
    band_clear: float = option(0.01, "", "health.md OUT3 exit: inside by 1 %")
    band_clear_after: float = option(10.0, "min", "health.md OUT3 exit")
    dead_voltage: float = option(50.0, "V", "health.md OUT2")
    dead_after: float = option(2.0, "min", "health.md OUT2")
    dead_doubt: float = option(10.0, "s", "own default: two polls of no voltage are no ok, and not yet a fault")
    live_after: float = option(1.0, "min", "health.md OUT2 exit")
    rated_current: float = option(10.0, "A", "health.md OUT4")
    overload_after: float = option(60.0, "s", "health.md OUT4")
    load_share: float = option(0.8, "", "health.md OUT4")
    load_after: float = option(30.0, "min", "health.md OUT4")
    load_clear: float = option(0.7, "", "health.md OUT4 exit")
    load_clear_after: float = option(5.0, "min", "health.md OUT4 exit")
    strip_limit: float = option(60.0, "℃", "health.md OUT4")
    trip_after: float = option(10.0, "s", "own default: a contact that bounces is not a trip")
    trip_current: float = option(0.5, "A", "health.md OUT5: a load so large that went together with the voltage")
    reset_after: float = option(60.0, "s", "own default: reset for this long before the trip counts as over")
    enough_live: float = option(0.5, "", "health.md OUT6: share of good sockets under which the facility is down")
    use_current: float = option(0.02, "A", "health.md OUT1: a load, however small")
    use_power: float = option(2.0, "W", "own default where no current is wired: a phone charger is 2–4 W")
    use_after: float = option(5.0, "min", "health.md OUT1")


@dataclass(slots=True)
class OutletsSense(Unmoved):
    """By socket number as text (`""` for a facility without numbers); volts, amperes, epoch seconds."""

    at: float = 0.0
    volts: dict[str, float] = field(default_factory=dict)
    amperes: dict[str, float] = field(default_factory=dict)
    watts: dict[str, float] = field(default_factory=dict)
    relays: dict[str, float] = field(default_factory=dict)
    strip: float | None = None
    tripped: bool | None = None
    reference: bool | None = None
    """Whether the mains are there, as somebody else than a dead socket knows."""
    loaded_at: float | None = None
    """When a load was last seen on live sockets."""
    all_were_dead: bool = False
    went_loaded: bool = False
    """Whether all sockets went dead together, under load."""
    sums: dict[str, list[float]] = field(default_factory=dict)
    """Sum and number of voltages in the running minute."""
    out: dict[str, list[float]] = field(default_factory=dict)
    """Of each socket out of the band: since when, and sum and number of its minutes since then."""
    means: dict[str, float] = field(default_factory=dict)
    """The mean since it went out of the band, else that of the last minute."""
    minute_ends: float = 0.0
    minutes: list[int] = field(default_factory=list)
    """The last hour of minutes: 1 with every socket in the band."""
    used_since: float | None = None
    used_at: float | None = None
    """When a load was last seen for long enough."""
    station_wide: bool = False
    """Whether every line of the station is out of the band."""

    @property
    def moves(self) -> int:
        """Nothing here runs and rests."""
        return 0

    def step(self, at: float, seen: Mapping[str, float], limits: OutletsLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        if at >= self.minute_ends:
            self._close_minute(at, limits)
        was_dead = self.all_were_dead
        for name, value in seen.items():
            quantity, _, socket = name.partition(".")
            if quantity == "voltage":
                self.volts[socket] = value
                total = self.sums.setdefault(socket, [0.0, 0])
                total[0] += value
                total[1] += 1
            elif quantity == "current":
                self.amperes[socket] = value
            elif quantity == "power":
                self.watts[socket] = value
            elif quantity == "relay_on":
                self.relays[socket] = value
            elif quantity == "breaker_tripped":
                self.tripped = value >= 0.5
            elif quantity == "strip_temperature":
                self.strip = value
        self._use(at, limits)
        dead = self.dead(limits)
        self.reference = None
        self.all_were_dead = dead > 0 and dead == len(self.volts)
        if dead:
            live = any(volt >= LIVE_V for volt in self.volts.values())
            self.reference = True if live else station.present(at, "")
            if self.all_were_dead and not was_dead:
                self.went_loaded = self.loaded_at is not None and 0 <= at - self.loaded_at <= LOADED_S
        else:
            self.went_loaded = False
            if self.amperes and sum(self.amperes.values()) >= limits.trip_current:
                self.loaded_at = at
        if self.out:
            self.station_wide = station.mains.poor_since(at) is not None

    def hole(self, quantity: str) -> None:
        """What this quantity last said is no longer so."""
        plain, _, socket = quantity.partition(".")
        if plain == "voltage":
            for kept in (self.volts, self.sums, self.out, self.means):
                kept.pop(socket, None)
            self.minutes = []
            self.went_loaded = False
        elif plain in ("current", "power"):
            self.used_since = None
            (self.amperes if plain == "current" else self.watts).pop(socket, None)
        elif plain == "relay_on":
            self.relays.pop(socket, None)
        elif plain == "breaker_tripped":
            self.tripped = None
        elif plain == "strip_temperature":
            self.strip = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def dead(self, limits: OutletsLimits) -> int:
        """How many sockets have no voltage."""
        dead = 0
        for volt in self.volts.values():
            if volt < limits.dead_voltage:
                dead += 1
        return dead

    def out_of_band(self, limits: OutletsLimits) -> list[str]:
        """The live sockets whose voltage is out of the band."""
        return [socket for socket in self.out if self.volts.get(socket, 0.0) >= limits.dead_voltage]

    def switched_off(self, socket: str) -> bool:
        """Whether the monitoring's own relay cuts this socket off: its own one, or the one of all."""
        relay = self.relays.get(socket, self.relays.get(""))
        return relay is not None and relay < 0.5

    def _use(self, at: float, limits: OutletsLimits) -> None:
        loaded = any(ampere >= limits.use_current for ampere in self.amperes.values()) or (
            not self.amperes and any(watt >= limits.use_power for watt in self.watts.values())
        )
        if not loaded:
            self.used_since = None
        elif self.used_since is None:
            self.used_since = at
        elif at - self.used_since >= limits.use_after * 60:
            self.used_at = at

    def _close_minute(self, at: float, limits: OutletsLimits) -> None:
        """The mean of the minute that ends: in the band, out of it, or still out with those before."""
        began = self.minute_ends - MINUTE_S
        in_band = True
        for socket, (total, n) in self.sums.items():
            in_band = self._weigh(socket, total / n, began, limits) and in_band
        if self.sums:
            self.minutes.append(int(in_band and not self.dead(limits)))
            del self.minutes[:-HOUR_MINUTES]
        self.sums = {}
        self.minute_ends = (at // MINUTE_S + 1) * MINUTE_S

    def _weigh(self, socket: str, mean: float, began: float, limits: OutletsLimits) -> bool:
        """Whether this minute is in the band. A socket stays out for as long as the mean since then is."""
        since = self.out.get(socket, [began, 0.0, 0])
        total, n = since[1] + mean, since[2] + 1
        so_far = total / n
        if mean < limits.dead_voltage or limits.low_voltage <= so_far <= limits.high_voltage:
            self.out.pop(socket, None)
            self.means[socket] = mean
        else:
            most = max(1, round(limits.band_after))
            if n > most:
                total, n = so_far * most, most
            self.out[socket] = [since[0], total, n]
            self.means[socket] = so_far
        return limits.low_voltage <= mean <= limits.high_voltage
