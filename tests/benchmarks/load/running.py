"""The hub under load: the real program with its own processes, on a broker and a database of its own."""

import json
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine, text

from hub.database import engine_for, migrate
from hub.settings import HubSettings, load
from tests.benchmarks.load import usage
from tests.benchmarks.load.fleet import Registered
from tests.mosquitto import Mosquitto

START_S = 60.0
STOP_S = 60.0


class HubDied(Exception):
    """It ended by itself, or never came up. The end of its log is in the message."""


def prepared(folder: Path, stations: Registered, broker: Mosquitto | None, database_url: str = "") -> HubSettings:
    """A hub's folder with its settings, its schema and its register; `broker` None: the embedded one."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["web_port = 0", "mqtt_port = 0", 'log_level = "warning"']
    if database_url:
        lines.append(f'database_url = "{database_url}"')
    if broker is not None:
        lines += [f'mqtt_url = "mqtt://127.0.0.1:{broker.port}"', f'mosquitto = "{broker.folder}"']
    (folder / "hub.toml").write_text("\n".join(lines) + "\n")
    (folder / "hub.toml").chmod(0o600)
    settings = load(folder)
    engine = engine_for(settings.url)
    migrate(engine)
    stations.settle(folder, engine)
    engine.dispose()
    return settings


class RunningHub:
    """`waystation-hub serve` with these stations registered; `with` starts it and stops it.

    `mosquitto`: behind a Mosquitto, whose files it writes; otherwise on its embedded broker. `database_url` empty:
    SQLite in the folder.
    """

    def __init__(self, folder: Path, stations: Registered, mosquitto: bool, database_url: str = "") -> None:
        self.folder = folder
        self.broker = Mosquitto(folder / "mosquitto") if mosquitto else None
        self.settings = prepared(folder, stations, self.broker, database_url)
        self.engine: Engine = engine_for(self.settings.url)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "RunningHub":
        """Raises HubDied."""
        if self.broker is not None:
            self.broker.start()
        with (self.folder / "hub.log").open("wb") as log:
            command = [sys.executable, "-m", "hub", "serve", "--folder", str(self.folder)]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + START_S
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise HubDied(self.log())
            time.sleep(0.05)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self.broker is not None:
            self.broker.stop()
        self.engine.dispose()

    @property
    def port(self) -> int:
        """Of its broker."""
        if self.broker is not None:
            return self.broker.port
        return int(json.loads((self.folder / "ports.json").read_text())["mqtt"])

    @property
    def ingest(self) -> int:
        """The process that takes in. Raises HubDied."""
        return self._child("-m hub ingest")

    def pids(self) -> dict[str, list[int]]:
        """Who is who, to be metered. Raises HubDied."""
        assert self._process is not None, "it does not run"
        ingest = self.ingest
        broker = usage.family(self.broker.pid) if self.broker is not None else [self._child("nats-server")]
        others = [pid for pid in usage.family(self._process.pid) if pid not in (ingest, *broker)]
        return {"ingest": [ingest], "broker": broker, "clock and web": others}

    def log(self) -> str:
        """The end of what it said."""
        return (self.folder / "hub.log").read_text(errors="replace")[-2000:]

    def _child(self, said: str) -> int:
        assert self._process is not None, "it does not run"
        for pid in usage.children(self._process.pid):
            if said in usage.program(pid):
                return pid
        raise HubDied(f"{said} does not run: {self.log()}")

    def _listens(self) -> bool:
        """Whether ingest has subscribed: it says so in the database."""
        with self.engine.connect() as connection:
            return bool(connection.execute(text("SELECT count(*) FROM listening")).scalar_one())
