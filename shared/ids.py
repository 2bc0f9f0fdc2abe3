"""Identifiers: records are UUIDv7 (RFC 9562 §5.7), stations ten of a–z0–9. Chance comes in as bytes."""

import re
import uuid
from datetime import datetime

STATION_ID = re.compile(r"[a-z0-9]{10}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def record_id(at: datetime, chance: bytes) -> str:
    """A UUIDv7 from a time and ten random bytes: ids of later records sort later."""
    if len(chance) != 10:
        raise ValueError("a record id takes ten random bytes")
    milliseconds = max(0, int(at.timestamp() * 1000))
    value = milliseconds << 80 | int.from_bytes(chance, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def station_id(chance: bytes) -> str:
    """An opaque station id from at least ten random bytes, unchanged for life; also its broker user."""
    if len(chance) < 10:
        raise ValueError("a station id takes ten random bytes")
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in chance[:10])


def is_station_id(text: str) -> bool:
    """Whether this can be a station's id."""
    return STATION_ID.fullmatch(text) is not None
