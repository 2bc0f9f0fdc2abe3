"""Programs the demo starts and stops: each in a session of its own, each with a log, none outliving the demo."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOP_S = 10.0
_libc = ctypes.CDLL(None, use_errno=True)


class ProgramFailed(Exception):
    """A program ended with an error, or before it should; the message ends with the last lines it wrote."""


def command(name: str) -> str:
    """One of the distribution's own commands, beside the interpreter that runs now."""
    return str(Path(sys.executable).parent / name)


def run(argv: Sequence[str], say: str = "", running: "set[subprocess.Popen[str]] | None" = None) -> str:
    """Run a command to its end; what it printed. It is in `running` meanwhile. Raises ProgramFailed."""
    started = subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    if running is not None:
        running.add(started)
    try:
        out, err = started.communicate(say)
    finally:
        if running is not None:
            running.discard(started)
    if started.returncode:
        raise ProgramFailed(f"{' '.join(argv)} ended with {started.returncode}:\n{_last(err or out)}")
    return out


def _last(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-12:])


def _end_with_parent() -> None:
    """In the child: a demo that is killed with -9 leaves nothing behind. SIGINT is the demo's to handle."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One running program."""

    name: str
    argv: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )

    def check(self) -> None:
        """Raises ProgramFailed if it has ended."""
        if self.process.poll() is not None:
            tail = _last(self.log.read_text(errors="replace"))
            raise ProgramFailed(f"{self.name} ended with {self.process.returncode}; {self.log} says:\n{tail}")

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait()

    def ask_to_stop(self) -> None:
        """SIGTERM."""
        if self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Ask, wait, and at last insist."""
        self.ask_to_stop()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def wait_for(path: Path, child: Child, seconds: float = 30.0) -> None:
    """Until a child has written a file. Raises ProgramFailed."""
    until = time.monotonic() + seconds
    while not path.exists():
        child.check()
        if time.monotonic() > until:
            raise ProgramFailed(f"{child.name} did not write {path} within {seconds:g} s")
        time.sleep(0.05)
