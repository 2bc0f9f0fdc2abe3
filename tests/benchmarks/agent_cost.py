"""What the agent of a large station costs: fifteen devices a second on three lines, inputs at 10 Hz, a radar.

The real agent against simulated devices on pseudo-terminals, connected to a real hub that acknowledges. Two minutes.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edge.status import read_status
from shared.board import read_board
from simulators.demo.children import command, run
from simulators.demo.stage import Stage
from simulators.scenario import load
from simulators.wired import station_toml
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.rows import Row

SCENARIO = Path(__file__).with_name("agent_cost_station.toml")
SETTLED_S, WATCHED_S = 30.0, 60.0
LARGEST_PERCENT, LARGEST_MB = 5.0, 80.0
PATIENCE_S = 30.0
ON_TIME = 0.95
"""The share of its readings a device must give, else the agent saves what it was to spend."""


def measure(folder: Path, watched_s: float = WATCHED_S) -> list[Row]:
    """Both rows: the share of one core, and the memory."""
    with _station(folder) as (pid, station):
        time.sleep(SETTLED_S)
        began, spent = time.monotonic(), _spent_s(pid)
        time.sleep(watched_s)
        percent = 100 * (_spent_s(pid) - spent) / (time.monotonic() - began)
        resident, peak = _memory_mb(pid, "VmRSS"), _memory_mb(pid, "VmHWM")
        on_time, said = _pace(station)
        detail = f"{said}; {_detail(station)}"
    return [
        Row(
            "edge agent cpu", round(percent, 2), "% of one core", f"<= {LARGEST_PERCENT:g} %",
            percent <= LARGEST_PERCENT and on_time, f"user and system over {watched_s:g} s; {detail}",
        ),
        Row(
            "edge agent memory", round(resident, 1), "MB", f"<= {LARGEST_MB:g} MB",
            peak <= LARGEST_MB and on_time, f"resident; {peak:.1f} MB at most; {detail}",
        ),
    ]  # fmt: skip


@contextmanager
def _station(folder: Path) -> Iterator[tuple[int, Path]]:
    """A hub, the devices and the agent; the agent's process id and its station's folder."""
    stage = Stage(folder)
    place = stage.station("bench")
    try:
        stage.open_hub()
        block = run([command("waystation-hub"), "station", "add", "测量", "--folder", str(stage.hub)])
        place.mkdir(parents=True)
        toml = place / "station.toml"
        toml.touch(mode=0o600)
        toml.write_text(block + "\n" + station_toml(load(str(SCENARIO)), place))
        argv = [command("waystation-sim"), "run", str(SCENARIO), "--run", str(place)]
        stage.start("devices", [*argv, "--base", str(folder / "stations")])
        _until_there(place / "dev")
        agent = stage.start("agent", [command("waystation-edge"), "run", "--station", str(place)])
        yield agent.process.pid, place
        stage.check()
    finally:
        stage.close()


def _until_there(ports: Path) -> None:
    scenario = load(str(SCENARIO))
    wanted = {line.name for line in scenario.lines} | {device.name for device in scenario.streams()}
    until = time.monotonic() + PATIENCE_S
    while not (ports.is_dir() and wanted <= {port.name for port in ports.iterdir()}):
        if time.monotonic() > until:
            raise TimeoutError(f"the devices of {ports} did not come within {PATIENCE_S:g} s")
        time.sleep(0.1)


def _spent_s(pid: int) -> float:
    """Seconds of processor time, user and system (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int, name: str) -> float:
    """VmRSS or VmHWM, in millions of bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    said = next(line for line in lines if line.startswith(f"{name}:"))
    return int(said.split()[1]) * 1024 / 1e6


def _pace(station: Path) -> tuple[bool, str]:
    """Whether every device is read as often as it was to be, and how often all are."""
    status = read_status(station)
    if status is None:
        raise LookupError("the agent has written no status")
    wanted = {device.name: 1 / device.every_s for device in load(str(SCENARIO)).devices if device.every_s}
    # The last look is as old as the status, and a reading is counted when it is whole.
    paces = {device.name: (device.answers + 1) / status.running_s for device in status.devices}
    on_time = all(paces[name] >= ON_TIME * pace for name, pace in wanted.items())
    failures = sum(sum(device.failures.values()) for device in status.devices)
    slowest = min(paces[name] for name, pace in wanted.items() if pace <= 1)
    return on_time, (
        f"15 devices at {slowest:.2f}/s or more, inputs at {paces['inputs']:.1f}/s, "
        f"radar at {paces['radar']:.1f}/s, {failures} failures"
    )


def _detail(station: Path) -> str:
    board = read_board(station)
    if board is None:
        raise LookupError("the agent has written no board")
    known = sum(1 for facility in board.facilities if facility.state != "unknown")
    online = "connected" if board.online else "NOT connected"
    return f"{known} of {len(board.facilities)} facilities judged, {online}, {board.waiting} records waiting"


BENCHMARK = Benchmark("agent", ("edge agent cpu", "edge agent memory"), lambda folder, _quick: measure(folder))
