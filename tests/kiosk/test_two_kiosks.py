"""Two kiosks on one outbox, one of them killed in the middle: what was thanked for is there, and there once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from shared.board import outbox_path
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import CheckIn
from tests.kiosk.glass import ROOT, in_terminal, terminal
from tests.kiosk.station import NOW, furnish, said
from tests.kiosk.test_rough import ATTRACT, THANKS, check_in
from tests.kiosk.test_supervisor import children

EACH = 150


def hammer(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kiosk.hammering", str(folder), str(EACH)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def kept(folder: Path) -> list[str]:
    outbox = Outbox(outbox_path(folder))
    try:
        records = outbox.take(
            "now", Stamp(NOW, "boot-other", 0.0, ClockQuality.SYNCED), limit=10 * EACH, max_bytes=10**8
        )
        return [record.id for record in records]
    finally:
        outbox.close()


def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    with hammer(furnish(tmp_path)) as whole, hammer(tmp_path) as killed:
        assert whole.stdout is not None
        assert killed.stdout is not None
        thanked = [killed.stdout.readline().strip() for _ in range(EACH // 3)]
        killed.send_signal(signal.SIGKILL)
        thanked += killed.stdout.read().split("\n")[:-1]  # the last line may be half of one
        thanked += whole.stdout.read().split("\n")[:-1]
    assert killed.returncode == -signal.SIGKILL
    assert whole.returncode == 0
    there = kept(tmp_path)
    assert len(there) == len(set(there))
    promised = [record for record in thanked if record != "not kept"]
    assert set(promised) <= set(there)
    assert len(there) <= len(promised) + 1, "more than one that nobody was thanked for"
    assert len(promised) > EACH


def test_two_glasses_on_one_outbox(tmp_path: Path) -> None:
    furnish(tmp_path)
    with terminal(in_terminal(tmp_path)) as one, terminal(in_terminal(tmp_path)) as other:
        for glass in (one, other):
            assert glass.shows(ATTRACT)
            glass.settle()
        check_in(one)
        assert one.shows(THANKS)
        check_in(other)
        os.kill(children(one.process.pid)[0], signal.SIGKILL)
        assert other.shows(THANKS)
        assert one.shows(ATTRACT)
        assert said(tmp_path) == [CheckIn(occupation="sanitation")] * 2
