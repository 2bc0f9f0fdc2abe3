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


def _under(limits: FridgeLimits, *temperatures: float | None) -> Text:
    """All are under the limit again, but not for long enough to be over."""
    if any(one is not None and one > limits.legal_limit for one in temperatures):
        return Text("", "")
    return Text("；已回到上限内，尚待稳定", "; under the limit again, not yet for long")


def warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    food, limit = f"{sense.food or 0:.1f}", f"{limits.legal_limit:g}"
    said = Text(f"箱内偏热：{food}℃，上限 {limit}℃", f"Warm inside: {food} ℃, limit {limit} ℃")
    return _joined(said, _under(limits, sense.food), _door(sense, limits), _safety(sense, limits))


def often_warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    hours, limit = f"{sense.cabinet.warm_in_day_s / 3600:.1f}", f"{limits.legal_limit:g}"
    return Text(
        f"24 小时内累计 {hours} 小时高于 {limit}℃", f"Over {limit} ℃ for {hours} h of the last 24, a little at a time"
    )


def food_warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    core = f"{sense.cabinet.core or 0:.1f}"
    if sense.at < sense.recovering_until:
        said = Text(
            f"来电后正在降温，食品推算约 {core}℃", f"Cooling down since power returned, food estimated at {core} ℃"
        )
    else:
        said = Text(f"食品推算约 {core}℃，尚未确认", f"Food estimated at {core} ℃, not yet sure")
    return _joined(said, _safety(sense, limits))


def contradicted(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    core = f"{sense.cabinet.core or 0:.1f}"
    return Text(
        f"按探头推算食品约 {core}℃，但压缩机运行如常：是探头移位，还是冰箱真有问题？",
        f"By the probe food is at about {core} ℃, but the compressor runs as usual: has the probe moved, "
        "or is the fridge at fault?",
    )


def relay(_sense: FridgeSense, _limits: FridgeLimits) -> Text:
    return Text("监测继电器断开，冰箱没有电", "The monitoring relay is off: the fridge has no power")


def not_cold(sense: FridgeSense, limits: FridgeLimits) -> Text:
    """FR2, FR2C: food decides. FR2H: the air does, and food need not be warm yet."""
    air, core = sense.food or 0.0, sense.cabinet.core or 0.0
    limit = f"{limits.legal_limit:g}"
    if core <= limits.legal_limit < air:
        said = Text(f"不制冷：箱内 {air:.1f}℃，上限 {limit}℃", f"Not cold: {air:.1f} ℃ inside, limit {limit} ℃")
    else:
        said = Text(
            f"不制冷：食品约 {core:.1f}℃（推算），箱内 {air:.1f}℃，上限 {limit}℃",
            f"Not cold: food at about {core:.1f} ℃ (estimated), {air:.1f} ℃ inside, limit {limit} ℃",
        )
    return _joined(said, _under(limits, air, core), _door(sense, limits), _safety(sense, limits))


def no_cooling(sense: FridgeSense, limits: FridgeLimits) -> Text:
    hours = f"{sense.compressor.rest_s / 3600:.1f}"
    if hours == "0.0":  # it runs, and has not yet shown that it cools
        said = Text("压缩机曾停机过久", "The compressor did not run for too long")
    else:
        said = Text(f"压缩机 {hours} 小时未启动", f"The compressor has not run for {hours} h")
    return _joined(said, _inside(sense, "，箱内 ", "; "), _warming(sense, limits))


def _inside(sense: FridgeSense, zh: str, en: str) -> Text:
    """The air inside, as far as it is observed."""
    if sense.food is None:
        return Text("（未监测温度）", " (temperature not observed)")
    return Text(f"{zh}{sense.food:.1f}℃", f"{en}{sense.food:.1f} ℃ inside")


def _warming(sense: FridgeSense, limits: FridgeLimits) -> Text:
    slope = sense.cabinet.slope
    if sense.food is None or slope is None or slope < limits.rising:
        return Text("", "")
    return Text(" 并升温", " and warming")


def runs_on(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    hours = f"{sense.compressor.run_s / 3600:.1f}"
    if sense.compressor.run_s >= 3600:
        said = Text(f"压缩机连续运行 {hours} 小时", f"The compressor has run {hours} h")
    elif sense.food is None:
        said = Text("压缩机仍未停机", "The compressor still does not stop")
    else:
        said = Text("压缩机几乎不停机", "The compressor hardly ever rests")
    return _joined(said, _inside(sense, "，箱内仍有 ", ", still "))


def hard_start(sense: FridgeSense, limits: FridgeLimits) -> Text:
    return Text(
        f"压缩机启动困难：连续 {sense.short_runs} 次运行不足 {limits.short_run:g} 秒",
        f"The compressor cannot start: {sense.short_runs} runs in a row under {limits.short_run:g} s",
    )


def dead(_sense: FridgeSense, _limits: FridgeLimits) -> Text:
    return Text(
        "插座有电，冰箱不取电：可能拔了插头、关了开关或电路故障",
        "The socket is live, the fridge draws nothing: unplugged, switched off, or a fault in its circuit",
    )


def freezing(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    core = f"{sense.cabinet.core or 0:.1f}"
    return Text(f"过冷，食品可能冻结：推算 {core}℃", f"Too cold, food may freeze: estimated at {core} ℃")


def evidence(sense: FridgeSense, limits: FridgeLimits) -> Text:
    if sense.food is not None:
        said = Text(f"箱内 {sense.food:.1f}℃", f"{sense.food:.1f} ℃ inside")
        return _joined(said, _safety(sense, limits))
    duty = sense.compressor.duty
    if duty is None:
        return Text("冰箱有电；未监测温度", "energised; temperature not observed")
    return Text(
        f"压缩机运行占比 {duty:.0%}；未监测温度", f"compressor runs {duty:.0%} of the time; temperature not observed"
    )
