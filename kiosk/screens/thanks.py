"""S3: what was kept, where it is now, and ten seconds to take it back. Shown only after the outbox has it."""

from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import words
from kiosk.desk import Desk, NotKept
from kiosk.idle import Limits
from kiosk.screen import Entry, Finished, KioskScreen, Receipt, Refused
from kiosk.sign import Big
from kiosk.touch import Tiles, Touch
from shared.records import Retraction
from shared.text import Text

UNDO_S = 10
DANGER_LIMITS = Limits(60, warning_s=0)


class ThanksScreen(KioskScreen):
    """It replaces the form, so that Back cannot return to what has been said."""

    LIMITS = Limits(UNDO_S, warning_s=0)

    def __init__(self, desk: Desk, receipt: Receipt) -> None:
        super().__init__(desk)
        self._receipt = receipt
        self._undo_until = desk.now().uptime + UNDO_S
        self._undone = False

    @property
    def limits(self) -> Limits:
        """A warning of danger stands longer."""
        return DANGER_LIMITS if self._receipt.danger else self.LIMITS

    def body(self) -> ComposeResult:
        danger = self._receipt.danger
        yield Big(self.desk.say(words.DANGER_TITLE if danger else words.THANKS), id="title")
        yield Static("\n".join(self._receipt.lines), id="lines", markup=False)
        yield Static(id="note", markup=False)
        yield Tiles(self._tiles())

    def bar(self) -> ComposeResult:
        return iter(())

    def _tiles(self) -> list[Touch]:
        tiles = [Touch("", press="undo"), Touch(self.desk.say(words.DONE), press="done", classes="primary")]
        if self._receipt.then is not None:
            tiles.insert(0, Touch(self.desk.say(words.ALSO_FEEDBACK), press="then"))
        return tiles

    def on_mount(self) -> None:
        self.set_class(self._receipt.danger, "danger")
        self.look_when_composed()

    def look(self) -> None:
        super().look()
        left = ceil(self._undo_until - self.desk.now().uptime)
        undo = self.query_one("#undo", Touch)
        undo.label = self.desk.say(words.UNDO, n=max(left, 0))
        if (left <= 0 or self._undone) and undo.display:
            undo.display = False
            self.query_one(Tiles).styles.grid_size_columns = 1 + (self._receipt.then is not None)
        self.query_one("#note", Static).update(self.desk.say(self._note()))

    def _note(self) -> Text:
        online = self.desk.sight.online
        if self._undone:
            return words.UNDONE_NOTE
        if self._receipt.danger:
            return words.DANGER_ONLINE if online else words.DANGER_OFFLINE
        return words.KEPT_ONLINE if online else words.KEPT_OFFLINE

    def action_back(self) -> None:
        self.post_message(Finished())

    def pressed(self, tile: str) -> None:
        if tile == "undo":
            self._undo()
        elif tile == "then" and self._receipt.then is not None:
            self.replace(self._receipt.then(self.desk))
        else:
            self.post_message(Finished())

    def _undo(self) -> None:
        try:
            self.desk.put(Retraction(of=self._receipt.record))
        except NotKept as error:
            self.post_message(Refused(error.why))
            return
        self._undone = True
        self.remove_class("danger")
        self.add_class("undone")
        self.query_one("#title", Big).say(self.desk.say(words.UNDONE))
        self.query_one("#lines", Static).update("")
        self.look()


ENTRY = Entry()
