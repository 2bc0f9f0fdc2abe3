"""Minutes of random input on a real kiosk: `python -m tests.kiosk.soak --minutes N --seed S`.

Touches, keys, bytes, sizes and kills come by chance, from the seed. At the end the kiosk stands on its attract screen,
and its outbox is whole: every record can be read, every undo belongs to a record that is there, and nobody
was told to be a visitor that is not counted.
"""

import argparse
import os
import random
import re
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

from shared.board import KioskKeys, outbox_path, write_board, write_keys
from shared.moment import ClockQuality, Stamp, system_clock
from shared.outbox import Outbox
from shared.records import CheckIn, FaultReport, Feedback, Record, Retraction
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.station import board, furnish

ATTRACT = "轻 触 屏 幕 开 始"
THANKED = re.compile("今天您是第 ([0-9]+) 位|You are number ([0-9]+) today".encode())
"""What thanks say of a check-in: which of today's it is."""
KEPT_BACK = 200
"""Bytes of the output looked at again, for a text may come in two parts."""
QUIET_S = 75.0
"""After this long untouched every screen has ended, with its warning."""
SIZES = ((80, 23), (64, 20), (120, 34), (80, 25))
EVERYTHING = 100_000


class NotConsistent(AssertionError):
    """What the soak ended with; the message says what is wrong."""


@dataclass
class Soak:
    """One kiosk, and what was done to it."""

    folder: Path
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    thanked: set[int] = field(default_factory=set)
    """Which of today's visitors were told so."""

    def run(self, minutes: float) -> str:
        """Do it; a line of what was done. Raises NotConsistent."""
        write_keys(furnish(self.folder), KioskKeys(station="k3v9x2m7qa", qr="1" * 64, card="0" * 64))
        with terminal(in_terminal(self.folder)) as glass:
            if not glass.shows(ATTRACT, 30):
                raise NotConsistent("it did not start")
            until = time.monotonic() + 60 * minutes
            while time.monotonic() < until:
                self._one(glass)
            self._end(glass)
        records = self._records()
        self._judge(records)
        did = ", ".join(f"{count} {what}" for what, count in sorted(self.done.items()))
        return f"{did}; {len(self.thanked)} visitors thanked, {len(records)} records kept"

    def _one(self, glass: Terminal) -> None:
        """One thing, weighted so that people get through."""
        acts = (self._tap, self._walk, self._key, self._bytes, self._size, self._kill, self._board)
        act = self.chance.choices(acts, weights=(30, 30, 10, 5, 3, 1, 3))[0]
        self.done[act.__name__.strip("_")] += 1
        act(glass)
        self._look(glass, self.chance.choice((0.01, 0.05, 0.5)))

    def _look(self, glass: Terminal, seconds: float) -> None:
        glass.read(seconds)
        self.thanked |= {int(number or other) for number, other in THANKED.findall(glass.output)}
        glass.output = glass.output[-KEPT_BACK:]

    def _tap(self, glass: Terminal) -> None:
        glass.tap(self.chance.randrange(130), self.chance.randrange(36), self.chance.choice((0, 0, 0, 1, 2)))

    def _walk(self, glass: Terminal) -> None:
        """Somebody who means it: waits until the glass hears, and touches where tiles are."""
        self._look(glass, 0.6)
        glass.tap(*self.chance.choice(((4, 0), (14, 6), (14, 6), (40, 12), (60, 8), (14, 21))))

    def _key(self, glass: Terminal) -> None:
        glass.send(
            self.chance.choice((b"1", b"2", b"5", b"9", b"0", b"\x1b", b"\r", b"\x03", b"\x11", b"q", b"\x1b[A"))
        )

    def _bytes(self, glass: Terminal) -> None:
        glass.send(bytes(self.chance.choices(range(128, 256), k=self.chance.randrange(1, 200))))

    def _size(self, glass: Terminal) -> None:
        columns, rows = self.chance.choice((*SIZES, (self.chance.randrange(1, 200), self.chance.randrange(1, 60))))
        ioctl(glass.glass, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _kill(self, glass: Terminal) -> None:
        for kiosk in self._kiosks(glass):
            os.kill(kiosk, signal.SIGKILL)

    def _board(self, glass: Terminal) -> None:  # noqa: ARG002 — every act gets the glass
        """The agent's clock jumps, or it is away: the board is of another time."""
        at = system_clock()().at.timestamp() + self.chance.choice((0, 0, -3600, 3600, -86_400 * 400))
        write_board(self.folder, board(at=datetime.fromtimestamp(at, UTC)))

    def _kiosks(self, glass: Terminal) -> list[int]:
        pid = glass.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _end(self, glass: Terminal) -> None:
        """Nobody touches it any more."""
        ioctl(glass.glass, TIOCSWINSZ, struct.pack("HHHH", 23, 80, 0, 0))
        until = time.monotonic() + QUIET_S
        glass.send(b"\x1b\x1b")
        while time.monotonic() < until:
            self._look(glass, 1.0)
            glass.send(b"\x1b")
            if glass.process.poll() is not None:
                raise NotConsistent("it ended")
            if self._stands(glass):
                return
        raise NotConsistent("it is not on its attract screen")

    def _stands(self, glass: Terminal) -> bool:
        """Whether the attract screen is painted when everything has to be painted anew."""
        ioctl(glass.glass, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        heard = glass.read(1.0)
        ioctl(glass.glass, TIOCSWINSZ, struct.pack("HHHH", 23, 80, 0, 0))
        heard += glass.read(1.0)
        return ATTRACT.encode() in heard

    def _records(self) -> list[Record]:
        outbox = Outbox(outbox_path(self.folder))
        try:
            stamp = Stamp(system_clock()().at, "boot-other", 0.0, ClockQuality.SYNCED)
            if outbox.aside() or outbox.salvages():
                raise NotConsistent("the outbox set records aside, or had to be mended")
            return outbox.take("now", stamp, limit=EVERYTHING, max_bytes=10**9)
        finally:
            outbox.close()

    def _judge(self, records: list[Record]) -> None:
        ids = [record.id for record in records]
        if len(ids) != len(set(ids)):
            raise NotConsistent("a record is there twice")
        said = {record.id for record in records if isinstance(record.fact, CheckIn | Feedback | FaultReport)}
        undone = [record.fact.of for record in records if isinstance(record.fact, Retraction)]
        if not set(undone) <= said or len(undone) != len(set(undone)):
            raise NotConsistent("an undo of nothing, or of what was undone")
        others = [record for record in records if record.id not in said and not isinstance(record.fact, Retraction)]
        if others:
            raise NotConsistent(f"a kiosk said what nobody can say: {others[0].fact.type}")
        kept = sum(isinstance(record.fact, CheckIn) for record in records)
        if len(self.thanked) > kept or max(self.thanked, default=0) > kept:
            raise NotConsistent(f"somebody was told to be number {max(self.thanked)} of {kept} check-ins")


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
