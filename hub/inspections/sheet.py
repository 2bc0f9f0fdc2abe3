"""One inspection as its form shows it: the rubric's lines with what was answered so far. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.inspections.prefill import ItemProposal
from hub.inspections.scoring import Total, total
from hub.inspections.workflow import Line, Step
from hub.rulebook import Item, Rubric, Rulebook, Section
from shared.facility import kinds
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of one line."""

    line: Line
    version: int = 0
    """Changes so far; 0: untouched."""
    looked_by: str | None = None
    revealed_by: str | None = None
    proposal: ItemProposal | None = None
    """As it was revealed. None: not revealed."""
    seal: str | None = None
    """Its digest. None: not revealed."""


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
    """None: a draft."""
    submitted_by: str | None
    """None: a draft."""

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
        """The first line without points. None: all are decided."""
        return next((line.item.key for line in self.lines() if line.line.step is not Step.DECIDED), None)


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
    points = {
        line.item.key: line.line.points for _, lines in sections for line in lines if line.line.points is not None
    }
    return Sheet(head, rubric, sections, total(rubric, points))


def _unseen(item: Item) -> Text | None:
    return None if item.kind is None or by_hand(item) else kinds()[item.kind].not_observable
