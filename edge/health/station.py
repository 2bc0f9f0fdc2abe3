"""What the facilities of one station share: the mains, the room, and whether it is open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import Any

from edge.health.channel import Channel
from edge.health.mains import LIVE_FOR_S, Mains, Meter
from edge.health.mains import LIVE_V as LIVE_V
from edge.health.memory import remember, written
from shared.opening import Opening

LOOK_S = 10.0
ROOM_S = 600.0
"""A room's temperature is worth something for so long."""


@dataclass(slots=True)
class Station:
    """What all facilities together know. `opening` None: always open."""

    opening: Opening | None = None
    mains: Mains = field(default_factory=Mains)
    awaited: float = 0.0
    """Since when somebody has been listening."""
    minute: int = -1
    open: bool = True
    _slot: int = -1
    _meters: list[Meter] = field(default_factory=list)
    _others: list[Channel] = field(default_factory=list)
    """What speaks without mains: contacts and thermometers on the agent's own supply."""
    _rooms: list[tuple[str, Channel]] = field(default_factory=list)

    def join(self, facility: str, channels: Iterable[Channel]) -> None:
        """The channels of a facility are looked at together with the others'."""
        for channel in channels:
            if channel.plain in ("voltage", "power"):
                self._meters.append(Meter(facility, channel))
            elif channel.plain not in ("current", "power_factor", "energy"):
                self._others.append(channel)
            if channel.plain == "room_temperature":
                self._rooms.append((facility, channel))

    @property
    def lost_since(self) -> float | None:
        """When the mains went; None while they are there."""
        return self.mains.lost_since

    @property
    def returned_at(self) -> float | None:
        """When the mains last came back."""
        return self.mains.returned_at

    @property
    def cut_s(self) -> float:
        """How long the last power cut was, once it is over: over 2 h, food has warmed (health.md B4)."""
        return self.mains.lasted_s

    def look(self, now: float) -> None:
        """Every ten seconds: the mains, as all meters together see them."""
        slot = int(now // LOOK_S)
        if slot != self._slot:
            self._slot = slot
            self.mains.look(now, self._meters, self._others, self.awaited)

    def present(self, at: float, asking: str) -> bool | None:
        """Whether the mains are there, as somebody else than the channel that asks knows; None: nobody does."""
        known = self.mains.knows(at)
        if known is not None:
            return known
        for facility, channel in self._meters:
            live = channel.plain == "voltage" and channel.value is not None and channel.value >= LIVE_V
            if live and at - channel.at <= LIVE_FOR_S and f"{facility}/{channel.name}" != asking:
                return True
        return None

    def room(self, at: float, but: str) -> float | None:
        """The room's temperature, as other facilities than this one feel it; None: nobody does."""
        felt = [
            channel.value
            for facility, channel in self._rooms
            if facility != but
            and channel.value is not None
            and channel.fault is None
            and 0 <= at - channel.at <= ROOM_S
        ]
        return median(felt) if felt else None

    def is_open(self, at: float) -> bool:
        """Whether the station is in service."""
        if self.opening is None:
            return True
        minute = int(at // 60)
        if minute != self.minute:
            self.minute = minute
            self.open = self.opening.is_open(datetime.fromtimestamp(minute * 60, UTC))
        return self.open

    def written(self) -> dict[str, Any]:
        """What must survive a restart; the channels are written where they belong."""
        return {"mains": written(self.mains), "awaited": self.awaited, "slot": self._slot}

    def remember(self, kept: dict[str, Any]) -> None:
        """Go on from there."""
        remember(self.mains, kept["mains"])
        self.awaited, self._slot = kept["awaited"], kept["slot"]
