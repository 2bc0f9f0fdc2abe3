"""The kiosk: which screen comes next, what is let through to it, and what happens when nobody is there any more."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from math import ceil
from time import monotonic

from textual import events, on
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.theme import Theme

import kiosk.screens
from kiosk import crash, restarting
from kiosk.attendant.code import CodeScreen
from kiosk.attendant.menu import MenuScreen
from kiosk.child import RESTART
from kiosk.desk import Desk
from kiosk.gate import Gate, Meant
from kiosk.guard import ALONE_S
from kiosk.idle import Idle, IdleWatch
from kiosk.page import ask_for_letters
from kiosk.qr import warm_up
from kiosk.scanned import Scanner, answer_to
from kiosk.screen import (
    ContrastChosen,
    Entry,
    Finished,
    HomeTile,
    Kept,
    KioskScreen,
    LanguageChosen,
    LargeChosen,
    Refused,
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
from kiosk.themes import CONTRAST, NIGHT
from kiosk.touch import keys
from shared.discovery import collect

TICK_S = 1.0


def tiles() -> Sequence[HomeTile]:
    """The home screen's tiles, from the folder of screens."""
    return on_home(collect(kiosk.screens, "ENTRY", Entry).values())


class KioskApp(App[None]):
    """One kiosk. The stack is always: attract, home, the steps of one form."""

    CSS_PATH = "kiosk.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    TOOLTIP_DELAY = 1e9
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (23, "-middle"), (30, "-high")]

    def __init__(self, desk: Desk, scanner: Scanner | None = None, beat: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        for theme in (NIGHT, CONTRAST):
            self.register_theme(theme)
        # Before the style sheet is read: chosen when mounted, the theme would have all of it read a second time.
        self.set_reactive(App.theme, NIGHT.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.desk = desk
        self._beat = beat
        self._scanner = scanner
        desk.reads_cards = scanner is not None
        self._tiles = tiles()
        self._gate = Gate()
        self._laid_out_for = Size(0, 0)
        self.idle = IdleWatch()

    def get_default_screen(self) -> Screen[None]:
        return AttractScreen(self.desk)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(NIGHT.variables)

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self.tick)
        self.set_timer(TICK_S / 2, warm_up)
        if self._scanner is not None:
            self._scanner.start(lambda code: self.post_message(Scanned(code)))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave)

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
            self.call_after_refresh(self._settle)

    async def on_event(self, event: events.Event) -> None:
        """The one gate for fingers and keys; an event that bubbles back from a widget has passed it already."""
        if isinstance(event, events.InputEvent) and not event.is_forwarded and not self._admits(event):
            return
        await super().on_event(event)

    def _admits(self, event: events.InputEvent) -> bool:
        if isinstance(event, events.Key | events.MouseDown):
            self.idle.touched(self.desk.now().uptime)
        match self._gate.hear(event, next(iter(self.screen_stack[-1:]), None), self.size.width):
            case Meant.THROUGH:
                return True
            case Meant.DOOR:
                self._open_door()
            case Meant.DIGIT:
                self.set_timer(ALONE_S, self._press_digit)
            case Meant.BACK if isinstance(self.screen, KioskScreen):
                self.screen.action_back()
            case str() as code:
                self.post_message(Scanned(code))
        return False

    def _open_door(self) -> None:
        """Five touches of the clock: the attendant's code is asked for, whatever stood there."""
        if not any(isinstance(one, CodeScreen | MenuScreen) for one in self.screen_stack):
            self.to_start(given_up=True)
            self.push_screen(CodeScreen(self.desk))

    def _press_digit(self) -> None:
        """The tile that shows this digit."""
        number = self._gate.digit.due()
        pressed = next((tile for tile, key in keys(self.screen).items() if key == str(number)), None)
        if pressed is not None:
            pressed.press()

    def tick(self) -> None:
        """Once a second: say that it lives, look at the station again, and whether anybody is still there."""
        self._beat()
        self.desk.look()
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
        if isinstance(self.screen, StillThere) and self.screen.is_mounted:
            self.screen.count(ceil(self.idle.left(now)))

    def _end(self, given_up: bool = False) -> None:
        """A form is over: the attendant's menu comes again if it was opened from there, else the attract screen."""
        if len(self.screen_stack) > 2 and isinstance(self.screen_stack[1], MenuScreen):
            with self.batch_update():
                while len(self.screen_stack) > 2:
                    self.pop_screen()
        else:
            self.to_start(given_up)

    def to_start(self, given_up: bool = False) -> None:
        """Back to the attract screen, in Chinese, with the usual colours and letters."""
        self.desk.language = "zh"
        self._dress(NIGHT)
        self._enlarge(False)
        with self.batch_update():
            self._drop(1, given_up)

    def _conclude(self, screen: KioskScreen, given_up: bool = False) -> None:
        """Show how a form ended in place of all its steps."""
        with self.batch_update():
            self._drop(2, given_up)
            self.push_screen(screen)

    def _drop(self, left: int, given_up: bool) -> None:
        """Take screens away until so many are left; what was begun on them may be kept."""
        while len(self.screen_stack) > left:
            top = self.screen
            self.pop_screen()
            if given_up and isinstance(top, KioskScreen):
                top.given_up()

    @on(ScreenShown)
    def _screen_shown(self, event: ScreenShown) -> None:
        self._gate.changed(event.time)
        self.call_after_refresh(self._settle)
        if event.limits is not None:
            self.idle.entered(event.limits, self.desk.now().uptime)

    def _settle(self) -> None:
        """The screen has been painted: only from now on can a finger have meant it."""
        self._gate.settled(self.screen, monotonic())

    @on(Started)
    def _started(self) -> None:
        if len(self.screen_stack) == 1:
            self.push_screen(HomeScreen(self.desk, self._tiles))

    @on(Displeased)
    def _displeased(self, event: Displeased) -> None:
        """An unhappy face on the attract screen: home lies beneath the reasons, as if the person had come that way."""
        if len(self.screen_stack) == 1:
            with self.batch_update():
                self.push_screen(HomeScreen(self.desk, self._tiles))
                self.push_screen(ReasonsScreen(self.desk, event.score))

    @on(Finished)
    def _finished(self) -> None:
        self._end()

    @on(RestartChosen)
    def _restart_chosen(self) -> None:
        self.exit(return_code=RESTART)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        self._conclude(ThanksScreen(self.desk, event.receipt))

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self._conclude(NotKeptScreen(self.desk, event.why))

    @on(Scanned)
    def _scanned(self, event: Scanned) -> None:
        """A card, whatever is on the glass; what was begun there is kept."""
        answer = answer_to(self.desk, event.code, self.screen)
        if answer is not None:
            self._conclude(answer, given_up=True)

    @on(LanguageChosen)
    def _language_chosen(self) -> None:
        self.desk.language = "en" if self.desk.language == "zh" else "zh"
        self.screen.refresh(recompose=True)

    @on(ContrastChosen)
    def _contrast_chosen(self) -> None:
        self._dress(NIGHT if self.theme == CONTRAST.name else CONTRAST)
        self.screen.refresh(recompose=True)

    @on(LargeChosen)
    def _large_chosen(self) -> None:
        self._enlarge(not self.desk.large)
        self.screen.refresh(recompose=True)

    def _enlarge(self, large: bool) -> None:
        if large != self.desk.large:
            ask_for_letters(self._driver, large)
        self.desk.large = large
        self.set_class(large, "large")

    def _dress(self, theme: Theme) -> None:
        self.theme = theme.name
        self.set_class(theme is CONTRAST, "contrast")

    def _fatal_error(self) -> None:
        """Textual 8.2's last word on an error it cannot handle: to the log, and never a traceback on the glass."""
        if self._exception is not None:
            crash.note(self._exception)
        width, height = self.size
        self._exit_renderables.append(restarting.page(width, height))
        self._close_messages_no_wait()
