"""Waveshare Modbus RTU IO 8CH: eight isolated contacts (Modbus RTU, RS-485), 9600 8N1.

Discrete inputs 0 to 7 (function 02); bit 0 of the one data byte is DI1. 1 is voltage on the input. Holding register
0x4000 is the address, set by a broadcast while the board is alone.
A person breaks a beam for 0.2 to 0.5 s, so a board with beams is asked ten times a second, on a bus of its own.
Source: Waveshare wiki, Modbus RTU IO 8CH.
"""

from collections.abc import Sequence

from edge.driver import TWO_STATE, AddressRegister, BadFrame, DiscreteInputs, Driver, Reading, exactly

COUNT = 8


def decode(bits: Sequence[int]) -> Reading:
    """0 or 1 by channel. Raises BadFrame on another number of inputs, or on what is no bit."""
    exactly(COUNT, bits)
    if any(bit not in (0, 1) for bit in bits):
        raise BadFrame(f"contacts are 0 or 1, got {list(bits)}")
    return {f"di{channel}": float(bit) for channel, bit in enumerate(bits, start=1)}


DRIVER = Driver(
    model="di8",
    channels={f"di{channel}": TWO_STATE for channel in range(1, COUNT + 1)},
    baudrate=9600,
    every_s=0.1,
    fresh_s=5.0,
    reads=(DiscreteInputs(0, COUNT),),
    decode=decode,
    address=AddressRegister(0x4000, broadcast=True),
)
