"""S11: the glass goes back to its start in twenty seconds unless somebody touches it anywhere."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk
from kiosk.screen import Entry, Finished, ScreenShown
from kiosk.sign import Big
from kiosk.touch import BACK_KEY, Touch


class StillThere(ModalScreen[None]):
    """Any touch outside the tiles means stay as well; the app sees it and takes this screen away."""

    def __init__(self, desk: Desk, left: int) -> None:
        super().__init__()
        self._desk = desk
        self._countdown = Big(str(left), id="countdown")

    def compose(self) -> ComposeResult:
        with Vertical(id="asking"):
            yield Static(self._desk.say(words.STILL_THERE), id="title", markup=False)
            yield self._countdown
            yield Static(self._desk.say(words.STILL_NOTE), id="note", markup=False)
            with Horizontal(id="choices"):
                yield Touch(self._desk.say(words.STAY), press="stay", classes="primary")
                yield Touch(self._desk.say(words.LEAVE), press="leave", key=BACK_KEY)

    def on_screen_resume(self) -> None:
        self.post_message(ScreenShown())

    def count(self, left: int) -> None:
        """Show how many seconds are left; it may be asked before all of it is composed."""
        self._countdown.say(str(left))

    def on_button_pressed(self, event: Touch.Pressed) -> None:
        event.stop()
        if event.button.id == "leave":
            self.post_message(Finished())
        else:
            self.app.pop_screen()


ENTRY = Entry()
