"""What may happen to an inspection and its lines, and in which order. Pure: values in, a decision or a refusal out.

A line with a proposal is looked at first, then its proposal is revealed and sealed, then a person decides. A blind
line is decided after the own look, its proposal shown only once the form is submitted. A line without equipment behind
it is decided at once. Nothing becomes a score without a person.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hub.inspections.refusals import Refusal, Refused
from shared.text import Text


class Look(StrEnum):
    """What the inspector saw with their own eyes, before any proposal."""

    WORKS = "works"
    PARTLY = "partly"
    NO = "no"
    NOT_TESTED = "not_tested"


class Reason(StrEnum):
    """Why a person decides otherwise than proposed."""

    SEEN_ON_SITE = "seen_on_site"
    NOT_OBSERVABLE = "not_observable"
    SENSOR_WRONG = "sensor_wrong"
    REPAIRED = "repaired"
    BROKE_TODAY = "broke_today"
    OTHER = "other"


class Verdict(StrEnum):
    """Of the second look."""

    CONFIRMED = "confirmed"
    RETURNED = "returned"


LOOKS: dict[Look, Text] = {
    Look.WORKS: Text("能用", "Works"),
    Look.PARTLY: Text("部分能用", "Partly"),
    Look.NO: Text("不能用", "Does not work"),
    Look.NOT_TESTED: Text("未试", "Not tested"),
}

REASONS: dict[Reason, Text] = {
    Reason.SEEN_ON_SITE: Text("现场所见不同", "Seen otherwise on site"),
    Reason.NOT_OBSERVABLE: Text("传感器看不到的问题", "Something sensors cannot see"),
    Reason.SENSOR_WRONG: Text("监测数据有误", "The monitoring is wrong"),
    Reason.REPAIRED: Text("刚刚修好", "Just repaired"),
    Reason.BROKE_TODAY: Text("刚刚损坏", "Just broken"),
    Reason.OTHER: Text("其他（请说明）", "Other (please say)"),
}


class Step(StrEnum):
    """How far one line is."""

    OPEN = "open"
    LOOKED = "looked"
    REVEALED = "revealed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one inspection."""

    by_hand: bool
    """True: no equipment stands behind it, it is decided at once."""
    submitted: bool = False
    """True: the form is closed."""
    blind: bool = False
    """True: it is decided without its proposal."""
    look: Look | None = None
    looked_at: datetime | None = None
    revealed_at: datetime | None = None
    """None: nobody has seen the proposal."""
    proposed: int | None = None
    """The points the sealed proposal names, of two the later; None: there is none yet, or it names none."""
    points: int | None = None
    """None: not decided, or not applicable."""
    not_applicable: bool = False
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: Reason | None = None
    note: str = ""

    @property
    def decided(self) -> bool:
        """A person has said something final of it."""
        return self.points is not None or self.not_applicable

    @property
    def step(self) -> Step:
        if self.decided:
            return Step.DECIDED
        if self.revealed_at is not None:
            return Step.REVEALED
        return Step.OPEN if self.look is None else Step.LOOKED

    @property
    def ready(self) -> bool:
        """Whether it is its turn to be decided."""
        return self.by_hand or self.revealed_at is not None or (self.blind and self.look is not None)

    @property
    def shown(self) -> int | None:
        """The points whoever decides has seen proposed. None: none were."""
        return None if self.blind or self.revealed_at is None else self.proposed

    @property
    def overridden(self) -> bool:
        """A person decided otherwise than they had seen proposed."""
        return self.points is not None and self.shown is not None and self.points != self.shown

    @property
    def differs(self) -> bool:
        """The points are others than the proposal's, seen or not; false until it was shown."""
        seen = self.revealed_at is not None and self.proposed is not None and self.points is not None
        return seen and self.points != self.proposed


def look(line: Line, seen: Look, at: datetime) -> Line:
    """The inspector's own look; it may be corrected until the proposal is shown. Raises Refused."""
    _still_open(line)
    if line.by_hand:
        raise Refused(Refusal.NOTHING_TO_REVEAL)
    if line.revealed_at is not None or (line.blind and line.decided):
        raise Refused(Refusal.ALREADY_LOOKED)
    return replace(line, look=seen, looked_at=at)


