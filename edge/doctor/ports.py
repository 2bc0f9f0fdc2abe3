"""Serial ports as the system sees them: whether they are there, who may open them, and who has them open."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
TERMINALS = "/dev/pts/"


@dataclass(frozen=True, slots=True)
class PortFacts:
    """One port. `holders` are process numbers and names, as far as this user may see them."""

    there: bool
    allowed: bool
    holders: tuple[tuple[int, str], ...] = ()


def look_at(path: str) -> PortFacts:
    """A port, without opening it: opening one may restart what is connected."""
    if not Path(path).exists():
        return PortFacts(there=False, allowed=False)
    return PortFacts(there=True, allowed=os.access(path, os.R_OK | os.W_OK), holders=tuple(_holders(path)))


def _holders(path: str) -> Iterator[tuple[int, str]]:
    real = os.path.realpath(path)
    for process in PROCESSES.iterdir():
        if not process.name.isdigit():
            continue
        try:
            if any(os.path.realpath(one) == real for one in (process / "fd").iterdir()) and not _makes(process, real):
                yield int(process.name), (process / "comm").read_text().strip()
        except OSError:
            continue  # it ended meanwhile, or belongs to another user


def _makes(process: Path, real: str) -> bool:
    """Whether it holds the other end of a pseudo-terminal: then it stands behind the port, a simulator or a tunnel."""
    if not real.startswith(TERMINALS):
        return False
    number = real.removeprefix(TERMINALS)
    lines = (line for info in (process / "fdinfo").iterdir() for line in info.read_text().splitlines())
    return any(line.split() == ["tty-index:", number] for line in lines)
