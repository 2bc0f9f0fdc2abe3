"""What was said at this kiosk lately, against which the next thing said is seen. Pure; gone when the kiosk ends.

Times are seconds of a monotonic clock.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from kiosk import answers
from kiosk.answers import Tap
from kiosk.cards import Seen
from shared.bursts import ALL_LIMIT
from shared.records import CheckIn, Fact, FaultReport, Feedback, Retraction


@dataclass(frozen=True, slots=True)
class Kept:
    """Something said that may be taken back or replaced."""

    record: str
    at: float


@dataclass(slots=True)
class Lately:
    """See the module."""

    cards: Seen = field(default_factory=Seen)
    _taps: deque[Tap] = field(default_factory=lambda: deque(maxlen=ALL_LIMIT))
    _faces: deque[float] = field(default_factory=lambda: deque(maxlen=answers.FACES_LIMIT))
    _face: Kept | None = None
    _last: dict[str, float] = field(default_factory=dict)
    """When something was last said, by its sort."""

    def check_in(self, occupation: str, now: float) -> CheckIn:
        """A check-in by one tap, marked when it is one of many."""
        return answers.check_in(occupation, self._taps, now)

    def as_said(self, fact: Fact, now: float) -> Sequence[Fact]:
        """What is to be kept: a face touched right after another one takes that one's place."""
        if not isinstance(fact, Feedback):
            return (fact,)
        marked = answers.as_pressed(fact, self._faces, now)
        if self._face is None or now - self._face.at >= answers.AGAIN_WITHIN_S:
            return (marked,)
        return (Retraction(of=self._face.record), marked)

    def pause_s(self, fact: Fact, now: float) -> int:
        """How many seconds another of its sort cannot be said yet. Cards are each somebody's; danger never waits."""
        waits = isinstance(fact, CheckIn | Feedback) or (isinstance(fact, FaultReport) and not fact.danger)
        at = self._last.get(fact.type)
        return 0 if at is None or not waits else max(0, ceil(at + answers.PAUSE_S - now))

    def note(self, fact: Fact, record: str, now: float) -> None:
        """This has been kept."""
        match fact:
            case CheckIn(visitor=str(visitor)):
                self.cards.note(visitor, record, now)
            case CheckIn():
                self._taps.append(Tap(fact.occupation, now))
                self._last[fact.type] = now
            case Feedback():
                self._faces.append(now)
                self._face = Kept(record, now)
                self._last[fact.type] = now
            case FaultReport():
                self._last[fact.type] = now
            case Retraction():
                self._undone(fact.of)

    def _undone(self, record: str) -> None:
        """What was taken back is followed by what was meant: that need not wait, nor replace anything."""
        self.cards.undone(record)
        self._last.clear()
        if self._face is not None and self._face.record == record:
            self._face = None
