"""Why something may not happen to an inspection, and how that is said. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from shared.text import Text


class Refusal(StrEnum):
    """Why an action is not allowed."""

    SUBMITTED = "submitted"
    NOT_SUBMITTED = "not_submitted"
    NOT_ASSIGNED = "not_assigned"
    LOOK_FIRST = "look_first"
    REVEAL_FIRST = "reveal_first"
    ALREADY_LOOKED = "already_looked"
    BLIND = "blind"
    NOTHING_TO_REVEAL = "nothing_to_reveal"
    TESTED = "tested"
    NOT_TESTABLE = "not_testable"
    WHICH_FACILITY = "which_facility"
    APPLICABLE = "applicable"
    REASON_MISSING = "reason_missing"
    NOTE_MISSING = "note_missing"
    WORDS_MISSING = "words_missing"
    NAME_MISSING = "name_missing"
    PLACE_MISSING = "place_missing"
    CODE_WRONG = "code_wrong"
    TOO_MANY_PHOTOS = "too_many_photos"
    INCOMPLETE = "incomplete"
    EVIDENCE_MISSING = "evidence_missing"
    SIGNATURE_MISSING = "signature_missing"
    OWN_WORK = "own_work"
    NOTHING_CHANGED = "nothing_changed"
    CHANGED_MEANWHILE = "changed_meanwhile"


REFUSALS: dict[Refusal, Text] = {
    Refusal.SUBMITTED: Text("考评表已提交，不能再修改", "The form is submitted and can no longer change"),
    Refusal.NOT_SUBMITTED: Text("考评表尚未提交", "The form is not submitted yet"),
    Refusal.NOT_ASSIGNED: Text("此站点没有指派给您，不能填写", "You are not assigned here: the form is not yours"),
    Refusal.LOOK_FIRST: Text("请先自己查看，再看系统建议", "Look for yourself first, then see the proposal"),
    Refusal.REVEAL_FIRST: Text("请先查看系统建议，再打分", "See the proposal first, then decide"),
    Refusal.ALREADY_LOOKED: Text(
        "看过系统建议或打分后不能再改自己的查看结果",
        "Your own look cannot change after the proposal was shown or points were given",
    ),
    Refusal.BLIND: Text(
        "此项为盲评，系统建议在提交后显示，请直接打分",
        "This item is scored blind: its proposal shows after the form is submitted. Score it now",
    ),
    Refusal.NOTHING_TO_REVEAL: Text("此项没有系统建议，请直接打分", "This item has no proposal: score it directly"),
    Refusal.TESTED: Text("此项已做过 3 分钟测试，结果不能再改", "The 3-minute test of this item is made and stays"),
    Refusal.NOT_TESTABLE: Text("此项没有 3 分钟测试", "This item has no 3-minute test"),
    Refusal.WHICH_FACILITY: Text("请选择测试的是哪一台", "Say which one was tested"),
    Refusal.APPLICABLE: Text("此项在这张表上不能选“不适用”", "On this form the item cannot be 'not applicable'"),
    Refusal.REASON_MISSING: Text("与建议不同，请选择理由", "This differs from the proposal: choose a reason"),
    Refusal.NOTE_MISSING: Text("请用文字说明理由", "Please say the reason in words"),
    Refusal.WORDS_MISSING: Text("请写明原因", "Please write why"),
    Refusal.NAME_MISSING: Text("请填写姓名", "Please write the name"),
    Refusal.PLACE_MISSING: Text("设备没有给出定位", "The device gave no position"),
    Refusal.CODE_WRONG: Text(
        "动态码不对或已过期：请重新看驿站屏幕，或用定位",
        "The code is wrong or no longer fresh: look at the station's screen again, or use the position",
    ),
    Refusal.TOO_MANY_PHOTOS: Text("此项的照片已够多", "This item has enough photos"),
    Refusal.INCOMPLETE: Text("还有未打分的项目，不能提交", "Some items have no points yet: cannot be submitted"),
    Refusal.EVIDENCE_MISSING: Text(
        "最低分，或高于建议的分数，需要照片和备注", "Lowest points, or more than proposed, need a photo and a note"
    ),
    Refusal.SIGNATURE_MISSING: Text(
        "还缺签名；站长未签的，请记下原因",
        "A signature is missing; where the head does not sign, write down why",
    ),
    Refusal.OWN_WORK: Text("自己填写过的考评表须由他人复核", "Whoever worked on a form does not review it"),
    Refusal.NOTHING_CHANGED: Text("没有改动", "Nothing was changed"),
    Refusal.CHANGED_MEANWHILE: Text("此项刚被别人修改，请重新查看", "Someone else just changed this item: look again"),
}


class Refused(Exception):
    """The workflow does not allow this now."""

    def __init__(self, refusal: Refusal, about: Sequence[Text] = ()) -> None:
        """`about` names what it is about, where that is not the line it happened at."""
        said = REFUSALS[refusal]
        if about:
            said = Text(
                f"{said.zh}：{'；'.join(one.zh for one in about)}", f"{said.en}: {'; '.join(t.en for t in about)}"
            )
        super().__init__(said.en)
        self.refusal = refusal
        self.text = said
