"""A hub with its broker, and stations on roads of their own: real processes that can be killed, and counted after."""

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Protocol

from sqlmodel import Session

from hub.database import engine_for
from hub.settings import load
from hub.telemetry import store as telemetry
from shared.board import outbox_path
from simulators.demo.children import Child, run
from tests.faults.proxy import Mischief, Proxy
from tests.mosquitto import listens

PYTHON = sys.executable
COMMISSIONED = timedelta(days=40)
JUST_NOW = timedelta(seconds=12)
"""The hub notes every ten seconds that it listens."""
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class Broker(Protocol):
    """Somebody else's broker."""

    port: int

    def start(self) -> None: ...
    def kill(self) -> None: ...
    def stop(self) -> None: ...


class Hub:
    """`waystation-hub serve` in a folder. `broker` None: the embedded one."""

    def __init__(self, folder: Path, broker: Broker | None = None) -> None:
        self.folder = folder
        self._broker = broker
        folder.mkdir(parents=True, exist_ok=True)
        toml = "web_port = 0\nmqtt_port = 0\nmetrics_port = 0\n"
        if broker is not None:
            toml = f'web_port = 0\nmetrics_port = 0\nmqtt_url = "mqtt://127.0.0.1:{broker.port}"\n'
            toml += f'mosquitto = "{folder / "mosquitto"}"\n'
        (folder / "hub.toml").write_text(toml)
        self.process: Child | None = None

    @property
    def url(self) -> str:
        """Its database."""
        return load(self.folder).url

    @property
    def broker_port(self) -> int:
        """Where its broker listens."""
        return self._broker.port if self._broker else int(json.loads((self.folder / "ports.json").read_text())["mqtt"])

    def command(self, *words: str) -> str:
        """`waystation-hub …` on its folder; what it prints."""
        return run([PYTHON, "-m", "hub", *words, "--folder", str(self.folder)])

    def start(self) -> None:
        """Returns when the broker listens."""
        log = self.folder / "log"
        self.process = Child("hub", [PYTHON, "-m", "hub", "serve", "--folder", str(self.folder)], log)
        until(lambda: (self.folder / "ports.json").exists() and listens(self.broker_port), 60, "the broker")

    def listens(self) -> bool:
        """Whether it takes in what is said."""
        engine = engine_for(self.url)
        with Session(engine) as session:
            spans = telemetry.listened(session, datetime.now(UTC) - JUST_NOW)
        engine.dispose()
        return bool(spans)

    def kill(self) -> None:
        """All of it, at once; returns when nothing is left of it."""
        assert self.process is not None
        children = list(self.children().values())
        self.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 20, "the hub's processes gone")

    def kill_child(self, name: str) -> bool:
        """One of its processes: ingest, clock, web, nats-server. False: it does not run just now."""
        pid = self.children().get(name)
        with contextlib.suppress(ProcessLookupError):
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
        return pid is not None

    def kill_broker(self, wiped: bool) -> None:
        """And, `wiped`, all that it had stored."""
        if self._broker is None:
            self.kill_child("nats-server")
            if wiped:
                shutil.rmtree(self.folder / "broker" / "store", ignore_errors=True)
        else:
            self._broker.kill()
            self._broker.start()

    def children(self) -> dict[str, int]:
        """Pid by program."""
        assert self.process is not None
        argv = ["ps", "--ppid", str(self.process.process.pid), "-o", "pid=,args="]
        listed = subprocess.run(argv, capture_output=True, text=True, check=False).stdout
        found = re.findall(r"^\s*(\d+) .*?(nats-server|-m hub \w+)", listed, re.MULTILINE)
        return {name.removeprefix("-m hub "): int(pid) for pid, name in found}

    def no_room(self, file_bytes: int | None) -> None:
        """Its processes, and those they start, write no file past so many bytes. None: as they like."""
        assert self.process is not None
        for pid in (self.process.process.pid, *self.children().values()):
            limit_files(pid, file_bytes)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else holds its database meanwhile."""
        other = sqlite3.connect(self.folder / "hub.db", timeout=30, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    def stop(self) -> None:
        """In order."""
        if self.process is not None:
            self.process.stop()
        if self._broker is not None:
            self._broker.stop()


@dataclass(slots=True)
class LightStation:
    """A station's folder, its processes and its road."""

    folder: Path
    id: str
    secret: str
    seed: int
    pace: float
    base: datetime
    """Of its first minute."""
    road: Proxy
    agent: Child | None = None
    kiosk: Child | None = None

    def start(self) -> None:
        """What of it does not run."""
        self.start_agent()
        if self.kiosk is None or self.kiosk.process.poll() is not None:
            self.kiosk = self._run("kiosk", "people")

    def start_agent(self) -> None:
        """If it does not run."""
        if self.agent is None or self.agent.process.poll() is not None:
            self.agent = self._run("agent")

    def _run(self, name: str, *more: str) -> Child:
        hub = f"mqtt://127.0.0.1:{self.road.port}"
        argv = [PYTHON, "-m", "tests.faults.light_station", str(self.folder), hub, self.id, self.secret]
        argv += [str(self.seed), str(self.pace), self.base.isoformat(), *more]
        return Child(f"{self.id}-{name}", argv, self.folder / f"{name}.log")

    def kill(self, name: str) -> None:
        """agent or kiosk, as a power cut would."""
        child = getattr(self, name)
        if child is not None:
            child.kill()
            setattr(self, name, None)

    def quiet(self) -> None:
        """Nobody puts anything more; the agent goes on sending."""
        self.kill("kiosk")
        self.kill("agent")
        self.pace = 1e-9
        self.start_agent()

    def no_room(self, file_bytes: int | None) -> None:
        """Its processes write no file past so many bytes. None: as they like."""
        for child in (self.agent, self.kiosk):
            if child is not None:
                limit_files(child.process.pid, file_bytes)

    def waiting(self) -> int:
        """Records its outbox still holds."""
        with contextlib.closing(
            sqlite3.connect(f"file:{outbox_path(self.folder)}?mode=ro", uri=True, timeout=20)
        ) as db:
            return int(db.execute("SELECT count(*) FROM item").fetchone()[0])

    def stop(self) -> None:
        """Kill what runs."""
        self.kill("kiosk")
        self.kill("agent")
        self.road.__exit__()


