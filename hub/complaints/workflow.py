"""What may happen to a complaint, and in which order. Pure: a refusal or the next stage.

received → classified → assigned → answered → replied → closed. Annex 4 of 沪工援〔2018〕03号, the flow chart, is not
part of the text we have; a rulebook says which of the steps that may be left out its process has.
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from hub.complaints.words import UNANSWERED, Stage
from shared.text import Text


class Step(StrEnum):
    """What a person does to it."""

    CLASSIFY = "classify"
    ASSIGN = "assign"
    ANSWER = "answer"
    REPLY = "reply"
    CLOSE = "close"
    REOPEN = "reopen"


class Refusal(StrEnum):
    """Why a step is not allowed."""

    WRONG_STAGE = "wrong_stage"
    NOT_YOURS = "not_yours"
    WORDS_MISSING = "words_missing"
    NOT_TOLD = "not_told"
    NO_SUCH_OWNER = "no_such_owner"
    NO_SUCH_FACILITY = "no_such_facility"
    HAS_FINDING = "has_finding"


REFUSALS: dict[Refusal, Text] = {
    Refusal.WRONG_STAGE: Text("这件事已不在这一步，请看最新情况", "This is at another step by now: see how it stands"),
    Refusal.NOT_YOURS: Text("由指派的承办人或分派的人办理", "Only its owner, or who assigns, may do this"),
    Refusal.WORDS_MISSING: Text("请用文字写明", "Please say it in words"),
    Refusal.NOT_TOLD: Text(
        "对方留了联系方式：请先把答复告知本人，再办结", "They left a contact: tell them the answer, then close"
    ),
    Refusal.NO_SUCH_OWNER: Text("这个人不能承办本站的投诉咨询", "This person cannot take it on at this station"),
    Refusal.NO_SUCH_FACILITY: Text("本站没有这个设施", "This station has no such facility"),
    Refusal.HAS_FINDING: Text("已经转为整改", "A finding was made of it already"),
}
UNPROCESSABLE = frozenset({Refusal.WORDS_MISSING, Refusal.NO_SUCH_OWNER, Refusal.NO_SUCH_FACILITY})
"""What the form lacks; the others are conflicts."""
ALL_STEPS = frozenset({Stage.CLASSIFIED, Stage.REPLIED})
"""The stages a process may have or leave out; the others every complaint goes through."""


class Refused(Exception):
    """The workflow does not allow this now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(REFUSALS[refusal].en)
        self.refusal = refusal
        self.text = REFUSALS[refusal]


@dataclass(frozen=True, slots=True)
class Standing:
    """A complaint, as far as the next step depends on it."""

    stage: Stage
    reachable: bool = False
    """A contact was left."""


def after(standing: Standing, step: Step, steps: Set[Stage] = ALL_STEPS, words: str = "") -> Stage:
    """The stage it leads to. Raises Refused. `words`: what the step says, where it must say something."""
    if step not in steps_from(standing.stage, steps):
        raise Refused(Refusal.WRONG_STAGE)
    if step in (Step.ANSWER, Step.REPLY, Step.REOPEN) and not words:
        raise Refused(Refusal.WORDS_MISSING)
    if step is Step.CLOSE and must_be_told(standing, steps):
        raise Refused(Refusal.NOT_TOLD)
    if step is Step.CLASSIFY:
        return Stage.CLASSIFIED if standing.stage is Stage.RECEIVED else standing.stage
    return _LEADS[step]


def must_be_told(standing: Standing, steps: Set[Stage] = ALL_STEPS) -> bool:
    """Whether somebody can be reached who does not know the answer yet; who left no contact looks it up."""
    return standing.stage is Stage.ANSWERED and standing.reachable and Stage.REPLIED in steps


def steps_from(stage: Stage, steps: Set[Stage] = ALL_STEPS) -> list[Step]:
    """What may be done at this stage, the next first."""
    if stage in UNANSWERED:
        sorted_ = stage is not Stage.RECEIVED or Stage.CLASSIFIED not in steps
        found = [Step.ASSIGN, Step.CLASSIFY] if sorted_ else [Step.CLASSIFY]
        return [Step.ANSWER, *found] if stage is Stage.ASSIGNED else found
    if stage is Stage.ANSWERED:
        reply = [Step.REPLY] if Stage.REPLIED in steps else []
        return [*reply, Step.CLOSE, Step.ANSWER, Step.REOPEN]
    return [Step.REOPEN] if stage is Stage.CLOSED else [Step.CLOSE, Step.REOPEN]


_LEADS: dict[Step, Stage] = {
    Step.ASSIGN: Stage.ASSIGNED,
    Step.ANSWER: Stage.ANSWERED,
    Step.REPLY: Stage.REPLIED,
    Step.CLOSE: Stage.CLOSED,
    Step.REOPEN: Stage.ASSIGNED,
}
