"""Modbus RTU as the devices speak it: frames, CRC, exceptions. Written from the manuals, not from the agent's driver.

Source: devices.md section 9 (CRC-16, polynomial 0xA001 reflected, initial 0xFFFF, low byte first).
"""

from collections.abc import Sequence

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, DEVICE_FAILURE, BUSY = 1, 2, 3, 4, 6

READ_COILS, READ_INPUTS, READ_HOLDING, READ_REGISTERS, WRITE_COIL, WRITE_REGISTER = 1, 2, 3, 4, 5, 6
WRITE_COILS, WRITE_REGISTERS, CALIBRATE, RESET_ENERGY = 0x0F, 0x10, 0x41, 0x42


def _table() -> tuple[int, ...]:
    rows = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ 0xA001 if byte & 1 else byte >> 1
        rows.append(byte)
    return tuple(rows)


_CRC = _table()


def crc(body: bytes) -> bytes:
    """The two check bytes as they follow the body on the wire."""
    value = 0xFFFF
    for byte in body:
        value = (value >> 8) ^ _CRC[(value ^ byte) & 0xFF]
    return bytes((value & 0xFF, value >> 8))


def sealed(body: bytes) -> bytes:
    """The body with its check bytes."""
    return body + crc(body)


def intact(frame: bytes) -> bool:
    """Whether a frame ends in its own check bytes."""
    return len(frame) >= 4 and crc(frame[:-2]) == frame[-2:]


def request_length(start: bytes) -> int | None:
    """How long a request that starts so will be: None until enough of it is there, 0 for a function nobody has."""
    if len(start) < 2:
        return None
    function = start[1]
    if function in (READ_COILS, READ_INPUTS, READ_HOLDING, READ_REGISTERS, WRITE_COIL, WRITE_REGISTER):
        return 8
    if function == RESET_ENERGY:
        return 4
    if function == CALIBRATE:
        return 6
    if function in (WRITE_COILS, WRITE_REGISTERS):
        return None if len(start) < 7 else 9 + start[6]
    return 0


def words(values: Sequence[int]) -> bytes:
    """Registers as bytes, each big-endian; negative ones in two's complement."""
    return b"".join((value & 0xFFFF).to_bytes(2, "big") for value in values)


def registers_answer(unit: int, function: int, values: Sequence[int]) -> bytes:
    """The answer to a read of registers."""
    return sealed(bytes((unit, function, 2 * len(values))) + words(values))


def bits_answer(unit: int, function: int, bits: Sequence[bool]) -> bytes:
    """The answer to a read of coils or inputs; the first is bit 0 of the first byte."""
    packed = bytearray((len(bits) + 7) // 8)
    for index, bit in enumerate(bits):
        packed[index // 8] |= bit << (index % 8)
    return sealed(bytes((unit, function, len(packed))) + packed)


def exception(unit: int, function: int, code: int) -> bytes:
    """The answer that says why not."""
    return sealed(bytes((unit, function | 0x80, code)))


def two_words(request: bytes) -> tuple[int, int]:
    """The address and the count (or value) in an eight-byte request."""
    return int.from_bytes(request[2:4], "big"), int.from_bytes(request[4:6], "big")
