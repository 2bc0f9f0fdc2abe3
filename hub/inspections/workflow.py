"""What may happen to an inspection and its lines, and in which order. Pure: values in, a decision or a refusal out.

A line with a proposal is looked at first, then its proposal is revealed and sealed, then a person decides. A line
without equipment behind it is decided at once. Nothing becomes a score without a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

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


class Refusal(StrEnum):
    """Why an action is not allowed."""

    SUBMITTED = "submitted"
    LOOK_FIRST = "look_first"
    REVEAL_FIRST = "reveal_first"
    ALREADY_LOOKED = "already_looked"
    NOTHING_TO_REVEAL = "nothing_to_reveal"
    REASON_MISSING = "reason_missing"
    NOTE_MISSING = "note_missing"
    INCOMPLETE = "incomplete"
    CHANGED_MEANWHILE = "changed_meanwhile"


REFUSALS: dict[Refusal, Text] = {
    Refusal.SUBMITTED: Text("考评表已提交，不能再修改", "The form is submitted and can no longer change"),
    Refusal.LOOK_FIRST: Text("请先自己查看，再看系统建议", "Look for yourself first, then see the proposal"),
    Refusal.REVEAL_FIRST: Text("请先查看系统建议，再打分", "See the proposal first, then decide"),
    Refusal.ALREADY_LOOKED: Text(
        "看过系统建议后不能再改自己的查看结果", "Your own look cannot change after the proposal was shown"
    ),
    Refusal.NOTHING_TO_REVEAL: Text("此项没有系统建议，请直接打分", "This item has no proposal: score it directly"),
    Refusal.REASON_MISSING: Text("与建议不同，请选择理由", "This differs from the proposal: choose a reason"),
    Refusal.NOTE_MISSING: Text("请用文字说明理由", "Please say the reason in words"),
    Refusal.INCOMPLETE: Text("还有未打分的项目，不能提交", "Some items have no points yet: cannot be submitted"),
    Refusal.CHANGED_MEANWHILE: Text("此项刚被别人修改，请重新查看", "Someone else just changed this item: look again"),
}


class Refused(Exception):
    """The workflow does not allow this now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(REFUSALS[refusal].en)
        self.refusal = refusal
        self.text = REFUSALS[refusal]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one inspection."""

    by_hand: bool
    """True: no equipment stands behind it, it is decided at once."""
    submitted: bool = False
    look: Look | None = None
    looked_at: datetime | None = None
    revealed_at: datetime | None = None
    proposed: int | None = None
    """The points the sealed proposal names; None: not revealed, or it has none."""
    points: int | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: Reason | None = None
    note: str = ""

    @property
    def step(self) -> Step:
        if self.points is not None:
            return Step.DECIDED
        if self.revealed_at is not None:
            return Step.REVEALED
        return Step.OPEN if self.look is None else Step.LOOKED

    @property
    def overridden(self) -> bool:
        """A person decided otherwise than proposed."""
        return self.points is not None and self.proposed is not None and self.points != self.proposed


def look(line: Line, seen: Look, at: datetime) -> Line:
    """The inspector's own look; it may be corrected until the proposal is shown. Raises Refused."""
    _still_open(line)
    if line.by_hand:
        raise Refused(Refusal.NOTHING_TO_REVEAL)
    if line.revealed_at is not None:
        raise Refused(Refusal.ALREADY_LOOKED)
    return replace(line, look=seen, looked_at=at)


def may_reveal(line: Line) -> None:
    """Raises Refused where the proposal must not be computed for this person yet."""
    _still_open(line)
    if line.by_hand:
        raise Refused(Refusal.NOTHING_TO_REVEAL)
    if line.look is None:
        raise Refused(Refusal.LOOK_FIRST)


def reveal(line: Line, proposed: int | None, at: datetime) -> Line:
    """Seals what is proposed now; a second reveal changes nothing. Raises Refused."""
    may_reveal(line)
    if line.revealed_at is not None:
        return line
    return replace(line, revealed_at=at, proposed=proposed)


def decide(line: Line, points: int, by: str, at: datetime, reason: Reason | None, note: str) -> Line:
    """A person's points. Other points than proposed need a reason; the reason "other" needs words. Raises Refused."""
    _still_open(line)
    if not line.by_hand and line.revealed_at is None:
        raise Refused(Refusal.LOOK_FIRST if line.look is None else Refusal.REVEAL_FIRST)
    differs = line.proposed is not None and points != line.proposed
    if differs and reason is None:
        raise Refused(Refusal.REASON_MISSING)
    if differs and reason is Reason.OTHER and not note.strip():
        raise Refused(Refusal.NOTE_MISSING)
    return replace(
        line,
        points=points,
        decided_at=at,
        decided_by=by,
        reason=reason if differs else None,
        note=note.strip(),
    )


def may_submit(lines: Sequence[Line]) -> None:
    """Raises Refused unless every line was decided by a person and the form is still a draft."""
    for line in lines:
        _still_open(line)
    if not lines or any(line.points is None for line in lines):
        raise Refused(Refusal.INCOMPLETE)


def _still_open(line: Line) -> None:
    if line.submitted:
        raise Refused(Refusal.SUBMITTED)
