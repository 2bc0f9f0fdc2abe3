"""When a microwave's rules hold (health.md MW1–MW6). None: cannot tell."""

from edge.health.senses.microwave import MicrowaveLimits, MicrowaveSense
from edge.health.senses.oven_power import HIGH_V, LOW_V
from edge.health.station import LIVE_V
from shared.states import Grade

DAY_S = 86400.0
LITRE_J_PER_K, TEST_S = 4187.0, 60.0
"""Heat of a litre of water; the test lasts a minute."""
HEAT_FALLS = 1.75
"""Heat falls with this power of the input: what a tired magnetron no longer draws it lacks twice, nearly."""


def runs_cold(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW2: fan, lamp and turntable only, several times in a row."""
    return sense.cold_uses >= limits.cold_uses if sense.full else None


def ran_cold(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """MW2D: the last use was a cold one."""
    return sense.cold_uses >= 1 if sense.full else None


def cold_since(sense: MicrowaveSense, _limits: MicrowaveLimits) -> float | None:
    """When the first of the cold uses began."""
    return sense.cold_since


def heated(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """A use since was not cold."""
    return sense.cold_uses == 0


def over_draws(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW3, over-draw."""
    return bool(sense.full) and (sense.power or 0.0) > limits.over_share * sense.full


def proved_now(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW1 in a later use, at a power that is not too much: somebody dared to use it again, and it held."""
    return sense.proved_at == sense.at and sense.peak <= limits.over_share * sense.full


def tripped(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """MW3, trip: cooking, then nothing at all."""
    return sense.dropped_at is not None


def answers(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """It draws something again."""
    return sense.dropped_at is None


def dropped_at(sense: MicrowaveSense, _limits: MicrowaveLimits) -> float | None:
    """When it tripped."""
    return sense.dropped_at


def feeble_w(sense: MicrowaveSense, limits: MicrowaveLimits) -> float:
    """The input (W at 220 V) under which a litre gets too little."""
    baseline = sense.input.baseline
    if baseline is None:
        return 0.0
    asked = limits.litre_least * LITRE_J_PER_K / TEST_S / limits.into_water
    return baseline * min(limits.sound_share, float((asked / baseline) ** (1 / HEAT_FALLS)))


def faded(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW4: the median of the last readings lies far below what it drew when it came."""
    return len(_low(sense, limits)) >= limits.faded_uses


def feeble(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW4, so far below that a meal does not get hot in its time."""
    return len(sense.input.row_below(feeble_w(sense, limits))) >= limits.feeble_uses


def not_faded(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """The last uses were sound ones, and what was before is forgotten."""
    return not sense.input.below(limits.sound_share * (sense.input.baseline or 0.0))


def not_feeble(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """The last one was not."""
    return not sense.input.row_below(feeble_w(sense, limits))


def may_fade(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW4D: some low uses in a row, not yet enough to be sure."""
    return len(_row(sense, limits)) >= limits.faded_doubt and not faded(sense, limits) and not feeble(sense, limits)


def fades_or_not(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """A sound use, or enough low ones to be sure."""
    return not _row(sense, limits) or faded(sense, limits) or feeble(sense, limits)


def faded_since(sense: MicrowaveSense, limits: MicrowaveLimits) -> float | None:
    """When the first of the low uses began."""
    return min(_low(sense, limits), default=None)


def feeble_since(sense: MicrowaveSense, limits: MicrowaveLimits) -> float | None:
    """When the first of the feeble uses began."""
    return min(sense.input.row_below(feeble_w(sense, limits)), default=None)


def row_since(sense: MicrowaveSense, limits: MicrowaveLimits) -> float | None:
    """When the first of the low uses in a row began."""
    return min(_row(sense, limits), default=None)


def _low(sense: MicrowaveSense, limits: MicrowaveLimits) -> list[float]:
    return sense.input.below(limits.faded_share * (sense.input.baseline or 0.0))


def _row(sense: MicrowaveSense, limits: MicrowaveLimits) -> list[float]:
    line = max(limits.faded_share * (sense.input.baseline or 0.0), feeble_w(sense, limits))
    return sense.input.row_below(line)


def no_standby(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW5: unplugged, its door switch, or by design; a live socket that it leaves alone cannot say which."""
    return sense.standby.missed(limits.standby_pauses)


def draws(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """It draws something."""
    return sense.standby.gone_at is None


def gone_at(sense: MicrowaveSense, _limits: MicrowaveLimits) -> float | None:
    """Since when it draws nothing."""
    return sense.standby.gone_at


def missed(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW5U: without a standby only its being used shows that it is plugged in."""
    return sense.standby.absent and sense.rhythm.learned and sense.rhythm.expected >= limits.uses_missed


def used(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """Somebody uses it."""
    return sense.began is not None


def unproved(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """MW6: nobody heated anything for so long, or never."""
    if sense.power is None or (sense.voltage is not None and sense.voltage < LIVE_V):
        return None
    return not used_lately(sense, limits)


def used_lately(sense: MicrowaveSense, limits: MicrowaveLimits) -> bool | None:
    """A use within the time a proof lasts, or as long since it was first seen."""
    since = sense.last_heated or sense.watched_since or 0.0
    return sense.at - since < limits.proof_lasts * DAY_S


def relay_off(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """MW7: our own relay was left off."""
    return None if sense.relay is None else sense.relay < 0.5


def relay_on(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool | None:
    """It is on again."""
    return None if sense.relay is None else sense.relay >= 0.5


def shown(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool:
    """MW1."""
    in_band = sense.voltage is None or LOW_V <= sense.voltage <= HIGH_V
    return sense.proved_at == sense.at and in_band


def grade(sense: MicrowaveSense, limits: MicrowaveLimits) -> Grade:
    """What an ok rests on."""
    if sense.voltage is not None and sense.voltage < LIVE_V:
        return Grade.E0
    if sense.proved_at is not None and sense.at - sense.proved_at < limits.proof_lasts * DAY_S:
        return Grade.E3
    return Grade.E1 if sense.energised_at is not None and sense.at - sense.energised_at < DAY_S else Grade.E0


def in_use(sense: MicrowaveSense, _limits: MicrowaveLimits) -> bool:
    """Whether somebody is using it."""
    return sense.began is not None
