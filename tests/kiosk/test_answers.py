import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.answers import Tap, as_pressed, check_in, fault, feedback, offered, problems_of
from shared.choice import Choice
from shared.facility import DANGER, DOOR, ELSEWHERE, NETWORK, Problem, kinds
from shared.settings_message import OCCUPATIONS
from shared.text import Text


def test_a_check_in_is_one_tap_without_a_name() -> None:
    assert check_in("courier", [], 100.0).model_dump() == {
        "type": "checkin",
        "occupation": "courier",
        "method": "tap",
        "visitor": None,
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


@pytest.mark.parametrize("subject", [DOOR, NETWORK, ELSEWHERE])
def test_what_is_not_a_facility_can_be_reported_too(subject: str) -> None:
    assert problems_of(subject)


def test_of_the_room_supplies_hygiene_and_hazards_can_be_said() -> None:
    elsewhere = [problem.id for problem in problems_of(ELSEWHERE)]
    assert elsewhere[:2] == ["danger", "hazard"]
    assert {"dirty", "no_supplies", "no_water"} <= set(elsewhere)
    assert {"no_water", "no_cups"} <= {problem.id for problem in problems_of("drinking_water-1")}


def test_where_water_has_its_own_tile_the_room_is_not_asked_for_it() -> None:
    assert "no_water" not in [problem.id for problem in problems_of("room-1", {"drinking_water"})]
    assert "no_water" in [problem.id for problem in problems_of("drinking_water-1", {"drinking_water"})]


@given(st.lists(st.floats(0, 1000), max_size=30))
def test_a_face_is_marked_exactly_when_it_is_one_of_more_than_four_in_a_minute(earlier: list[float]) -> None:
    recent = [at for at in earlier if 1000 - at < 60]
    assert as_pressed(feedback(3), earlier, 1000.0).burst is (len(recent) >= 4)


def test_a_report_says_whether_there_is_danger() -> None:
    assert fault("microwave-1", DANGER).danger
    assert not fault("microwave-1", Problem("dirty", Text("很脏", "Dirty"))).danger
