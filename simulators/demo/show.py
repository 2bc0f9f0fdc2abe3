"""The demo from its first line to its last: what the person at the terminal sees."""

import re
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from shared.board import read_board
from simulators.demo.children import ProgramFailed, command
from simulators.demo.history import History
from simulators.demo.stage import CAST, PEOPLE, USER, Stage
from simulators.demo.visitor import NotReached, Visitor

ASSIGN = "/inspections/assign"
ALERT_S = 45.0
"""How long the tour waits for the failed fridge's alert before it names the list instead."""


class Show:
    """One run of the demo. `stop` is set by the person's Ctrl-C."""

    def __init__(self, root: Path, now: datetime, stop: threading.Event) -> None:
        self._stage = Stage(root)
        self._now = now
        self._stop = stop
        self._console = Console()
        self._ids: dict[str, str] = {}
        self._history: History | None = None

    def run(self) -> int:
        """Until stopped; the exit code."""
        try:
            with self._bars() as bars:
                self._play(bars)
        except KeyboardInterrupt:
            return 0
        except ProgramFailed as failure:
            self._console.print(f"\n[bold red]演示中断[/]  The demo ended: {failure}", highlight=False)
            return 1
        finally:
            self._console.print("正在停止全部程序…  Stopping everything…")
            if self._history is not None:
                self._history.stop()
            self._stage.close()
        return 0

    def _play(self, bars: Progress) -> None:
        began = time.monotonic()
        bars.print("正在启动枢纽…  Starting the hub…")
        web = self._stage.open_hub()
        password = self._stage.add_user()
        origin = self._origin()
        for cast in CAST:
            self._ids[cast.scenario] = self._stage.register(cast, origin)
        tasks: dict[str, TaskID] = {
            cast.scenario: bars.add_task(f"{cast.scenario}: 历史 history", total=1.0) for cast in CAST
        }
        history = History(self._stage, origin, lambda name, share: bars.update(tasks[name], completed=share))
        self._history = history
        history.start()
        self._stage.add_people(password)
        self._start_stations(history, bars)
        kiosk = self._stage.open_kiosk(CAST[0])
        self._tour(bars, web, kiosk, password, time.monotonic() - began)
        self._stay(history, bars, tasks)

    def _origin(self) -> datetime:
        """When the demo was first started: its history is counted from there."""
        path = self._stage.root / "origin"
        if not path.exists():
            path.write_text(self._now.isoformat())
        return datetime.fromisoformat(path.read_text())

    def _start_stations(self, history: History, bars: Progress) -> None:
        for cast in CAST:
            self._stage.simulate(cast)
        for cast in CAST:
            while not history.recent[cast.scenario].wait(0.2):
                self._look(history)
            self._stage.watch(cast)
            bars.print(f"  {cast.scenario}: 近七天已就绪，代理程序已启动  seven days are there, the agent runs")

    def _look(self, history: History) -> None:
        """Raises ProgramFailed."""
        self._stage.check()
        if history.failure is not None:
            raise history.failure
        if self._stop.is_set():
            raise KeyboardInterrupt

    def _tour(self, bars: Progress, web: str, kiosk: str, password: str, seconds: float) -> None:
        healthy, failing = self._ids["healthy"], self._ids["failing_fridge"]
        sim = _short(Path(command("waystation-sim")))
        stations = self._stage.root / "stations"
        base = "" if stations == Path("demo-data/stations").absolute() else f" --base {stations}"
        alert, form = self._find(web, password, failing)
        lines = [
            f"用户 user  [bold]{USER}[/]    密码 password  [bold]{password}[/]",
            f"也可 also    {' · '.join(name for name, _, _ in PEOPLE)}  (同一密码 same password)",
            "",
            f"1  驿站 a station      {web}/stations/{healthy}",
            f"2  报警 an alert       {web}{alert}",
            f"3  检查表 a form       {web}{form}",
            f"4  地图 the map         {web}/map",
            f"5  公开页 for anybody   {web}/s/{healthy}",
            f"6  手机页 by phone     {web}/c/{healthy}",
            f"7  签到满意度 visits   {web}/stations/{healthy}/visits",
            f"8  自助屏 the kiosk    {kiosk}",
            "",
            "试一试 Three things to try:",
            f"  {sim} break healthy outlets-1 --how trip{base}",
            f"  {sim} heal healthy outlets-1{base}",
            f"  {sim} line rough_line bus-a --fault garble --for 120{base}",
            f"  {_kiosk(self._stage)}",
            "  在终端里签到，再看驿站页  check in there, then look at the station's page",
            "",
            "Ctrl-C 停止全部 stops all of it; 再次启动接着用 a second start takes up the same data",
        ]
        bars.print(Panel("\n".join(lines), title=f"驿站 Waystation · {seconds:.0f} s", expand=False))

    def _find(self, web: str, password: str, failing: str) -> tuple[str, str]:
        """The address of the failed fridge's alert and of a form that was begun."""
        visitor = Visitor(web)
        until = time.monotonic() + ALERT_S
        try:
            visitor.sign_in(USER, password)
            form = visitor.submit(f"/stations/{failing}", f"/stations/{failing}/inspections")
            self._assign(visitor)
            while time.monotonic() < until and not self._stop.wait(1.0):
                found = [row["id"] for row in visitor.json("/api/alerts")["open"] if row["station"] == failing]
                if found:
                    return f"/alerts/{found[0]}", form
        except NotReached as error:
            self._console.print(f"[yellow]{error}[/]")
            return "/alerts", "/inspections"
        return "/alerts", form

    def _assign(self, visitor: Visitor) -> None:
        """The inspector's first station, once. Raises NotReached."""
        done = self._stage.root / "assigned"
        if done.exists():
            return
        person = re.search(r'name="person" value="([0-9]+)"', visitor.page(ASSIGN))
        if person is not None:
            due = (self._now + timedelta(days=7)).date().isoformat()
            station = self._ids["healthy"]
            visitor.submit(ASSIGN, ASSIGN, station=station, person=person[1], purpose="spot", due=due)
            done.touch()

    def _stay(self, history: History, bars: Progress, tasks: dict[str, TaskID]) -> None:
        loading = {cast.scenario for cast in CAST}
        while not self._stop.wait(1.0):
            self._look(history)
            for name in sorted(loading):
                board = read_board(self._stage.station(name))
                if history.complete[name].is_set() and board is not None and board.waiting < 20:
                    self._stage.mark_history(self._ids[name], loading=False)
                    bars.update(tasks[name], visible=False)
                    bars.print(f"  {name}: 三十天历史已入库  thirty days of history are in the hub")
                    loading.discard(name)

    def _bars(self) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
        return Progress(*columns, TimeElapsedColumn(), console=self._console, transient=True)


def _short(path: Path) -> str:
    """As a person in this folder would type it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _kiosk(stage: Stage) -> str:
    return f"{_short(Path(command('waystation-kiosk')))} run --station {_short(stage.station('healthy'))}"
