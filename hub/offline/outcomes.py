"""What may become of an entry, and how that is said. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from shared.text import Text


class Outcome(StrEnum):
    """What became of an entry."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    """Kept beside the answer that was there: a person chooses."""
    REFUSED = "refused"


DAMAGED = Text("内容与校验码不符，没有采用", "The content does not match its digest and was not used")
UNREADABLE = Text("无法读懂这条记录", "This entry cannot be read")
TAKEN_ID = Text("此编号已用于另一条内容", "This id was used for another content")
NO_INSPECTION = Text("没有这次检查，或您无权填写", "There is no such inspection, or it is not yours to fill in")
NO_LINE = Text("考评表里没有这一项", "The form has no such line")
NOT_GIVEN = Text("此建议不是中心发出的", "This proposal was not handed out by the hub")
OTHER_CODE = Text("动态码不是这个驿站的", "The code is not this station's")
NO_PHOTO = Text("照片还没有送到", "The photo has not arrived")
OTHER_PHOTO = Text("照片与拍摄时的校验码不符", "The photo does not match the digest made when it was taken")
TWO_ANSWERS = Text("此项已有另一个回答，两个都已保留，请选择", "The item has another answer; both are kept: choose")
CHOOSE_FIRST = Text(
    "有的项目有两个回答，请先在考评表上选择", "Some items have two answers: choose between them on the form first"
)


@dataclass(frozen=True, slots=True)
class Became:
    """The outcome of one entry."""

    outcome: Outcome
    why: Text | None = None
    """None: it was applied."""
    version: int | None = None
    """Of the line, as the device's next entry expects it. None: of the form as a whole."""


def refused(why: Text, version: int | None = None) -> Became:
    """It was not applied, and why."""
    return Became(Outcome.REFUSED, why, version)


def conflict(version: int | None) -> Became:
    """It is kept beside the answer that was there."""
    return Became(Outcome.CONFLICT, TWO_ANSWERS, version)
