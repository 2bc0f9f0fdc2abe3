"""The shape of a screen: one top row, a body that never scrolls, and a bottom row with the way back.

A screen asks the desk, puts what people say, and says what happened with messages; the app decides what comes next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from kiosk.coming import Coming
from kiosk.desk import Desk, NotKept
from kiosk.idle import Limits
from kiosk.messages import Kept, Receipt, Refused
from kiosk.touch import BACK_KEY, Touch, Words, repaint_keys
from kiosk.words import BACK, OFFLINE, ONLINE, WAIT_A_MOMENT
from shared.outbox import FOR_A_LOOK_S, FOR_PEOPLE_S
from shared.states import STATE_SHAPES, State
from shared.text import Text

if TYPE_CHECKING:
    from shared.records import Fact

Steps = list[tuple[int, str]]
"""Classes of the style sheet, each from so many columns or rows on."""
STEPS = Path(__file__).with_name("steps.tcss").absolute()
"""How the screens behind the first one look. Reading it takes time, which the first frame has not."""
REMARK_S = 2.0
BRIEF = Limits(30)
READING = Limits(60)


class ScreenShown(Message):
    """A screen came to the top. Another one may lie on it by the time the app hears of it."""


class Finished(Message):
    """A person is done: the attract screen comes next."""


class Scanned(Message):
    """A code was held before a scanner. It is somebody's: it is never shown, logged or kept."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class LanguageChosen(Message):
    """A person wants the other language."""


class LargeChosen(Message):
    """A person wants large letters, or the usual ones again."""


class RestartChosen(Message):
    """An attendant wants the program to start anew."""


class ContrastChosen(Message):
    """A person wants the other colours."""


class Top(Horizontal):
    """Where one is, whether the hub hears the station, and the time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="top")
        self._desk = desk
        self._remark_until = float("-inf")
        self._where, self._net = Words(id="where"), Words(id="net")
        self._clock = Static(desk.time(), id="clock", markup=False)
        self._say()

    def remark(self, text: str) -> None:
        """Say something for a moment where the station's name stands."""
        self._remark_until = self._desk.now().uptime + REMARK_S
        self._where.say(text, "remark")

    def compose(self) -> ComposeResult:
        yield self._where
        yield self._net
        yield self._clock

    def look(self) -> None:
        """Show what holds now."""
        self._say()
        time = self._desk.time()
        # The page in a browser takes silence for a dead kiosk; a terminal is painted when the minute changes.
        if self.app.is_web or time != self._clock.content:
            self._clock.update(time, layout=False)

    def _say(self) -> None:
        sight = self._desk.sight
        shape, word = (State.OK, ONLINE) if sight.online else (State.DEGRADED, OFFLINE)
        if self._desk.now().uptime >= self._remark_until:
            self._where.say(self._desk.say(sight.name), "")
        self._net.say(f"{STATE_SHAPES[shape]} {self._desk.say(word)}", shape.value)


