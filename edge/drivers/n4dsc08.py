"""eletechsup N4DSC08: up to eight DS18B20 thermometers on one board (Modbus RTU, RS-485), 9600 8N1.

The newer sister of the R4DCB08, with another map: input registers 0 to 7 are the channels, signed, in tenths of a
degree; 0x8000 is no sensor. Holding register 0xF3 is 1 for wires longer than 5 m.
Its address is 0xFD, where the R4DCB08 begins unasked reports; its baud code is 0xFE, where that one has its address.
A DS18B20 that has lost its supply for a moment shows 85.0 ℃ once: its power-on value.
Source: N4DSC08 notes and two drivers (devices.md section 3); DS18B20 data sheet.
"""

from edge.driver import AddressRegister, Driver, InputRegisters
from edge.drivers.r4dcb08 import COUNT, decode

DRIVER = Driver(
    model="n4dsc08",
    channels={f"t{channel}": "℃" for channel in range(1, COUNT + 1)},
    baudrate=9600,
    every_s=5.0,
    fresh_s=60.0,
    reads=(InputRegisters(0, COUNT),),
    decode=decode,
    power_on=85.0,
    address=AddressRegister(0x00FD),
)
