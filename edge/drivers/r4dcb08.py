"""eletechsup R4DCB08: up to eight DS18B20 thermometers on one board (Modbus RTU, RS-485), 9600 8N1.

Holding registers 0 to 7 are the channels, signed, in tenths of a degree; 0x8000 is no sensor. -55 to 125 ℃.
A DS18B20 that has lost its supply for a moment shows 85.0 ℃ once: its power-on value.
Never write 0xFD: on this board it starts unasked reports (on the N4DSC08 of the same maker it is the address).
Source: R4DCB08 Modbus RTU protocol (PDF); DS18B20 data sheet.
"""

from collections.abc import Sequence

from edge.driver import AddressRegister, Driver, HoldingRegisters, Reading, exactly, signed

COUNT = 8
NO_SENSOR = 0x8000


def decode(registers: Sequence[int]) -> Reading:
    """℃ by channel; a channel without a sensor is absent. Raises BadFrame on another number of channels."""
    exactly(COUNT, registers)
    return {f"t{channel}": signed(word) / 10 for channel, word in enumerate(registers, start=1) if word != NO_SENSOR}


DRIVER = Driver(
    model="r4dcb08",
    channels={f"t{channel}": "℃" for channel in range(1, COUNT + 1)},
    baudrate=9600,
    every_s=5.0,
    fresh_s=60.0,
    reads=(HoldingRegisters(0, COUNT),),
    decode=decode,
    power_on=85.0,
    address=AddressRegister(0x00FE),
)
