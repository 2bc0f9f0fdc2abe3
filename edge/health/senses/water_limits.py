"""The thresholds of a water dispenser (health.md A5)."""

from dataclasses import dataclass

from edge.health.limits import Limits, option


@dataclass(frozen=True, slots=True)
class DrinkingWaterLimits(Limits):
    """Thresholds of a water dispenser."""

    heater: bool = option(
        True, "", "the nameplate: false for a fountain that only cools; then its compressor shows that it works"
    )
    cools_power: float = option(60.0, "W", "health.md A5: compressor cooling 75–150 W; a fountain without a heater")
    cools_most: float = option(60.0, "min", "own default: the longest pull-down that counts as one burst")
    heats_power: float = option(300.0, "W", "health.md WD1")
    burst_least: float = option(0.5, "min", "health.md WD1")
    burst_most: float = option(15.0, "min", "health.md WD1")
    hot_enough: float = option(80.0, "℃", "health.md WD1")
    hot_least: float = option(60.0, "℃", "own default: tea and noodles need hotter water; WD2T")
    hot_clear: float = option(62.0, "℃", "own default: WD2T exit")
    hot_after: float = option(20.0, "min", "own default: a cold tank is hot within; WD2T")
    hot_doubt: float = option(5.0, "min", "own default: several people drawing at once pass sooner")
    hot_clear_after: float = option(2.0, "min", "own default: WD2T exit")
    standby: float = option(0.5, "W", "health.md WD2")
    no_heat_symptom: float = option(
        2.0, "h", "own default: a pause is a symptom from here, or from 3 × the usual pause; a tank is cool by then"
    )
    no_heat_unknown: float = option(20.0, "h", "own default: the same before the usual pause is known; 24 h in all")
    no_heat_after: float = option(4.0, "h", "own default: after the symptom; health.md WD2 has 24 h for any model")
    no_heat_doubt: float = option(5.0, "min", "own default: after the symptom")
    stuck_energy: float = option(
        0.35, "kWh", "own default: what five litres take from cold to hot; 21 min at 1 kW, an hour at 350 W"
    )
    stuck_on: float = option(10.0, "min", "health.md WD3: over 30 min at 1 kW, with the energy above")
    stuck_doubt: float = option(1.0, "min", "own default: once it has taken so much")
    stuck_off: float = option(10.0, "min", "health.md WD3 exit")
    boils: float = option(97.0, "℃", "own default: a thermostat that works opens below")
    boils_over: float = option(10.0, "min", "own default: heating boiling water for so long is no thermostat; WD3B")
    dead_power: float = option(0.2, "W", "health.md WD4")
    dead_doubt: float = option(15.0, "min", "own default: drawing nothing for longer is no flicker of a standby")
    dead_after: float = option(2.0, "h", "health.md WD4: in service")
    empty_after: float = option(10.0, "min", "health.md WD5")
    empty_doubt: float = option(2.0, "min", "own default: a float that bobs passes sooner")
    leak_after: float = option(30.0, "s", "health.md WD6")
    dry_after: float = option(10.0, "min", "own default: dry for this long before it is no longer down")
    reset_after: float = option(24.0, "h", "own default: dry for so long, a leak counts as seen to; WD6R")
    relay_doubt: float = option(2.0, "min", "own default: a relay that stays off is no switching")
    relay_after: float = option(2.0, "h", "as WD4")
    answer_within: float = option(2.0, "h", "own default: a word from the spot is awaited for so long")
    off_when_closed: bool = option(False, "", "health.md WD7: a timer cuts it outside opening hours")
