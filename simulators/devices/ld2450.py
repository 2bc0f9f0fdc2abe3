"""Hi-Link LD2450 tracking radar (UART, commissioned to 115200 8N1): devices.md section 4.

Ten report frames a second with three slots of x, y (mm), speed (cm/s) and resolution (mm); bit 15 set says positive.
Who is seen fills the slots in order, so that a slot is nobody's own: when the first one leaves, the next moves up. In
configuration mode reports stop.
"""

from random import Random

from simulators.device import DeviceModel, Source
from simulators.hilink import VERSION, Commands

HEAD, FOOT = bytes.fromhex("AAFF0300"), bytes.fromhex("55CC")
SLOTS = 3
RESOLUTION_MM = 320
PERIOD_S = 0.1
FIRMWARE = bytes.fromhex("0001020116240622")

Target = tuple[int, int, int, int]
"""x mm, y mm, speed cm/s, resolution mm."""


def word(value: int) -> bytes:
    """Sixteen bits, low byte first, the sign inverted."""
    return (min(abs(value), 0x7FFF) | (0x8000 if value >= 0 else 0)).to_bytes(2, "little")


def report(targets: list[Target]) -> bytes:
    """One report frame of 30 bytes."""
    slots = [word(x) + word(y) + word(speed) + mm.to_bytes(2, "little") for x, y, speed, mm in targets]
    return HEAD + b"".join(slots).ljust(SLOTS * 8, b"\0") + FOOT


class Ld2450:
    """One radar; `source` gives x1, y1 to x3, y3 in m, None for nobody."""

    period_s = PERIOD_S

    def __init__(self, source: Source, rng: Random) -> None:
        self._source = source
        self._rng = rng
        self._commands = Commands({VERSION: FIRMWARE})
        self._distances: dict[int, float] = {}
        """Where each person was, along the line of sight: speed is told from its change."""

    def frame(self) -> bytes:
        if self._commands.configuring:
            return b""
        targets = []
        for person in range(1, SLOTS + 1):
            x, y = self._source(f"x{person}"), self._source(f"y{person}")
            if x is None or y is None:
                self._distances.pop(person, None)
                continue
            distance = (x * x + y * y) ** 0.5
            away = (distance - self._distances.get(person, distance)) / PERIOD_S
            self._distances[person] = distance
            sway_x, sway_y = (self._rng.randint(-15, 15) for _ in range(2))
            targets.append((round(x * 1000) + sway_x, round(y * 1000) + sway_y, round(away * 100), RESOLUTION_MM))
        return report(targets)

    def hear(self, received: bytes) -> bytes:
        return self._commands.hear(received)


DEVICE = DeviceModel(
    channels=("people", *(f"{axis}{slot}" for slot in range(1, SLOTS + 1) for axis in ("x", "y", "speed"))),
    alone=Ld2450,
)
