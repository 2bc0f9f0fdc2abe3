"""The answer to one question, found in what a line delivers: stray bytes, echoes and foreign frames are passed over.

Modbus RTU frames have no start mark, only a CRC (Modbus over Serial Line V1.02, 2.5.1): a frame is where the expected
device and function stand and the CRC over the length the frame itself states is right. Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass

EXCEPTION = 0x80
WRITE_REGISTER = 6
"""Answered by its own echo."""
ECHO_SIZE = 8
SHORTEST = 5
"""An exception: device, function, code, CRC. No answer to a read is shorter."""


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


CRC_TABLE = _table()


def crc(frame: bytes) -> bytes:
    """CRC-16 (0xA001 reflected, from 0xFFFF), low byte first as it is sent."""
    value = 0xFFFF
    for byte in frame:
        value = value >> 8 ^ CRC_TABLE[(value ^ byte) & 0xFF]
    return value.to_bytes(2, "little")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked of whom: a read, whose answer states its own length, or the writing of one register."""

    address: int
    function: int

    def answer_in(self, heard: bytes) -> bytes | None:
        """The first whole answer or exception to this question in the bytes heard, or None: not yet."""
        at = -1
        while (at := heard.find(self.address, at + 1)) >= 0 and len(heard) - at >= SHORTEST:
            size = self._size(heard[at + 1], heard[at + 2])
            frame = heard[at : at + size]
            if size and len(frame) == size and crc(frame[:-2]) == frame[-2:]:
                return frame
        return None

    def begun_in(self, heard: bytes) -> bool:
        """Whether the device has at least begun to answer: if not, its answer may still come."""
        begins = bytes((self.address, self.function)), bytes((self.address, self.function | EXCEPTION))
        return begins[0] in heard or begins[1] in heard

    def _size(self, function: int, byte_count: int) -> int:
        if function == self.function:
            return ECHO_SIZE if function == WRITE_REGISTER else SHORTEST + byte_count
        return SHORTEST if function == self.function | EXCEPTION else 0


class Ear:
    """What a line delivers since the last question: passes on the answer and nothing else. `now` is monotonic."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._question: Question | None = None
        self.last_at = now()
        """When the last byte came."""
        self.heard = 0
        """How many bytes came since the question."""
        self.begun = False
        """Whether the answer has at least begun."""

    def listen_for(self, question: Question | None) -> None:
        """From here on this is the question."""
        self._question, self.heard, self.begun = question, 0, False

    def filter(self, sending: bool, data: bytes) -> bytes:
        """All bytes since the question, to those pymodbus may see. What it sends passes."""
        if sending:
            return data
        self.last_at, self.heard = self._now(), len(data)
        if self._question is None:
            return b""
        self.begun = self._question.begun_in(data)
        answer = self._question.answer_in(data)
        if answer is None:
            return b""
        self._question = None
        return answer
