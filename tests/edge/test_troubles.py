"""What a station says of its own troubles: each has its sentence in both languages, and a well one has none."""

from typing import Any

import pytest

from edge.troubles import MOST_TROUBLES, Signs, troubles
from shared.moment import ClockQuality
from shared.span import spoken
from shared.text import Text
from tests.edge.doctor.test_findings import device, settings, status

WELL: dict[str, Any] = {"clock": ClockQuality.SYNCED, "lasts_h": 700.0, "aside": 0, "disk_free": 20 * 1024**3}


def told(said: dict[str, Any], signs: dict[str, Any]) -> list[Text]:
    return troubles(settings(), status(**said), Signs(**WELL | signs))


def test_a_well_station_has_none() -> None:
    assert told({}, {}) == []


def test_one_that_just_started_has_none() -> None:
    young = [device(name, answers=0, recent_answers=0, answered_s=None) for name in ("meter", "radar")]
    assert told({"devices": young, "silent_s": None, "running_s": 5.0}, {"lasts_h": None}) == []


@pytest.mark.parametrize(
    ("said", "signs", "zh", "en"),
    [
        ({"ports": {"/dev/bus-a": False}}, {}, "接口 /dev/bus-a", "Port /dev/bus-a cannot be opened"),
        (
            {"devices": [device("meter", answered_s=600.0)]}, {},
            "meter 已 10 分钟没有回答", "meter has not answered for 10 min",
        ),
        (
            {"devices": [device("meter", answered_s=None, failures={"silence": 34})]}, {},
            "meter 一直没有回答", "meter has never answered",
        ),
        (
            {"devices": [device("meter", recent_answers=80, recent_failures={"garbled": 20})]}, {},
            "20% 的询问没有读数", "20% of questions fail",
        ),
        ({}, {"clock": ClockQuality.WRONG}, "时钟不对", "clock is wrong"),
        ({}, {"clock": ClockQuality.PLAUSIBLE}, "时钟没有对时", "not synchronised"),
        ({"connected": False}, {}, "连不上中心", "cannot be reached"),
        ({"hub_says": False}, {}, "中心暂时停机", "hub is away"),
        ({"unanswered_s": 7200.0}, {}, "中心已 2 小时没有确认收到", "confirmed nothing for 2 h"),
        ({"not_kept": True}, {}, "存储已满", "store is full"),
        ({}, {"lasts_h": 12.6}, "只够 13 小时", "lasts only 13 h"),
        ({}, {"aside": 2}, "2 条记录", "2 records"),
        ({"forgotten": ["judge"]}, {}, "判断已从头开始", "judging began anew"),
        ({}, {"disk_free": 100 * 1024**2}, "磁盘只剩 100 MB", "Only 100 MB"),
    ],
)  # fmt: skip
def test_each_trouble_has_its_sentence(said: dict[str, Any], signs: dict[str, Any], zh: str, en: str) -> None:
    [trouble] = told(said, signs)
    assert zh in trouble.zh
    assert en in trouble.en


def test_what_hangs_on_a_lost_port_is_not_told_again() -> None:
    lost = {"ports": {"/dev/bus-a": False}, "devices": [device("meter", answered_s=600.0)]}
    assert len(told(lost, {})) == 1


def test_more_than_fit_are_counted() -> None:
    everything = {
        "ports": {f"/dev/p{n}": False for n in range(7)}, "connected": False, "not_kept": True, "forgotten": ["judge"],
    }  # fmt: skip
    found = told(everything, {"clock": ClockQuality.WRONG})
    assert len(found) == MOST_TROUBLES
    assert found[-1] == Text("还有 4 处", "and 4 more")


@pytest.mark.parametrize(
    ("seconds", "zh"),
    [(-5, "不到 1 分钟"), (59, "不到 1 分钟"), (120, "2 分钟"), (7200, "2 小时"), (86_400 * 5, "5 天")],
)
def test_how_long_is_said_in_the_unit_that_fits(seconds: float, zh: str) -> None:
    assert spoken(seconds).zh == zh
