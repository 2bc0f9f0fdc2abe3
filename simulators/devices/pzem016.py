"""PZEM-014/016 AC meter (Modbus RTU, 9600 8N1): devices.md section 1.

Ten input registers, 32-bit values low word first. Function 0x42 resets the energy counter, 0x06 sets the address or
the alarm. It is fed by the mains it measures: a dead circuit is silence.
"""

from simulators.codec import ILLEGAL_FUNCTION, READ_REGISTERS, RESET_ENERGY, exception
from simulators.device import DeviceModel, Source, read_registers, settings

GENERAL_ADDRESS = 0xF8
ALARM_W, ADDRESS = 1, 2
WRITABLE = {ALARM_W: range(25_001), ADDRESS: range(1, 0xF8)}
START_W = 0.4
"""Below this it measures no load."""
FREQUENCY_HZ = 50.0
ENERGY_LIMIT_WH = 9_999_990.0


def low_word_first(value: float) -> tuple[int, int]:
    """A 32-bit count as its two registers."""
    count = round(value)
    return count & 0xFFFF, count >> 16 & 0xFFFF


class Pzem016:
    """One meter. `source` gives voltage, power and power_factor; current follows where it is not given."""

    def __init__(self, address: int, source: Source) -> None:
        self._held = {ALARM_W: 23_000, ADDRESS: address}
        self._source = source
        self._energy_wh = 0.0
        self._now: float | None = None

    @property
    def address(self) -> int:
        return self._held[ADDRESS]

    def hears(self, unit: int) -> bool:
        return unit in (self.address, GENERAL_ADDRESS)

    def live(self, now: float) -> None:
        if self._now is not None:
            hours = (now - self._now) / 3600
            self._energy_wh = min(ENERGY_LIMIT_WH, self._energy_wh + (self._source("power") or 0.0) * hours)
        self._now = now

    def answer(self, request: bytes) -> bytes | None:
        if self._source("voltage") is None:
            return None
        unit, function = request[0], request[1]
        if function == READ_REGISTERS:
            return read_registers(request, unit, self._input())
        if function == RESET_ENERGY:
            self._energy_wh = 0.0
            return request
        return settings(request, unit, self._held, WRITABLE) or exception(unit, function, ILLEGAL_FUNCTION)

    def _input(self) -> dict[int, int]:
        volts = self._source("voltage") or 0.0
        watts = self._source("power") or 0.0
        factor = self._source("power_factor")
        factor = 1.0 if factor is None else factor
        amperes = self._source("current")
        if watts < START_W:
            watts = factor = amperes = 0.0
        if amperes is None:
            amperes = watts / volts / factor if volts and factor else 0.0
        energy = self._source("energy")
        frequency = self._source("frequency")
        alarm = 0xFFFF if watts > self._held[ALARM_W] or self._source("over_power_alarm") else 0
        current, power = low_word_first(amperes * 1000), low_word_first(watts * 10)
        counted = low_word_first(self._energy_wh if energy is None else energy)
        hertz = round((FREQUENCY_HZ if frequency is None else frequency) * 10)
        registers = (round(volts * 10), *current, *power, *counted, hertz, round(factor * 100), alarm)
        return dict(enumerate(registers))


DEVICE = DeviceModel(
    channels=("voltage", "current", "power", "energy", "frequency", "power_factor", "over_power_alarm"),
    latency_s=(0.060, 0.085),
    on_line=Pzem016,
)
