"""What the microwave's rules say."""

from statistics import median

from edge.health.conditions import microwave as when
from edge.health.reasons.spans import ago, lasting
from edge.health.rule import Ask
from edge.health.senses.microwave import MicrowaveLimits, MicrowaveSense
from shared.text import Text

TEST = Ask(
    Text("请加热一杯水（三分钟测试）：水热了吗？", "Please heat a cup of water (3-minute test): did it get hot?"),
    Text("热了", "It got hot"),
    Text("没有热", "It stayed cold"),
    "test_due",
)
HEATS = Ask(
    Text(
        "微波炉可能不加热。请加热一杯水：水热了吗？",
        "The microwave may not heat. Please heat a cup of water: did it get hot?",
    ),
    Text("热了", "It got hot"),
    Text("没有热", "It stayed cold"),
    "answer_due",
)
PLUGGED = Ask(
    Text(
        "微波炉不取电。请看插头和显示屏：它能用吗？",
        "The microwave draws nothing. Please look at plug and display: does it work?",
    ),
    Text("能用", "It works"),
    Text("不能用", "It does not work"),
    "answer_due",
)
UNUSED = Ask(
    Text("微波炉很久没人用。它能用吗？", "Nobody has used the microwave for long. Does it work?"),
    Text("能用", "It works"),
    Text("不能用", "It does not work"),
    "answer_due",
)


