"""A clock that can be set from outside, as a station's can: ahead, back, to 1970, over a reboot."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.moment import Clock, Stamp, quality

FILE = "clock"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def set_clock(folder: Path, ahead: timedelta, boot: str) -> None:
    """Whoever reads this folder's clock from now on is so far ahead, in this boot."""
    draft = folder / f".{FILE}"
    draft.write_text(f"{ahead.total_seconds()} {boot}")
    draft.replace(folder / FILE)


def stepping_clock(folder: Path, last_good: Callable[[], datetime | None]) -> Clock:
    """The clock of a folder; right, and in the boot "first", until it is set."""

    def read() -> Stamp:
        try:
            ahead, boot = (folder / FILE).read_text().split()
        except FileNotFoundError:
            ahead, boot = "0", "first"
        at = max(EPOCH, datetime.now(UTC) + timedelta(seconds=float(ahead)))
        return Stamp(
            at, boot, time.clock_gettime(time.CLOCK_BOOTTIME), quality(at, synchronised=False, last_good=last_good())
        )

    return read
