"""Whether the panel feels a finger everywhere: every field changes once it was touched."""

from textual.app import ComposeResult

from kiosk.attendant import words
from kiosk.desk import Desk
from kiosk.screen import READING, KioskScreen
from kiosk.touch import NO_KEY, Tiles, Touch, Words

ACROSS, DOWN = 5, 4


class TouchTestScreen(KioskScreen):
    """Fields from edge to edge, for fingers alone: no key presses one."""

    LIMITS = READING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._felt: set[str] = set()

    def body(self) -> ComposeResult:
        yield Words(id="ask")
        yield Tiles([Touch("○", press=f"f-{number}", key=NO_KEY) for number in range(ACROSS * DOWN)], across=ACROSS)

    def on_mount(self) -> None:
        self.look_when_composed()

    def look(self) -> None:
        super().look()
        every = ACROSS * DOWN
        said = words.TOUCH_FINE if len(self._felt) == every else words.TOUCH_ASK
        self.query_one("#ask", Words).say(self.desk.say(said, n=len(self._felt), all=every))

    def pressed(self, tile: str) -> None:
        self._felt.add(tile)
        field = self.query_one(f"#{tile}", Touch)
        field.label = "●"
        field.add_class("chosen")
        self.look()
