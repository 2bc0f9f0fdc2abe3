"""What processes cost: processor time and memory, as the kernel counts them."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_MIB = 2**20


def processor_s(pid: int) -> float:
    """User and system time of a process until now, all its threads; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory_mib(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MIB


def children(pid: int) -> list[int]:
    """Processes a process has started that still run."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


def family(pid: int) -> list[int]:
    """A process and all that came of it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def program(pid: int) -> str:
    """How it was started."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()


@dataclass(slots=True)
class Meter:
    """Shares of one core over a stretch of time, by name. It begins when it is made."""

    pids: Mapping[str, list[int]]
    _before: dict[int, float] = field(init=False)
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        self._before = {pid: processor_s(pid) for pids in self.pids.values() for pid in pids}
        self._since = time.monotonic()

    def shares(self) -> dict[str, float]:
        """1 is one core busy all the time. What a process that is gone has used is not known, and not counted."""
        passed = max(0.001, time.monotonic() - self._since)
        used = {pid: max(0.0, processor_s(pid) - before) for pid, before in self._before.items()}
        return {name: sum(used[pid] for pid in pids) / passed for name, pids in self.pids.items()}
