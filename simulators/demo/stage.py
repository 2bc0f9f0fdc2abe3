"""The demo's folder and the programs on it: a hub, stations with their simulators and agents, a kiosk.

<root>/hub            the hub's folder         <root>/logs        what the programs write
<root>/stations/<name>  station.toml, outbox, ports    <root>/password   of the demo's user, mode 0600
"""

import json
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from simulators.demo.children import Child, ProgramFailed, command, run, wait_for
from simulators.scenario import load
from simulators.wired import station_toml

HISTORY_DAYS = 30
USER = "demo"
ROLE = "administrator"
CITY, DISTRICT = "示范市总工会", "示范区总工会"
PEOPLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("inspector", "inspector", ("--union", CITY)),
    ("maintainer", "maintainer", ("--union", CITY)),
    ("district", "district", ("--union", DISTRICT)),
)
"""Who else may sign in, with the same password: name, role, where."""
HUB_TOML = """web_port = {web}
mqtt_port = 0
metrics_port = 0
public_url = "http://127.0.0.1:{web}"
"""
"""Free ports, chosen once and kept; where a browser on this machine reaches the hub stands in the kiosk's code."""


@dataclass(frozen=True, slots=True)
class Casting:
    """How one of the demo's stations is registered."""

    scenario: str
    rulebook: str
    code: str
    union: str
    address: str
    adopt: str = ""
    relayed: bool = False
    place: str = ""


CAST: tuple[Casting, ...] = (
    Casting("healthy", "shanghai_2018", "0217-08", DISTRICT, "示范路 1 号", place="31.2304,121.4737"),
    Casting("failing_fridge", "shanghai_2018", "0217-15", DISTRICT, "示范路 88 号", place="31.2412,121.4905"),
    Casting(
        "rough_line",
        "anhui_2024",
        "12055100001",
        CITY,
        "环城路 20 号",
        adopt="shanghai_2018",
        relayed=True,
        place="31.8206,117.2272",
    ),
)


