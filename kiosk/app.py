"""The kiosk: which screen comes next, what is let through to it, and what happens when nobody is there any more."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from functools import cache
from math import ceil
from time import monotonic

from textual import events, on
from textual.geometry import Size
from textual.screen import Screen

import kiosk.screens
from kiosk import answers, crash, qr, restarting
from kiosk.attendant.code import CodeScreen
from kiosk.attendant.menu import MenuScreen
from kiosk.child import RESTART
from kiosk.desk import Desk
from kiosk.gate import Gate, Meant
from kiosk.guard import ALONE_S
from kiosk.idle import Idle, IdleWatch
from kiosk.looks import Looks
from kiosk.messages import Kept, Refused
from kiosk.scanned import Scanner, answer_to
from kiosk.screen import (
    STEPS,
    Entry,
    Finished,
    HomeTile,
    KioskScreen,
    RestartChosen,
    Scanned,
    ScreenShown,
    on_home,
)
from kiosk.screens.attract import AttractScreen, Displeased, Started
from kiosk.screens.home import HomeScreen
from kiosk.screens.not_kept import NotKeptScreen
from kiosk.screens.reasons import ReasonsScreen
from kiosk.screens.still_there import StillThere
from kiosk.screens.thanks import ThanksScreen
from kiosk.touch import keys
from shared.discovery import collect

TICK_S = 1.0
WARMS_UP_S, PAUSE_S = 0.5, 0.1
"""When what the next screens need is loaded, one thing after the other: a finger between two is heard."""


@cache
def tiles() -> Sequence[HomeTile]:
    """The home screen's tiles, from the folder of screens, which is read when somebody is about to see them."""
    return on_home(collect(kiosk.screens, "ENTRY", Entry).values())


