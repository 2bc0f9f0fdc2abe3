"""eletechsup N4DSC08: up to eight DS18B20 thermometers on one board (Modbus RTU, 9600 8N1): devices.md section 3.

Input registers 0 to 7 in tenths of a degree, 0x8000 where no sensor is; the same as holding registers 0xA0 to 0xA7.
0xFD is the address and holds at once, 0xFE the baud code, 0xF3 says that wires are long.
"""

from simulators.codec import ILLEGAL_FUNCTION, READ_REGISTERS, exception
from simulators.device import DeviceModel, Source, read_registers, settings

CHANNELS = 8
NO_SENSOR = 0x8000
COPY, LONG_WIRES, ADDRESS, BAUD = 0x00A0, 0x00F3, 0x00FD, 0x00FE
WRITABLE = {LONG_WIRES: range(2), ADDRESS: range(1, 248), BAUD: range(5)}


class N4dsc08:
    """One board; `source` gives t1 to t8, None where no probe is connected."""

    def __init__(self, address: int, source: Source) -> None:
        self._held = {LONG_WIRES: 0, ADDRESS: address, BAUD: 3}
        self._source = source

    @property
    def address(self) -> int:
        return self._held[ADDRESS]

    def hears(self, unit: int) -> bool:
        return unit == self.address

    def live(self, now: float) -> None:
        """It counts nothing."""

    def answer(self, request: bytes) -> bytes | None:
        unit, function = request[0], request[1]
        felt = [self._felt(f"t{channel + 1}") for channel in range(CHANNELS)]
        if function == READ_REGISTERS:
            return read_registers(request, unit, dict(enumerate(felt)))
        self._held.update(enumerate(felt, start=COPY))
        return settings(request, unit, self._held, WRITABLE) or exception(unit, function, ILLEGAL_FUNCTION)

    def _felt(self, channel: str) -> int:
        value = self._source(channel)
        return NO_SENSOR if value is None else round(value * 10)


DEVICE = DeviceModel(
    channels=tuple(f"t{channel + 1}" for channel in range(CHANNELS)), latency_s=(0.010, 0.050), on_line=N4dsc08
)
