"""Minutes of random input on a real kiosk: `python -m tests.kiosk.soak --minutes N --seed S`.

Touches, keys, bytes, sizes, kills and boards of another time come by chance, from the seed. At the end the kiosk
stands on its attract screen and a finger starts it, and its outbox is whole (`tests.kiosk.told`): every record can be
read, every undo belongs to a record that is there, nobody read thanks for what is not there, and who was counted was
told so.

The kiosk's own clock does not jump: it is the machine's, and a clock of a test would not be in this process. What a
wrong clock does is tested with one that stands (`tests.kiosk.station`).
"""

import argparse
import os
import random
import signal
import struct
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from kiosk.words import FEEDBACK_ASK
from shared.board import KioskKeys, outbox_path, write_board, write_keys
from shared.moment import ClockQuality, Stamp, system_clock
from shared.outbox import Outbox
from shared.records import Record
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.painted import painted
from tests.kiosk.station import board, furnish
from tests.kiosk.told import NotConsistent, Told

ATTRACT, ASKED, HOME = "轻 触 屏 幕 开 始", FEEDBACK_ASK.zh, "点一下职业就好"
NAME = (4, 0)
KEPT_BACK = 200
"""Bytes of the output looked at again, for a text may come in two parts."""
QUIET_S = 75.0
"""After this long untouched every screen has ended, with its warning."""
SIZES = ((80, 23), (64, 20), (120, 34), (80, 25))
USUAL = SIZES[0]
PAINTED_WITHIN_S = 5.0
EVERYTHING = 100_000


