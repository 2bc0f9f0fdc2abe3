"""What the facilities of one station share: the mains, and whether it is open."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.opening import Opening

LIVE_V = 150.0
"""Above this a line is live: far under any brown-out a lamp survives, far over induced voltage on a dead wire."""
LIVE_FOR_S = 90.0
"""How long a live voltage speaks for the mains (health.md SV1)."""
RETURN_S = 120.0
"""The mains count as back after two minutes (health.md OUT7)."""
CONTACT_S = 1800.0
"""A contact is written at least every 10 min; after three times that it says nothing."""


@dataclass(slots=True)
class Station:
    """The mains as all facilities together know them. `opening` None: always open."""

    opening: Opening | None = None
    lost_since: float | None = None
    """When the mains went; None while they are there."""
    returned_at: float | None = None
    contact_at: float | None = None
    live: dict[str, float] = field(default_factory=dict)
    """When each channel last showed a live voltage, by `facility/quantity`."""
    minute: int = -1
    open: bool = True

    def contact(self, at: float, lost: bool) -> None:
        """The mains contact was read."""
        self.contact_at = at
        if lost and (self.lost_since is None or self.returned_at is not None):
            self.lost_since = at if self.lost_since is None else self.lost_since
            self.returned_at = None
        elif not lost and self.lost_since is not None and self.returned_at is None:
            self.returned_at = at

    def cut_since(self, now: float) -> float | None:
        """When the power cut that now holds began: until two minutes after the mains are back."""
        if self.lost_since is None or self.contact_at is None:
            return None
        if self.returned_at is not None and now - self.returned_at >= RETURN_S:
            self.lost_since = None
            return None
        return self.lost_since if now - self.contact_at < CONTACT_S else None

    def present(self, at: float, asking: str) -> bool | None:
        """Whether the mains are there, as somebody else than the channel that asks knows; None: nobody does."""
        if self.contact_at is not None and at - self.contact_at < CONTACT_S:
            return self.lost_since is None or self.returned_at is not None
        for channel, seen in self.live.items():
            if channel != asking and at - seen <= LIVE_FOR_S:
                return True
        return None

    def is_open(self, at: float) -> bool:
        """Whether the station is in service."""
        if self.opening is None:
            return True
        minute = int(at // 60)
        if minute != self.minute:
            self.minute = minute
            self.open = self.opening.is_open(datetime.fromtimestamp(minute * 60, UTC))
        return self.open
