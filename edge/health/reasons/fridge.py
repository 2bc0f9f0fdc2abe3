"""What the fridge's rules say."""

from edge.health.senses.fridge import FridgeLimits, FridgeSense
from shared.text import Text


def felt(sense: FridgeSense, _limits: FridgeLimits) -> dict[str, float]:
    values = {"cabinet_temperature": sense.temperature, "food_temperature": sense.food, "power": sense.power}
    return {name: round(value, 2) for name, value in values.items() if value is not None}


def phases(sense: FridgeSense, limits: FridgeLimits) -> dict[str, float]:
    cycle = sense.compressor
    values = felt(sense, limits) | {
        "run_h": round(cycle.run_s / 3600, 2),
        "rest_h": round(cycle.rest_s / 3600, 2),
        "compressor_power": round(sense.compressor_w, 1),
        "cycles": float(cycle.cycles),
    }
    return values if cycle.duty is None else values | {"duty": round(cycle.duty, 3)}


def warm(sense: FridgeSense, limits: FridgeLimits) -> Text:
    food, limit = f"{sense.food or 0:.1f}", f"{limits.legal_limit:g}"
    return Text(f"箱内偏热：{food}℃，上限 {limit}℃", f"Warm inside: {food} ℃, limit {limit} ℃")


def not_cold(sense: FridgeSense, limits: FridgeLimits) -> Text:
    food, limit = f"{sense.food or 0:.1f}", f"{limits.legal_limit:g}"
    return Text(f"不制冷：箱内 {food}℃，上限 {limit}℃", f"Not cold: {food} ℃ inside, limit {limit} ℃")


def no_cooling(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    hours, food = f"{sense.compressor.rest_s / 3600:.1f}", f"{sense.food or 0:.1f}"
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


def evidence(sense: FridgeSense, _limits: FridgeLimits) -> Text:
    if sense.food is not None:
        return Text(f"箱内 {sense.food:.1f}℃", f"{sense.food:.1f} ℃ inside")
    duty = sense.compressor.duty
    if duty is None:
        return Text("压缩机有电；未监测温度", "energised; temperature not observed")
    return Text(
        f"压缩机运行占比 {duty:.0%}；未监测温度", f"compressor runs {duty:.0%} of the time; temperature not observed"
    )
