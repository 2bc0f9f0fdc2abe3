"""What the water dispenser's rules say."""

from edge.health.reasons.spans import ago
from edge.health.senses.drinking_water import DrinkingWaterLimits, DrinkingWaterSense
from shared.text import Text


def drawn(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> dict[str, float]:
    """The figures of this moment."""
    values = {
        "power": sense.power,
        "hot_water_temperature": sense.hot,
        "heater_power": sense.heater_w,
        "burst_min": sense.burst_s / 60,
        "since_burst_h": None if sense.burst_at is None else (sense.at - sense.burst_at) / 3600,
        "bursts": float(sense.bursts),
    }
    return {name: round(value, 2) for name, value in values.items() if value is not None}


def tepid(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> Text:
    """WD2T."""
    hot, least, clear = f"{sense.hot or 0:.1f}", f"{limits.hot_least:g}", f"{limits.hot_clear:g}"
    if (sense.hot or 0.0) >= limits.hot_least:
        return Text(
            f"热水曾不够热，现 {hot}℃，尚待稳定在 {clear}℃ 以上",
            f"Hot water was too cool; now {hot} ℃, not yet steadily at {clear} ℃",
        )
    return Text(f"热水只有 {hot}℃，应达 {least}℃", f"Hot water is only {hot} ℃, it should be {least} ℃")


def no_heat(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> Text:
    """WD2."""
    hours = f"{sense.quiet_s / 3600:.0f}"
    if not limits.heater:
        return Text(f"有电，但 {hours} 小时没有制冷", f"Energised, but no cooling for {hours} h")
    return Text(
        f"有电，但 {hours} 小时没有加热：热水可能不热",
        f"Energised, but no heating for {hours} h: the water may not be hot",
    )


def stuck_on(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD3."""
    if sense.heating_since is None:
        return Text(
            "曾长时间连续加热，可能干烧，有危险", "It heated for too long without a pause: it may boil dry, danger"
        )
    minutes = f"{(sense.at - sense.heating_since) / 60:.0f}"
    return Text(
        f"连续加热 {minutes} 分钟，可能干烧，有危险",
        f"Heating for {minutes} min without a pause: it may boil dry, danger",
    )


def boils_over(sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD3B."""
    if sense.boiling_since is None:
        return Text("水沸腾后曾长时间加热，有危险", "It heated boiling water for too long, danger")
    minutes = f"{(sense.at - sense.boiling_since) / 60:.0f}"
    return Text(f"水沸腾 {minutes} 分钟仍在加热，有危险", f"Still heating after {minutes} min of boiling water, danger")


def dead(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD4."""
    return Text(
        "插座有电，饮水机不取电：可能拔了插头、关了开关或电路故障",
        "The socket is live, the dispenser draws nothing: unplugged, switched off, or a fault in its circuit",
    )


def empty(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD5."""
    return Text("缺水", "Out of water")


def leaks(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD6."""
    return Text("漏水，有危险", "Leaks, danger")


def leaked(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD6R."""
    return Text("漏过水，现已干；是否修好不明", "It leaked and is dry now; whether it was seen to is not known")


def relay(_sense: DrinkingWaterSense, _limits: DrinkingWaterLimits) -> Text:
    """WD8."""
    return Text("监测继电器断开，饮水机没有电", "The monitoring relay is off: the dispenser has no power")


def evidence(sense: DrinkingWaterSense, limits: DrinkingWaterLimits) -> Text:
    """What an ok rests on."""
    if sense.hot is not None:
        return Text(f"热水 {sense.hot:.0f}℃", f"hot water {sense.hot:.0f} ℃")
    if sense.burst_at is None:
        return Text("有电；尚未见到加热", "energised; not yet seen heating")
    zh, en = ago(sense.at - sense.burst_at)
    if not limits.heater:
        return Text(f"{zh}制冷", f"cooled {en}")
    return Text(f"{zh}加热；未监测水温", f"heated {en}; water temperature not observed")
