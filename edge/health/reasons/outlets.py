"""What the outlets' rules say."""

from edge.health.senses.outlets import OutletsLimits, OutletsSense
from shared.quantities import of_socket
from shared.text import Text

NOMINAL_V = 220.0


def _name(quantity: str, socket: str) -> str:
    return of_socket(quantity, int(socket) if socket else None)


def volts(sense: OutletsSense, limits: OutletsLimits) -> dict[str, float]:
    """The voltage of every socket, and how many are dead."""
    return {_name("voltage", socket): volt for socket, volt in sorted(sense.volts.items())} | {
        "dead": float(sense.dead(limits)),
        "sockets": float(len(sense.volts)),
    }


def means(sense: OutletsSense, _limits: OutletsLimits) -> dict[str, float]:
    """Means since they went out of the band, at most ten minutes long; of the others the last minute's."""
    return {_name("voltage", socket): round(mean, 1) for socket, mean in sorted(sense.means.items())}


def loads(sense: OutletsSense, _limits: OutletsLimits) -> dict[str, float]:
    """The current of every socket, and the strip's temperature."""
    values = {_name("current", socket): ampere for socket, ampere in sorted(sense.amperes.items())}
    return values if sense.strip is None else values | {"strip_temperature": sense.strip}


def dead(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT2 and OUT6."""
    count, sockets = sense.dead(limits), len(sense.volts)
    if not count:
        return Text("插座刚恢复供电，尚待稳定", "Voltage is back at the sockets, not yet for long")
    if sockets == 1:
        return Text("插座没有电", "The socket is dead")
    return Text(f"{sockets} 个插座中 {count} 个没有电", f"{count} of {sockets} sockets are dead")


def out_of_band(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT3."""
    sockets, out = len(sense.volts), sense.out_of_band(limits)
    worst = max(
        (sense.means[socket] for socket in out), key=_far, default=max(sense.means.values(), key=_far, default=0.0)
    )
    band = f"{limits.low_voltage:g}–{limits.high_voltage:g}"
    if not out:
        return Text(
            f"插座供电电压刚回到范围内：{worst:.1f} V，允许 {band} V",
            f"The sockets' voltage is back, not yet for long: {worst:.1f} V, allowed {band} V",
        )
    if sense.station_wide:
        return Text(
            f"全站供电电压 {worst:.1f} V，允许 {band} V", f"The station's supply at {worst:.1f} V, allowed {band} V"
        )
    if sockets > len(out):
        return Text(
            f"{sockets} 个插座中 {len(out)} 个电压 {worst:.1f} V，允许 {band} V",
            f"{len(out)} of {sockets} sockets at {worst:.1f} V, allowed {band} V",
        )
    return Text(f"插座供电电压 {worst:.1f} V，允许 {band} V", f"Sockets supplied at {worst:.1f} V, allowed {band} V")


def _far(mean: float) -> float:
    return abs(mean - NOMINAL_V)


def overloaded(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT4, current."""
    worst, rated = _most(sense), f"{limits.rated_current:g}"
    if worst <= limits.rated_current:
        return Text(
            f"刚才过载，现为 {worst:.1f} A，额定 {rated} A",
            f"Overloaded a moment ago; now {worst:.1f} A, rated {rated} A",
        )
    return Text(
        f"过载：{worst:.1f} A，额定 {rated} A，有起火危险，请拔掉大功率电器",
        f"Overload: {worst:.1f} A, rated {rated} A; danger of fire, unplug what draws most",
    )


def loaded(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT4L."""
    worst, rated, share = _most(sense), f"{limits.rated_current:g}", f"{100 * limits.load_share:.0f}"
    if worst <= limits.load_share * limits.rated_current:
        return Text(
            f"刚才持续高负荷，现为 {worst:.1f} A，额定 {rated} A",
            f"High load for long until a moment ago; now {worst:.1f} A, rated {rated} A",
        )
    return Text(
        f"持续高负荷：{worst:.1f} A，超过额定 {rated} A 的 {share}%，请拔掉大功率电器",
        f"High load for long: {worst:.1f} A, over {share} % of the rated {rated} A; unplug what draws most",
    )


def _most(sense: OutletsSense) -> float:
    return max(sense.amperes.values(), default=0.0)


def hot(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT4, temperature."""
    strip, limit = f"{sense.strip or 0:.0f}", f"{limits.strip_limit:g}"
    if (sense.strip or 0.0) <= limits.strip_limit:
        return Text(
            f"插排刚才过热，现为 {strip}℃，上限 {limit}℃", f"Strip too hot a moment ago; now {strip} ℃, limit {limit} ℃"
        )
    return Text(
        f"插排过热：{strip}℃，上限 {limit}℃，有起火危险",
        f"Strip too hot: {strip} ℃, limit {limit} ℃; danger of fire",
    )


def tripped(_sense: OutletsSense, _limits: OutletsLimits) -> Text:
    """OUT5."""
    return Text("插座断路器已跳闸", "The breaker of the outlets has tripped")


def tripped_loaded(_sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT5 without a contact."""
    return Text(
        f"负载（{limits.trip_current:g} A 以上）与电压同时消失，可能跳闸",
        f"A load of over {limits.trip_current:g} A and the voltage went together: the breaker may have tripped",
    )


def switched_off(sense: OutletsSense, _limits: OutletsLimits) -> Text:
    """OUT8."""
    off = sum(1 for relay in sense.relays.values() if relay < 0.5)
    if 0 < off < len(sense.relays):
        return Text(
            f"监测继电器断开，{len(sense.relays)} 个插座中 {off} 个没有电",
            f"Monitoring relays are off: {off} of {len(sense.relays)} sockets have no power",
        )
    return Text("监测继电器断开，插座没有电", "The monitoring relay is off: the outlets have no power")


def evidence(sense: OutletsSense, _limits: OutletsLimits) -> Text:
    """What an ok rests on."""
    sockets = len(sense.volts)
    volt = sum(sense.volts.values()) / sockets if sockets else 0.0
    used = "" if sense.used_at is None else "，有人使用过"
    live = "1 socket live" if sockets == 1 else f"{sockets} sockets live"
    return Text(
        f"{sockets} 个插座有电（{volt:.0f} V）{used}",
        f"{live} ({volt:.0f} V)" + ("" if sense.used_at is None else ", seen in use"),
    )
