"""A hub as it is run, and one station of it: real processes, real broker, real database."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import select

from hub.authority import papers
from hub.checkins.tables import CheckInRow
from hub.permissions import may_read
from hub.settings import load
from shared import topics
from shared.envelope import Ack, Envelope
from tests.databases import session_at
from tests.hub.mqtt_station import MqttStation, eventually

HUB = [sys.executable, "-m", "hub"]
EMBEDDED = "mqtt_port = 0\nweb_port = 0\n"


def now() -> datetime:
    return datetime.now(UTC)


def runs(pid: int) -> bool:
    """Whether a process does anything: a zombie nobody waits for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def command(folder: Path, *words: str) -> str:
    """What a command of the hub says."""
    return subprocess.run([*HUB, *words, "--folder", folder], capture_output=True, text=True, check=True).stdout


def block(folder: Path, *words: str) -> dict[str, str]:
    """The `[station]` block a command prints."""
    told: dict[str, str] = tomllib.loads(command(folder, "station", *words))["station"]
    return told


@dataclass(frozen=True)
class Running:
    """A hub that serves, and one station of it."""

    folder: Path
    process: subprocess.Popen[bytes]
    port: int
    station: str
    secret: str

    def children(self) -> dict[str, int]:
        """Pid by program."""
        listed = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid=,args="], capture_output=True, text=True, check=False
        ).stdout
        found = re.findall(r"^\s*(\d+) .*?(nats-server|-m hub \w+)", listed, re.MULTILINE)
        return {name.removeprefix("-m hub "): int(pid) for pid, name in found}

    def check_ins(self) -> list[str]:
        with session_at(load(self.folder).url) as session:
            return sorted(session.exec(select(CheckInRow.id)).all())

    def connect(self, secret: str | None = None) -> MqttStation:
        """The station, with its secret or another one."""
        ca = papers(self.folder).authority
        given = ca if ca.exists() else None
        return MqttStation(self.port, self.station, secret or self.secret, may_read(self.station), given)


@contextmanager
def serving(folder: Path, toml: str = EMBEDDED, before: Callable[[], int] | None = None) -> Iterator[Running]:
    """`before` starts another broker once the hub's files are there, and returns its port."""
    (folder / "hub.toml").write_text(toml)
    told = block(folder, "add", "站", "--opens", "00:00", "--closes", "24:00")
    port = before() if before else 0
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*HUB, "serve", "--folder", folder], stdout=log, stderr=log)
    port = port or json.loads((folder / "ports.json").read_text())["mqtt"]
    yield Running(folder, process, port, told["id"], told["secret"])
    process.kill()
    process.wait()


def acknowledged(station: MqttStation, sent: Envelope) -> bool:
    acks = [Ack.model_validate_json(payload) for topic, payload in station.heard if topic.endswith("/ack")]
    return any(ack.envelope == sent.id and set(ack.committed) == {one.id for one in sent.records} for ack in acks)


def say(running: Running, station: MqttStation, sent: Envelope) -> bool:
    """As a station does: again and again until the hub has committed it."""

    def once() -> bool:
        station.publish(topics.up_now(running.station), sent.model_dump_json())
        return eventually(lambda: acknowledged(station, sent), 1)

    return eventually(once, 30)


def hub_listens(station: MqttStation) -> bool:
    states = [payload for topic, payload in station.heard if topic == topics.HUB_STATE]
    return bool(states) and b'"online":true' in states[-1]
