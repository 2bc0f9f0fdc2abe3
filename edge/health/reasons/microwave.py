"""What the microwave's rules say."""

from edge.health.senses.microwave import MicrowaveLimits, MicrowaveSense
from shared.text import Text


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


def no_standby(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """MW5."""
    hours = f"{sense.standby.gone_s / 3600:.0f}"
    return Text(
        f"插座有电，但 {hours} 小时没有待机功率：拔了插头、门开关故障，或本来如此？请查看",
        f"The socket is live, but no standby for {hours} h: unplugged, the door switch, or by design? Please look",
    )


def missed(sense: MicrowaveSense, _limits: MicrowaveLimits) -> dict[str, float]:
    """The figures of a standby that is gone."""
    return {"power": round(sense.power or 0.0, 1), "gone_h": round(sense.standby.gone_s / 3600, 1)}


def evidence(sense: MicrowaveSense, _limits: MicrowaveLimits) -> Text:
    """What an ok rests on."""
    if sense.proved_at is None:
        return Text("有电；尚未见到满功率加热", "energised; not yet seen heating at full power")
    days = (sense.at - sense.proved_at) / 86400
    return Text(
        f"{days:.1f} 天前满功率加热（{sense.proved_peak:.0f} W）",
        f"heated at full power {days:.1f} days ago ({sense.proved_peak:.0f} W)",
    )