def drawn(sense: MicrowaveSense, _limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of the last use."""
    values = {
        "power": sense.power or 0.0,
        "full_power": sense.full,
        "peak": sense.peak,
        "cold_uses": float(sense.cold_uses),
    }
    return {name: round(value, 1) for name, value in values.items()}


def shown(sense: MicrowaveSense, _limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of a proof."""
    return {"peak": round(sense.proved_peak, 1), "used_s": round(sense.proved_s, 1), "full_power": round(sense.full, 1)}


def runs_cold(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW2."""
    peak, full = f"{sense.peak:.0f}", f"{sense.full:.0f}"
    return Text(
        f"连续 {sense.cold_uses} 次运行但不加热：最高 {peak} W，满功率应为 {full} W",
        f"{sense.cold_uses} uses in a row without heat: at most {peak} W, full power is {full} W",
    )


def over_draws(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW3, over-draw."""
    power, full = f"{sense.power or 0:.0f}", f"{sense.full:.0f}"
    return Text(
        f"功率过大，有危险：{power} W，满功率 {full} W", f"Draws too much, danger: {power} W, full power {full} W"
    )


def tripped(_sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW3, trip."""
    return Text("加热中断电，待机也没有：可能跳闸", "Lost power while heating, no standby since: it may have tripped")


def ran_cold(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW2D."""
    peak, full = f"{sense.peak:.0f}", f"{sense.full:.0f}"
    return Text(
        f"上次使用没有加热：最高 {peak} W，满功率应为 {full} W；请加热一杯水看看",
        f"The last use did not heat: at most {peak} W, full power is {full} W; please heat a cup of water",
    )


def fades(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW4, degraded."""
    now, base = f"{sense.input.now or 0:.0f}", f"{sense.input.baseline or 0:.0f}"
    return Text(
        f"加热功率衰减：最近 {now} W，最初 {base} W（折合 220 V）；请做水温测试",
        f"Fading: lately {now} W, at first {base} W (at 220 V); please do the water test",
    )


def lately(sense: MicrowaveSense, limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of the last uses."""
    base = sense.input.baseline or 0.0
    return _figures(sense.input.now or 0.0, base, len(sense.input.below(limits.faded_share * base)))


def feeble(sense: MicrowaveSense, limits: MicrowaveLimits) -> Text:
    """MW4, down."""
    now, base = f"{_median(_feeble(sense, limits)):.0f}", f"{sense.input.baseline or 0:.0f}"
    return Text(
        f"功率过低，加热不足：最近 {now} W，最初 {base} W（折合 220 V）",
        f"Too little power to heat well: lately {now} W, at first {base} W (at 220 V)",
    )


def feeble_uses(sense: MicrowaveSense, limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of the uses that decide it."""
    row = _feeble(sense, limits)
    return _figures(_median(row), sense.input.baseline or 0.0, len(row))


def may_fade(sense: MicrowaveSense, limits: MicrowaveLimits) -> Text:
    """MW4D."""
    row, base = _low(sense, limits), f"{sense.input.baseline or 0:.0f}"
    return Text(
        f"加热功率可能衰减：最近 {len(row)} 次 {_median(row):.0f} W，最初 {base} W（折合 220 V）；请做水温测试",
        f"It may be fading: {_median(row):.0f} W in the last {len(row)} uses, at first {base} W (at 220 V); "
        "please do the water test",
    )


def low_uses(sense: MicrowaveSense, limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of the uses that raise the doubt."""
    row = _low(sense, limits)
    return _figures(_median(row), sense.input.baseline or 0.0, len(row))


def _feeble(sense: MicrowaveSense, limits: MicrowaveLimits) -> list[float]:
    return _since(sense, when.feeble_since(sense, limits))


def _low(sense: MicrowaveSense, limits: MicrowaveLimits) -> list[float]:
    return _since(sense, when.row_since(sense, limits))


def _since(sense: MicrowaveSense, first: float | None) -> list[float]:
    """The readings (W at 220 V) of the uses from that one on."""
    return [] if first is None else [watts for watts, began in sense.input.recent if began >= first]


def _median(row: list[float]) -> float:
    return median(row) if row else 0.0


def _figures(watts: float, baseline: float, low: int) -> dict[str, float]:
    return {"lately": round(watts, 1), "baseline": round(baseline, 1), "low_uses": float(low)}


def no_standby(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW5."""
    zh, en = lasting(sense.standby.gone_s)
    return Text(
        f"插座有电，但已 {zh}没有待机功率：拔了插头、门开关故障，或本来如此？请查看",
        f"The socket is live, but no standby for {en}: unplugged, the door switch, or by design? Please look",
    )


def unused(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW5U."""
    uses = f"{sense.rhythm.expected:.0f}"
    return Text(
        f"没有待机功率，按往常这段时间应使用约 {uses} 次而一次也没有：插头还插着吗？请查看",
        f"It has no standby, and about {uses} uses that are usual by now did not happen: is it plugged in? Please look",
    )


def missed(sense: MicrowaveSense, _limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of a standby, or of uses, that are missed."""
    values = {
        "power": sense.power or 0.0,
        "gone_min": sense.standby.gone_s / 60,
        "pause_min": sense.standby.usual_s / 60,
        "expected_uses": sense.rhythm.expected,
    }
    return {name: round(value, 1) for name, value in values.items()}


def unproved(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW6."""
    if sense.last_heated is None:
        return Text("还没有见过它加热；请加热一杯水（三分钟测试）", "Never seen heating; please heat a cup of water")
    days = f"{(sense.at - sense.last_heated) / 86400:.0f}"
    return Text(
        f"已 {days} 天没有见到它加热；请加热一杯水（三分钟测试）",
        f"Not seen heating for {days} days; please heat a cup of water",
    )


def switched_off(_sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW7."""
    return Text("监测继电器断开，微波炉没有电", "The monitoring relay is off: the microwave has no power")


def relay(sense: MicrowaveSense, _limits: MicrowaveLimits) -> dict[str, float]:
    """The relay."""
    return {"relay_on": sense.relay or 0.0}


def evidence(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """What an ok rests on."""
    if sense.proved_at is None:
        return Text("有电；尚未见到满功率加热", "energised; not yet seen heating at full power")
    zh, en = ago(sense.at - sense.proved_at)
    return Text(
        f"{zh}满功率加热（{sense.proved_peak:.0f} W）", f"heated at full power {en} ({sense.proved_peak:.0f} W)"
    )