@dataclass(slots=True)
class Stage:
    """See the module. Programs are started from one thread: they end when that thread does."""

    root: Path
    children: list[Child] = field(default_factory=list)

    @property
    def hub(self) -> Path:
        return self.root / "hub"

    def station(self, name: str) -> Path:
        """A station's folder."""
        return self.root / "stations" / name

    def start(self, name: str, argv: Sequence[str]) -> Child:
        """Start a program that runs until the demo ends."""
        child = Child(name, argv, self.root / "logs" / f"{name}.log")
        self.children.append(child)
        return child

    def open_hub(self) -> str:
        """Start the hub; its web address once it answers."""
        self.hub.mkdir(parents=True, exist_ok=True)
        ports = self.hub / "ports.json"
        kept = json.loads(ports.read_text())["web"] if ports.exists() else free_port()
        (self.hub / "hub.toml").write_text(HUB_TOML.format(web=kept))
        child = self.start("hub", [command("waystation-hub"), "serve", "--folder", str(self.hub)])
        wait_for(ports, child)
        port = int(json.loads(ports.read_text())["web"])
        wait_for_port(port, child)
        return f"http://127.0.0.1:{port}"

    def add_user(self) -> str:
        """The demo's user with a password of their own, and the unions; the same at every start."""
        path = self.root / "password"
        if not path.exists():
            password = secrets.token_urlsafe(9)
            self._add(USER, ROLE, (), password)
            self._hub("union", "add", CITY, "--level", "city", "--name-en", "Model City Union")
            self._hub("union", "add", DISTRICT, "--level", "district", "--under", CITY, "--name-en", "Model District")
            path.touch(mode=0o600)
            path.write_text(password)
        return path.read_text()

    def add_people(self, password: str) -> None:
        """Those who work with the stations, once."""
        done = self.root / "people"
        if not done.exists():
            for name, role, where in PEOPLE:
                self._add(name, role, where, password)
            done.touch()

    def _add(self, name: str, role: str, where: Sequence[str], password: str) -> None:
        self._hub("user", "add", name, "--role", role, *where, "--password-stdin", say=password + "\n")

    def _hub(self, *words: str, say: str = "") -> None:
        run([command("waystation-hub"), *words, "--folder", str(self.hub)], say=say)

    def register(self, cast: Casting, now: datetime) -> str:
        """Add a station to the hub and write its station.toml, once; its id."""
        folder = self.station(cast.scenario)
        toml = folder / "station.toml"
        identity = folder / "id"
        if not toml.exists():
            folder.mkdir(parents=True, exist_ok=True)
            scenario = load(cast.scenario)
            block = run(
                [command("waystation-hub"), "station", "add", scenario.title["zh"]]
                + ["--folder", str(self.hub), "--name-en", scenario.title["en"], "--rulebook", cast.rulebook]
                + ["--commissioned", (now - timedelta(days=HISTORY_DAYS + 1)).isoformat()]
                + ["--code", cast.code, "--union", cast.union, "--address", cast.address, "--place", cast.place]
                + (["--adopt", cast.adopt] if cast.adopt else []),
            )
            given = dict(line.split(" = ", 1) for line in block.splitlines() if " = " in line)
            hub = given["hub"].strip('"')
            if cast.relayed:
                (folder / "broker").write_text(hub.removeprefix("mqtt://"))
                (folder / "relay").write_text(str(free_port()))
                block = block.replace(hub, f"mqtt://127.0.0.1:{(folder / 'relay').read_text()}")
            station_id = given["id"].strip('"')
            self.mark_history(station_id, loading=True)
            draft = folder / "station.toml.draft"
            draft.touch(mode=0o600)
            draft.write_text(block + "\n" + station_toml(scenario, folder.absolute()))
            draft.replace(toml)
            identity.write_text(station_id)
        return identity.read_text()

    def mark_history(self, station_id: str, loading: bool) -> None:
        """Whether the hub says "history loading" instead of a proposal."""
        flag = "--loading" if loading else "--done"
        run([command("waystation-hub"), "station", "history", station_id, flag, "--folder", str(self.hub)])

    def simulate(self, cast: Casting) -> Child:
        """Start a station's simulated devices."""
        folder = self.station(cast.scenario)
        argv = [command("waystation-sim"), "run", cast.scenario, "--run", str(folder)]
        argv += ["--base", str(self.root / "stations")]
        if cast.relayed:
            argv += ["--relay-to", (folder / "broker").read_text(), "--relay-port", (folder / "relay").read_text()]
        return self.start(f"{cast.scenario}-devices", argv)

    def watch(self, cast: Casting) -> Child:
        """Start a station's agent."""
        argv = [command("waystation-edge"), "run", "--station", str(self.station(cast.scenario))]
        return self.start(f"{cast.scenario}-agent", argv)

    def open_kiosk(self, cast: Casting) -> str:
        """Start a kiosk in the browser; its address."""
        kept = self.root / "kiosk-port"
        if not kept.exists():
            kept.write_text(str(free_port()))
        port = int(kept.read_text())
        argv = [command("waystation-kiosk"), "serve", "--station", str(self.station(cast.scenario))]
        child = self.start("kiosk", [*argv, "--port", str(port)])
        wait_for_port(port, child)
        return f"http://127.0.0.1:{port}"

    def check(self) -> None:
        """Raises ProgramFailed if a program has ended."""
        for child in self.children:
            child.check()

    def close(self) -> None:
        """Stop everything: those who speak before those who listen."""
        for child in self.children:
            if child.name != "hub":
                child.ask_to_stop()
        for child in sorted(self.children, key=lambda child: child.name == "hub"):
            child.stop()
        self.children.clear()


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, child: Child, seconds: float = 90.0) -> None:
    """Until somebody listens there. Raises ProgramFailed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        child.check()
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise ProgramFailed(f"{child.name} did not listen on port {port} within {seconds:g} s")