def may_reveal(line: Line) -> None:
    """Raises Refused where the proposal must not be computed for this person yet."""
    _still_open(line)
    if line.by_hand:
        raise Refused(Refusal.NOTHING_TO_REVEAL)
    if line.look is None:
        raise Refused(Refusal.LOOK_FIRST)
    if line.blind:
        raise Refused(Refusal.BLIND)


def reveal(line: Line, proposed: int | None, at: datetime) -> Line:
    """Seals what is proposed now; a second reveal changes nothing. Raises Refused."""
    may_reveal(line)
    if line.revealed_at is not None:
        return line
    return replace(line, revealed_at=at, proposed=proposed)


def may_test(line: Line, tested: bool) -> None:
    """The 3-minute test follows the own look, and is made once. Raises Refused."""
    _still_open(line)
    if line.by_hand:
        raise Refused(Refusal.NOT_TESTABLE)
    if line.look is None:
        raise Refused(Refusal.LOOK_FIRST)
    if tested:
        raise Refused(Refusal.TESTED)


def decide(
    line: Line, points: int | None, by: str, at: datetime, reason: Reason | None, note: str, may_skip: bool = False
) -> Line:
    """A person's points; None: not applicable, where the form allows that (`may_skip`). Other points than proposed need
    a reason; the reason "other" needs words. Raises Refused."""
    _still_open(line)
    return _decided(line, points, by, at, reason, note, may_skip)


def correct(
    line: Line, points: int | None, by: str, at: datetime, reason: Reason | None, note: str, may_skip: bool = False
) -> Line:
    """Other points, or another note, on a form that is closed. Raises Refused."""
    if not line.submitted:
        raise Refused(Refusal.NOT_SUBMITTED)
    after = _decided(line, points, by, at, reason, note, may_skip)
    if (after.points, after.not_applicable, after.note) == (line.points, line.not_applicable, line.note):
        raise Refused(Refusal.NOTHING_CHANGED)
    return after


def _decided(
    line: Line, points: int | None, by: str, at: datetime, reason: Reason | None, note: str, may_skip: bool
) -> Line:
    if points is None and not (may_skip and line.by_hand):
        raise Refused(Refusal.APPLICABLE)
    if not line.ready:
        raise Refused(Refusal.LOOK_FIRST if line.look is None else Refusal.REVEAL_FIRST)
    differs = line.shown is not None and points != line.shown
    if differs and reason is None:
        raise Refused(Refusal.REASON_MISSING)
    if differs and reason is Reason.OTHER and not note.strip():
        raise Refused(Refusal.NOTE_MISSING)
    return replace(
        line,
        points=points,
        not_applicable=points is None,
        decided_at=at,
        decided_by=by,
        reason=reason if differs else None,
        note=note.strip(),
    )


def lacks_evidence(line: Line, lowest: int, photos: int) -> bool:
    """The lowest points, and more points than proposed, need a photo and a note (inspection.md I06)."""
    raised = line.overridden and line.points is not None and line.points > (line.shown or 0)
    return (line.points == lowest or raised) and not (photos and line.note)


def may_submit(lines: Collection[Line]) -> None:
    """Raises Refused unless every line was decided by a person and the form is still open."""
    for line in lines:
        _still_open(line)
    if not lines or not all(line.decided for line in lines):
        raise Refused(Refusal.INCOMPLETE)


def may_review(submitted: bool, confirmed: bool, reviewer: str, hands: Collection[str]) -> None:
    """The second look is another person's: nobody's of `hands`, who worked on the form. Raises Refused."""
    if not submitted or confirmed:
        raise Refused(Refusal.SUBMITTED if confirmed else Refusal.NOT_SUBMITTED)
    if reviewer in hands:
        raise Refused(Refusal.OWN_WORK)


def _still_open(line: Line) -> None:
    if line.submitted:
        raise Refused(Refusal.SUBMITTED)
