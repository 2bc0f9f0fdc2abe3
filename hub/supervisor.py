"""Keeps the hub's processes running: starts them, starts a dead one again, stops all, leaves nothing behind.

Every child gets a session of its own (Ctrl-C reaches only the supervisor, which then stops them in order) and a
parent-death signal (prctl(2)): a supervisor killed with -9 takes them along.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
SETTLED_S = 60.0
"""A child that lived so long starts again without a wait."""
GRACE_S = 10.0
"""How long a child may take to stop."""

_log = structlog.get_logger("supervisor")


@dataclass(frozen=True, slots=True)
class Program:
    """One process of the hub."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait_s: float = FIRST_WAIT_S
    start_at: float = 0.0


class Supervisor:
    """Starts in the order given, stops in the reverse."""

    def __init__(self, programs: Sequence[Program], clock: Callable[[], float] = time.monotonic) -> None:
        self._children = [_Child(program) for program in programs]
        self._clock = clock

    def look(self) -> None:
        """Start what is due. Call often."""
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                self._lost(child)
            if child.process is None and self._clock() >= child.start_at:
                child.process = start(child.program)
                child.started = self._clock()

    def pids(self) -> dict[str, int]:
        """The processes that run."""
        return {child.program.name: child.process.pid for child in self._children if child.process is not None}

    def stop(self) -> None:
        """Stop all, the last started first; kill what does not go."""
        for child in reversed(self._children):
            if child.process is None:
                continue
            child.process.terminate()
            try:
                child.process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                _log.warning("killed", program=child.program.name)
                child.process.kill()
                child.process.wait()
            child.process = None

    def _lost(self, child: _Child) -> None:
        code = child.process.returncode if child.process is not None else None
        lived = self._clock() - child.started
        child.wait_s = FIRST_WAIT_S if lived >= SETTLED_S else min(LONGEST_WAIT_S, child.wait_s * 2)
        child.start_at = self._clock() + child.wait_s
        child.process = None
        _log.error("ended", program=child.program.name, code=code, again_in_s=child.wait_s)


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start a process that does not outlive this one."""
    parent = os.getpid()

    def die_with_parent() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        program.command,
        env={**os.environ, **program.environment},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # the supervisor has one thread
    )
