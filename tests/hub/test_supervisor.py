"""Processes are started again, stopped in order, and never left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from hub.supervisor import Program, Supervisor
from tests.hub.mqtt_station import eventually

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = """
import sys, time
from hub.supervisor import Program, Supervisor
children = Supervisor([Program("child", [sys.executable, "-c", "import time; time.sleep(600)"])])
children.look()
print(children.pids()["child"], flush=True)
time.sleep(600)
"""


def runs(pid: int) -> bool:
    """Whether a process does anything: a zombie nobody waits for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_dead_child_is_started_again_after_a_wait_that_grows() -> None:
    clock = Hands()
    supervisor = Supervisor([Program("sleeper", SLEEPER)], clock)
    try:
        waits = []
        for _ in range(3):
            supervisor.look()
            pid = supervisor.pids()["sleeper"]
            os.kill(pid, signal.SIGKILL)
            assert eventually(lambda pid=pid: not runs(pid))  # type: ignore[misc]
            died = clock.now
            while not supervisor.pids() or supervisor.pids()["sleeper"] == pid:
                supervisor.look()
                clock.now += 0.5
            waits.append(clock.now - died)
        assert waits == sorted(waits)
        assert waits[0] < waits[-1]
    finally:
        supervisor.stop()


def test_stopping_leaves_nothing() -> None:
    supervisor = Supervisor([Program("one", SLEEPER), Program("two", SLEEPER)])
    supervisor.look()
    pids = list(supervisor.pids().values())
    supervisor.stop()
    assert not any(runs(pid) for pid in pids)


def test_a_supervisor_killed_with_9_takes_its_children_along() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert runs(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert eventually(lambda: not runs(child))
