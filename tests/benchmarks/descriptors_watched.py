"""Crowds of idle stations as whoever measures sees them: processes, and how many stations stand at what time."""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType

from tests.benchmarks.descriptors_crowd import Crowd, Seen

LOOK_S = 0.2


class Watched:
    """Connecting when `with` begins, gone when it ends."""

    def __init__(self, crowds: Sequence[Crowd]) -> None:
        self._crowds = crowds
        self._seen = [Seen() for _ in crowds]
        self._processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> "Watched":
        for number, crowd in enumerate(self._crowds):
            command = [sys.executable, "-m", "tests.benchmarks.descriptors_crowd"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self._processes.append(process)
            threading.Thread(target=self._listen, args=(number, process), daemon=True).start()
            if process.stdin is not None:
                process.stdin.write(json.dumps(asdict(crowd)) + "\n")
                process.stdin.flush()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
            if process.stdin is not None:
                process.stdin.close()

    @property
    def standing(self) -> int:
        """How many stand now, as far as they have said."""
        return sum(seen.standing for seen in self._seen)

    @property
    def lost(self) -> int:
        """Connections that stood and ended, until now."""
        return sum(seen.lost for seen in self._seen)

    @property
    def failed(self) -> Counter[str]:
        """Attempts that came to nothing until now, by the reason."""
        total: Counter[str] = Counter()
        for seen in self._seen:
            total.update(seen.failed)
        return total

    @property
    def pids(self) -> list[int]:
        """Of the crowds."""
        return [process.pid for process in self._processes]

    def until(self, shares: Sequence[float], whole: int, patience_s: float) -> dict[float, float]:
        """Seconds from now until these shares of the whole stand; a share that is not reached in time is absent."""
        began = time.monotonic()
        found: dict[float, float] = {}
        while len(found) < len(shares) and time.monotonic() - began < patience_s:
            time.sleep(LOOK_S)
            for share in shares:
                if share not in found and self.standing >= share * whole:
                    found[share] = time.monotonic() - began
        return found

    def until_none(self, patience_s: float) -> None:
        """Until every connection is gone, as they say themselves. Raises TimeoutError."""
        deadline = time.monotonic() + patience_s
        while self.standing:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.standing} still stand without a broker")
            time.sleep(LOOK_S)

    def _listen(self, number: int, process: "subprocess.Popen[str]") -> None:
        if process.stdout is None:
            return
        with process.stdout:
            for line in process.stdout:
                self._seen[number] = Seen(**json.loads(line))
