"""XY-MD02 (SHT20): temperature and humidity of the air (Modbus RTU, RS-485), 9600 8N1.

Input register 1 is the temperature, signed, register 2 the humidity; register 0 does not exist. Both are in tenths,
but units that look the same report hundredths: option `scale` is 10 or 100.
Range -40 to 60 ℃; not for steam. The automatic upload of its ASCII protocol must be off on a shared bus.
Source: XY-MD02 manual; e-tinkers SHT20 notes on both scalings.
"""

from collections.abc import Sequence

from edge.driver import AddressRegister, BadFrame, Decode, Driver, InputRegisters, Options, Reading, exactly, signed

COUNT = 2
COLDEST, HOTTEST = -50, 100


def decode(registers: Sequence[int], scale: float = 10) -> Reading:
    """℃ and %RH. Raises BadFrame where the scale makes the air impossible, and says which one to try."""
    exactly(COUNT, registers)
    temperature, humidity = signed(registers[0]) / scale, registers[1] / scale
    advice = "this unit may count in hundredths: set option scale = 100" if scale == 10 else "check option scale"
    if not COLDEST <= temperature <= HOTTEST:
        raise BadFrame(f"temperature {temperature:g} ℃ is outside {COLDEST} to {HOTTEST}; {advice}")
    if humidity > 100:
        raise BadFrame(f"humidity {humidity:g} % is above 100; {advice}")
    return {"temperature": temperature, "humidity": humidity}


def tuned(options: Options) -> Decode:
    """For a unit that counts in tenths or in hundredths."""
    return lambda registers: decode(registers, float(options["scale"]))


DRIVER = Driver(
    model="xy_md02",
    channels={"temperature": "℃", "humidity": "%"},
    baudrate=9600,
    every_s=10.0,
    fresh_s=60.0,
    reads=(InputRegisters(1, COUNT),),
    decode=decode,
    options={"scale": (10, 100)},
    tuned=tuned,
    address=AddressRegister(0x0101),
)
