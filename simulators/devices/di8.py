"""Waveshare Modbus RTU IO 8CH: eight isolated inputs, eight outputs (9600 8N1): devices.md section 5.

Function 0x02 reads the inputs, 0x01 and 0x05 the outputs; holding register 0x4000 is the address.
"""

from simulators.codec import (
    ILLEGAL_ADDRESS,
    ILLEGAL_FUNCTION,
    ILLEGAL_VALUE,
    READ_COILS,
    READ_INPUTS,
    WRITE_COIL,
    bits_answer,
    exception,
    two_words,
)
from simulators.device import DeviceModel, Source, settings

PINS = 8
ADDRESS = 0x4000
WRITABLE = {ADDRESS: range(1, 248)}
ON, OFF = 0xFF00, 0x0000


class Di8:
    """One board; `source` gives di1 to di8, None (nothing connected) reads as 0."""

    def __init__(self, address: int, source: Source) -> None:
        self._held = {ADDRESS: address}
        self._coils = [False] * PINS
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
        if function in (READ_INPUTS, READ_COILS):
            return self._read(request)
        if function == WRITE_COIL:
            return self._write(request)
        return settings(request, unit, self._held, WRITABLE) or exception(unit, function, ILLEGAL_FUNCTION)

    def _read(self, request: bytes) -> bytes:
        start, count = two_words(request)
        if count < 1 or start + count > PINS:
            return exception(request[0], request[1], ILLEGAL_ADDRESS)
        pins = range(start, start + count)
        if request[1] == READ_COILS:
            return bits_answer(request[0], request[1], [self._coils[pin] for pin in pins])
        return bits_answer(request[0], request[1], [bool(self._source(f"di{pin + 1}")) for pin in pins])

    def _write(self, request: bytes) -> bytes:
        pin, value = two_words(request)
        if pin >= PINS:
            return exception(request[0], WRITE_COIL, ILLEGAL_ADDRESS)
        if value not in (ON, OFF):
            return exception(request[0], WRITE_COIL, ILLEGAL_VALUE)
        self._coils[pin] = value == ON
        return request


DEVICE = DeviceModel(channels=tuple(f"di{pin + 1}" for pin in range(PINS)), latency_s=(0.004, 0.010), on_line=Di8)
