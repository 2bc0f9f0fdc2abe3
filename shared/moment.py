"""When something was said: station time, the kernel's boot and its monotonic clock, and what the time is worth.

Within one boot CLOCK_BOOTTIME never jumps, so a record made before the clock was right can be dated once it is.
"""

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_STA_UNSYNC = 0x0040
"""adjtimex(2): the clock is not synchronised."""


class ClockQuality(StrEnum):
    """How far a station's time is to be trusted."""

    SYNCED = "synced"
    """The kernel says its clock is disciplined (adjtimex)."""
    PLAUSIBLE = "plausible"
    """Not disciplined, but later than the last good time known."""
    WRONG = "wrong"
    """Earlier than a time that has already been: 1970, a dead battery."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One reading of the clock."""

    at: datetime
    """Station time, UTC."""
    boot: str
    """The kernel's boot id."""
    uptime: float
    """CLOCK_BOOTTIME, seconds."""
    clock: ClockQuality


Clock = Callable[[], Stamp]
"""Read the time. Programs get one in `__main__` and hand it down."""


class _Timex(ctypes.Structure):
    """`struct timex` of adjtimex(2), as far as its first field; the rest is padding."""

    _fields_ = [("modes", ctypes.c_uint), ("rest", ctypes.c_byte * 1024), ("status_room", ctypes.c_int * 8)]


def _synchronised() -> bool:
    """Whether the kernel says its clock is disciplined. False where it will not say."""
    libc = ctypes.CDLL(None, use_errno=True)
    status_offset = ctypes.sizeof(ctypes.c_long) * 5
    timex = _Timex()
    if libc.adjtimex(ctypes.byref(timex)) < 0:
        return False
    status = ctypes.c_int.from_buffer(timex, status_offset).value
    return not status & _STA_UNSYNC


def quality(at: datetime, synchronised: bool, last_good: datetime | None) -> ClockQuality:
    """What a station's time is worth, given the last time known to be good (none: any time is as good as another)."""
    if last_good is not None and at < last_good - timedelta(minutes=2):
        return ClockQuality.WRONG
    return ClockQuality.SYNCED if synchronised else ClockQuality.PLAUSIBLE


def system_clock(last_good: datetime | None = None) -> Clock:
    """This machine's clock. `last_good` is the latest time the station stored, or its commissioning."""
    boot = BOOT_ID.read_text().strip()

    def read() -> Stamp:
        at = datetime.now(UTC)
        return Stamp(at, boot, time.clock_gettime(time.CLOCK_BOOTTIME), quality(at, _synchronised(), last_good))

    return read
