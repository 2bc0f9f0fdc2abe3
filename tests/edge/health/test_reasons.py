"""What a reason says agrees with what decided it, also while the rule still waits for its exit."""

import re
from collections.abc import Callable

import pytest

from edge.health.options import rule_sets
from edge.health.reasons.spans import ago
from edge.health.verdict import Asked
from shared.states import State
from tests.edge.health import test_air_conditioner as unit
from tests.edge.health import test_drinking_water as water
from tests.edge.health import test_fridge_evidence as fridge
from tests.edge.health import test_microwave as oven
from tests.edge.health import test_outlets as outlets
from tests.edge.play import HOUR, Play, Signal, ramp

MINUTE = 60.0
ZERO = re.compile(r"(?<![\d.])0(\.0)? ?(小时|分钟|天|次|个|A|K|%|h|min)(?![a-z])")
REQUESTS = ("请", "lease", "？", "?")


def fridge_at(hours: float, power: Signal, inside: Signal) -> Play:
    wired = {"power": power, "voltage": fridge.mains, "cabinet_temperature": inside}
    return fridge.fridge("door_open", "relay_on").run(hours * HOUR, wired)


def air(play: Play, hours: float, inside: Signal, power: Signal = 112.0) -> Play:
    return play.run(hours * HOUR, {"power": power, "voltage": fridge.mains, "cabinet_temperature": inside})


def faded(*uses: float) -> Play:
    play = oven.cook(oven.fresh(), oven.FULL, 20)
    for share in uses:
        oven.cook(play, share * oven.FULL)
    return play


def dead_socket() -> Play:
    dead: dict[str, Signal] = {**outlets.sockets(2), "voltage.1": 0.0, "mains_lost": 0.0}
    return outlets.outlets(2, "mains_lost").run(5 * MINUTE, dead)


def loaded(ampere: float, minutes: float) -> Play:
    heavy = {**outlets.sockets(2), "current.1": ampere, "power.1": 220 * ampere}
    return outlets.outlets(2).run(minutes * MINUTE, heavy)


def denied(play: Play, signals: dict[str, Signal]) -> Play:
    play.judge.state(play.facility, "no", play.now, play.now)
    return play.run(MINUTE, signals)


NOT_HEATED: dict[str, Signal] = {**water.WAITING, "hot_water_temperature": ramp(85, -20)}
BOILING: dict[str, Signal] = {"power": 900.0, "voltage": 225.0, "hot_water_temperature": 99.4}
OFF_BOIL: dict[str, Signal] = {**water.WAITING, "hot_water_temperature": 95.0}

