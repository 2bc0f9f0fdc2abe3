"""Hi-Link LD2450: where up to three people are (UART, talks unasked ten times a second).

A report, little-endian:  AA FF 03 00 | three targets of x, y, speed, distance resolution | 55 CC
x and y in mm, speed in cm/s: bit 15 set is positive, clear is negative, the magnitude stands in the other 15 bits. Seen
from the radar, y leads away from it; a negative speed comes nearer. An empty slot is all zero. There is no checksum and
the header may stand in data, so a report is cut by its length and checked at both ends.
Slots are not identities: when target 1 leaves, target 3 may become target 1. It shows three at most, people side by
side merge, who sits still vanishes, curtains and fans are seen as people, and a slot may keep an old position.
256000 baud as shipped; set to 115200 at commissioning, for many adapters cannot do 256000.
Source: HLK-LD2450 serial communication protocol V1.03.
"""

from edge.driver import Driver, Reading
from edge.hilink import ENABLE, RESTART, Reports

HEADER, FOOTER = bytes.fromhex("AAFF0300"), bytes.fromhex("55CC")
SLOTS, SLOT_SIZE = 3, 8
SIZE = len(HEADER) + SLOTS * SLOT_SIZE + len(FOOTER)
EMPTY = bytes(SLOT_SIZE)
FARTHEST_MM = 10_000
"""Beyond any place it can see (6 m): a slot that says so was hit by noise."""


def number(low: int, high: int) -> int:
    """The report's own coding of a sign: bit 15 set is positive."""
    magnitude = (high & 0x7F) << 8 | low
    return magnitude if high & 0x80 else -magnitude


def report(frame: bytes) -> Reading | None:
    """Who is where in a whole frame of SIZE bytes (m, m/s), or None if it is not a report."""
    if not (frame.startswith(HEADER) and frame.endswith(FOOTER)):
        return None
    reading: dict[str, float] = {"people": 0.0}
    for slot in range(SLOTS):
        said = frame[len(HEADER) + slot * SLOT_SIZE :][:SLOT_SIZE]
        if said == EMPTY:
            continue
        x, y, speed = (number(said[at], said[at + 1]) for at in (0, 2, 4))
        if max(abs(x), abs(y)) > FARTHEST_MM:
            return None
        reading["people"] += 1
        reading |= {f"x{slot + 1}": x / 1000, f"y{slot + 1}": y / 1000, f"speed{slot + 1}": speed / 100}
    return reading


DRIVER = Driver(
    model="ld2450",
    channels={"people": ""}
    | {
        f"{name}{slot}": unit
        for slot in range(1, SLOTS + 1)
        for name, unit in (("x", "m"), ("y", "m"), ("speed", "m/s"))
    },
    baudrate=115200,
    every_s=1.0,
    fresh_s=5.0,
    stream=lambda: Reports({HEADER: SIZE}, report),
    restart=(ENABLE, RESTART),
)
