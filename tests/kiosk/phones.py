"""A station that phones can reach, and whether the hub would take what one of them read."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from shared.board import KioskKeys, write_keys
from shared.door_code import door_code_steps
from tests.kiosk.station import furnish, told

STATION, KEY = "k3v9x2m7qa", bytes(range(32))
PUBLIC_URL = "https://hub.example.org"


def with_phones(folder: Path) -> Path:
    """Keys from the agent, and from the hub where phones reach it."""
    furnish(folder, settings=replace(told(), public_url=PUBLIC_URL))
    write_keys(folder, KioskKeys(station=STATION, qr=KEY.hex(), card="0" * 64))
    return folder


def accepted(scanned: str) -> bool:
    """Whether it is this station's address, all upper case, with a code of now."""
    before, _, code = scanned.rpartition("/")
    fits = before == f"{PUBLIC_URL}/C/{STATION}".upper()
    return fits and door_code_steps(KEY, STATION, code, datetime.now(UTC)) is not None
