"""`make demo` as a person sees it: a tour whose links lead somewhere, a Ctrl-C that leaves nothing behind."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from simulators.demo.children import command
from simulators.demo.stage import USER
from simulators.demo.visitor import Visitor
from tests.hub.running import runs

WITHIN_S = 300.0
"""On a machine shared with other tests; alone it takes half a minute."""
ENDED_S = 10.0
"""What was killed is gone a moment later."""


def test_the_tours_links_lead_somewhere_and_nothing_is_left_behind(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as out:
        demo = subprocess.Popen(
            [command("waystation-sim"), "demo", "--folder", str(tmp_path / "demo")],
            stdout=out,
            stderr=out,
            env=os.environ | {"COLUMNS": "200"},
        )
    try:
        until = time.monotonic() + WITHIN_S
        while "/inspections/" not in log.read_text() and time.monotonic() < until:
            assert demo.poll() is None, log.read_text()
            time.sleep(0.5)
        tour = log.read_text()
        assert demo.pid in _descendants(demo.pid)
        programs = _descendants(demo.pid)
        assert len(programs) > 10
        web, station = re.findall(r"(http://127.0.0.1:[0-9]+)(/stations/[a-z0-9]{10})", tour)[0]
        alert, form = (re.findall(rf"/{name}/[0-9]+", tour)[0] for name in ("alerts", "inspections"))
        visitor = Visitor(web)
        visitor.sign_in(USER, (tmp_path / "demo" / "password").read_text())
        assert "一切正常的驿站" in visitor.page(station)
        assert "不制冷" in visitor.page(alert)
        assert "提供能够正常使用的冰箱" in visitor.page(form)
        kiosk = re.findall(r"http://127.0.0.1:[0-9]+(?= |\n)", tour)[-1]
        assert "<title" in Visitor(kiosk).page("/")
    finally:
        demo.send_signal(signal.SIGINT)
        code = demo.wait(60)
    assert code == 0
    until = time.monotonic() + ENDED_S
    while left := [pid for pid in programs if runs(pid)]:
        assert time.monotonic() < until, left
        time.sleep(0.1)


def _descendants(root: int) -> set[int]:
    """A process and all below it."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found
