"""What is remembered of charging outlets, socket by socket (health.md A6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edge.health.limits import Limits, option
from edge.health.rule import Mode, Unmoved
from edge.health.station import LIVE_V, Station

TEN_MINUTES_S = 600.0
MINUTE_S = 60.0
HOUR_MINUTES = 60


@dataclass(frozen=True, slots=True)
class OutletsLimits(Limits):
    """Thresholds of charging outlets."""

    low_voltage: float = option(198.0, "V", "health.md A6: 220 V −10 % (GB/T 12325-2008)")
    high_voltage: float = option(235.4, "V", "health.md A6: 220 V +7 % (GB/T 12325-2008)")
    band_share: float = option(0.95, "", "health.md OUT1: share of 1-min means within the band")
    band_clear: float = option(0.01, "", "health.md OUT3 exit: inside by 1 %")
    band_clear_after: float = option(10.0, "min", "health.md OUT3 exit")
    dead_voltage: float = option(50.0, "V", "health.md OUT2")
    dead_after: float = option(2.0, "min", "health.md OUT2")
    live_after: float = option(1.0, "min", "health.md OUT2 exit")
    rated_current: float = option(10.0, "A", "health.md OUT4")
    overload_after: float = option(60.0, "s", "health.md OUT4")
    load_share: float = option(0.8, "", "health.md OUT4")
    load_after: float = option(30.0, "min", "health.md OUT4")
    load_clear: float = option(0.7, "", "health.md OUT4 exit")
    load_clear_after: float = option(5.0, "min", "health.md OUT4 exit")
    strip_limit: float = option(60.0, "℃", "health.md OUT4")
    trip_after: float = option(10.0, "s", "own default: a contact that bounces is not a trip")
    reset_after: float = option(60.0, "s", "own default: reset for this long before the trip counts as over")
    enough_live: float = option(0.5, "", "health.md OUT6: share of live sockets under which the facility is down")
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
    window_ends: float = 0.0
    window: dict[str, list[float]] = field(default_factory=dict)
    """Sum and number of voltages in the running ten minutes."""
    means: dict[str, float] = field(default_factory=dict)
    """The last ten-minute mean."""
    minute_ends: float = 0.0
    minutes: list[int] = field(default_factory=list)
    """The last hour of minutes: 1 with every socket in the band."""
    in_band: bool = True
    used_since: float | None = None
    used_at: float | None = None
    """When a load was last seen for long enough."""

    @property
    def moves(self) -> int:
        """Nothing here runs and rests."""
        return 0

    def step(self, at: float, seen: Mapping[str, float], limits: OutletsLimits, station: Station) -> None:
        """Take in the valid samples of one instant."""
        self.at = at
        if at >= self.minute_ends:
            self._close_minute(at)
        for name, value in seen.items():
            quantity, _, socket = name.partition(".")
            if quantity == "voltage":
                self._volt(socket, value, limits)
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
        if at >= self.window_ends:
            self._close_window(at)
        loaded = any(ampere >= limits.use_current for ampere in self.amperes.values()) or (
            not self.amperes and any(watt >= limits.use_power for watt in self.watts.values())
        )
        if not loaded:
            self.used_since = None
        elif self.used_since is None:
            self.used_since = at
        elif at - self.used_since >= limits.use_after * 60:
            self.used_at = at
        dead = self.dead(limits)
        self.reference = None
        if dead:
            live = any(volt >= LIVE_V for volt in self.volts.values())
            self.reference = True if live else station.present(at, "")

    def hole(self, quantity: str) -> None:
        """What this quantity last said is no longer so."""
        plain, _, socket = quantity.partition(".")
        if plain == "voltage":
            self.volts.pop(socket, None)
            self.window.pop(socket, None)
            self.means.pop(socket, None)
            self.minutes = []
        elif plain in ("current", "power"):
            self.used_since = None
            (self.amperes if plain == "current" else self.watts).pop(socket, None)
        elif plain == "breaker_tripped":
            self.tripped = None
        elif plain == "strip_temperature":
            self.strip = None

    def proved(self, mode: Mode | None, at: float) -> None:
        """A proof is said on what is remembered anyway."""

    def dead(self, limits: OutletsLimits) -> int:
        """How many sockets have no voltage."""
        return sum(1 for volt in self.volts.values() if volt < limits.dead_voltage)

    def _volt(self, socket: str, value: float, limits: OutletsLimits) -> None:
        self.volts[socket] = value
        window = self.window.setdefault(socket, [0.0, 0.0])
        window[0] += value
        window[1] += 1
        if not limits.low_voltage <= value <= limits.high_voltage:
            self.in_band = False

    def _close_minute(self, at: float) -> None:
        if self.minute_ends and self.volts:
            self.minutes.append(int(self.in_band))
            del self.minutes[:-HOUR_MINUTES]
        self.in_band = True
        self.minute_ends = (at // MINUTE_S + 1) * MINUTE_S

    def _close_window(self, at: float) -> None:
        if self.window_ends:
            self.means = {socket: total / n for socket, (total, n) in self.window.items() if n}
        self.window = {}
        self.window_ends = (at // TEN_MINUTES_S + 1) * TEN_MINUTES_S
