"""The pure parts: the order of steps, deadlines, codes, what is taken, how much of it."""

from datetime import UTC, date, datetime

import pytest

from hub.accounts.bucket import Bucket
from hub.complaints import codes, filed
from hub.complaints.deadlines import due_at, steps, working_days_after
from hub.complaints.filed import Filed, masked
from hub.complaints.flood import AT_ONE_STATION, OF_ONE_ADDRESS, OF_ONE_STATION, buckets
from hub.complaints.words import CATEGORIES, DONE, KINDS, STAGE_STATES, STAGES, TOLD, Category, Kind, Stage
from hub.complaints.workflow import ALL_STEPS, REFUSALS, Refusal, Refused, Standing, Step, after, steps_from
from hub.formats import local
from hub.rulebook import rulebooks

NOW = datetime(2026, 7, 15, 6, 0, tzinfo=UTC)


def test_the_way_from_received_to_closed() -> None:
    stage = Stage.RECEIVED
    for step in (Step.CLASSIFY, Step.ASSIGN, Step.ANSWER, Step.REPLY, Step.CLOSE):
        assert step in steps_from(stage)
        stage = after(Standing(stage, reachable=True), step, words="好")
    assert stage is Stage.CLOSED
    assert after(Standing(stage), Step.REOPEN, words="又坏了") is Stage.ASSIGNED


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("step", list(Step))
def test_what_is_not_offered_is_refused(stage: Stage, step: Step) -> None:
    if step in steps_from(stage):
        assert after(Standing(stage), step, words="好") in Stage
    else:
        with pytest.raises(Refused) as refused:
            after(Standing(stage), step, words="好")
        assert refused.value.refusal is Refusal.WRONG_STAGE


def test_whoever_left_a_contact_is_told_before_it_is_closed() -> None:
    with pytest.raises(Refused) as refused:
        after(Standing(Stage.ANSWERED, reachable=True), Step.CLOSE)
    assert refused.value.refusal is Refusal.NOT_TOLD
    assert after(Standing(Stage.ANSWERED), Step.CLOSE) is Stage.CLOSED


def test_a_process_may_leave_sorting_and_telling_out() -> None:
    assert after(Standing(Stage.RECEIVED), Step.ASSIGN, frozenset()) is Stage.ASSIGNED
    assert after(Standing(Stage.ANSWERED, reachable=True), Step.CLOSE, frozenset()) is Stage.CLOSED
    assert Step.REPLY not in steps_from(Stage.ANSWERED, frozenset())


@pytest.mark.parametrize("step", [Step.ANSWER, Step.REPLY, Step.REOPEN])
def test_these_say_something(step: Step) -> None:
    stage = Stage.ASSIGNED if step is Step.ANSWER else Stage.ANSWERED
    with pytest.raises(Refused) as refused:
        after(Standing(stage), step)
    assert refused.value.refusal is Refusal.WORDS_MISSING


def test_every_choice_has_words() -> None:
    assert set(KINDS) == set(Kind) and set(CATEGORIES) == set(Category) and set(REFUSALS) == set(Refusal)
    assert set(STAGES) == set(STAGE_STATES) == set(TOLD) == set(Stage) and set(Step) <= set(DONE)


@pytest.mark.parametrize(
    ("day", "days", "last"),
    [
        ("2026-07-15", 5, "2026-07-22"),
        ("2026-07-15", 15, "2026-08-05"),
        ("2026-07-17", 1, "2026-07-20"),
        ("2026-07-18", 1, "2026-07-20"),
    ],
)
def test_working_days_are_monday_to_friday(day: str, days: int, last: str) -> None:
    assert working_days_after(date.fromisoformat(day), days) == date.fromisoformat(last)


def test_it_is_due_at_the_end_of_the_day_in_shanghai() -> None:
    late = datetime(2026, 7, 15, 17, 0, tzinfo=UTC)  # the 16th, one o'clock at night
    for book in (None, rulebooks()["shanghai_2018"], rulebooks()["anhui_2024"]):
        assert f"{local(due_at(book, Kind.CONSULTATION, NOW)):%m-%d %H:%M}" == "07-22 23:59"
        assert f"{local(due_at(book, Kind.COMPLAINT, NOW)):%m-%d}" == "08-05"
        assert f"{local(due_at(book, Kind.CONSULTATION, late)):%m-%d}" == "07-23"
        assert steps(book) == ALL_STEPS


def test_a_number_tells_the_day_and_a_code_comes_from_the_form() -> None:
    assert codes.number(date(2026, 7, 15), b"\x00\x00\x00\x00") == "260715-0000"
    assert codes.number(date(2026, 7, 15), b"\xff\xff\xff\xff") == "260715-ZZZZ"
    code = codes.code("a")
    assert len(code) == 8 and code == codes.code("a") != codes.code("b")
    kept = codes.digest(code)
    assert codes.matches(kept, f" {code[:4].lower()}-{code[4:]} ") and not codes.matches(kept, codes.code("b"))
    assert codes.read_number("260715 o1il") == "260715-0111"
    assert codes.read_number("") == "-" and not codes.matches(kept, "查询码")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"kind": "praise"}, {"kind"}),
        ({"category": ""}, {"category"}),
        ({"text": "  坏了  "}, {"text"}),
        ({"text": "坏" * 1001}, {"text"}),
        ({"text": "坏" * 1000}, set()),
        ({"contact": "138 1234 5678"}, set()),
        ({"contact": "wang@example.org"}, set()),
        ({"contact": "老王"}, {"contact"}),
        ({"contact": "1" * 65}, {"contact"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields: dict[str, str], wrong: set[str]) -> None:
    found = filed.read(**{"kind": "complaint", "category": "other", "text": "门口没有灯", "contact": ""} | fields)
    assert (set() if isinstance(found, Filed) else set(found)) == wrong


@pytest.mark.parametrize(
    ("contact", "seen"),
    [("13812345678", "138****5678"), ("wang@example.org", "w****@example.org"), ("110110", "****"), ("", "")],
)
def test_a_contact_is_masked(contact: str, seen: str) -> None:
    assert masked(contact) == seen


@pytest.mark.parametrize("bucket", [AT_ONE_STATION, OF_ONE_ADDRESS, OF_ONE_STATION])
def test_a_bucket_takes_so_many_in_a_row_and_then_one_by_one(bucket: Bucket) -> None:
    now, forgiven = 1_000_000.0, 0.0
    for _ in range(bucket.most):
        assert not bucket.is_full(forgiven, now)
        forgiven = bucket.after(forgiven, now)
    assert bucket.is_full(forgiven, now)
    assert not bucket.is_full(forgiven, now + bucket.every.total_seconds())


def test_whose_address_nobody_knows_counts_at_the_station_alone() -> None:
    assert set(buckets("", "k3v9x2m7qa")) == {"station k3v9x2m7qa"}
    assert len(buckets("203.0.113.7", "k3v9x2m7qa")) == 3
    assert max(map(len, buckets("x" * 64, "k3v9x2m7qa"))) <= 96
