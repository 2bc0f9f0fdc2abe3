"""You said, we did; what is coming; what the station has to say; and pages for what is longer than its place."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert
from textual.content import Content

from kiosk import words
from kiosk.paging import PAGE_S, page_at, pages
from kiosk.sight import Sight
from shared.opening import Closure, Opening
from shared.settings_message import MaintenanceWindow, Repaired
from shared.states import State
from shared.text import Text
from tests.kiosk.station import NOW, board, facility, told

HOUR = timedelta(hours=1)


def repaired(facility: str, days: float, reports: int = 0, by_person: bool = True, **more: str) -> Repaired:
    at = NOW - timedelta(days=days)
    told = {"facility": facility, "opened_at": at - HOUR, "repaired_at": at, "reports": reports, "by_person": by_person}
    return convert(told | more, Repaired)


def test_what_people_said_and_what_was_done_newest_first_for_seven_days() -> None:
    settings = told(repaired=[repaired("fridge-1", 8), repaired("microwave-1", 2, 3), repaired("fridge-1", 1)])
    assert Sight(NOW, board(), settings).done == [
        Text("冰箱 11-19 已修好", "Fridge: repaired 11-19"),
        Text("3 人说微波炉有问题，11-18 已修好", "3 said Microwave had a fault: repaired 11-18"),
    ]


@pytest.mark.parametrize(
    ("subject", "problem", "zh", "en"),
    [
        ("microwave-1", "not_hot", "2 人反映微波炉“不加热”，11-19 已解决",
         '2 said of Microwave "Does not heat": solved 11-19'),
        ("drinking_water-1", "no_cups", "2 人反映饮用水“缺纸杯”，11-19 已解决", None),
        ("door", "other", "2 人说门有问题，11-19 已修好", "2 said Door had a fault: repaired 11-19"),
        ("network", "slow", "2 人反映网络“网速慢”，11-19 已解决", '2 said of Network "Slow": solved 11-19'),
        ("other", "no_supplies", "2 人反映其他地方“缺纸杯、纸巾等”，11-19 已解决", None),
        ("microwave-1", "sings", "2 人说微波炉有问题，11-19 已修好", None),
    ],
)  # fmt: skip
def test_people_read_what_they_said(subject: str, problem: str, zh: str, en: str | None) -> None:
    (said,) = Sight(NOW, board(), told(repaired=[repaired(subject, 1, 2, problem=problem)])).done
    assert said.zh == zh
    assert en is None or said.en == en


def test_what_the_readings_alone_end_was_repaired_by_nobody() -> None:
    (said,) = Sight(NOW, board(), told(repaired=[repaired("fridge-1", 1, by_person=False)])).done
    assert said == Text("冰箱 11-19 恢复正常", "Fridge: works again since 11-19")


def test_of_an_earlier_hub_no_more_is_said_than_it_says_and_of_a_later_one_the_rest_is_heeded() -> None:
    at = (NOW - timedelta(days=1)).isoformat()
    old = {"facility": "fridge-1", "opened_at": at, "repaired_at": at, "reports": 3}
    assert Sight(NOW, board(), told(repaired=[old])).done[0].zh == "3 人说冰箱有问题，11-19 恢复正常"
    later = told(repaired=[old | {"by_whom": "x"}], weather="rain")
    assert Sight(NOW, board(), later).done == Sight(NOW, board(), told(repaired=[old])).done


def test_a_facility_that_is_not_on_the_board_is_called_by_its_kind() -> None:
    assert Sight(NOW, None, told(repaired=[repaired("fridge-2", 1)])).done[0].zh == "冰箱 11-19 已修好"
    assert Sight(NOW, None, told(repaired=[repaired("sauna-2", 1)])).done[0].zh == "sauna-2 11-19 已修好"


def test_work_now_stands_on_the_plate_and_work_to_come_among_the_news() -> None:
    now = MaintenanceWindow(facility="fridge-1", start=NOW - HOUR, end=NOW + HOUR)
    later = MaintenanceWindow(start=NOW + 2 * HOUR, end=NOW + 3 * HOUR)
    tomorrow = MaintenanceWindow(start=NOW + 20 * HOUR, end=NOW + 21 * HOUR)
    sight = Sight(NOW, board([facility("fridge-1", State.EXCLUDED)]), told(maintenance=[now, tomorrow, later]))
    assert sight.facilities[0].note == Text("维护中，至 10:00", "Maintenance until 10:00")
    assert [text.zh for text in sight.news] == ["11:00 起维护：全站"]


def test_work_of_several_days_ends_on_a_day() -> None:
    days = MaintenanceWindow(facility="fridge-1", start=NOW - HOUR, end=NOW + timedelta(days=3))
    sight = Sight(NOW, board([facility("fridge-1", State.EXCLUDED)]), told(maintenance=[days]))
    assert sight.facilities[0].note == Text("维护中，至 11-23 09:00", "Maintenance until 11-23 09:00")


def test_notices_are_told() -> None:
    assert Sight(NOW, board(), told(notices=[Text("周日消毒", "Disinfection")])).news[0].zh == "周日消毒"


def test_closed_hours_are_said_unless_nobody_knows_the_hour() -> None:
    shut = told(opening=Opening(start="12:00", end="17:00"))
    assert Sight(NOW, board(), shut).closed == Text(
        "现在不在开放时间（12:00–17:00）", "Closed at this hour (open 12:00–17:00)"
    )
    assert Sight(NOW, board(), shut, dated=False).closed is None
    assert Sight(NOW, board(), told()).closed is None
    assert Sight(NOW, board()).closed is None


@pytest.mark.parametrize(
    "opening",
    [Opening(weekdays=[0, 1, 2, 3]), Opening(closures=[Closure(first=date(2026, 11, 19), last=date(2026, 11, 20))])],
)
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_on_a_day_it_does_not_open_no_hours_are_told(opening: Opening, hour: int) -> None:
    """A Friday."""
    at = NOW + (hour - 9) * HOUR
    assert Sight(at, board(at=at), told(opening=opening)).closed == words.CLOSED_TODAY


def test_a_promise_that_has_passed_is_not_repeated() -> None:
    alerts = [{"facility": "fridge-1", "opened_at": NOW - HOUR, "promised_at": NOW - HOUR / 2}]
    assert Sight(NOW, board(), told(alerts=alerts)).known("fridge-1") == Text(
        "已过预计时间 08:30", "Overdue since 08:30"
    )


def test_a_promise_for_another_day_says_which() -> None:
    alerts = [{"facility": "fridge-1", "opened_at": NOW - 30 * HOUR, "promised_at": NOW + 24 * HOUR}]
    known = Sight(NOW, board(), told(alerts=alerts)).known("fridge-1")
    assert known is not None
    assert known.zh == "预计 11-21 09:00 前修好"


@given(st.lists(st.text("一二三abc 。", max_size=60), max_size=12), st.integers(4, 40), st.integers(1, 6))
def test_pages_hold_everything_in_their_width_and_rows(texts: list[str], width: int, rows: int) -> None:
    shown = pages(texts, width, rows)
    assert all(len(page) <= rows for page in shown)
    assert all(Content(line).cell_length <= width for page in shown for line in page)
    letters = "".join("".join(texts).split())
    assert "".join("".join(line for page in shown for line in page).split()) == letters


def test_pages_take_turns() -> None:
    shown = pages(["a", "b", "c"], 10, 1)
    assert [page_at(shown, turn * PAGE_S) for turn in range(4)] == [0, 1, 2, 0]
