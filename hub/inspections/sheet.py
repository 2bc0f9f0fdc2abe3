"""One inspection as its form shows it: the rubric's lines with what was answered so far. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.inspections.prefill import ItemProposal
from hub.inspections.presence import code_said
from hub.inspections.scoring import Total, total
from hub.inspections.three_minutes import TESTS, Done, HandTest
from hub.inspections.workflow import Line, Step, lacks_evidence
from hub.rulebook import Item, Rubric, Rulebook, Section
from shared.facility import kinds
from shared.text import Text

STAFF = "staff"
"""The section that is about people on duty."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of one line."""

    id: str
    sha256: str
    taken_by: str
    taken_at: datetime
    matches: bool | None
    """Whether it arrived as the device took it. None: the device made no digest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of one line."""

    line: Line
    version: int = 0
    """Changes so far; 0: untouched."""
    looked_by: str | None = None
    revealed_by: str | None = None
    sealed: ItemProposal | None = None
    """None: not made yet. Nobody may see it before `line.revealed_at`: pages ask for `proposal`."""
    seal: str | None = None
    """Its digest."""
    second_sealed: ItemProposal | None = None
    """Made again with the 3-minute test. None: it was not."""
    second_seal: str | None = None
    test: Done | None = None
    """None: none was made."""
    photos: tuple[Picture, ...] = ()

    @property
    def proposal(self) -> ItemProposal | None:
        """As it was revealed. None: not revealed."""
        return None if self.line.revealed_at is None else self.sealed

    @property
    def second(self) -> ItemProposal | None:
        """The one made again with the test. None: none was, or nothing is revealed."""
        return None if self.line.revealed_at is None else self.second_sealed


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the form and who made it."""

    id: int
    station: str
    name: Text
    number: str
    union: str
    rulebook: Rulebook
    owner: Rulebook
    """Whose rubric the form is."""
    started_at: datetime
    started_by: str
    submitted_at: datetime | None
    """None: open, a draft or sent back."""
    submitted_by: str | None
    """None: open."""
    purpose: str = "spot"
    unmanned: bool = False
    """Nobody works at the station: the staff's lines may not apply (requirements D4-6)."""
    returned_at: datetime | None = None
    """Sent back by the second look. None: it is not."""
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    """By the second look. None: nobody has."""
    version: int = 0
    remark: str = ""
    presence: str = "unproven"
    arrived_at: datetime | None = None
    """When the place was taken or the code was seen. None: neither was."""
    code_steps: int | None = None
    """How old the rotating code was, in its steps. None: none was seen."""
    distance_m: float | None = None
    accuracy_m: float | None = None

    @property
    def code_seen(self) -> Text | None:
        """The rotating code that was seen, in words. None: none was."""
        if self.arrived_at is None or self.code_steps is None:
            return None
        return code_said(self.arrived_at, self.code_steps)

    @property
    def may_skip(self) -> bool:
        """Whether the staff's lines may be marked as not applicable: an unmanned station, and the edition allows it."""
        return self.unmanned and bool(self.rulebook.setting("not_applicable_allowed"))

    @property
    def adopted(self) -> bool:
        """The union took over another edition's rubric."""
        return self.owner.name != self.rulebook.name


@dataclass(frozen=True, slots=True)
class SheetLine:
    item: Item
    entry: Entry
    not_observable: Text | None
    """What sensors cannot see of it. None: no equipment stands behind the line."""

    @property
    def line(self) -> Line:
        return self.entry.line

    @property
    def test(self) -> HandTest | None:
        """The 3-minute test of its kind. None: there is none."""
        return None if self.line.by_hand or self.item.kind is None else TESTS.get(self.item.kind)

    @property
    def lacks_evidence(self) -> bool:
        """Its points need a photo and a note, and one of them is missing."""
        return lacks_evidence(self.line, min(self.item.points), len(self.entry.photos))


@dataclass(frozen=True, slots=True)
class Sheet:
    head: Head
    rubric: Rubric
    sections: tuple[tuple[Section, tuple[SheetLine, ...]], ...]
    total: Total

    def lines(self) -> Iterator[SheetLine]:
        for _, lines in self.sections:
            yield from lines

    @property
    def next_open(self) -> str | None:
        """The first line that still needs something. None: all are decided, with what they need."""
        unfinished = (line for line in self.lines() if line.line.step is not Step.DECIDED or line.lacks_evidence)
        return next((line.item.key for line in unfinished), None)

    @property
    def without_staff(self) -> Total:
        """As if the staff's lines did not apply: what an unmanned station can show. Never the official total."""
        points = {line.item.key: line.line.points for line in self.lines() if line.line.points is not None}
        staff = {line.item.key for section, lines in self.sections if section.key == STAFF for line in lines}
        return total(self.rubric, {key: value for key, value in points.items() if key not in staff}, staff)

    def may_skip(self, key: str) -> bool:
        """Whether the line may be marked as not applicable on this form."""
        staff = next((lines for section, lines in self.sections if section.key == STAFF), ())
        return self.head.may_skip and any(line.item.key == key for line in staff)


def by_hand(item: Item) -> bool:
    """No telemetry can stand behind this line: it is decided at once."""
    return item.kind is None or kinds()[item.kind].proof_grade is None


def untouched(item: Item, submitted: bool) -> Entry:
    """A line nobody has begun."""
    return Entry(Line(by_hand=by_hand(item), submitted=submitted))


def sheet_of(head: Head, rubric: Rubric, entries: Mapping[str, Entry]) -> Sheet:
    """The form in its printed order."""
    submitted = head.submitted_at is not None
    sections = tuple(
        (
            section,
            tuple(
                SheetLine(item, entries.get(item.key) or untouched(item, submitted), _unseen(item))
                for item in section.items
            ),
        )
        for section in rubric.sections
    )
    flat = [line for _, lines in sections for line in lines]
    points = {line.item.key: line.line.points for line in flat if line.line.points is not None}
    skipped = {line.item.key for line in flat if line.line.not_applicable}
    return Sheet(head, rubric, sections, total(rubric, points, skipped))


def _unseen(item: Item) -> Text | None:
    return None if item.kind is None or by_hand(item) else kinds()[item.kind].not_observable
