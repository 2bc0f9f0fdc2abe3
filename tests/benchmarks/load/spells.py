"""Stations that say one spell each, through a real outbox and the agent's real uplink: when each was put.

A process; what it needs comes in as one line of JSON, a line goes out for each spell: station, and the second of the
monotonic clock at which `put` was called. A few stations live at a time, each as long as its spell takes.
"""

import json
import logging
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import structlog

from edge.agent import TICK_S
from edge.keep import Keep
from edge.mqtt import HubAddress
from edge.uplink import Uplink
from shared.ids import record_id
from shared.moment import system_clock
from shared.outbox import Outbox
from shared.records import Spell
from shared.states import Cause, Grade, State
from shared.text import Text

CONNECT_S = 30.0
TAKEN_S = 120.0
"""How long a spell may lie in the outbox before the measurement is given up."""


class NotTaken(Exception):
    """The broker or the hub did not take it in time."""


def fault(now: datetime, chance: random.Random) -> Spell:
    """A fridge that has been too warm for ten minutes, as its rule says it at the moment of confirming."""
    since = now - timedelta(minutes=10)
    return Spell(
        spell=record_id(since, chance.randbytes(10)),
        revision=1,
        facility="fridge-1",
        state=State.DOWN,
        since=since,
        confirmed_at=now,
        rule="FR2",
        rule_version=1,
        cause=Cause.DEVICE_FAULT,
        grade=Grade.E2,
        why=Text("箱内 13.5℃，上限 8℃", "13.5 ℃ inside, limit 8 ℃"),
        values={"cabinet_temperature": 13.5},
        limits={"legal_limit": 8.0},
    )


def live(port: int, station: str, secret: str, chance: random.Random, over: Event) -> None:
    """One station: connect, put a spell at any moment between two ticks, stay until the hub has it. Raises NotTaken."""
    if over.is_set():
        return
    clock = system_clock()
    with TemporaryDirectory(prefix="waystation-spell-") as name:
        folder = Path(name)
        outbox, keep = Outbox(folder / "outbox.db"), Keep(folder)
        hub = HubAddress("127.0.0.1", port, False)
        uplink = Uplink(station, secret, hub, outbox, keep, clock, time.monotonic, lambda _settings: None)
        uplink.start()
        try:
            _tick_until(uplink, lambda: uplink.connected, CONNECT_S)
            next_tick = time.monotonic() + TICK_S
            time.sleep(chance.uniform(0, TICK_S))
            at = time.monotonic()
            outbox.put(fault(clock().at, chance), clock())
            os.write(
                sys.stdout.fileno(), f"{json.dumps([station, at])}\n".encode()
            )  # one write: others say theirs, too
            time.sleep(max(0.0, next_tick - time.monotonic()))
            _tick_until(uplink, lambda: outbox.waiting(clock()).now == 0, TAKEN_S)
        finally:
            uplink.stop()
            keep.close()
            outbox.close()


def _tick_until(uplink: Uplink, done: Callable[[], bool], patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > deadline:
            raise NotTaken(f"{uplink.station}: not within {patience_s:.0f} s")
        uplink.tick()
        time.sleep(TICK_S)


def main() -> None:
    """One station after the other, `at_a_time` at a time; at SIGTERM no further one begins."""
    over = Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: over.set())
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    told = json.loads(sys.stdin.readline())
    with ThreadPoolExecutor(told["at_a_time"]) as pool:
        lives = [
            pool.submit(live, told["port"], station, secret, random.Random(number), over)
            for number, (station, secret) in enumerate(told["stations"])
        ]
        for one in lives:
            one.result()


if __name__ == "__main__":
    main()
