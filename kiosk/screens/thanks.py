"""S3: what was kept, where it is now, and ten seconds to take it back. Shown only after the outbox has it."""

from math import ceil, inf

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kiosk import answers, words
from kiosk.desk import Desk, NotKept
from kiosk.idle import Limits
from kiosk.messages import Receipt
from kiosk.screen import Entry, Finished, KioskScreen
from kiosk.sign import Big
from kiosk.touch import Tiles, Touch, Words
from shared.states import State
from shared.text import Text

UNDO_S = 10
READ_S, ASKED_S = 1.5, 5.0
"""How long a question takes to be read, and stands at least: what touches it sooner has not read it."""
DANGER_LIMITS = Limits(60, warning_s=0)
BAR = 20
"""Cells of the bar that shows how long the screen still stands."""
MARGIN = 6


class ThanksScreen(KioskScreen):
    """It replaces the form, so that Back cannot return to what has been said.

    Danger: where to go and whom to call come first, and below them how far the report has got. Taking it back would
    call off an alarm, so that takes two touches, and the second counts only once the question can have been read.
    """

    LIMITS = Limits(UNDO_S, warning_s=0)

    def __init__(self, desk: Desk, receipt: Receipt) -> None:
        super().__init__(desk)
        self._receipt = receipt
        now = desk.now()
        self._undo_until = now.uptime + UNDO_S if receipt.record is not None else now.uptime
        self._since = self._reported = now.uptime
        self._sure_from = now.uptime if receipt.danger is None else None
        """When a touch on undo begins to count. None: it has not been asked yet whether that is meant."""
        self._undone = False
        self._not_undone = False
        """Whether taking it back was tried, and could not be kept."""
        self._stands = self.limits.quiet_s or 1.0

    @property
    def limits(self) -> Limits:
        """A warning of danger stands longer."""
        return DANGER_LIMITS if self.alarming else self.LIMITS

    @property
    def alarming(self) -> bool:
        """Whether this warns of danger."""
        return self._receipt.danger is not None and not self._undone

    @property
    def visitor(self) -> str | None:
        """Whose card this is about."""
        return self._receipt.visitor

    def body(self) -> ComposeResult:
        title = words.DANGER_TITLE if self._receipt.danger else self._receipt.title or words.THANKS
        yield Big(self.desk.say(title), id="title")
        yield Static("\n".join(self._receipt.lines), id="lines", markup=False)
        if not self._receipt.danger:
            yield Words(id="works")
        yield Static(id="note", markup=False)
        yield Tiles(self._tiles())
        yield Words(id="left")

    def bar(self) -> ComposeResult:
        return iter(())

    def _tiles(self) -> list[Touch]:
        tiles = [Touch("", press="undo")] if self._receipt.record is not None else []
        tiles.append(Touch(self.desk.say(words.DONE), press="done", classes="primary"))
        if self._receipt.then is not None:
            tiles.insert(0, Touch(self.desk.say(words.ALSO_FEEDBACK), press="then"))
        return tiles

    def on_mount(self) -> None:
        self.set_class(self._receipt.danger is not None, "danger")
        self.look_when_composed()

    def on_click(self) -> None:
        """A touch anywhere keeps the screen."""
        self._since = self.desk.now().uptime

    def look(self) -> None:
        super().look()
        now = self.desk.now().uptime
        left = ceil(self._undo_until - now)
        for undo in self.query("#undo").results(Touch):
            undo.label = self.desk.say(self._undo_label, n=max(left, 0))
            undo.visible = left > 0 and not self._undone  # its place stays: nothing else may come under the finger
        self.query_one("#note", Static).update("\n".join(self._notes()))
        for works in self.query("#works").results(Words):
            works.say("" if self._undone else self._works(), "danger" if self.desk.sight.dangers else "")
        self.query_one("#left", Words).say(self._left(now))

    @property
    def _undo_label(self) -> Text:
        if self._receipt.danger is None:
            return words.UNDO
        if self._sure_from is None:
            return words.UNDO_DANGER
        return words.UNDO_DANGER_SURE if self._sure else words.UNDO_DANGER_READ

    @property
    def _sure(self) -> bool:
        """Whether the next touch on undo counts."""
        return self._sure_from is not None and self.desk.now().uptime >= self._sure_from

    def _ask(self) -> None:
        """Whether it is meant. A finger that goes on touching has read nothing, and begins anew."""
        if self._sure_from is None:
            self._undo_until = max(self._undo_until, self.desk.now().uptime + ASKED_S)
        self._sure_from = inf
        self.look()
        self.call_after_refresh(self._asked)

    def _asked(self) -> None:
        """The question is on the glass."""
        self._sure_from = self.desk.now().uptime + READ_S
        self.set_timer(READ_S, self.look)

    def _left(self, now: float) -> str:
        left = max(0, ceil(self._since + self._stands - now))
        full = round(BAR * min(left / self._stands, 1.0))
        return f"{'█' * full}{'░' * (BAR - full)}  {self.desk.say(words.BACK_IN, n=left)}"

    def _works(self) -> str:
        """What is of use to whoever just came in, as much as one line holds; before it where danger was reported.

        Of what somebody says is broken it is not said that it works, nor of what is in use that it is free.
        """
        say, room, sight = self.desk.say, self.app.size.width - MARGIN, self.desk.sight
        if sight.dangers:
            return say(sight.dangers[0])
        line = ""
        for shown in sight.measured:
            if shown.look != State.OK or sight.alert(shown.id) is not None:
                continue
            longer = f"{line}   {say(shown.label)} {shown.value or say(shown.word)}".strip()
            whole = say(words.WORKS_NOW, what=longer)
            if Content(whole).cell_length > room:
                break
            line = longer
        return say(words.WORKS_NOW, what=line) if line else ""

    def _notes(self) -> list[str]:
        desk, receipt = self.desk, self._receipt
        if self._undone:
            return [desk.say(words.UNDONE_NOTE)]
        if receipt.record is None:
            return []
        if receipt.danger is not None:
            stages = desk.danger_stages(receipt.record, receipt.danger, self._reported)
            said = [f"{shape} {desk.say(text)}" for shape, text in stages]
            return [desk.say(words.NOT_UNDONE_DANGER), *said[1:]] if self._not_undone else said
        if self._not_undone:
            return [desk.say(words.NOT_UNDONE_NOTE)]
        if desk.sight.online:
            return [desk.say(words.KEPT_ONLINE)]
        # Where the agent is silent nobody knows of the network, nor when anything will be sent.
        return [desk.say(words.KEPT_OFFLINE if desk.sight.heard else words.KEPT_UNSENT)]

    def action_back(self) -> None:
        self.post_message(Finished())

    def pressed(self, tile: str) -> None:
        if tile == "undo" and not self._sure:
            self._ask()
        elif tile == "undo":
            self._undo()
        elif tile == "then" and self._receipt.then is not None:
            self.replace(self._receipt.then(self.desk))
        else:
            self.post_message(Finished())

    def _undo(self) -> None:
        if self._receipt.record is None or self._undone or self.desk.now().uptime >= self._undo_until:
            return
        try:
            self.desk.put(answers.retraction(self._receipt.record))
        except NotKept:  # it stands; the tile does too, to be tried again
            self._not_undone = True
            if not self.alarming:
                self.query_one("#title", Big).say(self.desk.say(words.NOT_UNDONE))
            self.look()
            return
        self._undone = True
        self.remove_class("danger")
        self.add_class("undone")
        self.query_one("#title", Big).say(self.desk.say(words.UNDONE))
        self.query_one("#lines", Static).update("")
        self.look()


ENTRY = Entry()
