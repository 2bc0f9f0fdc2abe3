"""Hi-Link LD2410 presence radar (UART, commissioned to 115200 8N1): devices.md section 4.

Ten report frames a second; the state byte says moving (bit 0) and still (bit 1). Without a target the old distances
stay in the frame. Commands are answered in the same stream; in configuration mode reports stop.
"""

from random import Random

from simulators.device import DeviceModel, Source
from simulators.hilink import VERSION, Commands

REPORT_HEAD, REPORT_FOOT = bytes.fromhex("F4F3F2F1"), bytes.fromhex("F8F7F6F5")
BASIC, INNER_HEAD, TAIL = 0x02, 0xAA, bytes.fromhex("5500")
FIRMWARE = bytes.fromhex("0001020116240622")


def report(state: int, moving_cm: int, moving: int, still_cm: int, still: int, distance_cm: int) -> bytes:
    """One basic report frame of 23 bytes."""
    inner = bytes((BASIC, INNER_HEAD, state)) + moving_cm.to_bytes(2, "little") + bytes((moving,))
    inner += still_cm.to_bytes(2, "little") + bytes((still,)) + distance_cm.to_bytes(2, "little") + TAIL
    return REPORT_HEAD + len(inner).to_bytes(2, "little") + inner + REPORT_FOOT


class Ld2410:
    """One radar; `source` gives presence."""

    period_s = 0.1

    def __init__(self, source: Source, rng: Random) -> None:
        self._source = source
        self._rng = rng
        self._commands = Commands({VERSION: FIRMWARE})
        self._moving_cm, self._still_cm = 180, 182

    def frame(self) -> bytes:
        if self._commands.configuring:
            return b""
        if not self._source("presence"):
            return report(0, self._moving_cm, 0, self._still_cm, 0, 0)
        self._moving_cm = min(400, max(60, self._moving_cm + self._rng.randint(-8, 8)))
        self._still_cm = min(400, max(60, self._still_cm + self._rng.randint(-2, 2)))
        state = self._rng.choices((1, 2, 3), (2, 3, 5))[0]
        moving, still = (self._rng.randint(40, 100) if state & bit else 0 for bit in (1, 2))
        return report(state, self._moving_cm, moving, self._still_cm, still, self._moving_cm)

    def hear(self, received: bytes) -> bytes:
        return self._commands.hear(received)


DEVICE = DeviceModel(channels=("presence",), alone=Ld2410)
