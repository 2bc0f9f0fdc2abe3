"""A house for journeys: real hub, real broker, real agents, simulated devices on real pseudo-terminals."""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from shared.board import outbox_path, read_board
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import CheckIn
from simulators.demo.children import Child, command, run
from simulators.demo.stage import CAST, USER, Casting, Stage
from simulators.demo.visitor import Visitor

T = TypeVar("T")
HEALTHY, FAILING, ROUGH = CAST
SHARED = 2.0
"""So many times longer it may take beside other tests."""


class House:
    """A stage with a visitor who is signed in."""

    def __init__(self, root: Path) -> None:
        self.stage = Stage(root)
        self.now = datetime.now(UTC)
        try:
            self.web = self.stage.open_hub()
            self.visitor = Visitor(self.web)
            self.visitor.sign_in(USER, self.stage.add_user())
        except BaseException:
            # Nobody else would end what has been started.
            self.stage.close()
            raise

    def folder(self, cast: Casting) -> Path:
        return self.stage.station(cast.scenario)

    def register(self, cast: Casting) -> str:
        """A station whose history is complete: there is none."""
        station = self.stage.register(cast, self.now)
        self.stage.mark_history(station, loading=False)
        return station

    def wireless(self, name: str) -> tuple[Casting, str]:
        """A station without devices: only what a recording says of it, and its agent to send that."""
        cast = Casting(name, "shanghai_2018", "", "", "")
        folder = self.folder(cast)
        folder.mkdir(parents=True)
        commissioned = (self.now - timedelta(days=90)).isoformat()
        argv = [command("waystation-hub"), "station", "add", name, "--rulebook", cast.rulebook]
        block = run([*argv, "--commissioned", commissioned, "--folder", str(self.stage.hub)])
        toml = folder / "station.toml"
        toml.touch(mode=0o600)
        toml.write_text(block)
        return cast, block.split('id = "')[1][:10]

    def tune(self, cast: Casting, facility: str, **options: float) -> None:
        """Thresholds of one facility in its station.toml: a journey has no time for the usual patience."""
        toml = self.folder(cast) / "station.toml"
        said = ", ".join(f"{name} = {value}" for name, value in options.items())
        head = f'id = "{facility}"\n'
        assert head in toml.read_text()
        toml.write_text(toml.read_text().replace(head, f"{head}options = {{ {said} }}\n"))

    def order(self, cast: Casting, *words: str) -> None:
        """A `waystation-sim` order to a running station."""
        verb, *rest = words
        run([command("waystation-sim"), verb, cast.scenario, *rest, "--base", str(self.stage.root / "stations")])

    def replay(self, cast: Casting, days: float) -> None:
        """The last days of a scenario, recorded and judged, into the station's outbox."""
        recording = self.stage.root / f"recording-{cast.scenario}"
        folder = self.folder(cast)
        span = ["--days", str(days), "--run", str(folder), "--origin", self.now.isoformat()]
        run([command("waystation-sim"), "record", cast.scenario, str(recording), *span])
        run([command("waystation-edge"), "replay", str(recording), "--station", str(folder), "--quiet"])

    def rows(self, query: str, *values: object) -> list[Any]:
        """What the hub's database holds."""
        with sqlite3.connect(f"file:{self.stage.hub / 'hub.db'}?mode=ro", uri=True, timeout=10) as database:
            return database.execute(query, values).fetchall()

    def stamp(self) -> Stamp:
        """Now, as a station on this machine says it."""
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return Stamp(datetime.now(UTC), boot, time.clock_gettime(time.CLOCK_BOOTTIME), ClockQuality.PLAUSIBLE)

    def until(self, what: Callable[[], T | None], seconds: float = 60.0) -> T:
        """Ask again and again until there is an answer that is not empty. `seconds` are of a machine of one's own."""
        end = time.monotonic() + SHARED * seconds
        while True:
            self.stage.check()
            found = what()
            if found:
                return found
            assert time.monotonic() < end, f"not within {SHARED * seconds:g} s"
            time.sleep(0.3)

    def broker(self) -> int:
        """The process id of the hub's broker."""
        hub = self.program("hub").process.pid
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                name, _, rest = stat.read_text().rpartition(")")
                if name.endswith("(nats-server") and int(rest.split()[1]) == hub:
                    return int(stat.parent.name)
        raise AssertionError("the hub has no broker")

    def program(self, name: str) -> Child:
        """A program that runs."""
        return next(child for child in self.stage.children if child.name == name)

    def gone(self, child: Child) -> None:
        """Kill a program as a power cut would."""
        child.kill()
        self.stage.children.remove(child)

    def check_in(self, cast: Casting, times: int) -> list[str]:
        """Check-ins as the kiosk puts them, from outside the agent."""
        outbox = Outbox(outbox_path(self.folder(cast)))
        ids = [outbox.put(CheckIn(occupation="courier"), self.stamp()) for _ in range(times)]
        outbox.close()
        return ids

    def check_ins(self) -> list[str]:
        """The ids of all check-ins the hub has committed, as often as they are there."""
        return [row[0] for row in self.rows("SELECT id FROM check_in")]

    def alerts(self) -> list[Any]:
        """The open alerts a maintainer sees."""
        return list(self.visitor.json("/api/alerts")["open"])

    def revealed(self, form: str, key: str) -> Any:
        """What is proposed for one line after the inspector's own look. A line that happens to be blind shows nothing:
        there an administrator may ask for the proposal itself."""

        def line() -> Any:
            return next(row for row in self.visitor.json(f"/api{form}")["lines"] if row["key"] == key)

        self.visitor.submit(form, f"{form}/items/{key}/look", look="not_tested")
        if line()["proposal"] is not None:
            raise AssertionError("a proposal before anybody looked")
        if line()["blind"]:
            station = self.visitor.json(f"/api{form}")["station"]
            return self.visitor.json(f"/api/stations/{station}/proposals")[key]
        self.visitor.submit(form, f"{form}/items/{key}/reveal")
        return line()["proposal"]

    def state(self, cast: Casting, facility: str) -> str | None:
        """What the station's own board says."""
        board = read_board(self.folder(cast))
        return next((row.state.value for row in board.facilities if row.id == facility), None) if board else None

    def waiting(self, cast: Casting) -> int:
        """Records the hub has not yet committed."""
        board = read_board(self.folder(cast))
        return 10**6 if board is None else board.waiting
