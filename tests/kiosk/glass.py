"""The kiosk with fingers: the real app, headless, driven by its tiles; and a real one on a pseudo-terminal."""

import asyncio
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSCTTY, TIOCSWINSZ

from textual import events
from textual.content import Content
from textual.css.query import NoMatches
from textual.errors import NoWidget
from textual.pilot import Pilot
from textual.widgets import Digits, Static

from kiosk.app import KioskApp
from kiosk.desk import Desk
from kiosk.scanned import Scanner
from kiosk.screen import Scanned
from kiosk.settings import KioskSettings
from kiosk.sign import Big
from kiosk.touch import Touch
from shared.moment import Clock
from tests.kiosk.station import StandingClock

ROOT = Path(__file__).parents[2]
LAID_OUT_ROUNDS = 1000
"""Twenty seconds: a screen is composed and laid out in its own time, more so beside other tests."""
PATIENCE_S = 30.0
LET_GO_S = 0.15
"""A tile takes no second touch while it still shows the first."""
TRIES, AGAIN_S = 4, 10.0
"""Of a kiosk in a process of its own: it shares the machine with other tests."""


class Glass:
    """The kiosk a test touches."""

    def __init__(self, app: KioskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> str:
        """The class of the screen that is up."""
        return type(self.app.screen).__name__

    async def quiet(self) -> None:
        """Wait until every message has been heard, and those it led to, and what is up is laid out."""
        # What the app is in the middle of is in no queue: it hears this after it.
        heard = asyncio.Event()
        if self.app.call_later(heard.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), PATIENCE_S)
        rounds, end = 0, time.monotonic() + PATIENCE_S
        while rounds < 4 and time.monotonic() < end:
            await asyncio.sleep(0.005)
            rounds = rounds + 1 if self._still() else 0

    def _still(self) -> bool:
        """Whether nothing goes on just now. A screen that is being made has nothing to hear for a moment."""
        screen = self.app.screen
        widgets = list(screen.query("*"))
        if any(pump.message_queue_size for pump in (self.app, *self.app.screen_stack, *widgets)):
            return False
        made = not screen._layout_required and all(widget.is_mounted for widget in widgets)
        return made and any(widget.is_on_screen for widget in widgets)

    async def tap(self, *tiles: str) -> None:
        """Touch tiles one after the other, by what they do."""
        for tile in tiles:
            target = await self._find(tile, on_top=True)
            target.post_message(events.Click(target, 1, 1, 0, 0, 1, False, False, False))
            await self.quiet()

    async def _find(self, tile: str, on_top: bool) -> Touch:
        """The tile, once it is there; `on_top`: once it is laid out and nothing covers it."""
        for _ in range(LAID_OUT_ROUNDS):
            with suppress(NoMatches, NoWidget):
                target = self.app.screen.query_one(f"#{tile}", Touch)
                if not on_top:
                    return target
                column, row = (int(at) for at in target.region.center)
                if self.app.get_widget_at(column, row)[0] is target:
                    return target
            await asyncio.sleep(0.02)
        raise AssertionError(f"{tile} is not {'on top' if on_top else 'there'}")

    async def walk(self, *tiles: str) -> None:
        """Press tiles without a finger: where the way matters and not the touch."""
        for tile in tiles:
            (await self._find(tile, on_top=False)).press()
            await self.quiet()

    async def heard(self) -> None:
        """Wait until a finger counts: the screen is painted, and has stood a while."""
        gate = self.app._gate
        for _ in range(LAID_OUT_ROUNDS * 2):
            if gate.hears(self.app.screen) and not gate._guard.deaf(time.monotonic()):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the glass stays deaf")

    async def comes(self, screen: str) -> None:
        """Wait until a screen is up, and hears."""
        for _ in range(LAID_OUT_ROUNDS * 2):
            if self.screen == screen:
                return await self.heard()
            await asyncio.sleep(0.02)
        raise AssertionError(f"{self.screen} is up, and not {screen}")

    async def tick(self) -> None:
        """What happens once a second."""
        self.app.tick()
        await self.quiet()

    async def scan(self, code: str) -> None:
        """Hold a code before the scanner."""
        self.app.post_message(Scanned(code))
        await self.quiet()

    def text(self) -> str:
        """Everything that can be read."""
        parts: list[str] = []
        for widget in self.app.screen.query("*"):
            if not widget.is_on_screen or not widget.display:
                continue
            if isinstance(widget, Touch):
                parts.append(Content.from_text(widget.label).plain)
            elif isinstance(widget, Big):
                parts.append(widget.words)
            elif isinstance(widget, Static):
                parts.append(str(widget.render()))
            elif isinstance(widget, Digits):
                parts.append(widget.value)
        return "\n".join(parts)


