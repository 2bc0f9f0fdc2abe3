"""eletechsup R4DCB08: up to eight DS18B20 thermometers on one board (Modbus RTU, 9600 8N1): devices.md section 3.

Holding registers 0 to 7 in tenths of a degree, 0x8000 where no sensor is; 8 to 15 a correction per channel. Alone on
the line it says its address to unit 0xFF.
"""

from simulators.codec import ILLEGAL_FUNCTION, READ_HOLDING, exception
from simulators.device import DeviceModel, Source, settings

CHANNELS = 8
NO_SENSOR = 0x8000
ANY_UNIT = 0xFF
REPORT, ADDRESS, BAUD = 0x00FD, 0x00FE, 0x00FF
WRITABLE = {
    **{CHANNELS + channel: range(0x10000) for channel in range(CHANNELS)},
    REPORT: range(256),
    ADDRESS: range(1, 248),
    BAUD: range(6),
}


class R4dcb08:
    """One board; `source` gives t1 to t8, None where no probe is connected."""

    def __init__(self, address: int, source: Source) -> None:
        self._held = dict.fromkeys(WRITABLE, 0) | {ADDRESS: address, BAUD: 3}
        self._source = source

    @property
    def address(self) -> int:
        return self._held[ADDRESS]

    def hears(self, unit: int) -> bool:
        return unit in (self.address, ANY_UNIT)

    def live(self, now: float) -> None:
        """It counts nothing."""

    def answer(self, request: bytes) -> bytes | None:
        unit, function = request[0], request[1]
        if function == READ_HOLDING:
            self._held.update({channel: self._felt(channel) for channel in range(CHANNELS)})
        return settings(request, unit, self._held, WRITABLE) or exception(unit, function, ILLEGAL_FUNCTION)

    def _felt(self, channel: int) -> int:
        value = self._source(f"t{channel + 1}")
        if value is None:
            return NO_SENSOR
        correction = self._held[CHANNELS + channel]
        return round(value * 10) + (correction - 0x10000 if correction & 0x8000 else correction)


DEVICE = DeviceModel(
    channels=tuple(f"t{channel + 1}" for channel in range(CHANNELS)), latency_s=(0.010, 0.050), on_line=R4dcb08
)
