"""Verdicts that no rule of a kind gives: heard nothing, sensor at fault, power cut, all well."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from edge.health.channel import Channel
from edge.health.latch import Latch
from edge.health.limits import Limits
from edge.health.verdict import Verdict
from shared.quantities import QUANTITIES, split
from shared.states import Cause, Grade, State
from shared.text import Text

OUT7 = "OUT7"
_FAULTS = {
    "SV1": Text("没有数据", "says nothing"),
    "SV2": Text("读数一直不变", "repeats itself"),
    "SV3": Text("读数长时间不变", "has not moved for hours"),
    "SV4": Text("读数不可信", "gives impossible values"),
    "SV6": Text("升温快得不合理", "warms faster than can be"),
    "SV7": Text("读数慢慢偏移", "drifts"),
    "SV8": Text("与电表其他读数矛盾", "contradicts the meter's other readings"),
    "SV8E": Text("与电表累计电量矛盾", "contradicts what the meter counts"),
    "SV10": Text("跟随室温，探头可能不在箱内", "follows the room: the probe may not be inside"),
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
    named, fault = _named(channel), _FAULTS[rule]
    return Verdict(
        State.UNKNOWN,
        rule,
        1,
        Cause.SENSOR_FAULT,
        Grade.E0,
        Text(f"{named.zh}{fault.zh}", f"{named.en} {fault.en}"),
        values={} if channel.value is None else {channel.name: channel.value},
        needs=frozenset({channel.plain}),
        reasons=(rule,),
    )


def _named(channel: Channel) -> Text:
    """Whose readings they are: sockets have no sensor each, their meter has channels."""
    label, socket = QUANTITIES[channel.plain].label, split(channel.name)[1]
    if socket is None:
        return Text(f"{label.zh}传感器", f"the sensor of {label.en.lower()}")
    return Text(f"{socket} 号插座的{label.zh}", f"the {label.en.lower()} of socket {socket}")


def power_cut() -> Verdict:
    """OUT7: the mains are lost for the whole station; nobody's fault."""
    return Verdict(
        State.EXCLUDED,
        OUT7,
        1,
        Cause.POWER_CUT,
        Grade.E2,
        Text("全站停电，不计入", "power cut of the whole station, not counted"),
        reasons=(OUT7,),
    )


def perhaps_cut() -> Verdict:
    """OUT7, not sure: everything fed by the mains fell silent at once, and something else still speaks."""
    return Verdict(
        State.UNKNOWN,
        OUT7,
        1,
        Cause.UNKNOWN,
        Grade.E0,
        Text("全站电表同时无应答，可能停电", "all meters of the station fell silent at once: perhaps a power cut"),
        reasons=(OUT7,),
    )


def fine(grade: Grade, evidence: Text) -> Verdict:
    """Nothing is wrong, and something says that it works."""
    return Verdict(State.OK, None, 1, None, grade, evidence)


def supplied(verdict: Verdict) -> Verdict:
    """The whole station's supply is out of the band: what happens meanwhile is put down to it."""
    if verdict.cause is not Cause.DEVICE_FAULT:
        return verdict
    return replace(
        verdict,
        cause=Cause.SUPPLY_QUALITY,
        why=Text(
            f"{verdict.why.zh}（全站供电电压异常）", f"{verdict.why.en} (the whole station's supply is out of range)"
        ),
    )


def weakened(verdict: Verdict, suspects: Sequence[Channel]) -> Verdict:
    """What rests on a suspect sensor is worth a grade less (SV6, SV7), and says so."""
    if not suspects:
        return verdict
    channel = suspects[0]
    label, fault = QUANTITIES[channel.plain].label, _FAULTS[channel.suspicion or "SV7"]
    return replace(
        verdict,
        grade=less(verdict.grade),
        why=Text(
            f"{verdict.why.zh}；{label.zh}可疑：{fault.zh}",
            f"{verdict.why.en}; {label.en.lower()} suspect: {fault.en}",
        ),
        reasons=(*verdict.reasons, channel.suspicion or "SV7"),
    )


def less(grade: Grade) -> Grade:
    """A grade lower; it is energised all the same."""
    return max(Grade.E1, Grade(grade - 1)) if grade else grade


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
    if latch.memory.denied and rule.asks is not None:
        cause, grade = Cause.DEVICE_FAULT if cause is Cause.UNKNOWN else cause, Grade.E1
        why = Text(f"现场人员答：{rule.asks.no.zh}", f"A person on the spot answered: {rule.asks.no.en}")
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
