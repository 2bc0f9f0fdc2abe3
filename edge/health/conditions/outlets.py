"""What the outlets' rules ask of their sense (health.md A6). None: it cannot be told now."""

from edge.health.reasons import outlets as reasons
from edge.health.senses.outlets import HOUR_MINUTES, OutletsLimits, OutletsSense
from shared.states import Cause, Grade

MONTH_S = 30 * 86400.0


def all_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    """OUT2: without a mains reference a dead line may be a power cut, which is nobody's fault."""
    dead = sense.dead(limits)
    if not dead or dead < len(sense.volts):
        return False
    return True if sense.reference else None


def went_loaded(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    """OUT5 without a contact: a load and the voltage went together, and only here."""
    if not sense.went_loaded or not sense.all_were_dead:
        return False
    return True if sense.reference else None


def ours_or_the_devices(sense: OutletsSense, limits: OutletsLimits) -> Cause:
    """Sockets that the monitoring's own relay cut off are nobody else's fault."""
    dead = [socket for socket, volt in sense.volts.items() if volt < limits.dead_voltage]
    ours = bool(dead) and all(sense.switched_off(socket) for socket in dead)
    return Cause.MONITOR_INDUCED if ours else Cause.DEVICE_FAULT


def live(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return sense.dead(limits) < len(sense.volts)


def live_share(sense: OutletsSense, limits: OutletsLimits) -> float:
    return 1 - sense.dead(limits) / len(sense.volts) if sense.volts else 1.0


def some_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return limits.enough_live <= live_share(sense, limits) < 1


def none_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return not sense.dead(limits)


def most_dead(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return 0 < live_share(sense, limits) < limits.enough_live


def enough_live(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return live_share(sense, limits) >= limits.enough_live


def good_share(sense: OutletsSense, limits: OutletsLimits) -> float:
    """Sockets that are live and within the band."""
    bad = sense.dead(limits) + len(sense.out_of_band(limits))
    return 1 - bad / len(sense.volts) if sense.volts else 1.0


def mostly_out_of_band(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return bool(sense.out_of_band(limits)) and good_share(sense, limits) < limits.enough_live


def partly_out_of_band(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return bool(sense.out_of_band(limits)) and good_share(sense, limits) >= limits.enough_live


def inside(sense: OutletsSense, limits: OutletsLimits) -> list[bool]:
    """Of each live socket, whether it is within the band by a margin."""
    low, high = limits.low_voltage * (1 + limits.band_clear), limits.high_voltage * (1 - limits.band_clear)
    return [low <= volt <= high for volt in sense.volts.values() if volt >= limits.dead_voltage]


def in_band(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return all(inside(sense, limits))


def enough_in_band(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    """Of those that are live: dead ones are another rule's."""
    sockets = inside(sense, limits)
    return sum(sockets) >= limits.enough_live * len(sockets)


def went_out(sense: OutletsSense, limits: OutletsLimits) -> float | None:
    """The start of the first bad minute."""
    return min((sense.out[socket][0] for socket in sense.out_of_band(limits)), default=None)


def _most(sense: OutletsSense) -> float:
    return max(sense.amperes.values(), default=0.0)


def overloaded(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _most(sense) > limits.rated_current


def heavily_loaded(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _most(sense) > limits.load_share * limits.rated_current


def relieved(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return _most(sense) < limits.load_clear * limits.rated_current


def hot(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return None if sense.strip is None else sense.strip > limits.strip_limit


def cooled(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return None if sense.strip is None else sense.strip < limits.strip_limit - 5


def tripped(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    return sense.tripped


def reset(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    return None if sense.tripped is None else not sense.tripped


def relays_on(sense: OutletsSense) -> float:
    """The share of relays that are on."""
    on = sum(1 for relay in sense.relays.values() if relay >= 0.5)
    return on / len(sense.relays) if sense.relays else 1.0


def switched_off(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return relays_on(sense) < limits.enough_live


def enough_on(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return relays_on(sense) >= limits.enough_live


def partly_off(sense: OutletsSense, limits: OutletsLimits) -> bool | None:
    return limits.enough_live <= relays_on(sense) < 1


def all_on(sense: OutletsSense, _limits: OutletsLimits) -> bool | None:
    return relays_on(sense) == 1


def all_live(sense: OutletsSense, limits: OutletsLimits) -> bool:
    """OUT1: an hour of minutes, nearly all within the band."""
    if len(sense.minutes) < HOUR_MINUTES or relays_on(sense) < 1:
        return False
    return sum(sense.minutes) >= limits.band_share * len(sense.minutes)


def used(sense: OutletsSense, _limits: OutletsLimits) -> bool:
    return sense.used_at == sense.at


def used_values(sense: OutletsSense, limits: OutletsLimits) -> dict[str, float]:
    return reasons.volts(sense, limits) | reasons.loads(sense, limits)


def grade(sense: OutletsSense, limits: OutletsLimits) -> Grade:
    if not sense.volts or sense.dead(limits):
        return Grade.E0
    return Grade.E3 if sense.used_at is not None and sense.at - sense.used_at < MONTH_S else Grade.E2


def in_use(sense: OutletsSense, _limits: OutletsLimits) -> bool:
    return sense.used_since is not None
