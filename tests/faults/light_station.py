"""A station without devices, a real process: real outbox, keep and uplink, and a witness of all that was accepted.

`python -m tests.faults.light_station FOLDER HUB STATION SECRET SEED PACE BASE [people]`: so many minutes a second are
put, counted from BASE. With `people` it is a kiosk instead: it puts people's words, and sends nothing.
"""

import os
import signal
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from edge.keep import Keep, KeepBroken
from edge.mqtt import HubAddress
from edge.uplink import Uplink
from shared.board import outbox_path
from shared.ids import record_id
from shared.moment import Clock, ClockQuality
from shared.outbox import Outbox, OutboxBroken, OutboxFull
from shared.records import Fact, Minute
from tests.faults.facts import measured, words
from tests.faults.stepping import stepping_clock
from tests.faults.witness import Witness, last_number

TICK_S = 0.2


class Teller:
    """Puts facts in the outbox before the eyes of a witness."""

    def __init__(self, folder: Path, clock: Clock, name: str) -> None:
        self._drawn = b""
        self._clock = clock
        self.outbox = Outbox(outbox_path(folder), chance=lambda number: self._drawn[:number])
        log = folder / f"{name}.witness"
        self.number = last_number(log)
        """Of the last thing said: what was asked for before a kill is not asked for again."""
        self._witness = Witness(log)

    def tell(self, fact: Fact, number: int) -> str | None:
        """Its record id. None: the outbox could not keep it."""
        stamp = self._clock()
        self._drawn = os.urandom(10)
        id_ = record_id(fact.minute if isinstance(fact, Minute) else stamp.at, self._drawn)
        self._witness.ask(id_, number, fact, undated=stamp.clock is ClockQuality.WRONG)
        self.number = number
        try:
            self.outbox.put(fact, stamp)
        except (OutboxFull, OutboxBroken) as error:
            print("not kept:", error, flush=True)
            return None
        self._witness.kept([id_])
        return id_


def measure(folder: Path, argv: list[str], stop: threading.Event) -> None:
    """An agent: puts what its rules would say, and sends."""
    hub, station, secret, seed, pace, base = argv
    keep = Keep(folder)
    clock = stepping_clock(folder, keep.last_good)
    teller = Teller(folder, clock, "agent")
    uplink = Uplink(
        station, secret, HubAddress.of(hub), teller.outbox, keep, clock, time.monotonic, told=lambda _settings: None
    )
    uplink.start()
    began, first = time.monotonic(), teller.number + 1
    done = 0
    while not stop.wait(TICK_S):
        try:
            uplink.tick()
        except (OutboxFull, OutboxBroken, KeepBroken) as error:
            print("tick:", error, flush=True)
        due = int((time.monotonic() - began) * float(pace))
        if clock().clock is ClockQuality.WRONG:
            began = time.monotonic() - done / float(pace)  # nothing is judged under a wrong clock
            continue
        while done < due and not stop.is_set():
            for fact in measured(int(seed), first + done, datetime.fromisoformat(base)):
                teller.tell(fact, first + done)
            done += 1
    uplink.stop()


def listen_to_people(folder: Path, argv: list[str], stop: threading.Event) -> None:
    """A kiosk: puts what people say, whatever the clock."""
    _hub, _station, _secret, seed, pace, _base = argv
    last_good = datetime.fromisoformat(argv[-1])
    teller = Teller(folder, stepping_clock(folder, lambda: last_good), "kiosk")
    said: list[str] = []
    while not stop.wait(1 / float(pace)):
        number = teller.number + 1
        id_ = teller.tell(words(int(seed), number, said), number)
        if id_ is not None:
            said.append(id_)


def main() -> None:
    """Until SIGTERM, or sooner."""
    folder, argv = Path(sys.argv[1]), sys.argv[2:]
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stop.set())
    people = argv[-1] == "people"
    (listen_to_people if people else measure)(folder, argv[:-1] if people else argv, stop)


if __name__ == "__main__":
    main()