@asynccontextmanager
async def kiosk(
    folder: Path,
    clock: Clock | None = None,
    size: tuple[int, int] = (80, 23),
    desk: Desk | None = None,
    scanner: Scanner | None = None,
) -> AsyncIterator[Glass]:
    """A kiosk at a station's folder."""
    app = KioskApp(desk or Desk(KioskSettings.of(folder), clock or StandingClock()), scanner)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Glass(app, pilot)


class Terminal:
    """A kiosk in a process of its own on a pseudo-terminal."""

    def __init__(self, process: subprocess.Popen[bytes], glass: int) -> None:
        self.process = process
        self.output = b""
        self.glass = glass

    def read(self, seconds: float) -> bytes:
        """What comes out in this time."""
        end, heard = time.monotonic() + seconds, b""
        while (left := end - time.monotonic()) > 0:
            if select.select([self.glass], [], [], left)[0]:
                try:
                    heard += os.read(self.glass, 65536)
                except OSError:
                    break
        self.output += heard
        return heard

    def shows(self, text: str, seconds: float = PATIENCE_S, since: int | None = None) -> bool:
        """Whether a text is painted within a time, from now on, or since the output was so long: what follows by itself
        on another text may have come together with it.
        """
        end, heard = time.monotonic() + seconds, b"" if since is None else self.output[since:]
        while text.encode() not in heard:
            if time.monotonic() >= end:
                return False
            heard += self.read(0.05)
        self.read(0.2)
        return True

    def send(self, data: bytes) -> None:
        """Bytes from the keyboard, the scanner or the touch panel."""
        os.write(self.glass, data)

    def tap(self, column: int, row: int, button: int = 0) -> None:
        """One touch, as the terminal reports it (SGR mouse)."""
        self.send(f"\x1b[<{button};{column + 1};{row + 1}M\x1b[<{button};{column + 1};{row + 1}m".encode())

    def press(self, at: tuple[int, int], seen: str) -> bool:
        """Touch, and touch again where nothing came of it, as people do: the glass is deaf for a moment after a change,
        which comes late on a busy machine. Whether the text is painted then.
        """
        for _ in range(TRIES):
            self.tap(*at)
            if self.shows(seen, AGAIN_S):
                return True
            self.settle()
        return False

    def settle(self) -> None:
        """Longer than the glass stays deaf."""
        self.read(0.7)

    def ended(self, seconds: float = PATIENCE_S) -> int:
        """The exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        self.read(0.1)
        return self.process.wait(timeout=1)


@contextmanager
def terminal(arguments: Sequence[str], size: tuple[int, int] = (80, 23)) -> Iterator[Terminal]:
    """Run a kiosk program on a pseudo-terminal until the test is over."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True, cwd=ROOT,
        preexec_fn=_own_terminal,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)


def _own_terminal() -> None:
    """The terminal is the process's own, as a window's is: its size and its end are told by signals."""
    ioctl(0, TIOCSCTTY, 0)


def in_terminal(folder: Path, *more: str) -> list[str]:
    """The arguments of `waystation-kiosk run`."""
    return ["-m", "kiosk", "run", "--station", str(folder), *more]
