"""Thirty days of history: the same physics recorded faster than time, through the same judgement and outbox.

First the last seven days, after which the agent goes on; then, behind what is known, the older pieces, the newer first.
"""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import Queue

from simulators.demo.children import ProgramFailed, command, run
from simulators.demo.stage import CAST, HISTORY_DAYS, Casting, Stage

RECENT_DAYS = 7
PIECES: tuple[tuple[int, int], ...] = ((13, 7), (19, 13), (25, 19), (HISTORY_DAYS, 25))
"""From so many days before the start to so many; a fault of the scenarios lies within one piece."""
WORKERS = 2


@dataclass(slots=True)
class History:
    """Loads the history of all stations, two at a time. `told` hears what is done; `failure` ends the demo."""

    stage: Stage
    now: datetime
    told: Callable[[str, float], None]
    recent: dict[str, threading.Event] = field(
        default_factory=lambda: {cast.scenario: threading.Event() for cast in CAST}
    )
    """Set for a station whose last seven days are in its outbox: its agent may start."""
    complete: dict[str, threading.Event] = field(
        default_factory=lambda: {cast.scenario: threading.Event() for cast in CAST}
    )
    failure: ProgramFailed | None = None
    _running: "set[subprocess.Popen[str]]" = field(default_factory=set)
    _stopped: bool = False
    _work: "Queue[tuple[Casting, int, int]]" = field(default_factory=Queue)

    def start(self) -> None:
        """Begin; whatever an earlier start has done is not done again."""
        for cast in CAST:
            self._work.put((cast, RECENT_DAYS, 0))
        for first, last in PIECES:
            for cast in CAST:
                self._work.put((cast, first, last))
        for number in range(WORKERS):
            threading.Thread(target=self._labour, name=f"history-{number}", daemon=True).start()

    def stop(self) -> None:
        """End what is under way; a piece that was not finished is made again at the next start."""
        self._stopped = True
        for started in list(self._running):
            started.terminate()
            started.wait()

    def _labour(self) -> None:
        while not self._work.empty() and self.failure is None and not self._stopped:
            cast, first, last = self._work.get()
            try:
                self._piece(cast, first, last)
            except ProgramFailed as failure:
                if not self._stopped:
                    self.failure = failure
                return

    def _piece(self, cast: Casting, first: int, last: int) -> None:
        folder = self.stage.station(cast.scenario)
        done = folder / "history" / f"{first:02d}-{last:02d}"
        if not done.exists():
            if last:
                self.recent[cast.scenario].wait()
            with tempfile.TemporaryDirectory(prefix="waystation-") as room:
                recording = Path(room) / cast.scenario
                self._record(cast, recording, first, last)
                behind = ["--behind"] if last else []
                argv = [command("waystation-edge"), "replay", str(recording), "--station", str(folder), "--quiet"]
                run([*argv, *behind], running=self._running)
            done.parent.mkdir(exist_ok=True)
            done.touch()
        if not last:
            self.recent[cast.scenario].set()
        pieces = [path for path in done.parent.iterdir() if path.is_file()]
        share = sum(_days(path.name) for path in pieces) / HISTORY_DAYS
        self.told(cast.scenario, share)
        if len(pieces) == len(PIECES) + 1:
            self.complete[cast.scenario].set()

    def _record(self, cast: Casting, recording: Path, first: int, last: int) -> None:
        # The last seven days end now, so that the agent goes on where they end; the older pieces end where they began.
        end = "now" if not last else self.now.isoformat()
        span = ["--from-days", str(first), "--to-days", str(last), "--end", end, "--origin", self.now.isoformat()]
        argv = [command("waystation-sim"), "record", cast.scenario, str(recording), *span]
        run([*argv, "--run", str(self.stage.station(cast.scenario))], running=self._running)


def _days(name: str) -> int:
    first, last = name.split("-")
    return int(first) - int(last)


def forget(root: Path) -> None:
    """Begin the demo anew."""
    shutil.rmtree(root, ignore_errors=True)
