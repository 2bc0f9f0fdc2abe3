"""A kiosk on a real pseudo-terminal, touched with a terminal's own bytes: how fast it answers, and what it costs."""

import os
import select
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.board import outbox_path
from shared.outbox import Outbox
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.rows import Row
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.station import furnish

STARTING, ATTRACT, HOME, CHECK_IN = "本机正在启动", "轻 触 屏 幕 开 始", "点一下职业就好", "快递员"
NAME, TILE = (4, 0), (14, 6)
"""A touch of the name starts; 签到 on the home screen, 环卫工 on the next."""
BACK, TO_START = (10, 21), (70, 21)
"""返回 and 返回首屏, in the bottom row. Not Escape: a terminal waits a tenth of a second for what may follow it."""
DEAF_S, SETTLED_S, QUIET_S = 0.6, 1.0, 0.25
STARTS, WALKS, CHECK_INS, IDLE_S = 9, 25, 7, 40.0
QUICK_WALKS, QUICK_IDLE_S = 6, 10.0
BETWEEN_S = 3.2
"""A kiosk takes the next word of a person only so long after the last."""


def measure(folder: Path, quick: bool) -> Iterable[Row]:
    """Every row, as it is known."""
    furnish(folder)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a kiosk that is installed has its bytecode
    _starts(folder)  # and what it reads in the page cache: the first start of a checkout compiles it
    signs, frames = zip(*(_starts(folder) for _ in range(3 if quick else STARTS)), strict=True)
    for name, seconds in (("first sign", signs), ("first frame", frames)):
        spread = f"median of {len(seconds)}, {min(seconds):.2f} s at best; {load}"
        yield _row(name, statistics.median(seconds), "s", 0.3, spread)
    with _standing(folder) as glass:
        began, spent, watched = time.monotonic(), _spent_s(glass), QUICK_IDLE_S if quick else IDLE_S
        glass.read(watched)
        percent = 100 * (_spent_s(glass) - spent) / (time.monotonic() - began)
        yield _row("idle cpu", percent, "% of one core", 0.5, f"over {watched:g} s, keeper and kiosk; {load}")
        firsts, lasts = _walk(glass, QUICK_WALKS if quick else WALKS)
        yield _row("touch to first output", _ms(firsts), "ms", 20, _spread(firsts, load))
        yield _row("screen complete", _ms(lasts), "ms", 60, _spread(lasts, load))
        stored = [_check_in(glass, folder) for _ in range(2 if quick else CHECK_INS)]
        yield _row("touch to record on disk", _ms(stored), "ms", 50, _spread(stored, load))
        yield Row("kiosk check-in touches", 1, "touch", "1", True, "on the screen of occupations; no name, no phone")
        resident = _resident_mb(glass)
        yield _row("memory", resident, "MB", 80, f"resident, kiosk alone, after {len(firsts)} screens; {load}")


def _row(name: str, value: float, unit: str, goal: float, detail: str) -> Row:
    return Row(f"kiosk {name}", round(value, 3), unit, f"< {goal:g} {unit}", value < goal, detail)


def _ms(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds)


def _spread(seconds: list[float], load: str) -> str:
    return f"median of {len(seconds)}, {1000 * min(seconds):.0f} to {1000 * max(seconds):.0f} ms; {load}"


def _starts(folder: Path) -> tuple[float, float]:
    """From exec until the glass says that a kiosk comes, and until the attract screen is painted, in seconds."""
    began, sign = time.monotonic(), 0.0
    with terminal(in_terminal(folder)) as glass:
        heard = b""
        while ATTRACT.encode() not in heard:
            heard += os.read(glass.glass, 65536)
            if not sign and STARTING in heard.decode(errors="replace"):
                sign = time.monotonic() - began
        return sign, time.monotonic() - began


@contextmanager
def _standing(folder: Path) -> Iterator[Terminal]:
    with terminal(in_terminal(folder)) as glass:
        if not glass.shows(ATTRACT, 30):
            raise TimeoutError("the kiosk did not start")
        glass.read(3.0)
        yield glass


def _walk(glass: Terminal, times: int) -> tuple[list[float], list[float]]:
    """Attract, home, check-in and back: the first and the last byte of each screen after its touch."""
    firsts, lasts = [], []
    for _ in range(times):
        _to_start(glass)
        for touch in (NAME, TILE, BACK, TO_START):
            first, last = _answer(glass, touch)
            if not first:
                raise TimeoutError("a touch was not answered")
            firsts.append(first)
            lasts.append(last)
            glass.read(DEAF_S)
    return firsts, lasts


def _answer(glass: Terminal, touch: tuple[int, int]) -> tuple[float, float]:
    """Seconds from a touch to the first and to the last byte of what it paints; the clock's own bytes are few."""
    glass.read(0.01)
    began = time.monotonic()
    glass.tap(*touch)
    first = last = 0.0
    while select.select([glass.glass], [], [], QUIET_S if first else 5.0)[0]:
        size = len(os.read(glass.glass, 1 << 20))
        now = time.monotonic() - began
        first = first or now
        if size > CLOCK_BYTES:
            last = now
        if now > SETTLED_S:
            break
    return first, last or first


CLOCK_BYTES = 200
"""What the clock paints in a second is less than this."""


def _check_in(glass: Terminal, folder: Path) -> float:
    """Seconds from the touch of an occupation until another process finds the record in the outbox."""
    _to_start(glass)
    for touch, seen in ((NAME, HOME), (TILE, CHECK_IN)):
        glass.tap(*touch)
        if not glass.shows(seen):
            raise TimeoutError(f"{seen} did not come")
        glass.read(DEAF_S)
    outbox = Outbox(outbox_path(folder))
    try:
        before, began = outbox.given(), time.monotonic()
        glass.tap(*TILE)
        while outbox.given() == before:
            if time.monotonic() - began > 10:
                raise TimeoutError("no record came")
        took = time.monotonic() - began
    finally:
        outbox.close()
    glass.read(BETWEEN_S)
    return took


def _to_start(glass: Terminal) -> None:
    """Back to the attract screen from wherever it is."""
    for _ in range(4):
        glass.send(b"\x1b")
        glass.read(DEAF_S)


def _kiosk(glass: Terminal) -> int:
    pid = glass.process.pid
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def _spent_s(glass: Terminal) -> float:
    """Seconds of processor time of keeper and kiosk (proc(5))."""
    spent = 0.0
    for pid in (glass.process.pid, _kiosk(glass)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def _resident_mb(glass: Terminal) -> float:
    lines = Path(f"/proc/{_kiosk(glass)}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) * 1024 / 1e6


NAMES = (
    "first sign",
    "first frame",
    "idle cpu",
    "touch to first output",
    "screen complete",
    "touch to record on disk",
    "check-in touches",
    "memory",
)
BENCHMARK = Benchmark("kiosk glass", tuple(f"kiosk {name}" for name in NAMES), measure)
