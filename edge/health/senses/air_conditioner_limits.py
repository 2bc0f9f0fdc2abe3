"""The thresholds of an air conditioner (health.md A4)."""

from dataclasses import dataclass

from edge.health.limits import Limits, option


@dataclass(frozen=True, slots=True)
class AirConditionerLimits(Limits):
    """Thresholds of an air conditioner."""

    central: bool = option(False, "", "health.md AC9: central air without a meter of its own; only the room is judged")
    relay_commands: bool = option(False, "", "own option: closing the relay starts the unit (AC5), opening stops it")
    runs_power: float = option(200.0, "W", "health.md A4: below, the outdoor unit is off or only the fan runs")
    settled_after: float = option(15.0, "min", "health.md AC1: home-inspection practice after ≥ 15 min of running")
    split_held: float = option(5.0, "min", "own default: a split held this long proves in short runs, too")
    cool_split: float = option(8.0, "K", "health.md AC1")
    heat_split: float = option(10.0, "K", "health.md AC2")
    room_step: float = option(1.0, "K", "health.md AC1, AC2: in 30 min")
    cool_held: float = option(28.0, "℃", "health.md AC1: held with it hot outside; AC9")
    cool_outdoor: float = option(30.0, "℃", "health.md AC1")
    heat_held: float = option(16.0, "℃", "health.md AC2: held with it cold outside; AC9")
    heat_outdoor: float = option(8.0, "℃", "health.md AC2")
    proof_lasts: float = option(7.0, "d", "own default: in season it runs within a week; health.md AC1 says 30 d")
    unseen_lasts: float = option(
        30.0, "h", "own default: of one without a standby, nothing but its runs shows that it is plugged in"
    )
    no_effect_run: float = option(30.0, "min", "health.md AC3")
    no_effect_split: float = option(4.0, "K", "health.md AC3")
    no_effect_after: float = option(15.0, "min", "health.md AC3")
    no_effect_doubt: float = option(10.0, "min", "own default: a defrost is over by then")
    hot_room: float = option(30.0, "℃", "health.md AC3, AC6")
    hot_after: float = option(60.0, "min", "health.md AC3")
    hot_doubt: float = option(15.0, "min", "own default: a hot room ought to fall within this time")
    probe_split: float = option(
        1.0, "K", "own default: a probe that feels less of it is off the vent, or it does nothing"
    )
    weak_run: float = option(6.0, "min", "own default: the split has nine tenths of its height by then")
    weak_share: float = option(0.6, "", "own default: of its own full split; less moves too little heat")
    low_share: float = option(0.8, "", "own default: of its own full split; health.md AC4 says 8 of about 11 K")
    weak_clear: float = option(0.05, "", "own default: dead band above either share")
    weak_after: float = option(30.0, "min", "health.md AC4")
    weak_doubt: float = option(10.0, "min", "own default: so long a low split is no ok")
    full_cooling: float = option(11.0, "K", "health.md A4: 9 to 12 K is normal; until its own is learned")
    full_heating: float = option(14.0, "K", "own default: as AC2 is to AC1; until its own is learned")
    weak_humidity: float = option(70.0, "%", "health.md AC4: damp air cools less")
    weak_load: float = option(
        0.6, "", "own default: under this share of its full power a low split is part load, unless its own is learned"
    )
    cold_room: float = option(12.0, "℃", "health.md AC6")
    demand_power: float = option(50.0, "W", "health.md AC5, AC6")
    demand_after: float = option(60.0, "min", "health.md AC6: in opening hours")
    demand_doubt: float = option(15.0, "min", "own default: as `late_after`")
    start_after: float = option(5.0, "min", "health.md AC5")
    fan_power: float = option(10.0, "W", "own default: an indoor fan draws 15 to 60 W, a standby 1 to 6 W")
    fan_after: float = option(15.0, "min", "own default: so long after the fan")
    late_by: float = option(0.5, "K", "own default: beyond the room temperatures at which it used to start")
    late_after: float = option(15.0, "min", "own default: in opening hours")
    timer_after: float = option(15.0, "min", "own default: so long after the hour at which it always started")
    standby: float = option(0.2, "W", "as health.md MW5")
    standby_gone: float = option(30.0, "min", "as MW5")
    standby_doubt: float = option(5.0, "min", "as MW5")
    standby_pauses: float = option(3.0, "", "as MW5")
    most_starts: float = option(6.0, "", "health.md AC7: starts in one hour")
    calm_starts: float = option(3.0, "", "health.md AC7 exit")
    dip_most: float = option(12.0, "min", "health.md AC3: defrost and oil return")
    comfort_after: float = option(60.0, "min", "as health.md AC6: AC9")
    relay_after: float = option(1.0, "min", "own default: as long as a restart of the relay takes")
    answer_due: float = option(30.0, "min", "health.md AC6: task to the head within 30 min")
