import pytest

from kiosk import answers
from kiosk.answers import Tap, check_in, fault, feedback, offered, problems_of
from shared.facility import DANGER, Problem, kinds
from shared.fields import Choice
from shared.settings_message import OCCUPATIONS
from shared.text import Text


def test_a_check_in_is_one_tap_without_a_name() -> None:
    assert check_in("courier", [], 100.0).model_dump() == {
        "type": "checkin",
        "occupation": "courier",
        "method": "tap",
        "burst": False,
    }


@pytest.mark.parametrize(
    ("earlier", "burst"),
    [
        ([Tap("courier", 50)] * 2, False),
        ([Tap("courier", 50)] * 3, True),
        ([Tap("courier", 40)] * 3, False),
        ([Tap("sanitation", 50)] * 3, False),
        ([Tap(str(n), -190) for n in range(7)], False),
        ([Tap(str(n), -190) for n in range(8)], True),
        ([Tap(str(n), -200) for n in range(8)], False),
    ],
    ids=["two", "three in a minute", "a minute ago", "others", "seven", "eight in five minutes", "long ago"],
)
def test_many_in_a_short_time_are_marked_and_kept(earlier: list[Tap], burst: bool) -> None:
    assert check_in("courier", earlier, 100.0).burst is burst


def test_the_regulations_seven_and_everybody_else_fit() -> None:
    assert [choice.label.zh for choice in offered(OCCUPATIONS)] == [
        "环卫工", "快递员", "协管员", "送餐员", "出租车司机", "物流驾驶员", "交警辅警", "其他",
    ]  # fmt: skip


def test_too_many_occupations_keep_the_last_which_is_other() -> None:
    many = [Choice(id=f"o{n}", label=Text(f"职业{n}", f"Job {n}")) for n in range(20)]
    assert [choice.id for choice in offered(many)] == [*(f"o{n}" for n in range(11)), "o19"]


def test_reasons_keep_the_order_of_the_screen_and_their_own_words() -> None:
    assert feedback(1, {"water", "cleanliness", "nonsense"}).tags == ["cleanliness", "water"]
    assert feedback(4).tags == []


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_danger_comes_first_for_every_kind(kind: str) -> None:
    problems = problems_of(f"{kind}-1")
    assert problems[0].danger
    assert len({problem.id for problem in problems}) == len(problems)


@pytest.mark.parametrize("subject", [answers.DOOR, answers.NETWORK, answers.ELSEWHERE])
def test_what_is_not_a_facility_can_be_reported_too(subject: str) -> None:
    assert problems_of(subject)


def test_a_report_says_whether_there_is_danger() -> None:
    assert fault("microwave-1", DANGER).danger
    assert not fault("microwave-1", Problem("dirty", Text("很脏", "Dirty"))).danger
