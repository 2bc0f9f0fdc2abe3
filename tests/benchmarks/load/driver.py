"""The generator as whoever measures sees it: a process that is told phases and tells what it saw."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Any

from tests.benchmarks.load.fleet import Login
from tests.benchmarks.load.phase import Fleet, Phase, Seen, Where, spelled

PATIENCE_S = 60.0


class LoadFailed(Exception):
    """The broker refused a station, or the generator ended."""


class Load:
    """It gets ready while `with` goes on to what else it starts; then `connect`.

    One phase at a time: `begin` and `end`, or `run` for both.
    """

    def __init__(self, stations: Sequence[Login], start: datetime) -> None:
        named = [(login.station, login.password) for login in stations]
        self._fleet = Fleet(named, start.isoformat())
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Load":
        """Raises LoadFailed."""
        _more_files(len(self._fleet.stations) + 100)
        command = [sys.executable, "-m", "tests.benchmarks.load"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._tell(spelled(self._fleet))
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()

    @property
    def pid(self) -> int:
        """Of the generator."""
        assert self._process is not None, "it does not run"
        return self._process.pid

    def connect(self, port: int) -> None:
        """Everybody, to the broker on this port. Raises LoadFailed."""
        self._tell(spelled(Where(port)))
        self._hear()

    def run(self, phase: Phase) -> Seen:
        """Raises LoadFailed."""
        self.begin(phase)
        return self.end()

    def begin(self, phase: Phase) -> None:
        """It goes on by itself until `end`."""
        self._tell(spelled(phase))

    def end(self) -> Seen:
        """Wait for the end of a phase. Raises LoadFailed."""
        return Seen(**self._hear())

    def put(self) -> Mapping[str, tuple[int, int]]:
        """Minutes and quarters of each station that the hub has said it committed. The generator is gone then."""
        assert self._process is not None and self._process.stdin is not None, "it does not run"
        self._process.stdin.close()
        told = {station: (counts[0], counts[1]) for station, counts in self._hear().items()}
        self._process.wait(PATIENCE_S)
        return told

    def _tell(self, line: str) -> None:
        assert self._process is not None and self._process.stdin is not None, "it does not run"
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process is not None and self._process.stdout is not None, "it does not run"
        line = self._process.stdout.readline()
        if not line:
            raise LoadFailed("the generator ended")
        said: dict[str, Any] = json.loads(line)
        if "refused" in said:
            raise LoadFailed(said["refused"])
        return said


def _more_files(wanted: int) -> None:
    """A connection is a file. Raises LoadFailed where the system allows fewer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise LoadFailed(f"{wanted} connections need as many open files; the system allows {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