class KioskScreen(Coming):
    """A screen of the kiosk."""

    CSS_PATH: ClassVar[Path | None] = STEPS
    LIMITS: ClassVar[Limits] = BRIEF
    """How long it may stand untouched."""
    DEAF: ClassVar[bool] = False
    """Whether neither finger nor key reaches it."""
    HORIZONTAL_BREAKPOINTS: Steps | None = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS: Steps | None = [(0, "-low"), (23, "-middle"), (30, "-high")]

    def __init__(self, desk: Desk) -> None:
        # From the start: told its size when it is laid out, a screen would be styled and laid out a second time.
        width, height = self.app.size
        classes = _last(self.HORIZONTAL_BREAKPOINTS, width), _last(self.VERTICAL_BREAKPOINTS, height)
        super().__init__(classes=" ".join(classes))
        self.desk = desk
        self.top = Top(desk)
        self._leaving = False

    @property
    def limits(self) -> Limits:
        """How long this one may stand untouched."""
        return self.LIMITS

    def compose(self) -> ComposeResult:
        self.top = Top(self.desk)  # another one each time: composing again removes what stood
        yield self.top
        beside = self.beside()
        if beside is None:
            yield from self._main()
            return
        with Horizontal(id="split"):
            with Vertical(id="main"):
                yield from self._main()
            yield beside

    def _main(self) -> ComposeResult:
        with Vertical(id="body"):
            yield from self.body()
        with Horizontal(id="bar"):
            yield from self.bar()

    def beside(self) -> Widget | None:
        """What stands to the right of body and bottom row, as high as both."""
        return None

    def body(self) -> ComposeResult:
        """What the screen is for."""
        raise NotImplementedError

    def bar(self) -> ComposeResult:
        """The bottom row."""
        yield Touch(self.desk.say(BACK), press="back", key=BACK_KEY)

    def look(self) -> None:
        """The desk has looked again: show what changed. Called about every second while the screen is up."""
        self.top.look()

    def look_when_composed(self) -> None:
        """look(), or as soon as it can be: what stands inside a container is composed after the screen itself."""
        try:
            self.look()
        except NoMatches:
            self.call_after_refresh(self.look_when_composed)

    def given_up(self) -> None:
        """It ends without an answer: the last moment to keep what was said."""

    def action_back(self) -> None:
        """One step back."""
        self.app.pop_screen()

    def pressed(self, tile: str) -> None:
        """A tile was pressed, by its id; never again once this screen has been answered."""

    def go(self, screen: "KioskScreen") -> None:
        """Open the next step; Back comes here again."""
        self._leaving = True
        self.app.push_screen(screen)

    def replace(self, screen: "KioskScreen") -> None:
        """Open another screen in this one's place."""
        self._leaving = True
        self.app.switch_screen(screen)

    def keep(
        self,
        fact: "Fact",
        lines: Callable[[], Sequence[str]],
        danger: str | None = None,
        then: "Callable[[Desk], KioskScreen] | None" = None,
    ) -> None:
        """Put what a person said, then say so, or say that it was not kept. `lines` is asked once it is on disk.

        Right after something else was said it is not taken, and the top row says so.
        """
        wait = self.desk.pause_s(fact)
        if wait:
            self.top.remark(self.desk.say(WAIT_A_MOMENT, n=wait))
            return
        self._leaving = True
        saying = self.desk.saying(fact)

        def receipt(patience_s: float) -> Receipt:
            return Receipt(self.desk.keep(saying, patience_s), lines(), danger, then)

        try:
            self.post_message(Kept(receipt(FOR_PEOPLE_S)))
        except NotKept as error:
            self.post_message(Refused(error.why, None if danger is None else partial(receipt, FOR_A_LOOK_S)))

    def on_screen_resume(self) -> None:
        self._leaving = False
        if self.is_mounted:
            self.look_when_composed()
            repaint_keys(self)
        self.post_message(ScreenShown())

    def on_screen_suspend(self) -> None:
        if isinstance(self.app.screen, ModalScreen):  # beneath any other nothing is seen
            repaint_keys(self)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self._leaving or not self.is_active:
            return  # answered, or left by a key that overtook the finger
        if event.button.id == "back":
            self.action_back()
        else:
            self.pressed(event.button.id or "")


def _last(steps: Steps | None, reached: int) -> str:
    return next((name for least, name in reversed(steps or []) if reached >= least), "")


@dataclass(frozen=True, slots=True)
class HomeTile:
    """How a screen stands on the home screen, and how it is opened."""

    order: int
    label: Text
    hint: Text
    opens: Callable[[Desk], KioskScreen]
    look: str = ""
    """A class of the style sheet; `primary` is the one most people came for."""
    sign: Text = Text("", "")
    """Two characters that stand big on the tile in large letters."""
    aside: bool = False
    """Whether in large letters it may have to do without a big tile."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen of the folder."""

    tile: HomeTile | None = None
    """None: only another screen opens it, with what that one knows."""


def on_home(entries: Iterable[Entry]) -> list[HomeTile]:
    """The tiles of the home screen in their order."""
    return sorted((entry.tile for entry in entries if entry.tile), key=lambda tile: tile.order)
