"""Whether an answer may be taken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.questions.asked import Answered, Asked, Option, Refusal, newest_first, refusal, repeated, waiting_first
from shared.text import Text
from tests.hub.said import NOW

OPTIONS = (Option("yes", Text("能用", "It works")), Option("no", Text("坏了", "Broken")))
ASKED = Asked(
    "k3v9x2m7qa", "q-1", "air_conditioner-1", "AC6", Text("关着还是坏了？", "Off or broken?"), OPTIONS,
    asked_at=NOW, due=NOW + timedelta(minutes=30), closed_at=None,
)  # fmt: skip


def answered(answer: str, who: str | None, after_min: float) -> Answered:
    return Answered(answer, "maintainer" if who else "attendant", who, NOW + timedelta(minutes=after_min))


def asked(*answers: Answered, closed: bool = False) -> Asked:
    return replace(ASKED, answers=newest_first(answers), closed_at=NOW + timedelta(hours=1) if closed else None)


@pytest.mark.parametrize(
    ("question", "answer", "refused"),
    [
        (asked(), "no", None),
        (asked(), "maybe", Refusal.NO_SUCH_CHOICE),
        (asked(closed=True), "no", Refusal.CLOSED),
        (asked(answered("no", "李", 1)), "yes", None),
        (asked(answered("no", "王", 1)), "yes", None),
        (asked(answered("no", "王", 1), closed=True), "yes", Refusal.CLOSED),
        (asked(answered("no", "王", 1), closed=True), "no", None),
        (asked(answered("no", "王", 1), answered("yes", None, 2), closed=True), "no", Refusal.CLOSED),
    ],
)
def test_an_answer_is_taken_while_the_rule_asks_and_a_second_tap_is_no_mistake(
    question: Asked, answer: str, refused: Refusal | None
) -> None:
    assert refusal(question, answer, "王") is refused


def test_the_same_word_after_somebody_elses_says_something_again() -> None:
    assert repeated(asked(answered("no", "王", 1)), "no", "王")
    assert not repeated(asked(answered("no", "王", 1), answered("yes", "李", 2)), "no", "王")
    assert not repeated(asked(answered("no", None, 1)), "no", "王")


def test_a_question_waits_until_answered_and_is_overdue_after_its_time() -> None:
    assert asked().waiting
    assert not asked().overdue(NOW + timedelta(minutes=30))
    assert asked().overdue(NOW + timedelta(minutes=31))
    assert not asked(answered("yes", "王", 5)).overdue(NOW + timedelta(hours=2))
    assert asked(answered("yes", "王", 5)).open


def test_what_is_due_first_stands_first() -> None:
    late = replace(ASKED, id="q-2", due=NOW + timedelta(hours=5))
    done = replace(asked(answered("no", "王", 1)), id="q-3")
    assert [one.id for one in waiting_first([done, late, ASKED])] == ["q-1", "q-2", "q-3"]


def test_an_answer_of_no_known_choice_is_shown_as_it_was_said() -> None:
    assert ASKED.label("no").en == "Broken"
    assert ASKED.label("off").en == "off"
    assert answered("no", None, 1).role.zh == "值守人员"
    assert replace(answered("no", None, 1), by="guest").role.zh == "guest"
