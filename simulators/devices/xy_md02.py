"""XY-MD02 / SHT20 temperature and humidity transmitter (Modbus RTU, 9600 8N1): devices.md section 2.

Input registers 1 and 2: temperature signed in tenths, humidity in tenths. Register 0 does not exist.
"""

from simulators.codec import ILLEGAL_FUNCTION, READ_REGISTERS, exception
from simulators.device import DeviceModel, Source, read_registers, settings

ADDRESS, BAUD, TEMPERATURE_CORRECTION, HUMIDITY_CORRECTION = 0x0101, 0x0102, 0x0103, 0x0104
WRITABLE = {
    ADDRESS: range(1, 248),
    BAUD: range(9600, 19_201),
    TEMPERATURE_CORRECTION: range(0x10000),
    HUMIDITY_CORRECTION: range(0x10000),
}


def signed(word: int) -> int:
    """Two's complement of sixteen bits."""
    return word - 0x10000 if word & 0x8000 else word


class XyMd02:
    """One transmitter; `source` gives temperature and humidity."""

    def __init__(self, address: int, source: Source) -> None:
        self._held = {ADDRESS: address, BAUD: 9600, TEMPERATURE_CORRECTION: 0, HUMIDITY_CORRECTION: 0}
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
        if function != READ_REGISTERS:
            return settings(request, unit, self._held, WRITABLE) or exception(unit, function, ILLEGAL_FUNCTION)
        temperature = round((self._source("temperature") or 0.0) * 10) + signed(self._held[TEMPERATURE_CORRECTION])
        humidity = round((self._source("humidity") or 0.0) * 10) + signed(self._held[HUMIDITY_CORRECTION])
        return read_registers(request, unit, {1: temperature, 2: humidity})


DEVICE = DeviceModel(channels=("temperature", "humidity"), latency_s=(0.010, 0.040), on_line=XyMd02)
