"""What may happen to a finding, and in which order. Pure: a refusal or the next stage.

open → taken up → fixed → verified → closed. Who says that it is fixed shows it; another person verifies; what the
station's own sensors still see down is not closed.
"""

from dataclasses import dataclass
from enum import StrEnum

from hub.findings.words import Stage
from shared.text import Text


class Step(StrEnum):
    """What a person does to it."""

    TAKE_UP = "take_up"
    FIX = "fix"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    CLOSE = "close"
    REOPEN = "reopen"


class Refusal(StrEnum):
    """Why a step is not allowed."""

    WRONG_STAGE = "wrong_stage"
    PROOF_MISSING = "proof_missing"
    NOTE_MISSING = "note_missing"
    SAME_PERSON = "same_person"
    STILL_DOWN = "still_down"
    ANOTHER_OPEN = "another_open"


REFUSALS: dict[Refusal, Text] = {
    Refusal.WRONG_STAGE: Text(
        "这项整改已不在这一步，请看最新情况", "This finding is at another step by now: see how it stands"
    ),
    Refusal.PROOF_MISSING: Text("请附上修好后的照片，或用文字说明", "Add a photo of how it is now, or say it in words"),
    Refusal.NOTE_MISSING: Text("请用文字说明理由", "Please say the reason in words"),
    Refusal.SAME_PERSON: Text("须由报告修好以外的人核实", "Another person than who fixed it must verify"),
    Refusal.STILL_DOWN: Text(
        "监测显示设施仍不可用，不能关闭", "The station's own sensors still see it down: it cannot be closed"
    ),
    Refusal.ANOTHER_OPEN: Text("同一问题已有未关闭的整改", "The same is open already under another number"),
}
UNPROCESSABLE = frozenset({Refusal.PROOF_MISSING, Refusal.NOTE_MISSING})
"""What the form lacks; the others are conflicts."""

LEADS: dict[tuple[Stage, Step], Stage] = {
    (Stage.OPEN, Step.TAKE_UP): Stage.TAKEN_UP,
    (Stage.OPEN, Step.FIX): Stage.FIXED,
    (Stage.TAKEN_UP, Step.FIX): Stage.FIXED,
    (Stage.FIXED, Step.VERIFY): Stage.VERIFIED,
    (Stage.FIXED, Step.SEND_BACK): Stage.TAKEN_UP,
    (Stage.VERIFIED, Step.CLOSE): Stage.CLOSED,
    (Stage.VERIFIED, Step.REOPEN): Stage.OPEN,
    (Stage.CLOSED, Step.REOPEN): Stage.OPEN,
}


class Refused(Exception):
    """The workflow does not allow this now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(REFUSALS[refusal].en)
        self.refusal = refusal
        self.text = REFUSALS[refusal]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step somebody wants to make, with what it brings along."""

    step: Step
    who: str
    note: str = ""
    photo: bool = False
    """A photo comes with it."""


def after(stage: Stage, fixed_by: str | None, still_down: bool, wanted: Wanted) -> Stage:
    """The stage it leads to. Raises Refused.

    `fixed_by`: who said that it is fixed; `still_down`: what the sensors say.
    """
    leads = LEADS.get((stage, wanted.step))
    if leads is None:
        raise Refused(Refusal.WRONG_STAGE)
    if wanted.step is Step.FIX and not wanted.note and not wanted.photo:
        raise Refused(Refusal.PROOF_MISSING)
    if wanted.step in (Step.SEND_BACK, Step.REOPEN) and not wanted.note:
        raise Refused(Refusal.NOTE_MISSING)
    if wanted.step is Step.VERIFY and wanted.who == fixed_by:
        raise Refused(Refusal.SAME_PERSON)
    if wanted.step is Step.CLOSE and still_down:
        raise Refused(Refusal.STILL_DOWN)
    return leads


def steps_from(stage: Stage) -> list[Step]:
    """What may be done next, in the order it is offered."""
    return [step for at, step in LEADS if at is stage]
