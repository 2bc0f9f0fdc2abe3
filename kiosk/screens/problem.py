"""S7: what is wrong with it. Danger comes first and stands alone."""

from dataclasses import dataclass
from math import ceil

from textual.app import ComposeResult
from textual.widgets import Static

from kiosk import answers, words
from kiosk.big import cells, fitted
from kiosk.desk import Desk
from kiosk.heading import SIDES, Headed
from kiosk.screen import Entry
from kiosk.touch import LEAST_ROWS, Tiles, Touch, columns
from shared.facility import Problem
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fault report is about."""

    id: str
    """A facility's id, or door, network, other."""
    label: Text


class ProblemScreen(Headed):
    """One tap is the report. Of a fault already known it says so; what people have reported another report strengthens.

    What to do in danger stands above the tile that reports it, in large letters on it.
    """

    def __init__(self, desk: Desk, subject: Subject) -> None:
        super().__init__(desk)
        self._subject = subject
        wired = {shown.id.rpartition("-")[0] for shown in desk.sight.facilities}
        self._problems = list(answers.problems_of(subject.id, wired))
        self._known = desk.sight.known(subject.id)
        said = desk.sight.reported(subject.id)
        self._reported = [one for one in self._problems if one.id in said and not one.danger]

    @property
    def needs(self) -> int:
        harmless = sum(not problem.danger for problem in self._problems)
        dangers = LEAST_ROWS * (harmless < len(self._problems))
        return dangers + LEAST_ROWS * ceil(harmless / columns(harmless)) + bool(self._reported)

    def body(self) -> ComposeResult:
        desk = self.desk
        ask = desk.say(words.PROBLEM_ASK, what=desk.say(self._subject.label))
        known = [self._known, desk.sight.known(self._subject.id, short=True)] if self._known else []
        asked = [f"{ask}   ({desk.say(text)})" for text in known if text]
        room = self.columns - SIDES
        yield self.heading(next((text for text in asked if cells(text) <= room), ask), words.FAULT_SIGN)
        dangers = [self._tile(problem) for problem in self._problems if problem.danger]
        if dangers:
            if not desk.large:
                yield Static(self._leave, id="note", markup=False)
            yield Tiles(dangers, name="dangers")
        yield Tiles([self._tile(problem) for problem in self._problems if not problem.danger])
        if self._reported:
            said = "、".join(desk.say(one.label) for one in self._reported)
            room = self.columns - SIDES - cells(desk.say(words.PLUS_ONE, problem=""))
            yield Static(desk.say(words.PLUS_ONE, problem=fitted(said, room)), id="plus-one", markup=False)

    def _tile(self, problem: Problem) -> Touch:
        label = self.desk.say(problem.label)
        if problem.danger:
            hint = self._leave if self.desk.large else ""
            return Touch(f"!  {label}  !", hint, press=f"p-{problem.id}", classes="danger")
        return Touch(label, press=f"p-{problem.id}")

    @property
    def _leave(self) -> str:
        return self.desk.say(words.DANGER_NOTE, hotline=self.desk.sight.hotline)

    def pressed(self, tile: str) -> None:
        desk = self.desk
        problem = next(problem for problem in self._problems if f"p-{problem.id}" == tile)
        lines = [desk.say(words.FAULT_KEPT, what=desk.say(self._subject.label), problem=desk.say(problem.label))]
        if problem.danger:
            lines.insert(0, desk.say(words.DANGER_CALL, hotline=desk.sight.hotline))
        elif problem in self._reported:
            lines.append(desk.say(words.PLUS_ONE_KEPT))
        danger = self._subject.id if problem.danger else None
        self.keep(answers.fault(self._subject.id, problem), lambda: lines, danger=danger)


ENTRY = Entry()