WAITING: list[tuple[str, Callable[[], Play], str, str]] = [
    ("FR2C", lambda: air(fridge_at(5, 112.0, fridge.cycling(11)), 0.7, fridge.cycling(5)),
     "食品约 8.8℃（推算），箱内 5.8℃，上限 8℃", "回到上限内"),
    ("FR2C", lambda: air(fridge_at(5, 112.0, fridge.cycling(11)), 1.2, fridge.cycling(5)), "；已回到上限内", "偏热"),
    ("FR3", lambda: air(fridge_at(6, 2.0, ramp(4.5, 1)), 0.05, 10.4), "停机过久，箱内 10", "未启动"),
    ("FR4", lambda: air(fridge_at(5, 112.0, ramp(6.8, 0.2)), 0.02, 7.5, 2.0), "几乎不停机，箱内仍有 7", "连续运行"),
    ("WD2T", lambda: water.with_tank().run(2 * HOUR, NOT_HEATED).run(60, {**NOT_HEATED, "hot_water_temperature": 61.2}),
     "现 61.2℃，尚待稳定在 62℃", "应达"),
    ("WD3", lambda: water.water().run(5 * HOUR, water.HEATING).run(40 * MINUTE, BOILING).run(60, water.WAITING),
     "曾长时间连续加热", "分钟"),
    ("WD3B", lambda: water.with_tank().run(12 * MINUTE, BOILING).run(60, OFF_BOIL),
     "曾长时间加热", "分钟"),
    ("AC3", lambda: unit.proved(1).run(40 * MINUTE, unit.blowing(2, 31)).run(5 * MINUTE, unit.resting(31)),
     "此前运行时不制冷也不制热", "温差"),
    ("AC3", lambda: Play("air_conditioner", ["power", "room_temperature"])
     .run(3 * HOUR, {"power": 900.0, "room_temperature": 32.0}).run(60, {"power": 2.0, "room_temperature": 32.0}),
     "此前运行时室温不下降", "分钟"),
    ("AC3P", lambda: unit.proved(1).run(20 * MINUTE, unit.blowing(11)).run(HOUR, unit.blowing(0.2)),
     "突然变成室温", "已按需要变化"),
    ("AC3P", lambda: unit.proved(1).run(25 * MINUTE, unit.falling(25 * MINUTE)), "室温已按需要变化 1.", "突然"),
    ("AC3P", lambda: unit.proved(1).run(25 * MINUTE, unit.falling(25 * MINUTE)).run(HOUR, unit.resting()),
     "测到的是室内空气", "变化"),
    ("AC4", lambda: unit.proved(13).run(40 * MINUTE, unit.blowing(5.5)),
     "制冷明显不足：出风温差 5.5 K，是平常的 50%", "偏弱"),
    ("AC4", lambda: unit.proved(13).run(40 * MINUTE, unit.blowing(7.7)), "制冷偏弱", "明显"),
    ("AC4", lambda: unit.proved(13).run(40 * MINUTE, unit.blowing(-7, 17)),
     "制热明显不足：出风温差 7.0 K，是应有的", "平常"),
    ("AC4", lambda: unit.proved(13).run(40 * MINUTE, unit.blowing(5.5)).run(HOUR, unit.resting()),
     "此前运行时制冷（热）明显不足", "温差"),
    ("AC6", lambda: unit.proved(1).run(70 * MINUTE, unit.resting(31)).run(HOUR, unit.resting(25)),
     "现为 25.0℃", "室温 25.0℃，高于"),
    ("AC6", lambda: unit.proved(1).run(70 * MINUTE, unit.resting(10)), "室温 10.0℃，低于 12℃", "高于"),
    ("AC6L", lambda: unit.thermostat(unit.unit()).run(4 * HOUR, unit.resting(27.5)).run(HOUR, unit.resting(24)),
     "室温 24.0℃，此前到了以往启动的温度", "制热"),
    ("MW4D", lambda: faded(0.8, 0.75), "最近 2 次 1046 W，最初 1348 W", "最近 134"),
    ("MW4", lambda: faded(0.65, 0.65, 0.65), "功率过低，加热不足：最近 876 W", "衰减"),
    ("OUT4", lambda: loaded(11.6, 3).run(90, outlets.sockets(2)), "刚才过载，现为 0.0 A", "起火"),
    ("OUT4L", lambda: loaded(8.2, 40), "持续高负荷：8.2 A，超过额定 10 A 的 80%", "过载"),
    ("OUT4L", lambda: loaded(8.2, 40).run(90, outlets.sockets(2)), "刚才持续高负荷", "超过"),
    ("OUT6", lambda: dead_socket().run(45, {**outlets.sockets(2), "mains_lost": 0.0}, 10), "刚恢复供电", "没有电"),
    ("OUT3", lambda: outlets.outlets(2).run(15 * MINUTE, outlets.sockets(2, 242.0)).run(8 * MINUTE, outlets.sockets(2)),
     "刚回到范围内", "24"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "story", "says", "without"), WAITING, ids=[f"{row[0]} {row[2]}" for row in WAITING])
def test_a_reason_agrees_with_what_decided_it(rule: str, story: Callable[[], Play], says: str, without: str) -> None:
    standing = story().standing
    assert standing.rule == rule
    assert standing.state is not State.OK
    assert says in standing.why.zh
    assert without not in standing.why.zh
    if not rule.startswith("OUT4"):  # a load that is gone is nought, honestly
        assert not ZERO.search(standing.why.zh), standing.why.zh
        assert not ZERO.search(standing.why.en), standing.why.en


