"""How values are written."""

from datetime import UTC, datetime, timedelta

import pytest

from hub import formats
from hub.health import measures
from hub.health.words import rule_name

AT = datetime(2026, 7, 15, 22, 5, tzinfo=UTC)
"""06:05 of the next day in Shanghai."""


def test_times_are_those_of_the_stations():
    assert formats.moment(AT, language="zh") == "7月16日 06:05"
    assert formats.moment(AT, language="en") == "16 Jul 06:05"
    assert formats.weekday(AT, language="zh") == "周四"
    assert formats.iso(AT) == "2026-07-15T22:05:00Z"


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "0 分钟", "0 min"), (0.9, "0 分钟", "0 min"), (59, "59 分钟", "59 min"), (60, "1 小时", "1 h"),
        (192, "3 小时 12 分钟", "3 h 12 min"), (1440, "1 天", "1 d"), (1501, "1 天 1 小时", "1 d 1 h"),
        (-5, "0 分钟", "0 min"),
    ],
)  # fmt: skip
def test_spans_show_their_two_largest_parts(minutes, zh, en):
    assert formats.span(minutes, language="zh") == zh
    assert formats.span(minutes, language="en") == en


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-30, "just now"), (5, "just now"), (47, "40 s ago"), (75, "1 min ago"), (7300, "2 h 1 min ago")],
)
def test_how_long_ago(seconds, said):
    assert formats.ago(AT, AT + timedelta(seconds=seconds), language="en") == said


def test_values_carry_their_unit_and_catalogue_name():
    assert formats.measured(13.42, "cabinet_temperature") == "13.4 ℃"
    assert formats.measured(-3, "outdoor_temperature") == "−3.0 ℃"
    assert formats.measured(14400, "energy") == "14\u2009400 Wh"
    assert formats.measured(0.5, "never_heard_of") == "0.5"
    assert formats.quantity_label("voltage.2", language="zh") == "电压 2"
    assert formats.quantity_label("never_heard_of", language="zh") == "never_heard_of"


@pytest.mark.parametrize(
    ("name", "value", "label", "said"),
    [
        ("legal_limit", 8.0, "食品温度上限", "8.0 ℃"),
        ("run_on_duty", 0.95, "运转占比上限", "95 %"),
        ("cabinet_temperature", 13.42, "箱内温度", "13.4 ℃"),
        ("voltage.2", 0.0, "电压 2", "0.0 V"),
        ("inverter", True, "变频", "true"),
        ("door_most", 60.0, "开门最长不计", "60 min"),
        ("not_in_the_list", 60.0, "not in the list", "60"),
        ("dead", 0.0, "无电插座", "0"),
    ],
)
def test_figures_and_thresholds_have_names_and_units(name, value, label, said):
    assert measures.measure(name).label.zh == label
    assert measures.shown(name, value) == said


@pytest.mark.parametrize(
    ("rule", "name"), [("FR2", "不制冷"), ("FR2H", "不制冷"), ("FR0P", "压缩机循环正常"), ("X9", "")]
)
def test_rules_have_names(rule, name):
    assert rule_name(rule).zh == name
