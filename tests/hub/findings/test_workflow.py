"""The order of things, and the deadlines."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.findings.deadlines import due_at, told_to
from hub.findings.words import DONE, OWNERS, STAGE_STATES, STAGES, Owner, Severity, Stage
from hub.findings.workflow import LEADS, REFUSALS, Refusal, Refused, Step, Wanted, after, steps_from
from hub.rulebook import rulebooks
from hub.unions.trees import Level

AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
BOOKS = list(rulebooks().values())


def refusal(stage: Stage, wanted: Wanted, *, down: bool = False, fixed_by: str | None = "张三") -> Refusal:
    with pytest.raises(Refused) as caught:
        after(stage, fixed_by, down, wanted)
    return caught.value.refusal


def test_the_whole_way():
    stage = Stage.OPEN
    for step in (Step.TAKE_UP, Step.FIX, Step.VERIFY, Step.CLOSE):
        stage = after(stage, "张三", False, Wanted(step, "李四", note="换了压缩机"))
    assert stage is Stage.CLOSED


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", Step)
def test_no_step_out_of_its_order(stage, step):
    wanted = Wanted(step, "李四", note="看过了", photo=True)
    if (stage, step) in LEADS:
        assert after(stage, "张三", False, wanted) is LEADS[stage, step]
    else:
        assert refusal(stage, wanted) is Refusal.WRONG_STAGE


def test_fixed_needs_a_photo_or_words():
    assert refusal(Stage.TAKEN_UP, Wanted(Step.FIX, "张三")) is Refusal.PROOF_MISSING
    assert after(Stage.TAKEN_UP, None, False, Wanted(Step.FIX, "张三", photo=True)) is Stage.FIXED
    assert after(Stage.TAKEN_UP, None, False, Wanted(Step.FIX, "张三", note="换了")) is Stage.FIXED


def test_who_fixed_it_does_not_verify():
    assert refusal(Stage.FIXED, Wanted(Step.VERIFY, "张三")) is Refusal.SAME_PERSON


def test_sending_back_and_opening_again_need_a_reason():
    assert refusal(Stage.FIXED, Wanted(Step.SEND_BACK, "李四")) is Refusal.NOTE_MISSING
    assert refusal(Stage.CLOSED, Wanted(Step.REOPEN, "李四")) is Refusal.NOTE_MISSING


def test_what_the_sensors_see_down_is_not_closed_but_may_be_verified():
    assert refusal(Stage.VERIFIED, Wanted(Step.CLOSE, "李四"), down=True) is Refusal.STILL_DOWN
    assert after(Stage.FIXED, "张三", True, Wanted(Step.VERIFY, "李四")) is Stage.VERIFIED


def test_every_choice_has_its_words():
    assert set(OWNERS) == set(Owner) and set(STAGES) == set(STAGE_STATES) == set(Stage)
    assert set(REFUSALS) == set(Refusal) and {str(step) for step in Step} <= set(DONE)
    assert steps_from(Stage.FIXED) == [Step.VERIFY, Step.SEND_BACK]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_the_deadlines_of_every_edition(book):
    for severity, hours in ((Severity.SAFETY, 24), (Severity.HIGH, 72), (Severity.NORMAL, 360)):
        assert due_at(book, severity, AT) == AT + timedelta(hours=hours)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_who_is_told_rises_with_how_late_it_is(book):
    seen = [told_to(book, AT, AT + timedelta(hours=hours)) for hours in (-1, 0, 1, 72, 73, 360, 361)]
    assert seen == [None, None, Level.DISTRICT, Level.DISTRICT, Level.CITY, Level.CITY, Level.PROVINCE]
