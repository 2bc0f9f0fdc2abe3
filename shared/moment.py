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
_LIBC = ctypes.CDLL(None)
_TIMEX_BYTES = 1024
"""More than `struct timex` of adjtimex(2) has."""
_TIME_ERROR = 5
"""What adjtimex(2) returns of a clock that is not synchronised; less is one that is, more is not defined."""


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


def _synchronised() -> bool:
    """Whether the kernel says its clock is disciplined. False where it will not say."""
    asked = ctypes.create_string_buffer(_TIMEX_BYTES)  # all zero: no mode, nothing is set
    return bool(0 <= _LIBC.adjtimex(asked) < _TIME_ERROR)


def quality(at: datetime, synchronised: bool, last_good: datetime | None) -> ClockQuality:
    """What a station's time is worth, given the last time known to be good (none: any time is as good as another)."""
    if last_good is not None and at < last_good - timedelta(minutes=2):
        return ClockQuality.WRONG
    return ClockQuality.SYNCED if synchronised else ClockQuality.PLAUSIBLE


def system_clock(last_good: datetime | None = None) -> Clock:
    """This machine's clock. `last_good` is the latest time the station stored."""
    boot = BOOT_ID.read_text().strip()

    def read() -> Stamp:
        at = datetime.now(UTC)
        return Stamp(at, boot, time.clock_gettime(time.CLOCK_BOOTTIME), quality(at, _synchronised(), last_good))

    return read
