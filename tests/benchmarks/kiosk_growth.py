"""What two thousand visitors cost in memory: each comes, looks, and goes, as fast as the kiosk follows.

Its own app in a process of its own, headless: a finger would take a second for each guard, and the memory is the same.
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kiosk.app import KioskApp
from kiosk.desk import Desk
from kiosk.memory import let_go_of_dead_widgets
from kiosk.settings import KioskSettings
from kiosk.touch import Touch
from shared.moment import system_clock
from simulators.demo.children import run
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.rows import Row
from tests.kiosk.station import furnish

FLOWS, QUICK_FLOWS, WARM = 2000, 200, 100
MOST_MB = 4.0
ROADS = (("start", "tile-0"), ("start", "tile-1", "score-2"), ("start", "tile-2", "subject-0"), ("start", "tile-3"))


def measure(folder: Path, quick: bool) -> Iterable[Row]:
    """The one row."""
    flows = QUICK_FLOWS if quick else FLOWS
    said = run([sys.executable, "-m", "tests.benchmarks.kiosk_growth", str(furnish(folder)), str(flows)])
    first, last = (float(part) for part in said.split()[-2:])
    grown = round(last - first, 2)
    goal = f"< {MOST_MB:g} MB over {flows} flows"
    detail = f"resident {first:.1f} MB after {WARM} flows, {last:.1f} MB after {flows} more"
    yield Row("kiosk memory growth", grown, "MB", goal, grown < MOST_MB, detail)


async def _flows(folder: Path, flows: int) -> tuple[float, float]:
    let_go_of_dead_widgets()
    app = KioskApp(Desk(KioskSettings.of(folder), system_clock()))
    async with app.run_test(size=(80, 23)) as pilot:
        first = 0.0
        for number in range(WARM + flows):
            if number == WARM:
                first = _resident_mb()
            for tile in ROADS[number % len(ROADS)]:
                await _press(app, tile)
            while len(app.screen_stack) > 1:
                app.to_start()
                await pilot.pause(0.01)
        return first, _resident_mb()


async def _press(app: KioskApp, tile: str) -> None:
    for _ in range(500):
        found = list(app.screen.query(f"#{tile}").results(Touch))
        if found:
            before = app.screen
            found[0].press()
            while app.screen is before:
                await asyncio.sleep(0.005)
            return
        await asyncio.sleep(0.005)
    raise TimeoutError(f"{tile} did not come on {app.screen}")


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


BENCHMARK = Benchmark("kiosk growth", ("kiosk memory growth",), measure)

if __name__ == "__main__":
    print(*asyncio.run(_flows(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()), int(sys.argv[2]))))
