"""Peacefair PZEM-016 (and 014, 004T v3): one AC circuit (Modbus RTU, RS-485), 9600 8N1.

Input registers 0 to 9, read in one go; words are big-endian, 32-bit values low word first:

    0 voltage 0.1 V        1, 2 current 0.001 A     3, 4 power 0.1 W      5, 6 energy 1 Wh
    7 frequency 0.1 Hz     8 power factor 0.01      9 over-power alarm, 0xFFFF or 0

Nothing is guaranteed below 80 V; the 10 A version has an internal shunt, the 100 A version a clamp. A new load shows
after 1.2 s and is settled after 2.5 s, so asking more than once a second gains nothing.
The 004T's metering side is fed by the circuit it measures: when that is dead it does not answer.
Source: PZEM-014/016 manual; PZEM-004T v3.0 manual.
"""

from collections.abc import Sequence

from edge.driver import (
    TWO_STATE,
    AddressRegister,
    BadFrame,
    Decode,
    Driver,
    InputRegisters,
    Options,
    Reading,
    exactly,
    wide,
)

COUNT = 10
ALARM = {0x0000: 0.0, 0xFFFF: 1.0}
OVER_RANGE = 1.2


def decode(registers: Sequence[int], range_a: float = 100) -> Reading:
    """V, A, W, Wh, Hz. Raises BadFrame where the values contradict the manual or each other."""
    exactly(COUNT, registers)
    voltage, frequency, power_factor = registers[0] / 10, registers[7] / 10, registers[8] / 100
    current, power = wide(registers[1], registers[2]) / 1000, wide(registers[3], registers[4]) / 10
    apparent = voltage * current
    if not (voltage == 0 or 60 <= voltage <= 300):
        raise BadFrame(f"voltage {voltage:g} V is neither 0 nor 60-300")
    if not (frequency == 0 or 40 <= frequency <= 70):
        raise BadFrame(f"frequency {frequency:g} Hz is neither 0 nor 40-70")
    if power_factor > 1:
        raise BadFrame(f"power factor {power_factor:g} is above 1")
    if current > OVER_RANGE * range_a:
        raise BadFrame(f"current {current:g} A is above what a {range_a:g} A meter can show")
    if abs(power - apparent * power_factor) > 5 + 0.15 * apparent:
        raise BadFrame(f"power {power:g} W is not {voltage:g} V x {current:g} A x {power_factor:g}")
    if registers[9] not in ALARM:
        raise BadFrame(f"over-power alarm 0x{registers[9]:04X} is neither 0 nor 0xFFFF")
    return {
        "voltage": voltage,
        "current": current,
        "power": power,
        "energy": float(wide(registers[5], registers[6])),
        "frequency": frequency,
        "power_factor": power_factor,
        "over_power_alarm": ALARM[registers[9]],
    }


def tuned(options: Options) -> Decode:
    """For the 10 A or the 100 A version."""
    return lambda registers: decode(registers, float(options["range_a"]))


DRIVER = Driver(
    model="pzem016",
    channels={
        "voltage": "V",
        "current": "A",
        "power": "W",
        "energy": "Wh",
        "frequency": "Hz",
        "power_factor": "",
        "over_power_alarm": TWO_STATE,
    },
    baudrate=9600,
    every_s=1.0,
    fresh_s=10.0,
    reads=(InputRegisters(0, COUNT),),
    decode=decode,
    options={"range_a": (100, 10)},
    tuned=tuned,
    address=AddressRegister(0x0002),
)
