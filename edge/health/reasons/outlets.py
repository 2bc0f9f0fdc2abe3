"""What the outlets' rules say."""

from edge.health.senses.outlets import OutletsLimits, OutletsSense
from shared.quantities import of_socket
from shared.text import Text


def _name(quantity: str, socket: str) -> str:
    return of_socket(quantity, int(socket) if socket else None)


def volts(sense: OutletsSense, limits: OutletsLimits) -> dict[str, float]:
    """The voltage of every socket, and how many are dead."""
    return {_name("voltage", socket): volt for socket, volt in sorted(sense.volts.items())} | {
        "dead": float(sense.dead(limits)),
        "sockets": float(len(sense.volts)),
    }


def means(sense: OutletsSense, _limits: OutletsLimits) -> dict[str, float]:
    """The last ten-minute means."""
    return {_name("voltage", socket): round(mean, 1) for socket, mean in sorted(sense.means.items())}


def loads(sense: OutletsSense, _limits: OutletsLimits) -> dict[str, float]:
    """The current of every socket, and the strip's temperature."""
    values = {_name("current", socket): ampere for socket, ampere in sorted(sense.amperes.items())}
    return values if sense.strip is None else values | {"strip_temperature": sense.strip}


def dead(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT2 and OUT6."""
    count, sockets = sense.dead(limits), len(sense.volts)
    if sockets == 1:
        return Text("插座没有电", "The socket is dead")
    return Text(f"{sockets} 个插座中 {count} 个没有电", f"{count} of {sockets} sockets are dead")


def out_of_band(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT3."""
    worst = max(sense.means.values(), key=lambda mean: abs(mean - 220.0), default=0.0)
    band = f"{limits.low_voltage:g}–{limits.high_voltage:g}"
    return Text(f"供电电压 {worst:.1f} V，允许 {band} V", f"Supply at {worst:.1f} V, allowed {band} V")


def overloaded(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT4, current."""
    worst = max(sense.amperes.values(), default=0.0)
    return Text(
        f"过载：{worst:.1f} A，额定 {limits.rated_current:g} A",
        f"Overload: {worst:.1f} A, rated {limits.rated_current:g} A",
    )


def hot(sense: OutletsSense, limits: OutletsLimits) -> Text:
    """OUT4, temperature."""
    return Text(
        f"插排过热：{sense.strip or 0:.0f}℃，上限 {limits.strip_limit:g}℃",
        f"Strip too hot: {sense.strip or 0:.0f} ℃, limit {limits.strip_limit:g} ℃",
    )


def tripped(_sense: OutletsSense, _limits: OutletsLimits) -> Text:
    """OUT5."""
    return Text("插座跳闸", "The breaker of the outlets has tripped")


def switched_off(_sense: OutletsSense, _limits: OutletsLimits) -> Text:
    """The monitoring's own relay."""
    return Text("监测装置的继电器断开了插座", "The relay of the monitoring has switched the outlets off")


def evidence(sense: OutletsSense, _limits: OutletsLimits) -> Text:
    """What an ok rests on."""
    sockets = len(sense.volts)
    volt = sum(sense.volts.values()) / sockets if sockets else 0.0
    used = "" if sense.used_at is None else "，有人使用过"
    return Text(
        f"{sockets} 个插座有电（{volt:.0f} V）{used}",
        f"{sockets} sockets live ({volt:.0f} V)" + ("" if sense.used_at is None else ", seen in use"),
    )
