"""A strip of charging sockets behind one breaker, each with its own meter (health.md A6).

Healthy with these options: `sockets` 1 to 6, `charger_w` 2 to 10 (the weakest charger people bring), `meters_fed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

from simulators.appliance import Appliance, Fault, Physics
from simulators.fault import between
from simulators.mains import NOMINAL_V
from simulators.meter import NOISE, STARTS_W, supply
from simulators.people import Day, Use, Uses
from simulators.surroundings import Surroundings

LOW_V, HIGH_V = 198.0, 235.4
CHARGER_W = 3.5
STRIP_S = 900.0
STRIP_K_PER_KW2 = 6.5
"""Contacts heat with the square of the load."""

BEYOND = (0.02, 0.14)
OVERLOAD_W = (2400.0, 2900.0)
"""Around eleven and a half amperes: a kettle and a heater on one ten-ampere socket."""

FAULTS = {
    "trip": Fault("the breaker trips: its contact closes, the meters behind it fall silent"),
    "overload": Fault("a kettle and a heater draw 10.4 to 12.6 A from socket 1, by size"),
    "out_of_band": Fault("a loose neutral: the sockets have 2 to 14 % too little or too much, by size", 0.25),
    "socket_dead": Fault("the last sockets have no mains; size: how many of them, one at least", 0.0),
    "worn_contact": Fault("the voltage is fine and no plug holds; size: in how many sockets, one at least", 1.0),
    "relay_off": Fault("the monitoring relay was left off; the meters still see the mains"),
}


@dataclass(slots=True)
class Socket:
    """One socket: who charges there, and how its meter's quantities are called."""

    number: int
    charging: Uses = field(default_factory=Uses)
    names: tuple[str, str, str, str] = ("", "", "", "")

    def __post_init__(self) -> None:
        volts, power, factor, current = (
            f"{name}.{self.number}" for name in ("voltage", "power", "power_factor", "current")
        )
        self.names = (volts, power, factor, current)


class Outlets(Appliance):
    """`sockets` sockets; the quantities of the second are `voltage.2`, `power.2` and so on."""

    faults = FAULTS

    def __init__(self, options: Mapping[str, float]) -> None:
        super().__init__(options)
        self._sockets = [Socket(number) for number in range(1, int(options.get("sockets", 2)) + 1)]
        self._charger_w = options.get("charger_w", CHARGER_W)
        self._meters_fed = bool(options.get("meters_fed"))
        """Whether the meters have a supply of their own: on a dead socket they answer 0 V instead of falling silent."""
        self._strip: float | None = None
        self._now: float | None = None
        self._scale = 1.0
        """Voltage at the sockets over that of the mains."""

    def _expect(self, day: Day) -> None:
        for socket in self._sockets:
            socket.charging.add(use for use in day.charging if use.place == socket.number)

    def live(self, now: float, around: Surroundings) -> None:
        total = 0.0
        fed = self.fed(around)
        for socket in self._sockets:
            use = socket.charging.at(now)
            watts = self._load(socket.number, use, now) if fed else 0.0
            total += watts
            self._feel(socket, watts, around)
        step = 0.0 if self._now is None else now - self._now
        self._now = now
        strip = around.room if self._strip is None else self._strip
        target = around.room + STRIP_K_PER_KW2 * (total / 1000) ** 2
        self._strip = strip + (target - strip) * (1 - exp(-step / STRIP_S))
        self.values["strip_temperature"] = self._strip + 0.05 * next(self.noise)
        self.values["breaker_tripped"] = 1.0 if self.how == "trip" else 0.0
        self.values["mains_lost"] = 1.0 if around.mains is None else 0.0
        self._feel_relay()

    def facts(self, now: float, around: Surroundings) -> Mapping[str, float]:
        """`sockets`, and how many are `good`: live, within 198 to 235.4 V, and hold a plug."""
        good = sum(1 for socket in self._sockets if self._good(socket, now, around))
        return {"sockets": float(len(self._sockets)), "good": float(good)}

    def _broken(self) -> None:
        self._scale = 1.0
        if self.how == "out_of_band":
            beyond = between(BEYOND, self.size)
            edge = self.luck.choice((LOW_V * (1 - beyond), HIGH_V * (1 + beyond)))
            self._scale = edge / NOMINAL_V

    def _healed(self) -> None:
        self._scale = 1.0

    def _good(self, socket: Socket, now: float, around: Surroundings) -> bool:
        number = socket.number
        if not self.fed(around) or self._dead(number) or self._worn(number):
            return False
        volts = supply(self._load(number, socket.charging.at(now), now), around)
        return volts is not None and LOW_V <= volts * self._scale <= HIGH_V

    def _last(self, number: int) -> bool:
        """Whether a fault of the last sockets has this one."""
        return number > len(self._sockets) - max(1, round(self.size * len(self._sockets)))

    def _dead(self, number: int) -> bool:
        return self.how == "trip" or (self.how == "socket_dead" and self._last(number))

    def _worn(self, number: int) -> bool:
        return self.how == "worn_contact" and self._last(number)

    def _load(self, number: int, use: Use | None, now: float) -> float:
        if self.how is not None:
            if self._dead(number) or self._worn(number):
                return 0.0
            if self.how == "overload" and number == 1:
                return between(OVERLOAD_W, self.size)
        if use is None:
            return 0.0
        full = max(self._charger_w, use.amount)
        return full * (1 - 0.5 * (now - use.start) / (use.end - use.start))

    def _feel(self, socket: Socket, watts: float, around: Surroundings) -> None:
        named = socket.names
        volts = None if self.how is not None and self._dead(socket.number) else supply(watts, around)
        if volts is None:
            told = 0.0 if self._meters_fed and around.mains is not None else None
            self.values.update(dict.fromkeys(named, told))
            return
        volts *= self._scale
        power = factor = current = 0.0
        if watts:
            power = watts * (1 + NOISE * next(self.noise))
            if power > STARTS_W:
                factor = 0.62 if watts < 500 else 0.99
                current = power / volts / factor
        values = self.values
        values[named[0]], values[named[1]], values[named[2]], values[named[3]] = volts, power, factor, current


PHYSICS = Physics(Outlets, FAULTS)
