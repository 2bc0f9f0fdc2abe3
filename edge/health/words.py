"""Verdicts that no rule of a kind gives: heard nothing, sensor at fault, power cut, all well."""

from dataclasses import replace
from typing import Any

from edge.health.channel import Channel
from edge.health.latch import Latch
from edge.health.limits import Limits
from edge.health.verdict import Verdict
from shared.quantities import QUANTITIES
from shared.states import Cause, Grade, State
from shared.text import Text

_FAULTS = {
    "SV1": Text("没有数据", "says nothing"),
    "SV3": Text("读数长时间不变", "has not moved for hours"),
    "SV4": Text("读数不可信", "gives impossible values"),
}


def unheard(channels: list[Channel]) -> Verdict:
    """Silence is unknown, whatever was before."""
    names = [QUANTITIES[name].label for name in sorted({channel.plain for channel in channels})]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en.lower() for name in names)
    return Verdict(
        State.UNKNOWN,
        None,
        1,
        None,
        Grade.E0,
        Text(f"没有收到{zh}数据", f"nothing heard of {en}" if en else "nothing heard"),
    )


def unproven() -> Verdict:
    """Samples come, but they show nothing either way."""
    return Verdict(
        State.UNKNOWN,
        None,
        1,
        None,
        Grade.E0,
        Text("有数据，但看不出是否通电", "samples come, but do not show that it is energised"),
    )


def sensor_fault(rule: str, channel: Channel) -> Verdict:
    """The deciding channel cannot be believed: neither ok nor down."""
    label, fault = QUANTITIES[channel.plain].label, _FAULTS[rule]
    socket = channel.name.removeprefix(channel.plain)
    return Verdict(
        State.UNKNOWN,
        rule,
        1,
        Cause.SENSOR_FAULT,
        Grade.E0,
        Text(f"{label.zh}{socket}传感器{fault.zh}", f"the sensor of {label.en.lower()}{socket} {fault.en}"),
        values={} if channel.value is None else {channel.name: channel.value},
        needs=frozenset({channel.plain}),
        reasons=(rule,),
    )


def power_cut() -> Verdict:
    """OUT7: the mains are lost for the whole station; nobody's fault."""
    return Verdict(
        State.EXCLUDED,
        "OUT7",
        1,
        Cause.POWER_CUT,
        Grade.E2,
        Text("全站停电，不计入", "power cut of the whole station, not counted"),
        reasons=("OUT7",),
    )


def fine(grade: Grade, evidence: Text) -> Verdict:
    """Nothing is wrong, and something says that it works."""
    return Verdict(State.OK, None, 1, None, grade, evidence)


def suspected(latch: Latch, sense: Any, limits: Limits) -> Verdict:
    """A rule is not yet sure: until it is, nobody can say that it works."""
    why = latch.rule.why(sense, limits)
    return replace(
        of_latch(latch, sense, limits, ()),
        state=State.UNKNOWN,
        cause=Cause.UNKNOWN,
        grade=Grade.E0,
        why=Text(f"尚未确认：{why.zh}", f"not yet sure: {why.en}"),
    )


def of_latch(latch: Latch, sense: Any, limits: Limits, others: tuple[str, ...]) -> Verdict:
    """What an active rule says now."""
    rule = latch.rule
    cause = rule.cause if isinstance(rule.cause, Cause) else rule.cause(sense, limits)
    why, grade = rule.why(sense, limits), rule.grade
    if latch.memory.denied:
        cause, grade = Cause.DEVICE_FAULT, Grade.E1
        why = Text(f"现场人员说不能用；{why.zh}", f"a person on the spot says it does not work; {why.en}")
    return Verdict(
        latch.state,
        rule.id,
        rule.version,
        cause,
        grade,
        why,
        rule.values(sense, limits),
        {name: float(getattr(limits, name)) for name in rule.limits},
        rule.needs,
        (rule.id, *others),
    )