@dataclass
class Soak:
    """One kiosk, and what was done to it."""

    folder: Path
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    told: Told = field(default_factory=Told)
    unread: int = 0
    """How often a thanks may have come that nobody could read: the kiosk was killed, or its glass too small."""

    def run(self, minutes: float) -> str:
        """Do it; a line of what was done. Raises NotConsistent."""
        write_keys(furnish(self.folder), KioskKeys(station="k3v9x2m7qa", qr="1" * 64, card="0" * 64))
        with terminal(in_terminal(self.folder)) as glass:
            if not glass.shows(ATTRACT, 30):
                raise self._wrong(glass, "it did not start")
            until = time.monotonic() + 60 * minutes
            while time.monotonic() < until:
                self._one(glass)
            self._end(glass)
        records = self._records()
        self.told.judge(records, self.unread)
        did = ", ".join(f"{count} {what}" for what, count in sorted(self.done.items()))
        return f"{did}; {len(self.told.numbers)} visitors thanked, {len(records)} records kept"

    def _one(self, glass: Terminal) -> None:
        """One thing, weighted so that people get through."""
        acts = (self._tap, self._walk, self._key, self._bytes, self._size, self._kill, self._board, self._hasty)
        act = self.chance.choices(acts, weights=(30, 30, 10, 5, 3, 1, 3, 4))[0]
        self.done[act.__name__.strip("_")] += 1
        act(glass)
        self._look(glass, self.chance.choice((0.01, 0.05, 0.5)))

    def _look(self, glass: Terminal, seconds: float) -> None:
        glass.read(seconds)
        self.told.read(glass.output)
        glass.output = glass.output[-KEPT_BACK:]

    def _tap(self, glass: Terminal) -> None:
        glass.tap(self.chance.randrange(130), self.chance.randrange(36), self.chance.choice((0, 0, 0, 1, 2)))

    def _walk(self, glass: Terminal) -> None:
        """Somebody who means it: waits until the glass hears, and touches where tiles are."""
        self._look(glass, 0.6)
        glass.tap(*self.chance.choice(((4, 0), (14, 6), (14, 6), (40, 12), (60, 8), (14, 21))))

    def _hasty(self, glass: Terminal) -> None:
        """A finger on the lowest row, and the key that goes back before anything came of it."""
        self._look(glass, 0.6)
        glass.tap(self.chance.choice((14, 34, 54, 70)), USUAL[1] - 2)
        glass.send(b"\x1b\x1b")

    def _key(self, glass: Terminal) -> None:
        glass.send(
            self.chance.choice((b"1", b"2", b"5", b"9", b"0", b"\x1b", b"\r", b"\x03", b"\x11", b"q", b"\x1b[A"))
        )

    def _bytes(self, glass: Terminal) -> None:
        glass.send(bytes(self.chance.choices(range(128, 256), k=self.chance.randrange(1, 200))))

    def _size(self, glass: Terminal) -> None:
        if self.chance.random() < 0.3:  # of no glass there is; somebody touches it
            _resize(glass, self.chance.randrange(1, 200), self.chance.randrange(1, 60))
            self._look(glass, 0.5)
            self._tap(glass)
            self._look(glass, 0.5)
            self.unread += 1
        _resize(glass, *self.chance.choice(SIZES))

    def _kill(self, glass: Terminal) -> None:
        for kiosk in self._kiosks(glass):
            os.kill(kiosk, signal.SIGKILL)
            self.unread += 1

    def _board(self, glass: Terminal) -> None:  # noqa: ARG002 — every act gets the glass
        """A board of another time: the agent's clock was wrong, or it has been away for long."""
        at = system_clock()().at.timestamp() + self.chance.choice((0, 0, -3600, 3600, -86_400 * 400))
        write_board(self.folder, board(at=datetime.fromtimestamp(at, UTC)))

    def _kiosks(self, glass: Terminal) -> list[int]:
        pid = glass.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _end(self, glass: Terminal) -> None:
        """Nobody touches it any more, but for one key that goes back; then somebody does."""
        _resize(glass, *USUAL)
        until = time.monotonic() + QUIET_S
        glass.send(b"\x1b\x1b")
        while not self._stands(glass):
            if glass.process.poll() is not None:
                raise self._wrong(glass, "it ended")
            if time.monotonic() > until:
                raise self._wrong(glass, "it is not on its attract screen")
            glass.send(b"\x1b")
            self._look(glass, 1.0)
        self._starts(glass)
        failed = self._log().count("the kiosk failed")
        killed = self._log().count("SIGKILL")
        if failed or killed != self.done["kill"]:
            raise self._wrong(glass, f"it failed {failed} times, and of {self.done['kill']} kills {killed} were found")

    def _stands(self, glass: Terminal) -> bool:
        """Whether the attract screen is painted, in Chinese and usual letters, when everything is painted anew."""
        _resize(glass, USUAL[0], USUAL[1] + 1)
        self._look(glass, 0.5)
        glass.output = b""
        _resize(glass, *USUAL)
        until = time.monotonic() + PAINTED_WITHIN_S
        while time.monotonic() < until:
            glass.read(0.2)
            page = "\n".join(painted(glass.output))
            if ATTRACT in page:
                return ASKED in page
        return False

    def _starts(self, glass: Terminal) -> None:
        """A finger is heard."""
        glass.settle()
        glass.tap(*NAME)
        if not glass.shows(HOME, 15):
            raise self._wrong(glass, "a finger does not start it")
        glass.settle()
        glass.send(b"\x1b")
        if not glass.shows(ATTRACT, 15):
            raise self._wrong(glass, "it does not come back")

    def _log(self) -> str:
        log = self.folder / "kiosk.log"
        return log.read_text() if log.exists() else ""

    def _wrong(self, glass: Terminal, what: str) -> NotConsistent:
        """What is wrong, and what stood on the glass meanwhile."""
        _resize(glass, USUAL[0], USUAL[1] + 2)
        glass.output = b""
        glass.read(2.0)
        seen = "\n".join(f"    |{line}" for line in painted(glass.output))
        return NotConsistent(
            f"{what}, after {dict(self.done)}; on the glass:\n{seen}\nin its log:\n{self._log()[-2000:]}"
        )

    def _records(self) -> list[Record]:
        outbox = Outbox(outbox_path(self.folder))
        try:
            stamp = Stamp(system_clock()().at, "boot-other", 0.0, ClockQuality.SYNCED)
            if outbox.aside() or outbox.salvages():
                raise NotConsistent("the outbox set records aside, or had to be mended")
            return outbox.take("now", stamp, limit=EVERYTHING, max_bytes=10**9)
        finally:
            outbox.close()


def _resize(glass: Terminal, columns: int, rows: int) -> None:
    ioctl(glass.glass, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.kiosk.soak", description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="waystation-soak-") as folder:
        print(Soak(Path(folder), random.Random(asked.seed)).run(asked.minutes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
