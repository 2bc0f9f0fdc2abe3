"""What was said at this kiosk lately, against which the next thing said is seen. Pure; gone when the kiosk ends.

Times are seconds of a monotonic clock.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from kiosk import answers
from kiosk.answers import Tap
from kiosk.cards import Seen
from kiosk.reports import Reports
from shared.bursts import ALL_LIMIT, FACES_LIMIT

if TYPE_CHECKING:
    from shared.records import CheckIn, Fact


@dataclass(frozen=True, slots=True)
class Kept:
    """Something said that may be taken back or replaced."""

    record: str
    at: float


@dataclass(slots=True)
class Lately:
    """See the module."""

    cards: Seen = field(default_factory=Seen)
    reports: Reports = field(default_factory=Reports)
    _taps: deque[Tap] = field(default_factory=lambda: deque(maxlen=ALL_LIMIT))
    _faces: deque[float] = field(default_factory=lambda: deque(maxlen=FACES_LIMIT))
    _face: Kept | None = None
    _last: dict[str, float] = field(default_factory=dict)
    """When something was last said, by its sort."""

    def check_in(self, occupation: str, now: float) -> "CheckIn":
        """A check-in by one tap, marked when it is one of many."""
        return answers.check_in(occupation, self._taps, now)

    def as_said(self, fact: "Fact", now: float) -> "Sequence[Fact]":
        """What is to be kept: a face touched right after another one takes that one's place."""
        if fact.type != "feedback":
            return (fact,)
        marked = answers.as_pressed(fact, self._faces, now)
        if self._face is None or now - self._face.at >= answers.AGAIN_WITHIN_S:
            return (marked,)
        return (answers.retraction(self._face.record), marked)

    def pause_s(self, fact: "Fact", now: float) -> int:
        """How many seconds another of its sort cannot be said yet. Cards are each somebody's; danger never waits."""
        waits = fact.type in ("checkin", "feedback") or (fact.type == "fault_report" and not fact.danger)
        at = self._last.get(fact.type)
        return 0 if at is None or not waits else max(0, ceil(at + answers.PAUSE_S - now))

    def note(self, fact: "Fact", record: str, now: float) -> None:
        """This has been kept."""
        if fact.type == "checkin" and fact.visitor is not None:
            self.cards.note(fact.visitor, record, now)
        elif fact.type == "checkin":
            self._taps.append(Tap(fact.occupation, now))
            self._last[fact.type] = now
        elif fact.type == "feedback":
            self._faces.append(now)
            self._face = Kept(record, now)
            self._last[fact.type] = now
        elif fact.type == "fault_report":
            self._last[fact.type] = now
            self.reports.note(fact, record, now)
        elif fact.type == "retraction":
            self._undone(fact.of)

    def _undone(self, record: str) -> None:
        """What was taken back is followed by what was meant: that need not wait, nor replace anything."""
        self.cards.undone(record)
        self.reports.undone(record)
        self._last.clear()
        if self._face is not None and self._face.record == record:
            self._face = None
