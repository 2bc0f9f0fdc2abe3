"""What is said of one facility over the last weeks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.health.availability import Availability, availability
from hub.health.hours import Hour, SpellSpan, lay
from shared.opening import Opening, whole_minute

WINDOWS = (7, 30)
"""Days; a page shows both, proposals have their own window."""
LONGEST = timedelta(days=max(WINDOWS))


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a bar: the state's name and where it lies, in percent of the width."""

    state: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Counted:
    """Opening minutes of the last `days` days, ending at the last complete minute."""

    days: int
    minutes: Availability

    @property
    def segments(self) -> list[Segment]:
        """The bar: shares of the service minutes, in a fixed order."""
        if not self.minutes.service:
            return []
        segments: list[Segment] = []
        left = 0.0
        for state in ("ok", "degraded", "down", "excluded", "unknown"):
            width = 100 * float(getattr(self.minutes, state)) / self.minutes.service
            if width:
                segments.append(Segment(state, round(left, 3), round(width, 3)))
            left += width
        return segments


def count(
    hours: Sequence[Hour], spans: Sequence[SpellSpan], opening: Opening, commissioned: datetime, now: datetime
) -> list[Counted]:
    """The windows of the page. A window never begins before the station was commissioned."""
    end = whole_minute(now)
    return [
        Counted(
            days,
            availability(lay(hours, spans, min(end, max(end - timedelta(days=days), commissioned)), end, opening)),
        )
        for days in WINDOWS
    ]