@dataclass(slots=True)
class House:
    """A hub and its stations."""

    root: Path
    hub: Hub
    chance: Random
    stations: list[LightStation] = field(default_factory=list)
    began: datetime = field(default_factory=lambda: datetime.now(UTC).replace(second=0, microsecond=0))

    def add_station(self, pace: float = 3.0, mischief: Mischief | None = None) -> LightStation:
        """Register one; the hub's database must be there."""
        number = len(self.stations)
        commissioned = (self.began - COMMISSIONED).isoformat()
        block = tomllib.loads(self.hub.command("station", "add", f"站{number}", "--commissioned", commissioned))[
            "station"
        ]
        folder = self.root / f"station{number}"
        folder.mkdir()
        road = Proxy(self.hub.broker_port, mischief or Mischief(Random(self.chance.random())))
        road.__enter__()
        base = self.began - timedelta(days=30)
        seed = self.chance.randrange(10**6)
        station = LightStation(folder, block["id"], block["secret"], seed, pace, base, road)
        self.stations.append(station)
        return station

    def drain(self, seconds: float) -> None:
        """Quiet, calm roads, and every outbox empty."""
        for station in self.stations:
            station.road.mischief.calm()
            station.road.restore()
            station.quiet()
        until(lambda: not any(station.waiting() for station in self.stations), seconds, "empty outboxes")

    def close(self) -> None:
        """End all."""
        for station in self.stations:
            station.stop()
        self.hub.stop()


def limit_files(pid: int, file_bytes: int | None) -> None:
    """RLIMIT_FSIZE of a running process: past it a write fails, as on a full disk."""
    hard = resource.RLIM_INFINITY
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, UNLIMITED if file_bytes is None else (file_bytes, hard))


def until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for it. Fails, naming it."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds:g} s"
        time.sleep(0.2)
