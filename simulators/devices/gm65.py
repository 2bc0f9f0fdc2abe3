"""Hangzhou Grow GM65 code scanner (UART or USB serial, 9600 8N1): devices.md section 6.

What it reads it says as the code's text and a tail. Commands are answered in the same stream, among the codes.
"""

from collections import deque
from random import Random

from simulators.device import DeviceModel, Source

HEAD = bytes.fromhex("7E00")
READ_ZONE, WRITE_ZONE, SAVE, HEARTBEAT = 0x07, 0x08, 0x09, 0x0A
BAUD_ZONE = bytes.fromhex("002A")
UNCHECKED = bytes.fromhex("ABCD")
CODE_DIGITS = 12


def check(body: bytes) -> bytes:
    """CRC-16/XMODEM: polynomial 0x1021 from 0, high byte first."""
    value = 0
    for byte in body:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value.to_bytes(2, "big")


def answer(type_: int, data: bytes) -> bytes:
    """An answer: type, length in 16 bits, data, check bytes over all but the type."""
    inner = b"\0" + len(data).to_bytes(2, "big") + data
    return bytes((type_,)) + inner + check(inner)


ACK, BEAT = answer(0x02, b"\0"), answer(0x03, b"\0")


class Gm65:
    """One scanner in continuous mode; `source` gives the number of the card before it, None while there is none."""

    period_s = 0.1

    def __init__(self, source: Source, _rng: Random, tail: bytes = b"\r") -> None:
        self._source = source
        self._tail = tail
        self._card: float | None = None
        self._shown: deque[bytes] = deque()
        self._received = b""

    def show(self, code: bytes) -> None:
        """Hold any code before it."""
        self._shown.append(code)

    def frame(self) -> bytes:
        card = self._source("card")
        if card is not None and card != self._card:
            self.show(f"{int(card):0{CODE_DIGITS}d}".encode())
        self._card = card
        return self._shown.popleft() + self._tail if self._shown else b""

    def hear(self, received: bytes) -> bytes:
        self._received += received
        said = b""
        while (start := self._received.find(HEAD)) >= 0:
            command = self._received[start:]
            if len(command) < 4 or len(command) < (size := 8 + command[3]):
                break
            self._received = command[size:]
            said += self._obey(command[2 : size - 2], command[size - 2 : size])
        return said

    def _obey(self, body: bytes, checked: bytes) -> bytes:
        if checked not in (UNCHECKED, check(body)):
            return b""
        type_, zone = body[0], body[2:4]
        if type_ == HEARTBEAT:
            return BEAT
        if type_ == READ_ZONE:
            return answer(0x02, bytes.fromhex("3901") if zone == BAUD_ZONE else b"\0" * body[4])
        return ACK if type_ in (WRITE_ZONE, SAVE) else b""


DEVICE = DeviceModel(channels=("card",), alone=Gm65)