def test_figures_and_words_of_a_doubt_are_of_the_same_uses() -> None:
    doubt = faded(0.8, 0.75).changes[-1].verdict
    assert doubt.values["low_uses"] == 2
    assert f"{doubt.values['lately']:.0f} W" in doubt.why.zh
    sure = faded(0.65, 0.65, 0.65).changes[-1].verdict
    assert sure.values["low_uses"] == 3
    assert f"{sure.values['lately']:.0f} W" in sure.why.zh


def test_food_that_is_warm_is_named_where_the_air_is_not() -> None:
    said = air(fridge_at(5, 112.0, fridge.cycling(11)), 0.7, fridge.cycling(5)).standing.why
    food, inside, limit = (float(figure) for figure in re.findall(r"[\d.]+", said.zh))
    assert said.zh.startswith("不制冷")
    assert inside < limit < food


def test_it_warms_only_where_it_does() -> None:
    level = lambda second: 8.5 + second % 900 / 9000  # noqa: E731 a signal is a value here
    play = fridge_at(3.5, 2.0, ramp(4.5, 1.0))
    assert "升温" in play.standing.why.zh
    assert "升温" not in air(play, 2, level, 2.0).standing.why.zh
    assert play.standing.rule == "FR3"


def leaked() -> Play:
    play = water.water("leak").run(5 * HOUR, {**water.HEATING, "leak": 0.0}).run(HOUR, {**water.HEATING, "leak": 1.0})
    return play.run(HOUR, {**water.HEATING, "leak": 0.0})


@pytest.mark.parametrize(
    ("story", "signals", "answer"),
    [
        (leaked, {**water.WAITING, "leak": 0.0}, "还在漏"),
        (lambda: oven.cook(oven.proved(1), 90), oven.STANDBY, "没有热"),
        (lambda: unit.proved(1).run(70 * MINUTE, unit.resting(31)), unit.resting(31), "坏了"),
    ],
)
def test_after_a_no_the_answer_stands_and_nobody_is_asked_to_look(
    story: Callable[[], Play], signals: dict[str, Signal], answer: str
) -> None:
    standing = denied(story(), signals).standing
    assert standing.state is State.DOWN
    assert standing.why.zh == f"现场人员答：{answer}"
    assert not any(request in standing.why.zh + standing.why.en for request in REQUESTS)


def test_central_air_is_withoutasked_to_be_switched_on() -> None:
    play = Play("air_conditioner", ["room_temperature"], central=True).run(3 * HOUR, {"room_temperature": 31.0})
    asks = [said.ask for said in play.said if isinstance(said, Asked)]
    assert [ask.text.zh for ask in asks] == ["室温过热或过冷：中央空调能用吗？"]


@pytest.mark.parametrize(("seconds", "zh"), [(5, "刚刚"), (3000, "50 分钟前"), (9000, "2 小时前"), (3e5, "3 天前")])
def test_nothing_is_nought_days_ago(seconds: float, zh: str) -> None:
    assert ago(seconds)[0] == zh


def test_a_socket_is_named_by_its_number() -> None:
    speaking = {name: signal for name, signal in outlets.sockets(2).items() if not name.endswith("2")}
    standing = outlets.outlets(2).run(HOUR, speaking).standing
    assert standing.rule == "SV1"
    assert re.match(r"2 号插座的\S+没有数据", standing.why.zh)
    assert "socket 2" in standing.why.en
    assert "1 socket live" in outlets.outlets(1).standing.why.en


def test_every_question_can_be_understood_alone() -> None:
    asks = {rule.asks for rules in rule_sets().values() for rule in rules.rules if rule.asks is not None}
    assert len(asks) > 5
    for ask in asks:
        assert ask.text.zh.endswith("？")
        assert ask.text.en.endswith("?")
        assert not ask.text.en.startswith("It "), "a question names what it asks about"
