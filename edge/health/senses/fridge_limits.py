"""The thresholds of a fridge (health.md A2)."""

from dataclasses import dataclass

from edge.health.limits import Limits, option


@dataclass(frozen=True, slots=True)
class FridgeLimits(Limits):
    """Thresholds of a fridge."""

    legal_limit: float = option(8.0, "℃", "health.md A2 limits: food ≤ 8 ℃ by law (UK; GB 31654-2021 chilled 0–8 ℃)")
    legal_clear: float = option(7.0, "℃", "health.md FR1 exit")
    core_clear: float = option(7.8, "℃", "own default: the core is slow, so a narrow dead band does not flap")
    hot_limit: float = option(12.0, "℃", "health.md FR2")
    target: float = option(5.0, "℃", "health.md A2: practice ≤ 5 ℃; FR4")
    frozen_limit: float = option(-1.0, "℃", "health.md FR7")
    frozen_clear: float = option(-0.8, "℃", "own default: the core is slow, so a narrow dead band does not flap")
    food_time: float = option(20.0, "min", "health.md A2: time constant of the air that food feels")
    core_time: float = option(
        120.0, "min", "own default: time constant of a litre of food in still air; a probe in glycol lags by itself"
    )
    warm_after: float = option(60.0, "min", "health.md FR1")
    warm_doubt: float = option(15.0, "min", "own default: warmer than the limit for longer is no opened door")
    warm_clear: float = option(30.0, "min", "health.md FR1 exit")
    warm_piece: float = option(15.0, "min", "own default: warm air for longer is no opened door; FR1C counts from it")
    warm_in_day: float = option(
        2.0, "h", "own default: FR1C counts pieces under an hour within 24 h (health.md A2 [29])"
    )
    warm_in_day_clear: float = option(1.0, "h", "own default: FR1C exit")
    core_doubt: float = option(5.0, "min", "own default: food warmer than the limit is no ok")
    core_after: float = option(30.0, "min", "own default: FR2 where the compressor, the door or the plug agrees")
    not_cold_after: float = option(
        3.0, "h", "health.md FR2: 4 h of warm air; food is warm an hour later. Where only the temperature says so"
    )
    hot_after: float = option(60.0, "min", "health.md FR2")
    cold_clear: float = option(10.0, "min", "own default: the core needs no longer to be believed")
    frozen_after: float = option(30.0, "min", "own default: the core is slow already")
    frozen_doubt: float = option(5.0, "min", "own default: as core_doubt")
    frozen_clear_after: float = option(10.0, "min", "own default: as cold_clear")
    idle_share: float = option(0.3, "", "health.md FR3: share of the learned compressor power that counts as running")
    idle_power: float = option(15.0, "W", "health.md FR3")
    rest_allowed: float = option(
        60.0, "min", "own default: a rest becomes a symptom after this, or twice the usual rest"
    )
    no_cooling_doubt: float = option(15.0, "min", "own default: after the allowed rest")
    no_cooling_after: float = option(3.0, "h", "health.md FR3: 4 h in all, the allowed rest included")
    rising: float = option(0.3, "K/h", "health.md FR3")
    run_on_duty: float = option(0.95, "", "health.md FR4: over 3 h")
    run_on_rise: float = option(2.5, "K", "own default: over its usual temperature; busy doors and heat do less")
    run_on_clear: float = option(0.90, "", "health.md FR4 exit")
    run_alone: float = option(
        6.0,
        "h",
        "own default for a fridge without a probe: the healthy real ones run up to 3.6 h; or 3 × its usual run",
    )
    rest_alone: float = option(
        4.0, "h", "health.md FR3, for a fridge without a probe; or three times the longest rest it is used to"
    )
    rest_alone_doubt: float = option(2.0, "h", "own default: so long before `rest_alone` it is in doubt")
    run_alone_doubt: float = option(1.0, "h", "own default: so long before `run_alone` it is in doubt")
    inverter: bool = option(False, "", "health.md FR4: inverter models may run all day; learned from the duty as well")
    short_starts: float = option(6.0, "", "health.md FR5: starts in 60 min")
    short_run: float = option(120.0, "s", "health.md FR5")
    hard_start_after: float = option(2.0, "h", "as FR6: food stays cold for so long; it is in doubt from the first")
    dead_power: float = option(0.5, "W", "health.md FR6")
    dead_doubt: float = option(15.0, "min", "own default: drawing nothing for longer is no flicker of a standby")
    dead_after: float = option(2.0, "h", "health.md FR6")
    relay_doubt: float = option(2.0, "min", "own default: a relay that stays off is no switching")
    relay_after: float = option(2.0, "h", "as FR6: food stays cold for so long")
    door_allowed: float = option(2.0, "min", "health.md FR1: open longer is not counted")
    door_most: float = option(60.0, "min", "own default: a door open longer than this is counted again")
    door_ajar: float = option(5.0, "min", "health.md FR8")
    door_jump: float = option(4.0, "K", "health.md FR8: within 5 min without loss of power")
    defrost_low: float = option(250.0, "W", "health.md FR9")
    defrost_high: float = option(700.0, "W", "health.md FR9")
    defrost_least: float = option(5.0, "min", "health.md FR9")
    defrost_most: float = option(45.0, "min", "health.md FR9")
    defrost_mask: float = option(60.0, "min", "health.md FR9")
    recovery: float = option(3.0, "h", "health.md B4: recovery after power returns is masked")
    unsafe_cut: float = option(2.0, "h", "health.md B4: after a longer power cut a note on food safety is added")
    answer_within: float = option(2.0, "h", "own default: a word from the spot is awaited for so long")
    off_when_closed: bool = option(False, "", "health.md A2: some stations cut equipment power at night")
