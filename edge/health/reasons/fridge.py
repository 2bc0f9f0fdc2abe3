"""What the fridge's rules say."""

from edge.health.conditions.fridge import jumped
from edge.health.senses.fridge import FridgeLimits, FridgeSense
from shared.text import Text

NOTED_S = 24 * 3600.0
"""A note on a power cut stands for a day."""


def felt(sense: FridgeSense, _limits: FridgeLimits) -> dict[str, float]:
    values = {
        "cabinet_temperature": sense.cabinet.temperature,
        "food_temperature": sense.food,
        "core_temperature": sense.cabinet.core,
        "power": sense.power,
        "door_open_min": None if sense.door_since is None else (sense.at - sense.door_since) / 60,
        "warm_in_day_h": sense.cabinet.warm_in_day_s / 3600 or None,
    }
    return {name: round(value, 2) for name, value in values.items() if value is not None}


def phases(sense: FridgeSense, limits: FridgeLimits) -> dict[str, float]:
    cycle = sense.compressor
    values = felt(sense, limits) | {
        "run_h": round(cycle.run_s / 3600, 2),
        "rest_h": round(cycle.rest_s / 3600, 2),
        "compressor_power": round(sense.compressor_w, 1),
        "cycles": float(cycle.cycles),
    }
    duties = {"duty": cycle.duty, "usual_duty": cycle.usual_duty}
    return values | {name: round(value, 3) for name, value in duties.items() if value is not None}


def _door(sense: FridgeSense, limits: FridgeLimits) -> Text:
    """FR8, where it explains the warmth; else nothing."""
    if sense.door_explains(limits):
        minutes = f"{sense.door_open_s() / 60:.0f}"
        return Text(f"；门开着（{minutes} 分钟）", f"; the door is open ({minutes} min)")
    return Text("；门像是没关好", "; the door seems to be ajar") if jumped(sense) else Text("", "")


def _safety(sense: FridgeSense, limits: FridgeLimits) -> Text:
    """B4: a note on food after a long power cut."""
    if sense.away_s < limits.unsafe_cut * 3600 or sense.at - sense.returned_at > NOTED_S:
        return Text("", "")
    hours = f"{sense.away_s / 3600:.1f}"
    return Text(f"；曾停电 {hours} 小时，请检查食品", f"; power was out for {hours} h: check the food")


def _joined(*parts: Text) -> Text:
    return Text("".join(part.zh for part in parts), "".join(part.en for part in parts))


def warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    food, limit = f"{sense.food or 0:.1f}", f"{limits.legal_limit:g}"
    said = Text(f"箱内偏热：{food}℃，上限 {limit}℃", f"Warm inside: {food} ℃, limit {limit} ℃")
    return _joined(said, _door(sense, limits), _safety(sense, limits))


def often_warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    hours, limit = f"{sense.cabinet.warm_in_day_s / 3600:.1f}", f"{limits.legal_limit:g}"
    return Text(
        f"24 小时内累计 {hours} 小时高于 {limit}℃", f"Over {limit} ℃ for {hours} h of the last 24, a little at a time"
    )


def food_warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    core = f"{sense.cabinet.core or 0:.1f}"
    if sense.at < sense.recovering_until:
        said = Text(f"来电后正在降温，食品约 {core}℃", f"Cooling down since power returned, food at about {core} ℃")
    else:
        said = Text(f"食品约 {core}℃，尚未确认", f"Food at about {core} ℃, not yet sure")
    return _joined(said, _safety(sense, limits))


def contradicted(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    food = f"{sense.food or 0:.1f}"
    return Text(
        f"探头 {food}℃，但压缩机运行如常：探头移位，还是真的不对？",
        f"The probe says {food} ℃, the compressor runs as usual: has the probe moved, or is it so?",
    )


def relay(_sense: FridgeSense, _limits: FridgeLimits) -> Text:
    return Text("监测继电器处于断开状态，冰箱没有电", "The monitoring relay is off: the fridge has no power")


def not_cold(sense: FridgeSense, limits: FridgeLimits) -> Text:
    food, limit = f"{sense.food or 0:.1f}", f"{limits.legal_limit:g}"
    said = Text(f"不制冷：箱内 {food}℃，上限 {limit}℃", f"Not cold: {food} ℃ inside, limit {limit} ℃")
    return _joined(said, _door(sense, limits), _safety(sense, limits))


def no_cooling(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    hours = f"{sense.compressor.rest_s / 3600:.1f}"
    if sense.food is None:
        return Text(
            f"压缩机 {hours} 小时未启动（未监测温度）",
            f"The compressor has not run for {hours} h (temperature not observed)",
        )
    food = f"{sense.food:.1f}"
    return Text(
        f"压缩机 {hours} 小时未启动，箱内 {food}℃ 并升温",
        f"The compressor has not run for {hours} h; {food} ℃ inside and warming",
    )


def runs_on(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    hours = f"{sense.compressor.run_s / 3600:.1f}"
    if sense.food is None and sense.compressor.run_s < 3600:
        return Text("压缩机仍未停机（未监测温度）", "The compressor still does not stop (temperature not observed)")
    if sense.food is None:
        return Text(
            f"压缩机连续运行 {hours} 小时（未监测温度）", f"The compressor has run {hours} h (temperature not observed)"
        )
    food = f"{sense.food:.1f}"
    return Text(
        f"压缩机连续运行 {hours} 小时，箱内仍有 {food}℃", f"The compressor has run {hours} h, still {food} ℃ inside"
    )


def hard_start(sense: FridgeSense, limits: FridgeLimits) -> Text:
    return Text(
        f"压缩机启动困难：连续 {sense.short_runs} 次运行不足 {limits.short_run:g} 秒",
        f"The compressor cannot start: {sense.short_runs} runs in a row under {limits.short_run:g} s",
    )


def dead(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    return Text(
        f"插座有电，冰箱功率 {sense.power or 0:.1f} W：已断开或关闭",
        f"The socket is live, the fridge draws {sense.power or 0:.1f} W: unplugged or switched off",
    )


def freezing(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    food = f"{sense.food or 0:.1f}"
    return Text(f"冷藏室结冰：{food}℃", f"Freezing the fresh compartment: {food} ℃")


def evidence(sense: FridgeSense, limits: FridgeLimits) -> Text:
    if sense.food is not None:
        said = Text(f"箱内 {sense.food:.1f}℃", f"{sense.food:.1f} ℃ inside")
        return _joined(said, _safety(sense, limits))
    duty = sense.compressor.duty
    if duty is None:
        return Text("压缩机有电；未监测温度", "energised; temperature not observed")
    return Text(
        f"压缩机运行占比 {duty:.0%}；未监测温度", f"compressor runs {duty:.0%} of the time; temperature not observed"
    )
