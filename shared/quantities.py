"""What is measured: each quantity has one name, label, unit and plausible range, everywhere.

Ranges are those a sensor of the kind can honestly report (health.md A1 SV4); outside them a value is a fault of the
measurement, not of the facility.
"""

from dataclasses import dataclass

from shared.text import Text


class UnknownQuantity(ValueError):
    """A quantity that is not in the catalogue, or a socket suffix that is not a number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One thing that is measured. `low` and `high` bound what is plausible, in `unit`."""

    name: str
    label: Text
    unit: str
    low: float
    high: float
    decimals: int = 1
    two_state: bool = False
    stays_here: bool = False
    """Where somebody stands: it is counted from, and no figure of it leaves the station."""


def _switch(name: str, zh: str, en: str) -> Quantity:
    return Quantity(name, Text(zh, en), "", 0, 1, decimals=0, two_state=True)


def _place(slot: int, axis: str) -> Quantity:
    """Where a tracking radar sees somebody. Slots are not persons: who is in which changes from report to report."""
    label = Text(f"目标{slot} {axis}", f"Target {slot} {axis}")
    return Quantity(f"target_{slot}_{axis}", label, "m", -10, 10, decimals=2, stays_here=True)


_ALL = (
    Quantity("power", Text("功率", "Power"), "W", 0, 30_000),
    Quantity("voltage", Text("电压", "Voltage"), "V", 0, 300),
    Quantity("current", Text("电流", "Current"), "A", 0, 120, decimals=2),
    Quantity("energy", Text("电量", "Energy"), "Wh", 0, 10_000_000, decimals=0),
    Quantity("frequency", Text("频率", "Frequency"), "Hz", 0, 70),
    Quantity("power_factor", Text("功率因数", "Power factor"), "", 0, 1.05, decimals=2),
    Quantity("cabinet_temperature", Text("箱内温度", "Cabinet temperature"), "℃", -30, 60),
    Quantity("room_temperature", Text("室温", "Room temperature"), "℃", -10, 50),
    Quantity("room_humidity", Text("室内湿度", "Room humidity"), "%", 1, 100),
    Quantity("supply_temperature", Text("出风温度", "Supply air temperature"), "℃", -5, 65),
    Quantity("outdoor_temperature", Text("室外温度", "Outdoor temperature"), "℃", -40, 55),
    Quantity("hot_water_temperature", Text("热水温度", "Hot water temperature"), "℃", 0, 110),
    Quantity("strip_temperature", Text("插排温度", "Socket strip temperature"), "℃", -20, 120),
    _switch("door_open", "门开", "Door open"),
    _switch("leak", "漏水", "Leak"),
    _switch("water_low", "缺水", "Water low"),
    _switch("breaker_tripped", "跳闸", "Breaker tripped"),
    _switch("relay_on", "继电器接通", "Relay on"),
    _switch("mains_lost", "市电中断", "Mains lost"),
    _switch("beam_a", "外侧光束遮挡", "Outer beam blocked"),
    _switch("beam_b", "内侧光束遮挡", "Inner beam blocked"),
    _switch("presence", "有人", "Someone present"),
    Quantity("people", Text("雷达所见人数", "People the radar sees"), "", 0, 3, decimals=0),
    *(_place(slot, axis) for slot in (1, 2, 3) for axis in ("x", "y")),
)

QUANTITIES: dict[str, Quantity] = {quantity.name: quantity for quantity in _ALL}


def split(name: str) -> tuple[Quantity, int | None]:
    """`voltage.2` is the voltage of socket 2; `voltage` has no socket (None). Raises UnknownQuantity."""
    plain, dot, socket = name.partition(".")
    if plain not in QUANTITIES:
        raise UnknownQuantity(f"{plain!r} is not a quantity; there are {', '.join(QUANTITIES)}")
    if not dot:
        return QUANTITIES[plain], None
    if not (socket.isascii() and socket.isdigit() and int(socket) >= 1):
        raise UnknownQuantity(f"{name!r}: the socket after the dot counts from 1")
    return QUANTITIES[plain], int(socket)


def of_socket(name: str, socket: int | None) -> str:
    """The other way round: the name with its socket."""
    return name if socket is None else f"{name}.{socket}"
