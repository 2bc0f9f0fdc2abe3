from datetime import timedelta

import pytest

from kiosk import words
from kiosk.sight import Sight
from shared.settings_message import OpenAlert
from shared.states import State
from shared.text import Text
from tests.kiosk.station import NOW, board, facility, told


def test_in_use_is_busy_and_not_broken() -> None:
    [shown] = Sight(NOW, board([facility("microwave-1", busy=True)])).facilities
    assert (shown.word, shown.look) == (words.IN_USE, "busy")


def test_a_broken_one_stays_broken_though_it_draws_power() -> None:
    [shown] = Sight(NOW, board([facility("microwave-1", State.DOWN, busy=True)])).facilities
    assert shown.look == "down"


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_word_a_shape_and_a_colour(state: State) -> None:
    [shown] = Sight(NOW, board([facility(state=state)])).facilities
    assert shown.word.zh
    assert shown.word.en
    assert shown.shape
    assert shown.look == state.value


@pytest.mark.parametrize(
    ("age", "look"),
    [(timedelta(seconds=119), "ok"), (timedelta(seconds=121), "unknown"), (timedelta(days=3), "unknown")],
)
def test_old_data_are_unknown_with_the_last_reading_beside(age: timedelta, look: str) -> None:
    [shown] = Sight(NOW + age, board([facility(cabinet_temperature=4.2)])).facilities
    assert shown.look == look
    if look == "unknown":
        assert shown.value is None
        assert shown.note == Text("最后：正常", "Last: Works")
    else:
        assert shown.value == "4°C"


def test_what_is_not_counted_is_said_in_a_workers_word() -> None:
    [shown] = Sight(NOW, board([facility(state=State.EXCLUDED)])).facilities
    assert shown.word == Text("暂停使用", "Paused")


def test_a_board_from_the_future_has_no_age_and_does_not_hold() -> None:
    sight = Sight(NOW - timedelta(hours=1), board())
    assert sight.age_s is None
    assert not sight.fresh
    assert sight.age == words.UNKNOWN_AGE


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(minutes=59), "59 分钟前"),
        (timedelta(hours=47, minutes=59), "47 小时前"),
        (timedelta(days=7, hours=3), "7 天前"),
    ],
)
def test_an_age_is_told_in_the_unit_people_count_it_in(age: timedelta, said: str) -> None:
    assert Sight(NOW + age, board()).age.zh == said


@pytest.mark.parametrize(("value", "shown"), [(0.0, "0°C"), (-0.3, "0°C"), (-0.6, "-1°C"), (4.4, "4°C")])
def test_zero_degrees_is_a_value_and_has_no_sign(value: float, shown: str) -> None:
    assert Sight(NOW, board([facility(cabinet_temperature=value)])).facilities[0].value == shown


def test_an_old_board_does_not_say_online() -> None:
    assert Sight(NOW, board()).online
    assert Sight(NOW + timedelta(seconds=15), board()).online
    assert not Sight(NOW + timedelta(seconds=25), board()).online
    assert not Sight(NOW, board(online=False)).online
    assert not Sight(NOW).online


def test_what_is_done_about_a_fault_comes_before_why() -> None:
    broken = facility("outlets-1", State.DOWN, why=Text("跳闸", "Tripped"))

    def note(*alerts: OpenAlert) -> Text | None:
        return Sight(NOW, board([broken]), told(alerts=alerts)).facilities[0].note

    assert note() == Text("跳闸", "Tripped")
    assert note(OpenAlert(facility="outlets-1", opened_at=NOW)) == Text("已知故障 09:00", "Noticed 09:00")
    said = OpenAlert(facility="outlets-1", subject="outlets-1", opened_at=NOW)
    assert note(said) == Text("已报修 09:00", "Reported 09:00")
    assert note(OpenAlert(facility="outlets-1", opened_at=NOW, acknowledged=True)) == words.TAKEN_UP
    promised = OpenAlert(facility="outlets-1", opened_at=NOW, promised_at=NOW + timedelta(hours=5))
    assert note(promised) == Text("预计 14:00 前修好", "To be repaired by 14:00")


def test_without_anything_there_is_still_a_name_a_hotline_and_the_seven() -> None:
    sight = Sight(NOW)
    assert sight.name == words.NO_NAME
    assert sight.hotline == "12351"
    assert len(sight.occupations) == 8
    assert sight.facilities == []
