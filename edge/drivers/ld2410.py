"""Hi-Link LD2410 (B, C): is someone in the room (UART, talks unasked about ten times a second).

A report, little-endian:  F4 F3 F2 F1 | length | type AA state ... 55 00 | F8 F7 F6 F5
length 13 with type 02 (basic), 35 with type 01 (engineering). State 0 nobody, 1 moving, 2 still, 3 both.
Only the state counts: distances of reports without a target are old. There is no checksum, and a data byte may look
like a marker (244 cm is F4), so a report is cut by its length and checked at every constant byte.
256000 baud as shipped; set to 115200 at commissioning, for many adapters cannot do 256000. The LD2410S differs.
Source: HLK-LD2410 serial communication protocol V1.02.
"""

from edge.driver import TWO_STATE, Driver, Reading
from edge.hilink import ENABLE, RESTART, Reports

HEADER, TAIL, FOOTER = bytes.fromhex("F4F3F2F1"), bytes.fromhex("5500"), bytes.fromhex("F8F7F6F5")
INNER_LENGTH = {0x02: 13, 0x01: 35}
STARTS = {HEADER + length.to_bytes(2, "little") + bytes((kind, 0xAA)): length for kind, length in INNER_LENGTH.items()}
START_SIZE = 8
SIZES = {start: length + 10 for start, length in STARTS.items()}
"""Of whole reports, header and footer included."""
PRESENCE = {0: 0.0, 1: 1.0, 2: 1.0, 3: 1.0}


def report(frame: bytes) -> Reading | None:
    """What a whole frame from header to footer says, or None if it is not a report."""
    if frame[-6:-4] != TAIL or frame[-4:] != FOOTER or frame[START_SIZE] not in PRESENCE:
        return None
    return {"presence": PRESENCE[frame[START_SIZE]]}


DRIVER = Driver(
    model="ld2410",
    channels={"presence": TWO_STATE},
    baudrate=115200,
    every_s=1.0,
    fresh_s=5.0,
    stream=lambda: Reports(SIZES, report),
    restart=(ENABLE, RESTART),
)
