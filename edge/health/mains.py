"""OUT7: is the station's supply there? A contact knows best; without one, the meters of several facilities together.

A meter that answers "no voltage" is evidence, a silent one is none: a cable may be broken. Where everything that the
mains feed falls silent at once while something else goes on speaking, it is suspected, and nothing is said to be known.
A line that garbles carries bytes, and a port that is away carries none of anybody: neither is silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from edge.health.channel import Channel

LIVE_V = 150.0
"""Above this a line is live: far under any brown-out a lamp survives, far over induced voltage on a dead wire."""
DEAD_V = 50.0
"""Below this it is not (health.md OUT2)."""
SUPPLY_V = (198.0, 235.4)
"""What a supply should be: 220 V −10 +7 % (health.md A6, GB/T 12325-2008)."""
LIVE_FOR_S = 90.0
"""How long a live voltage speaks for the mains (health.md SV1)."""
RETURN_S = 120.0
"""The mains count as back after two minutes (health.md OUT7)."""
CONTACT_S = 1800.0
"""A contact is written at least every 10 min; after three times that it says nothing. No more does a last voltage."""
AT_ONCE_S = 90.0
"""Lines that die within this of each other die together: three polls."""
CUT_AFTER_S = 30.0
"""For so long all meters say so: one garbled round is no power cut."""
POOR_AFTER_S = 180.0
"""For so long every meter of the station is out of the band: a compressor that starts is not the supply."""
UNREADABLE_S = 120.0
"""How long a garbled answer or a port that is away explains silence: four probes of a device that is offline."""
TOGETHER = 2
"""So many facilities at least make it the station's."""


class Meter(NamedTuple):
    """One channel that says whether a line is live."""

    facility: str
    channel: Channel


@dataclass(slots=True)
class Mains:
    """What is known of the supply. Epoch seconds; plain values, so that it can be written down."""

    lost_since: float | None = None
    """When the mains went; None while they are there."""
    returned_at: float | None = None
    """When they last came back."""
    lasted_s: float = 0.0
    """How long the last power cut was, once it is over."""
    contact_at: float | None = None
    volts_at: float | None = None
    """When all meters last said that there is no voltage."""
    fell: dict[str, float] = field(default_factory=dict)
    """When each dead line was first seen dead."""
    silent_since: float | None = None
    """Since when everything that the mains feed has been silent while something else speaks."""
    unreadable_at: float | None = None
    """When a meter was last asked and its line, not its silence, was why nothing was read."""
    out_since: float | None = None
    """Since when every line of the station has been out of the band."""

    def contact(self, at: float, lost: bool) -> None:
        """The mains contact was read."""
        self.contact_at = at
        if lost:
            self._lose(at)
        else:
            self._return(at)

    def unreadable(self, at: float) -> None:
        """A meter's line garbled, or its port was away: what is not read for such a reason is no silence."""
        self.unreadable_at = at

    def cut_since(self, now: float) -> float | None:
        """When the power cut that now holds began: until two minutes after the mains are back."""
        if self.lost_since is None:
            return None
        if self.returned_at is not None and now - self.returned_at >= RETURN_S:
            self.lasted_s = self.returned_at - self.lost_since
            self.lost_since = None
            return None
        known = max(self.contact_at or 0.0, self.volts_at or 0.0)
        return self.lost_since if now - known < CONTACT_S else None

    def knows(self, now: float) -> bool | None:
        """What the contact says; None: there is none, or it is silent."""
        if self.contact_at is None or now - self.contact_at >= CONTACT_S:
            return None
        return self.lost_since is None or self.returned_at is not None

    def poor_since(self, now: float) -> float | None:
        """Since when the whole station's supply has been out of the band; None: it is not."""
        return self.out_since if self.out_since is not None and now - self.out_since >= POOR_AFTER_S else None

    def look(self, now: float, meters: Sequence[Meter], others: Iterable[Channel], awaited: float) -> None:
        """Look at all meters together; somebody has been listening since `awaited`."""
        voltages = [meter for meter in meters if meter.channel.plain == "voltage" and _heard(meter.channel, now)]
        self._weigh(voltages)
        if self.knows(now) is not None:
            self.silent_since = None
            return
        self._judge(now, voltages)
        if not voltages or self.silent_since is not None:
            self._suspect(now, meters, others, awaited)

    def _weigh(self, voltages: Sequence[Meter]) -> None:
        """Which lines are dead, and whether all that are not are out of the band."""
        dead: dict[str, float] = {}
        live: set[str] = set()
        poor, since = True, 0.0
        for facility, channel in voltages:
            volt = channel.value or 0.0
            if volt < DEAD_V:
                name = f"{facility}/{channel.name}"
                dead[name] = self.fell.get(name, channel.at)
            else:
                live.add(facility)
                poor = poor and not SUPPLY_V[0] <= volt <= SUPPLY_V[1]
                since = max(since, channel.at)
        self.fell = dead
        if not poor or len(live) < TOGETHER:
            self.out_since = None
        elif self.out_since is None:
            self.out_since = since

    def _judge(self, now: float, voltages: Sequence[Meter]) -> None:
        fell = self.fell.values()
        if not fell and self.lost_since is None:
            return
        if fell and len(fell) == len(voltages) and len({meter.facility for meter in voltages}) >= TOGETHER:
            first, last = min(fell), max(fell)
            if self.lost_since is not None and self.returned_at is None:
                self.volts_at = now
            elif last - first <= AT_ONCE_S and now - first >= CUT_AFTER_S:
                self.volts_at = now
                self._lose(first)
            return
        live = [meter.channel.at for meter in voltages if (meter.channel.value or 0.0) >= LIVE_V]
        if live:
            self._return(max(live))

    def _suspect(self, now: float, meters: Sequence[Meter], others: Iterable[Channel], awaited: float) -> None:
        latest = max((meter.channel.at for meter in meters), default=0.0)
        excused = self.unreadable_at is not None and now - UNREADABLE_S <= self.unreadable_at > latest
        if self.silent_since is not None:
            if excused or latest > self.silent_since:
                self.silent_since = None
            return
        if excused or latest < awaited or any(_heard(meter.channel, now) for meter in meters):
            return
        together = {meter.facility for meter in meters if latest - meter.channel.at <= AT_ONCE_S}
        spoke = any(other.at > latest + LIVE_FOR_S / 2 and _heard(other, now) for other in others)
        if len(together) >= TOGETHER and spoke:
            self.silent_since = latest

    def _lose(self, at: float) -> None:
        if self.lost_since is None or self.returned_at is not None:
            self.lost_since = at if self.lost_since is None else self.lost_since
            self.returned_at = None

    def _return(self, at: float) -> None:
        if self.lost_since is not None and self.returned_at is None:
            self.returned_at = at


def _heard(channel: Channel, now: float) -> bool:
    return channel.value is not None and now - channel.at <= channel.patience
