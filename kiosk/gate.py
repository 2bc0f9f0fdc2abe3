"""The one gate for fingers and keys: what gets through to a screen, and what else it may have meant."""

from enum import Enum, auto

from textual import events
from textual.screen import Screen

from kiosk.attendant.lock import Knocks
from kiosk.guard import LEFT, LoneKey, TouchGuard
from kiosk.screen import KioskScreen
from kiosk.wedge import Wedge


class Meant(Enum):
    """What an event asks for."""

    NOTHING = auto()
    THROUGH = auto()
    """The screen may have it."""
    DOOR = auto()
    """Five touches of the clock: the attendant."""
    BACK = auto()
    PAD = auto()
    """Perhaps a person's: ask `due` after ALONE_S."""


class Gate:
    """Knows which screen a finger may mean: the one that has been painted, and has stood a while."""

    def __init__(self) -> None:
        self._pad = LoneKey()
        self._pad_for: Screen[object] | None = None
        """What was on top when it was pressed."""
        self._guard = TouchGuard()
        self._wedge = Wedge()
        self._knocks = Knocks()
        self._settled: Screen[object] | None = None
        """A touch that finds another one on top came too soon. None: nothing has been painted yet."""

    @property
    def pressed(self) -> bool:
        """Whether a finger that counts is on the glass."""
        return self._guard.pressed

    def hears(self, top: Screen[object]) -> bool:
        """Whether `top` has been painted: before that nothing can be meant for it."""
        return self._settled is top

    def changed(self, at: float) -> None:
        """Another screen comes."""
        self._guard.changed(at)

    def settled(self, screen: Screen[object], at: float) -> None:
        """This one has been painted."""
        self._guard.changed(at)
        self._settled = screen

    def hear(self, event: events.InputEvent, top: Screen[object] | None, width: int) -> Meant | str:
        """What an event means with `top` on a glass so wide; a text is the code of a scanner that types."""
        if self._settled is None or (isinstance(top, KioskScreen) and top.DEAF):
            return Meant.NOTHING  # what was typed before there was anything to type to, too
        if isinstance(event, events.Key):
            return self._key(event, top)
        if isinstance(event, events.MouseDown):
            if event.button == LEFT and self._knocks.touched(event.screen_x, event.screen_y, width, event.time):
                return Meant.DOOR
            counts = self._guard.down(event.button, event.time) and not self._deaf(event.time, top)
        elif isinstance(event, events.MouseUp):
            counts = self._guard.up() and not self._deaf(event.time, top)
        else:
            counts = isinstance(event, events.MouseMove)
        return Meant.THROUGH if counts else Meant.NOTHING

    def _key(self, event: events.Key, top: Screen[object] | None) -> Meant | str:
        """Keys of a number pad press tiles, Escape goes back; every other key and chord does nothing.

        Keys no hand is fast enough for are a scanner's.
        """
        code = self._wedge.hear(event.key, event.character, event.time)
        alone = self._pad.hear(event.key, event.time)
        if code is not None:
            return code
        if self._deaf(event.time, top):
            return Meant.NOTHING
        if alone:
            self._pad_for = top
            return Meant.PAD
        return Meant.BACK if event.key == "escape" else Meant.NOTHING

    def due(self, top: Screen[object] | None, at: float) -> str | None:
        """The key a person pressed, once, if what it was meant for is still on top."""
        key = self._pad.due()
        return None if top is not self._pad_for or self._deaf(at, top) else key

    def _deaf(self, at: float, top: Screen[object] | None) -> bool:
        """Whether the glass changed too short a time ago, or has changed and nobody was told yet."""
        return self._guard.deaf(at) or self._settled is not top