class KioskApp(Looks):
    """One kiosk. The stack is always: attract, home, the steps of one form."""

    CSS_PATH = "kiosk.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    TOOLTIP_DELAY = 1e9

    def __init__(self, desk: Desk, scanner: Scanner | None = None, beat: Callable[[], None] = lambda: None) -> None:
        super().__init__(desk)
        self._beat = beat
        self._scanner = scanner
        desk.reads_cards = scanner is not None
        self._gate = Gate()
        self._laid_out_for = Size(0, 0)
        self.idle = IdleWatch()

    def get_default_screen(self) -> Screen[None]:
        return AttractScreen(self.desk)

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self.tick)
        loads: Sequence[Callable[[], object]] = (self._read_steps, tiles, qr.warm_up, answers.warm_up)
        for number, load in enumerate(loads):
            self.set_timer(WARMS_UP_S + number * PAUSE_S, load)
        if self._scanner is not None:
            self._scanner.start(lambda code: self.post_message(Scanned(code)))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave)

    def _read_steps(self) -> None:
        """How the next screens look, before somebody waits for one."""
        self.stylesheet.read(STEPS)
        self.stylesheet.parse()

    def on_unmount(self) -> None:
        if self._scanner is not None:
            self._scanner.stop()

    def _leave(self) -> None:
        self.exit(return_code=0)

    def on_resize(self, event: events.Resize) -> None:
        """Everything has moved: what a finger was about to touch lies elsewhere."""
        if event.size != self._laid_out_for:  # a page says its size again when it has connected
            self._laid_out_for = event.size
            self._gate.changed(event.time)
            self._await_paint()

    async def on_event(self, event: events.Event) -> None:
        """The one gate for fingers and keys; an event that bubbles back from a widget has passed it already."""
        if isinstance(event, events.InputEvent) and not event.is_forwarded and not self._admits(event):
            return
        await super().on_event(event)

    @property
    def _top(self) -> Screen[object] | None:
        """None: the kiosk is closing."""
        return next(iter(self.screen_stack[-1:]), None)

    def _admits(self, event: events.InputEvent) -> bool:
        meant = self._gate.hear(event, self._top, self.size.width)
        if meant is not Meant.NOTHING and isinstance(event, events.Key | events.MouseDown):
            self.idle.touched(self.desk.now().uptime)  # a key that lies pressed must not keep a screen for ever
        match meant:
            case Meant.THROUGH:
                return True
            case Meant.DOOR:
                self._open_door()
            case Meant.PAD:
                self.set_timer(ALONE_S, self._press_key)
            case Meant.BACK if isinstance(self.screen, KioskScreen):
                self.screen.action_back()
            case str() as code:
                self.post_message(Scanned(code))
        return False

    def _open_door(self) -> None:
        """Five touches of the clock: the attendant's code is asked for, whatever stood there."""
        if not self._attended:
            self.to_start(given_up=True)
            self.push_screen(CodeScreen(self.desk))

    @property
    def _attended(self) -> bool:
        """Whether the attendant's screens are up, or beneath what is up."""
        return any(isinstance(one, CodeScreen | MenuScreen) for one in self.screen_stack)

    def _press_key(self) -> None:
        """The tile that shows this key."""
        due = self._gate.due(self.screen, monotonic())
        pressed = next((tile for tile, key in keys(self.screen).items() if due and key == due), None)
        if pressed is not None:
            pressed.press()

    def tick(self) -> None:
        """Once a second: say that it lives, look at the station again, and whether anybody is still there."""
        if self._top is None:
            return
        self.call_later(self._answers)
        self.desk.look()
        if not self._gate.hears(self.screen):
            self._await_paint()
        if isinstance(self.screen, KioskScreen) and self.screen.is_mounted:
            self.screen.look_when_composed()
        now = self.desk.now().uptime
        match self.idle.verdict(now):
            case Idle.OVER:
                self._end(given_up=True)
            case Idle.WARN if not isinstance(self.screen, StillThere):
                self.push_screen(StillThere(self.desk, ceil(self.idle.left(now))))
            case Idle.ACTIVE if isinstance(self.screen, StillThere) and not self._gate.pressed:
                self.pop_screen()
        if isinstance(self.screen, StillThere):
            self.screen.count(ceil(self.idle.left(now)))

    def _answers(self) -> None:
        """It lives if its messages are heard, and those of the screen on top: a timer runs on where they wait."""
        if self._top is not None:
            self._top.call_later(self._beat)

    def _end(self, given_up: bool = False) -> None:
        """A form is over: the attendant's menu comes again if it was opened from there, else the attract screen."""
        if len(self.screen_stack) > 2 and isinstance(self.screen_stack[1], MenuScreen):
            with self.batch_update():
                while len(self.screen_stack) > 2:
                    self.pop_screen()
            self._count_silence()
        else:
            self.to_start(given_up)

    def to_start(self, given_up: bool = False) -> None:
        """Back to the attract screen, in Chinese, with the usual colours and letters."""
        self.look_as_usual()
        with self.batch_update():
            self._drop(1, given_up)

    def _conclude(self, screen: KioskScreen, given_up: bool = False) -> None:
        """Show how a form ended in place of all its steps."""
        with self.batch_update():
            self._drop(2, given_up)
            self.push_screen(screen)
        self._count_silence()

    def _drop(self, left: int, given_up: bool) -> None:
        """Take screens away until so many are left; what was begun on them may be kept."""
        while len(self.screen_stack) > left:
            top = self.screen
            self.pop_screen()
            if given_up and isinstance(top, KioskScreen):
                top.given_up()

    @on(ScreenShown)
    def _screen_shown(self, event: ScreenShown) -> None:
        """What is on top counts, whoever says so. Over a question the silence so far goes on counting."""
        self._gate.changed(event.time)
        self._await_paint()
        self._count_silence()

    def _count_silence(self) -> None:
        """From now on, on what is on top. Where the app itself put it there, before that has said so: a tick may come
        in between, and silence that was another screen's would end this one.
        """
        if isinstance(self._top, KioskScreen):
            self.idle.entered(self._top.limits, self.desk.now().uptime)

    def _await_paint(self) -> None:
        if self._top is not None:
            self._top.call_after_refresh(self._settle, self._top)

    def _settle(self, screen: Screen[object]) -> None:
        """It has been painted: only from now on can a finger have meant it."""
        if screen is self._top:
            self._gate.settled(screen, monotonic())

    @on(Started)
    def _started(self) -> None:
        if len(self.screen_stack) == 1:
            self.push_screen(HomeScreen(self.desk, tiles()))

    @on(Displeased)
    def _displeased(self, event: Displeased) -> None:
        """An unhappy face on the attract screen: home lies beneath the reasons, as if the person had come that way."""
        if len(self.screen_stack) == 1:
            with self.batch_update():
                self.push_screen(HomeScreen(self.desk, tiles()))
                self.push_screen(ReasonsScreen(self.desk, event.score))

    @on(Finished)
    def _finished(self) -> None:
        self._end(given_up=True)

    @on(RestartChosen)
    def _restart_chosen(self) -> None:
        self.exit(return_code=RESTART)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        self._conclude(ThanksScreen(self.desk, event.receipt))

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self._conclude(NotKeptScreen(self.desk, event.why, again=event.again))

    @on(Scanned)
    def _scanned(self, event: Scanned) -> None:
        """A card, whatever is on the glass; what was begun there is kept.

        Whoever holds it need not be the attendant: what takes a code to open does not come again behind the thanks.
        """
        if self._attended and not (isinstance(self.screen, KioskScreen) and self.screen.DEAF):
            self.to_start(given_up=True)
        answer = answer_to(self.desk, event.code, self.screen)
        if answer is not None:
            self._conclude(answer, given_up=True)

    def _fatal_error(self) -> None:
        """Textual 8.2's last word on an error it cannot handle: to the log, and never a traceback on the glass."""
        if self._exception is not None:
            crash.note(self._exception)
        width, height = self.size
        self._exit_renderables.append(restarting.page(width, height))
        self._close_messages_no_wait()
